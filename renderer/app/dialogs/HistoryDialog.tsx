import type { AccountState, CheckRecord } from '../../../shared/account-state.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Spinner } from '../../ui/Progress.tsx';

type HistoryDialogProps = { readonly accounts: readonly AccountState[]; readonly onClose: () => void };

/** The checks of late, newest first, and how each went. */
export function HistoryDialog({ accounts, onClose }: HistoryDialogProps) {
  const t = useTexts();
  const { headDate, size } = useFormats();
  const { value } = useAnswer('check/history', { accountId: null }, ['check/ended']);
  const names = new Map(accounts.map(({ account }) => [account.id, account.name]));
  const text = (record: CheckRecord) =>
    [
      t(`history.outcome.${record.outcome}`),
      // A check that failed before it found anything does not know that nothing is new.
      record.outcome === 'failed' && record.stored === 0
        ? null
        : t('history.stored', { count: record.stored, size: size(record.storedBytes) }),
      record.deletedOnServer > 0 ? t('history.deleted', { count: record.deletedOnServer }) : null,
      // A check that failed before the listing knows nothing of what is there.
      record.outcome === 'done' || record.onServer > 0
        ? t('history.on-server', { count: record.onServer - record.deletedOnServer })
        : null,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  return (
    <Dialog title={t('history.title')} isOpen onClose={onClose} closeLabel={t('action.close')}>
      {value === null && <Spinner />}
      {value?.length === 0 && <p>{t('history.none')}</p>}
      <ul className="history">
        {(value ?? []).map((record) => (
          <li key={`${record.accountId} ${record.startedAt}`} className={`history-line is-${record.outcome}`}>
            <p className="history-when">
              <strong>{names.get(record.accountId) ?? t('storage.former')}</strong>
              <time dateTime={new Date(record.endedAt).toISOString()}>{headDate(record.endedAt)}</time>
            </p>
            <p className="history-text">{text(record)}</p>
            {record.failure !== null && <FailureNote failure={record.failure} />}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
