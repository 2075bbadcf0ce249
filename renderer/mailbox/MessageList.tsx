import { type ReactNode, useCallback } from 'react';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { ListSort, Selection } from '../../shared/message-list.ts';
import { runCommand } from '../bridge/commands.ts';
import { markMessages } from '../bridge/message-actions.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';
import { Grid } from '../ui/grid/Grid.tsx';
import { GridHead } from '../ui/grid/GridHead.tsx';
import { chooseAll, isChosen } from '../ui/grid/grid-choice.ts';
import { type ColumnWidths, useColumns } from '../ui/grid/use-columns.ts';
import { beginDrag, endDrag } from './dragging.ts';
import { listColumns } from './list-columns.tsx';
import { CardCells, rowText, TableCells } from './MessageRow.tsx';
import type { ListSelection } from './selection.ts';

type MessageListProps = {
  readonly list: PagedList<MessageSummary>;
  readonly selection: ListSelection;
  readonly onSelection: (next: ListSelection) => void;
  /** The chosen messages as the program is told of them. */
  readonly chosen: Selection | null;
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
  readonly onMenu: (at: { x: number; y: number }) => void;
  /** A row was clicked, be it the one that has the focus already. */
  readonly onShow: () => void;
  /** Shown where there are no rows. */
  readonly empty: ReactNode;
};

/** Heights of a row in rem, with room and without. */
const rowRems = { cards: [5.25, 4.5], table: [2.4, 2] } as const;

const idOf = (row: MessageSummary): MessageId => row.id;

/** What is dragged with a row: all chosen messages where it is one of them, and how many these are. */
function draggedWith(row: MessageSummary, { chosen, selection, list }: MessageListProps) {
  const dragged: Selection =
    chosen !== null && isChosen(selection, row.id) ? chosen : { kind: 'ids', ids: [row.id] };
  const count =
    dragged.kind === 'ids' ? dragged.ids.length : Math.max(1, (list.total ?? 1) - dragged.except.length);
  return { dragged, count };
}

/** The messages of a place, as cards or as a table. */
export function MessageList(props: MessageListProps) {
  const { list, selection, onSelection, look, isCompact, rem, colors, accountNames } = props;
  const t = useTexts();
  const formats = useFormats();
  const heads = listColumns(t);
  const columns = useColumns({ columns: heads, widths: props.widths, rem, onWidths: props.onWidths });
  const onStar = useCallback(
    (row: MessageSummary) => {
      list.update((one) => (one.id === row.id ? { ...one, isStarred: !row.isStarred } : one));
      void markMessages({ kind: 'ids', ids: [row.id] }, { isStarred: !row.isStarred }, true);
    },
    [list],
  );
  const Cells = look === 'cards' ? CardCells : TableCells;
  const accountNameOf = (row: MessageSummary) => accountNames.get(row.accountId) ?? '';

  return (
    <Grid
      rows={list}
      keyOf={idOf}
      choice={selection}
      onChoice={onSelection}
      onAll={(from) => onSelection(chooseAll(from))}
      onPick={props.onShow}
      onOpen={() => runCommand('open-window')}
      onMenu={props.onMenu}
      drag={{
        begin: (event, row) => {
          const { dragged, count } = draggedWith(row, props);
          beginDrag(event, { kind: 'messages', selection: dragged }, t('list.dragging', { count }));
        },
        end: endDrag,
      }}
      label={t('list.label')}
      pane="list"
      className={classes('messages', `messages-${look}`, isCompact && 'is-compact')}
      rowPx={Math.round(rowRems[look][isCompact ? 1 : 0] * rem)}
      columns={look === 'table' ? columns : null}
      {...(look === 'table'
        ? {
            head: (
              <GridHead
                columns={heads}
                sort={props.sort}
                onSort={props.onSort}
                widths={columns}
                edgeText={(column) => t('list.column-width', { column })}
              />
            ),
          }
        : {})}
      wordsOf={(row) => rowText(row, accountNameOf(row), t, formats)}
      classOf={(row) => (row.isRead ? '' : 'is-unread')}
      cells={(row) => (
        <Cells
          row={row}
          accountName={accountNameOf(row)}
          colors={colors}
          t={t}
          formats={formats}
          onStar={onStar}
        />
      )}
      comingText={t('list.loading')}
      empty={props.empty}
    />
  );
}
