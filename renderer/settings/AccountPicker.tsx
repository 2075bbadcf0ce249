import type { AccountState } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Picker } from '../ui/Choice.tsx';

type AccountPickerProps = {
  readonly accounts: readonly AccountState[];
  /** Null for all of them. */
  readonly chosen: AccountId | null;
  readonly onChange: (accountId: AccountId | null) => void;
};

/** One mailbox, or all of them. */
export function AccountPicker({ accounts, chosen, onChange }: AccountPickerProps) {
  const t = useTexts();
  return (
    <Picker
      label={t('list.column.account')}
      value={chosen ?? 'all'}
      onChange={(key) => onChange(accounts.find(({ account }) => account.id === key)?.account.id ?? null)}
      options={[
        { key: 'all', label: t('storage.all-accounts') },
        ...accounts.map(({ account }) => ({ key: String(account.id), label: account.name })),
      ]}
    />
  );
}
