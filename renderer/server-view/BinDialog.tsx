import { PackageOpen } from 'lucide-react';
import type { AccountId } from '../../shared/ids.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Spinner } from '../ui/Progress.tsx';

type BinDialogProps = { readonly accountId: AccountId; readonly onClose: () => void };

/** What left the server, and when. */
export function BinDialog({ accountId, onClose }: BinDialogProps) {
  const t = useTexts();
  const { headDate, size } = useFormats();
  const { value } = useAnswer('server/deletions', { accountId }, ['server/changed']);
  return (
    <Dialog title={t('bin.title')} isOpen onClose={onClose} closeLabel={t('action.close')} size="large">
      <p className="soft">{t('bin.text')}</p>
      {value === null && <Spinner />}
      {value?.length === 0 && (
        <EmptyState picture={<PackageOpen size={40} strokeWidth={1.25} />} title={t('bin.empty')} />
      )}
      {value !== null && value.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('bin.when')}</th>
              <th>{t('list.column.from')}</th>
              <th>{t('list.column.subject')}</th>
              <th className="cell-size">{t('list.column.size')}</th>
              <th>{t('bin.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {value.map((deletion) => (
              <tr key={`${deletion.uidl} ${String(deletion.at)}`}>
                <td className="bin-when">{headDate(deletion.at)}</td>
                <td dir="auto">{deletion.from}</td>
                <td dir="auto">{deletion.subject || t('list.no-subject')}</td>
                <td className="cell-size">{size(deletion.sizeBytes)}</td>
                <td>
                  {t(`bin.outcome.${deletion.outcome}`)}
                  {' · '}
                  {deletion.wasStoredHere ? t('bin.stored') : t('bin.not-stored')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
