import { AlertCircle, Paperclip, Star } from 'lucide-react';
import { memo } from 'react';
import type { MessageSummary } from '../../shared/message.ts';
import type { Formats } from '../i18n/formats.ts';
import type { TextOf } from '../i18n/texts.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Chips } from '../ui/Chips.tsx';
import { classes } from '../ui/class-names.ts';

/** What the cells of a row are drawn from. */
export type RowParts = {
  readonly row: MessageSummary;
  /** Empty where it goes without saying. */
  readonly accountName: string;
  readonly colors: ReadonlyMap<string, string>;
  readonly t: TextOf;
  readonly formats: Formats;
  readonly onStar: (row: MessageSummary) => void;
};

/** Name of the sender as lists show it. */
export function senderOf(row: Pick<MessageSummary, 'from'>, t: TextOf): string {
  return row.from.name || row.from.address || t('list.no-sender');
}

/** The text a screen reader hears for a row. */
export function rowText(row: MessageSummary, accountName: string, t: TextOf, formats: Formats): string {
  const facts = [
    row.isRead ? null : t('list.is-unread'),
    senderOf(row, t),
    row.subject || t('list.no-subject'),
    formats.listDate(row.sentAt ?? row.receivedAt),
    row.attachmentCount > 0 ? t('list.attachments', { count: row.attachmentCount }) : null,
    formats.size(row.sizeBytes),
    row.isStarred ? t('list.is-starred') : null,
    row.conversationCount > 1 ? t('conversation.title', { count: row.conversationCount }) : null,
    row.isPartial ? t('list.is-partial') : null,
    row.isDoubtful ? t('warning.doubtful') : null,
    ...row.tags,
    accountName || null,
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}

function StarButton({ row, t, onStar }: Pick<RowParts, 'row' | 't' | 'onStar'>) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes('row-star', row.isStarred && 'is-on')}
      aria-pressed={row.isStarred}
      aria-label={t('action.star')}
      onClick={(event) => {
        event.stopPropagation();
        onStar(row);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Star size={15} aria-hidden="true" />
    </button>
  );
}

function Signs({ row }: Pick<RowParts, 'row'>) {
  return (
    <>
      {row.isDoubtful && <AlertCircle size={14} className="row-doubt" aria-hidden="true" />}
      {row.attachmentCount > 0 && <Paperclip size={14} className="row-clip" aria-hidden="true" />}
    </>
  );
}

/** A message as a card of three lines. */
export const CardCells = memo(function CardCells(parts: RowParts) {
  const { row, accountName, colors, t, formats, onStar } = parts;
  const sender = senderOf(row, t);
  return (
    <div className="card" role="gridcell">
      <span className="card-dot" aria-hidden="true" />
      <Avatar name={sender} />
      <div className="card-text">
        <div className="card-line">
          <span className="card-from" dir="auto">
            {sender}
          </span>
          {row.conversationCount > 1 && (
            <span className="card-conversation">{formats.number(row.conversationCount)}</span>
          )}
          <span className="card-date">{formats.listDate(row.sentAt ?? row.receivedAt)}</span>
        </div>
        <div className="card-line">
          <span className="card-subject" dir="auto">
            {row.subject || t('list.no-subject')}
          </span>
          <Signs row={row} />
        </div>
        <div className="card-line">
          <Chips names={row.tags} colors={colors} />
          <span className="card-preview" dir="auto">
            {row.isPartial ? t('list.is-partial') : row.preview}
          </span>
          <StarButton row={row} t={t} onStar={onStar} />
          {accountName !== '' && (
            <span className="card-account" dir="auto">
              {accountName}
            </span>
          )}
          <span className="card-size">{formats.size(row.sizeBytes)}</span>
        </div>
      </div>
    </div>
  );
});

/** A message as a line of cells. */
export const TableCells = memo(function TableCells(parts: RowParts) {
  const { row, colors, t, formats, onStar, accountName } = parts;
  return (
    <>
      <div className="cell cell-star" role="gridcell">
        <StarButton row={row} t={t} onStar={onStar} />
      </div>
      <div className="cell cell-clip" role="gridcell">
        <Signs row={row} />
      </div>
      <div className="cell cell-subject" role="gridcell">
        <span className="cell-dot" aria-hidden="true" />
        {row.conversationCount > 1 && (
          <span className="card-conversation">{formats.number(row.conversationCount)}</span>
        )}
        <Chips names={row.tags} colors={colors} />
        <span className="cell-text" dir="auto">
          {row.subject || t('list.no-subject')}
        </span>
      </div>
      <div className="cell cell-from" role="gridcell" dir="auto">
        {senderOf(row, t)}
      </div>
      <div className="cell cell-date" role="gridcell">
        {formats.listDate(row.sentAt ?? row.receivedAt)}
      </div>
      <div className="cell cell-size" role="gridcell">
        {formats.size(row.sizeBytes)}
      </div>
      <div className="cell cell-account" role="gridcell">
        {accountName}
      </div>
    </>
  );
});
