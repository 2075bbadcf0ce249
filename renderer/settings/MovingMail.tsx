import { HardDriveDownload, Import } from 'lucide-react';
import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import { runCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { AccountPicker } from './AccountPicker.tsx';
import type { StorageWork } from './use-storage-work.ts';

type MovingMailProps = { readonly accounts: readonly AccountState[]; readonly work: StorageWork };

/** Mail that goes out to files, and mail that comes in from them. */
export function MovingMail({ accounts, work }: MovingMailProps) {
  const t = useTexts();
  const [chosen, setChosen] = useState<AccountId | null>(null);
  const into = accounts.find(({ account }) => account.id === chosen) ?? accounts[0];
  const importFrom = (source: 'files' | 'folder') => {
    if (into !== undefined) work.importFrom(source, into.account.id);
  };
  return (
    <>
      <h2>{t('storage.in-and-out')}</h2>
      <AccountPicker accounts={accounts} chosen={chosen} onChange={setChosen} />
      <div className="button-line">
        <Menu
          label={t('storage.export')}
          entries={[
            { key: 'mbox', label: t('storage.as-mbox'), run: () => work.exportAs('mbox', chosen) },
            { key: 'eml', label: t('storage.as-eml'), run: () => work.exportAs('eml', chosen) },
            {
              key: 'maildir',
              label: t('storage.as-maildir'),
              run: () => work.exportAs('maildir', chosen),
            },
            { key: 'tar', label: t('storage.as-tar'), run: () => work.exportAs('tar', chosen) },
          ]}
        >
          <Button icon={<HardDriveDownload size={16} />}>{t('storage.export')}</Button>
        </Menu>
        <Button icon={<Import size={16} />} onPress={() => runCommand('move-in')}>
          {t('storage.move-in')}
        </Button>
        <Menu
          label={t('storage.import')}
          entries={[
            { key: 'files', label: t('storage.from-files'), run: () => importFrom('files') },
            { key: 'folder', label: t('storage.from-folder'), run: () => importFrom('folder') },
          ]}
        >
          <Button icon={<Import size={16} />} isDisabled={into === undefined}>
            {accounts.length > 1 && into !== undefined
              ? t('storage.import-into', { name: into.account.name })
              : t('storage.import')}
          </Button>
        </Menu>
      </div>
    </>
  );
}
