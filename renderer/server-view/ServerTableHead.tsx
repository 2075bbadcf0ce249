import { ArrowDown, ArrowUp } from 'lucide-react';
import { useWords } from '../i18n/words.tsx';
import { ColumnEdge } from '../ui/ColumnEdge.tsx';
import type { Column, Columns } from '../ui/use-columns.ts';
import type { ServerSort } from './use-server-session.ts';

const sorted = ['from', 'subject', 'date', 'size'] as const;

/** The columns, all of which can be made wider, in order. */
export const serverColumns: readonly Column[] = [
  { key: 'state', share: null },
  { key: 'from', share: 2 },
  { key: 'subject', share: 3 },
  { key: 'date', share: null },
  { key: 'size', share: null },
];

type ServerTableHeadProps = {
  readonly sort: ServerSort;
  readonly onSort: (sort: ServerSort) => void;
  readonly columns: Columns;
};

/** The heads of the server view; a click sorts by one, a second turns the order round, their edges make them wider. */
export function ServerTableHead({ sort, onSort, columns }: ServerTableHeadProps) {
  const t = useWords();
  const edge = (of: string, column: string) => (
    <ColumnEdge columns={columns} of={of} label={t('list.column-width', { column })} />
  );
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-head-row server-line-grid" tabIndex={-1} ref={columns.heads}>
        <div role="columnheader" tabIndex={-1} className="cell" data-column="state">
          {t('server-view.column.state')}
          {edge('state', t('server-view.column.state'))}
        </div>
        {sorted.map((by) => (
          <div
            key={by}
            role="columnheader"
            tabIndex={-1}
            className={`cell cell-${by}`}
            data-column={by}
            aria-sort={sort.by !== by ? 'none' : sort.descending ? 'descending' : 'ascending'}
          >
            <button
              type="button"
              className="head-button"
              tabIndex={-1}
              onClick={() =>
                onSort({
                  by,
                  descending: sort.by === by ? !sort.descending : by === 'date' || by === 'size',
                })
              }
            >
              {t(`list.column.${by}`)}
              {sort.by === by &&
                (sort.descending ? (
                  <ArrowDown size={12} aria-hidden="true" />
                ) : (
                  <ArrowUp size={12} aria-hidden="true" />
                ))}
            </button>
            {edge(by, t(`list.column.${by}`))}
          </div>
        ))}
      </div>
    </div>
  );
}
