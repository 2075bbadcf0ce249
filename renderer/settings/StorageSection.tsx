import { Archive, FolderOpen, HardDriveDownload, Import, ShieldCheck, Shrink } from 'lucide-react';
import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/model.ts';
import type { Result } from '../../shared/result.ts';
import { showDone, showFailure } from '../bridge/notices.ts';
import { poppy } from '../bridge/poppy.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Picker } from '../ui/Choice.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Progress } from '../ui/Progress.tsx';

type Running = { readonly done: number; readonly total: number };

/** The mail on this computer's disk: how much, whether it is whole, and copies of it. */
export function StorageSection({ accounts }: { readonly accounts: readonly AccountState[] }) {
  const t = useWords();
  const { size, number, fullDate } = useFormats();
  const { value, reload } = useAnswer('storage/state', {}, ['mailbox/changed']);
  const [running, setRunning] = useState<Running | null>(null);
  const [verified, setVerified] = useState<{ checked: number; damaged: readonly string[] } | null>(null);
  const [chosen, setChosen] = useState<AccountId | null>(null);
  // Progress may be told after the answer; nothing is under way then.
  usePoppyEvent('storage/progress', ({ done, total }) =>
    setRunning((before) => (before === null ? null : { done, total })),
  );
  const accountId = chosen ?? accounts[0]?.account.id ?? null;

  const run = async <Value,>(work: Promise<Result<Value, Failure>>, then: (value: Value) => void) => {
    setRunning({ done: 0, total: 0 });
    const outcome = await work;
    setRunning(null);
    if (outcome.ok) then(outcome.value);
    else showFailure(outcome.failure);
    reload();
  };
  const verify = () => void run(poppy.request('storage/verify', {}), setVerified);
  const compact = () => void run(poppy.request('storage/compact', {}), () => showDone('compacted'));
  const backup = () =>
    void run(poppy.request('storage/backup', {}), (done) => {
      if (done !== null) showDone('backup-made', { path: done.path });
    });
  const restore = () =>
    void run(poppy.request('storage/restore', {}), (done) => {
      if (done !== null) showDone('restored', { count: done.messages });
    });
  const exportAs = (format: 'eml' | 'mbox' | 'tar') =>
    void run(poppy.request('storage/export', { format, accountId: chosen }), (done) => {
      if (done !== null) showDone('exported', { count: done.count, path: done.path });
    });
  const importFrom = (source: 'files' | 'folder') => {
    if (accountId === null) return;
    void run(poppy.request('storage/import', { accountId, source }), (done) => {
      if (done !== null) showDone('imported', done);
    });
  };
  const names = new Map(accounts.map(({ account }) => [account.id, account.name]));
  return (
    <div className="page">
      <h2>{t('settings.storage')}</h2>
      {value !== null && (
        <>
          <p className="soft">
            {t('storage.folder')} <code className="code">{value.folder}</code>
          </p>
          <table className="plain-table storage-table">
            <thead>
              <tr>
                <th>{t('list.column.account')}</th>
                <th>{t('storage.messages')}</th>
                <th>{t('storage.space')}</th>
                <th>{t('storage.dead')}</th>
              </tr>
            </thead>
            <tbody>
              {value.accounts.map((used) => (
                <tr key={used.accountId}>
                  <td>{names.get(used.accountId) ?? t('storage.former')}</td>
                  <td>{number(used.messages)}</td>
                  <td>{size(used.bytes)}</td>
                  <td>{size(used.deadBytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="soft">
            {t('storage.index', { size: size(value.indexBytes) })}{' '}
            {value.lastBackupAt === null
              ? t('storage.no-backup')
              : t('storage.last-backup', { date: fullDate(value.lastBackupAt) })}
          </p>
        </>
      )}
      {running !== null && (
        <Progress
          label={t('storage.working')}
          part={running.total === 0 ? null : running.done / running.total}
        />
      )}
      {verified !== null && (
        <Banner look={verified.damaged.length === 0 ? 'good' : 'danger'}>
          {t('storage.verified', { count: verified.checked, damaged: verified.damaged.length })}
          {verified.damaged.length > 0 && <pre className="source">{verified.damaged.join('\n')}</pre>}
        </Banner>
      )}
      <div className="button-line">
        <Button icon={<ShieldCheck size={16} />} onPress={verify} isDisabled={running !== null}>
          {t('storage.verify')}
        </Button>
        <Button icon={<Shrink size={16} />} onPress={compact} isDisabled={running !== null}>
          {t('storage.compact')}
        </Button>
        <Button icon={<Archive size={16} />} onPress={backup} isDisabled={running !== null}>
          {t('storage.backup')}
        </Button>
        <Button icon={<HardDriveDownload size={16} />} onPress={restore} isDisabled={running !== null}>
          {t('storage.restore')}
        </Button>
        <Button icon={<FolderOpen size={16} />} onPress={() => void poppy.request('storage/open-folder', {})}>
          {t('storage.open-folder')}
        </Button>
      </div>
      <h2>{t('storage.in-and-out')}</h2>
      <Picker
        label={t('list.column.account')}
        value={chosen ?? 'all'}
        onChange={(key) => setChosen(accounts.find(({ account }) => account.id === key)?.account.id ?? null)}
        options={[
          { key: 'all', words: t('storage.all-accounts') },
          ...accounts.map(({ account }) => ({ key: String(account.id), words: account.name })),
        ]}
      />
      <div className="button-line">
        <Menu
          label={t('storage.export')}
          entries={[
            { key: 'mbox', words: t('storage.as-mbox'), run: () => exportAs('mbox') },
            { key: 'eml', words: t('storage.as-eml'), run: () => exportAs('eml') },
            { key: 'tar', words: t('storage.as-tar'), run: () => exportAs('tar') },
          ]}
        >
          <Button icon={<HardDriveDownload size={16} />}>{t('storage.export')}</Button>
        </Menu>
        <Menu
          label={t('storage.import')}
          entries={[
            { key: 'files', words: t('storage.from-files'), run: () => importFrom('files') },
            { key: 'folder', words: t('storage.from-folder'), run: () => importFrom('folder') },
          ]}
        >
          <Button icon={<Import size={16} />} isDisabled={accountId === null}>
            {accounts.length > 1 && accountId !== null
              ? t('storage.import-into', { name: names.get(accountId) ?? '' })
              : t('storage.import')}
          </Button>
        </Menu>
      </div>
    </div>
  );
}
