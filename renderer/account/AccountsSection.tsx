import { Pause, Pencil, Play, Plus, Stethoscope, TriangleAlert, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../shared/account.ts';
import type { AccountState } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import { runCommand } from '../bridge/commands.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { AccountDialog } from './AccountDialog.tsx';
import { ConnectionsSection } from './connections/ConnectionsSection.tsx';
import { pauseAccount } from './pause-account.ts';
import { CheckDialog } from './testing/CheckDialog.tsx';

type AccountsSectionProps = {
  readonly accounts: readonly AccountState[];
  /** Account whose settings are open. */
  readonly edited: AccountId | null;
  readonly onEdit: (accountId: AccountId | null) => void;
};

/** The mailboxes, each with how it is and what can be changed. */
export function AccountsSection({ accounts, edited, onEdit }: AccountsSectionProps) {
  const t = useTexts();
  const { time } = useFormats();
  const [checked, setChecked] = useState<Account | null>(null);
  const open = accounts.find(({ account }) => account.id === edited);
  return (
    <div className="page">
      <h2>{t('settings.accounts')}</h2>
      <ul className="account-cards">
        {accounts.map((state) => {
          const { account, lastCheck, trouble } = state;
          const { isPaused = false } = account;
          return (
            <li key={account.id} className="account-card">
              <span className="account-icon" aria-hidden="true">
                {trouble === null ? <UserRound size={20} /> : <TriangleAlert size={20} />}
              </span>
              <div className="grows">
                <p className="account-name">
                  {account.name}
                  {account.isSample && <span className="badge">{t('places.sample')}</span>}
                  {isPaused && <span className="badge">{t('account.paused')}</span>}
                </p>
                <p className="soft">
                  {account.address} · {account.server.host}:{account.server.port}
                </p>
                {lastCheck !== null && trouble === null && (
                  <p className="soft">{t('status.last-check', { time: time(lastCheck.endedAt) })}</p>
                )}
                {trouble !== null && <FailureNote failure={trouble} />}
              </div>
              <Button
                icon={isPaused ? <Play size={15} /> : <Pause size={15} />}
                onPress={() => void pauseAccount(account, !isPaused)}
              >
                {t(isPaused ? 'account.resume' : 'account.pause')}
              </Button>
              <Button icon={<Stethoscope size={15} />} onPress={() => setChecked(account)}>
                {t('doctor.check')}
              </Button>
              <Button icon={<Pencil size={15} />} onPress={() => onEdit(account.id)}>
                {t('settings.edit')}
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="button-line">
        <Button icon={<Plus size={16} />} onPress={() => runCommand('add-account')}>
          {t('places.add-account')}
        </Button>
      </div>
      <ConnectionsSection />
      {checked !== null && <CheckDialog account={checked} onClose={() => setChecked(null)} />}
      {open !== undefined && (
        <AccountDialog key={open.account.id} state={open} onClose={() => onEdit(null)} />
      )}
    </div>
  );
}
