import { ArrowDown, ArrowUp } from 'lucide-react';
import { useWords } from '../i18n/words.tsx';
import type { ServerSort } from './use-server-session.ts';

const columns = ['from', 'subject', 'date', 'size'] as const;

type ServerTableHeadProps = { readonly sort: ServerSort; readonly onSort: (sort: ServerSort) => void };

/** The columns of the server view; a click sorts by one, a second click turns the order round. */
export function ServerTableHead({ sort, onSort }: ServerTableHeadProps) {
  const t = useWords();
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-head-row server-line-grid" tabIndex={-1}>
        <div role="columnheader" tabIndex={-1} className="cell">
          {t('server-view.column.state')}
        </div>
        {columns.map((by) => (
          <div
            key={by}
            role="columnheader"
            tabIndex={-1}
            className={`cell cell-${by}`}
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
          </div>
        ))}
      </div>
    </div>
  );
}
