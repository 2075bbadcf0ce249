import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ListSort } from '../../shared/message-list.ts';
import type { AccountId, MessageId, MessageSummary } from '../../shared/model.ts';
import { markMessages } from '../bridge/message-actions.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';
import { ComingRow } from '../ui/ComingRow.tsx';
import { classes } from '../ui/class-names.ts';
import { focusGrid } from '../ui/grid-focus.ts';
import { type ColumnWidths, useColumns } from '../ui/use-columns.ts';
import type { ListHands } from './list-hands.ts';
import { CardCells, rowWords, TableCells } from './MessageRow.tsx';
import { isSelected, type ListSelection } from './selection.ts';
import { listColumns, TableHead } from './TableHead.tsx';

type MessageListProps = {
  readonly list: PagedList<MessageSummary>;
  readonly selection: ListSelection;
  readonly hands: ListHands;
  readonly look: 'cards' | 'table';
  readonly isCompact: boolean;
  /** CSS pixels of one rem. */
  readonly rem: number;
  readonly sort: ListSort;
  readonly onSort: (sort: ListSort) => void;
  readonly widths: ColumnWidths;
  readonly onWidths: (widths: ColumnWidths) => void;
  readonly colors: ReadonlyMap<string, string>;
  readonly accountNames: ReadonlyMap<AccountId, string>;
  /** Shown where there are no rows. */
  readonly empty: ReactNode;
};

const overscan = 14;
const rowRems = { cards: [5.25, 4.5], table: [2.4, 2] } as const;

/** Where the scroll has to go so that the same rows stay in sight after a change above them. */
function useSteadyScroll(
  list: PagedList<MessageSummary>,
  rowPx: number,
  scroller: React.RefObject<HTMLDivElement | null>,
) {
  const top = useRef<{ index: number; id: MessageId } | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const before = top.current;
    // At the very top new mail is wanted in sight; further down the rows being read stay where they are.
    if (before !== null && box.scrollTop > rowPx && list.row(before.index)?.id !== before.id) {
      const now = list.indexOf(before.id);
      if (now >= 0) box.scrollTop += (now - before.index) * rowPx;
    }
    remember();
  });
  const remember = () => {
    const box = scroller.current;
    if (box === null) return;
    const index = Math.floor(box.scrollTop / rowPx);
    const row = list.row(index);
    if (row !== undefined) top.current = { index, id: row.id };
  };
  return remember;
}

/** The messages of a place: any number of them, of which only those in sight are drawn. */
export function MessageList(props: MessageListProps) {
  const { list, selection, hands, look, isCompact, rem, colors, accountNames } = props;
  const t = useWords();
  const formats = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = Math.round(rowRems[look][isCompact ? 1 : 0] * rem);
  const total = list.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? overscan;
  const remember = useSteadyScroll(list, rowPx, scroller);
  const columns = useColumns({ columns: listColumns, widths: props.widths, rem, onWidths: props.onWidths });

  useEffect(() => {
    if (rowPx > 0) virtualizer.measure();
  }, [virtualizer, rowPx]);
  useEffect(() => list.want(first, last), [list, first, last]);
  useEffect(() => {
    if (selection.focus >= 0) virtualizer.scrollToIndex(selection.focus, { align: 'auto' });
  }, [selection.focus, virtualizer]);
  // Another place begins at its top.
  useEffect(() => {
    if (list.version() >= 0) scroller.current?.scrollTo(0, 0);
  }, [list]);

  const onStar = useMemo(
    () => (row: MessageSummary) => {
      list.update((one) => (one.id === row.id ? { ...one, isStarred: !row.isStarred } : one));
      void markMessages({ kind: 'ids', ids: [row.id] }, { isStarred: !row.isStarred }, true);
    },
    [list],
  );
  const focused = selection.focus >= first && selection.focus <= last ? `row-${selection.focus}` : undefined;
  const Cells = look === 'cards' ? CardCells : TableCells;

  return (
    <div
      className={classes('messages', `messages-${look}`, isCompact && 'is-compact')}
      role="grid"
      aria-label={t('list.label')}
      aria-rowcount={total}
      aria-multiselectable="true"
      aria-activedescendant={focused}
      aria-busy={list.total === null}
      style={columns.style}
      tabIndex={0}
      data-pane="list"
      onClick={focusGrid}
      onKeyDown={hands.onKeyDown}
    >
      {look === 'table' && <TableHead sort={props.sort} onSort={props.onSort} columns={columns} />}
      <div className="messages-scroller" ref={scroller} role="rowgroup" onScroll={remember} tabIndex={-1}>
        {total === 0 && (
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        )}
        <div className="messages-canvas" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = list.row(item.index);
            const place = { height: rowPx, transform: `translateY(${item.start}px)` };
            if (row === undefined)
              return <ComingRow key={item.key} place={place} words={t('list.loading')} />;
            const isChosen = isSelected(selection, row.id);
            return (
              <div
                key={item.key}
                id={`row-${item.index}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 1}
                aria-selected={isChosen}
                aria-label={rowWords(row, accountNames.get(row.accountId) ?? '', t, formats)}
                className={classes(
                  'row',
                  isChosen && 'is-selected',
                  !row.isRead && 'is-unread',
                  item.index === selection.focus && 'is-focused',
                )}
                style={place}
                draggable
                onMouseDown={(event) => hands.onRowDown(event, item.index, row)}
                onClick={(event) => hands.onRowClick(event, item.index, row)}
                onDoubleClick={() => hands.onRowOpen(row)}
                onContextMenu={(event) => hands.onRowMenu(event, item.index, row)}
                onDragStart={(event) => hands.onRowDrag(event, item.index, row)}
                onDragEnd={hands.onDragEnd}
                onKeyDown={undefined}
              >
                <Cells
                  row={row}
                  accountName={accountNames.get(row.accountId) ?? ''}
                  colors={colors}
                  t={t}
                  formats={formats}
                  onStar={onStar}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
