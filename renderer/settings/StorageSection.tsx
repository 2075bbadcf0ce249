import { Archive, FolderOpen, HardDriveDownload, ShieldCheck, Shrink } from 'lucide-react';
import type { AccountState } from '../../shared/account-state.ts';
import type { ReplyOf } from '../../shared/contract.ts';
import { poppy } from '../bridge/poppy.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { MovingMail } from './MovingMail.tsx';
import { type StorageWork, useStorageWork } from './use-storage-work.ts';

type StorageSectionProps = { readonly accounts: readonly AccountState[] };

/** The mail on this computer's disk: how much, whether it is whole, and copies of it. */
export function StorageSection({ accounts }: StorageSectionProps) {
  const t = useTexts();
  const { value, reload } = useAnswer('storage/state', {}, ['mailbox/changed']);
  const work = useStorageWork(reload);
  const { running, verified } = work;
  return (
    <div className="page">
      <h2>{t('settings.storage')}</h2>
      {value !== null && <StorageFacts storage={value} accounts={accounts} />}
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
      <StorageButtons work={work} />
      <MovingMail accounts={accounts} work={work} />
    </div>
  );
}

type StorageFactsProps = StorageSectionProps & { readonly storage: ReplyOf<'storage/state'> };

/** Where the mail is, and how much of it each mailbox has. */
function StorageFacts({ storage, accounts }: StorageFactsProps) {
  const t = useTexts();
  const { size, number, fullDate } = useFormats();
  const names = new Map(accounts.map(({ account }) => [account.id, account.name]));
  return (
    <>
      <p className="soft">
        {t('storage.folder')} <code className="code">{storage.folder}</code>
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
          {storage.accounts.map((used) => (
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
        {t('storage.index', { size: size(storage.indexBytes) })}{' '}
        {storage.lastBackupAt === null
          ? t('storage.no-backup')
          : t('storage.last-backup', { date: fullDate(storage.lastBackupAt) })}
      </p>
    </>
  );
}

/** What can be done with all of it. */
function StorageButtons({ work }: { readonly work: StorageWork }) {
  const t = useTexts();
  const isDisabled = work.running !== null;
  return (
    <div className="button-line">
      <Button icon={<ShieldCheck size={16} />} onPress={work.verify} isDisabled={isDisabled}>
        {t('storage.verify')}
      </Button>
      <Button icon={<Shrink size={16} />} onPress={work.compact} isDisabled={isDisabled}>
        {t('storage.compact')}
      </Button>
      <Button icon={<Archive size={16} />} onPress={work.backup} isDisabled={isDisabled}>
        {t('storage.backup')}
      </Button>
      <Button icon={<HardDriveDownload size={16} />} onPress={work.restore} isDisabled={isDisabled}>
        {t('storage.restore')}
      </Button>
      <Button icon={<FolderOpen size={16} />} onPress={() => void poppy.request('storage/open-folder', {})}>
        {t('storage.open-folder')}
      </Button>
    </div>
  );
}
