import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { ColumnEdge } from './ColumnEdge.tsx';
import type { Column, Columns } from './use-columns.ts';

/** By which column rows are sorted, and which way. */
export type GridSort<By extends string> = { by: By; descending: boolean };

/** A column with its head. */
export type GridColumn<By extends string> = Column & {
  readonly label: string;
  /** What a press on the head sorts by; left out where it sorts by nothing. */
  readonly sorts?: By;
  /** The largest comes first at the first press. */
  readonly isLargestFirst?: boolean;
  /** A picture in place of the label, in a column whose width stays. */
  readonly picture?: ReactNode;
};

type GridHeadProps<By extends string> = {
  readonly columns: readonly GridColumn<By>[];
  readonly sort: GridSort<By>;
  readonly onSort: (sort: GridSort<By>) => void;
  readonly widths: Columns;
  /** Names the edge of a column. */
  readonly edgeText: (column: string) => string;
};

/** The heads of the columns; pressed, they sort, and at their edges they are made wider. */
export function GridHead<By extends string>(props: GridHeadProps<By>) {
  const { columns, sort, onSort, widths } = props;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-head-row" tabIndex={-1} ref={widths.heads}>
        {columns.map((column) =>
          column.picture !== undefined ? (
            <div key={column.key} className={`cell cell-${column.key}`} role="columnheader" tabIndex={-1}>
              {column.picture}
              <span className="only-read-out">{column.label}</span>
            </div>
          ) : (
            <div
              key={column.key}
              className={`cell cell-${column.key}`}
              role="columnheader"
              tabIndex={-1}
              data-column={column.key}
              {...(column.sorts === undefined ? {} : { 'aria-sort': wayOf(column.sorts, sort) })}
            >
              <HeadText column={column} sort={sort} onSort={onSort} />
              <ColumnEdge columns={widths} of={column.key} label={props.edgeText(column.label)} />
            </div>
          ),
        )}
      </div>
    </div>
  );
}

function wayOf<By extends string>(by: By, sort: GridSort<By>): 'none' | 'ascending' | 'descending' {
  if (sort.by !== by) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

type HeadTextProps<By extends string> = Pick<GridHeadProps<By>, 'sort' | 'onSort'> & {
  readonly column: GridColumn<By>;
};

/** The label of a head: a button where they sort, which turns the order round when pressed again. */
function HeadText<By extends string>({ column, sort, onSort }: HeadTextProps<By>) {
  const { label, sorts: by, isLargestFirst = false } = column;
  if (by === undefined) return label;
  const way = wayOf(by, sort);
  return (
    <button
      type="button"
      className="grid-head-button"
      tabIndex={-1}
      onClick={() => onSort({ by, descending: way === 'none' ? isLargestFirst : !sort.descending })}
    >
      {label}
      {way === 'descending' && <ArrowDown size={12} aria-hidden="true" />}
      {way === 'ascending' && <ArrowUp size={12} aria-hidden="true" />}
    </button>
  );
}
