import { ArrowDown, ArrowUp, Paperclip, Star } from 'lucide-react';
import type { ListSort } from '../../shared/message-list.ts';
import { useWords } from '../i18n/words.tsx';
import { ColumnEdge } from '../ui/ColumnEdge.tsx';
import type { Column, Columns } from '../ui/use-columns.ts';

/** The columns that can be made wider, in order. */
export const listColumns: readonly Column[] = [
  { key: 'subject', share: 3 },
  { key: 'from', share: 2 },
  { key: 'date', share: null },
  { key: 'size', share: null },
  { key: 'account', share: 1 },
];

type TableHeadProps = {
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
  readonly columns: Columns;
};

/** The heads of the columns; pressed, they sort, and at their edges they are made wider. */
export function TableHead({ sort, onSort, columns }: TableHeadProps) {
  const t = useWords();
  const column = (by: ListSort['by']) => {
    const isCurrent = sort.by === by;
    const way = isCurrent ? (sort.descending ? 'descending' : 'ascending') : 'none';
    return (
      <div className={`cell cell-${by}`} role="columnheader" aria-sort={way} tabIndex={-1} data-column={by}>
        <button
          type="button"
          className="head-button"
          tabIndex={-1}
          onClick={() =>
            onSort({ by, descending: isCurrent ? !sort.descending : by === 'date' || by === 'size' })
          }
        >
          {t(`list.column.${by}`)}
          {isCurrent &&
            (sort.descending ? (
              <ArrowDown size={12} aria-hidden="true" />
            ) : (
              <ArrowUp size={12} aria-hidden="true" />
            ))}
        </button>
        <ColumnEdge
          columns={columns}
          of={by}
          label={t('list.column-width', { column: t(`list.column.${by}`) })}
        />
      </div>
    );
  };
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-head-row" tabIndex={-1} ref={columns.heads}>
        <div className="cell cell-star" role="columnheader" tabIndex={-1}>
          <Star size={13} aria-hidden="true" />
          <span className="only-read-out">{t('list.column.star')}</span>
        </div>
        <div className="cell cell-clip" role="columnheader" tabIndex={-1}>
          <Paperclip size={13} aria-hidden="true" />
          <span className="only-read-out">{t('list.column.clip')}</span>
        </div>
        {column('subject')}
        {column('from')}
        {column('date')}
        {column('size')}
        {column('account')}
      </div>
    </div>
  );
}
