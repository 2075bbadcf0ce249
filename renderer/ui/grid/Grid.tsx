import { type DragEvent, type ReactNode, useEffect } from 'react';
import { classes } from '../class-names.ts';
import { ComingRow } from './ComingRow.tsx';
import { isChosen } from './grid-choice.ts';
import { focusGrid } from './grid-focus.ts';
import { type GridTools, gridHands, rowId } from './grid-hands.ts';
import type { Columns } from './use-columns.ts';
import { useGridWindow } from './use-grid-window.ts';

/*
 * A list of any length, as one control: its rows are chosen by keys and pointer, and only those in sight are drawn. The
 * grid itself keeps the focus and names the row in focus, as rows come and go while one scrolls. Head and rows are
 * numbered together, as screen readers count.
 */

type GridProps<Row, Key> = GridTools<Row, Key> & {
  readonly label: string;
  readonly className: string;
  /** Height of a row in CSS pixels. */
  readonly rowPx: number;
  /** Columns under their heads; null where each row is one piece. */
  readonly columns: Columns | null;
  readonly head?: ReactNode;
  readonly cells: (row: Row) => ReactNode;
  /** What is read out for a row. */
  readonly wordsOf: (row: Row) => string;
  /** Further class of a row. */
  readonly classOf: (row: Row) => string;
  /** Read out for a row that is not in memory yet. */
  readonly comingText: string;
  /** Shown where there are no rows. */
  readonly empty?: ReactNode;
  /** Told of the rows that are drawn. */
  readonly onSight?: (first: number, last: number) => void;
  /** Rows can be dragged. */
  readonly drag?: { readonly begin: (event: DragEvent, row: Row) => void; readonly end: () => void };
  /** Name of the pane for the keys that go from pane to pane. */
  readonly pane?: string;
};

/** Rows in a grid, with or without columns. */
export function Grid<Row, Key extends string | number>(props: GridProps<Row, Key>) {
  const { rows, keyOf, choice, rowPx, columns, head, drag, onSight } = props;
  const hands = gridHands(props);
  const { scroller, items, heightPx, first, last, onScroll } = useGridWindow({
    ...{ rows, keyOf, rowPx },
    focus: choice.focus,
  });
  useEffect(() => onSight?.(first, last), [onSight, first, last]);
  const headRows = head === undefined ? 0 : 1;
  const isFocusDrawn = choice.focus >= first && choice.focus <= last;

  const rowAt = (index: number, start: number) => {
    const row = rows.row(index);
    const place = { height: rowPx, transform: `translateY(${start}px)` };
    const number = index + 1 + headRows;
    if (row === undefined)
      return <ComingRow key={index} number={number} place={place} label={props.comingText} />;
    const isOn = isChosen(choice, keyOf(row));
    return (
      <div
        key={index}
        id={rowId(index)}
        role="row"
        tabIndex={-1}
        aria-rowindex={number}
        aria-selected={isOn}
        aria-label={props.wordsOf(row)}
        className={classes(
          'row',
          isOn && 'is-selected',
          index === choice.focus && 'is-focused',
          props.classOf(row),
        )}
        style={place}
        draggable={drag !== undefined}
        onMouseDown={(event) => hands.onRowDown(event, index, row)}
        onClick={(event) => hands.onRowClick(event, index, row)}
        onDoubleClick={() => props.onOpen(row)}
        onContextMenu={(event) => hands.onRowMenu(event, index, row)}
        onDragStart={(event) => drag?.begin(event, row)}
        onDragEnd={drag?.end}
        onKeyDown={undefined}
      >
        {props.cells(row)}
      </div>
    );
  };
  return (
    <div
      className={classes('grid', columns !== null && 'is-table', props.className)}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.total === null ? -1 : rows.total + headRows}
      aria-multiselectable="true"
      aria-activedescendant={isFocusDrawn ? rowId(choice.focus) : undefined}
      aria-busy={rows.total === null}
      style={columns?.style}
      tabIndex={0}
      data-pane={props.pane}
      onClick={focusGrid}
      onKeyDown={hands.onKeyDown}
    >
      {head}
      <div className="grid-scroller" ref={scroller} role="rowgroup" onScroll={onScroll} tabIndex={-1}>
        {rows.total === 0 && props.empty !== undefined && (
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        )}
        <div className="grid-canvas" role="presentation" style={{ height: heightPx }}>
          {items.map(({ index, start }) => rowAt(index, start))}
        </div>
      </div>
    </div>
  );
}
