import { Download, Trash2 } from 'lucide-react';
import type { ServerRow } from '../../shared/server-view.ts';
import type { Formats } from '../i18n/formats.ts';
import type { TextOf } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';

function senderOf(row: ServerRow, t: TextOf): string {
  if (row.headers === null) return t('server-view.headers-coming');
  return row.headers.from.name || row.headers.from.address || t('list.no-sender');
}

/** A row of the server view as it is read out. */
export function serverRowText(row: ServerRow, t: TextOf, formats: Formats): string {
  const date = row.headers?.sentAt;
  return [
    senderOf(row, t),
    row.headers?.subject,
    typeof date === 'number' ? formats.listDate(date) : null,
    formats.size(row.sizeBytes),
    t(`server-view.state.${row.state}`),
    row.plan === null ? null : t(`server-view.planned.${row.plan}`),
  ]
    .filter(Boolean)
    .join(', ');
}

type ServerRowCellsProps = { readonly row: ServerRow; readonly t: TextOf; readonly formats: Formats };

/** State or plan, sender, subject, date and size of a message on the server. */
export function ServerRowCells({ row, t, formats }: ServerRowCellsProps) {
  const sentAt = row.headers?.sentAt ?? null;
  return (
    <>
      <div role="gridcell" className="cell cell-state">
        <span className={`state-chip state-${row.plan ?? row.state}`}>
          {row.plan === 'delete' && <Trash2 size={12} aria-hidden="true" />}
          {row.plan === 'download' && <Download size={12} aria-hidden="true" />}
          {row.plan === null ? t(`server-view.state.${row.state}`) : t(`server-view.planned.${row.plan}`)}
        </span>
      </div>
      <div role="gridcell" className={classes('cell', row.headers === null && 'is-waiting')} dir="auto">
        {senderOf(row, t)}
      </div>
      <div role="gridcell" className="cell cell-text" dir="auto">
        {row.headers === null ? '' : row.headers.subject || t('list.no-subject')}
      </div>
      <div role="gridcell" className="cell cell-date">
        {sentAt === null ? '' : formats.listDate(sentAt)}
      </div>
      <div role="gridcell" className="cell cell-size">
        {formats.size(row.sizeBytes)}
      </div>
    </>
  );
}
