import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { preferencesStore, updatePreferences } from '../bridge/live.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';
import { ComingRow } from '../ui/ComingRow.tsx';
import { classes } from '../ui/class-names.ts';
import { focusGrid } from '../ui/grid-focus.ts';
import { useColumns } from '../ui/use-columns.ts';
import { rowWords, ServerRowCells } from './ServerRowCells.tsx';
import { ServerTableHead, serverColumns } from './ServerTableHead.tsx';
import { type RowChoiceProps, useRowChoice } from './use-row-choice.ts';
import type { ServerSort } from './use-server-session.ts';

type ServerRowsProps = Omit<RowChoiceProps, 'total'> & {
  readonly rem: number;
  readonly sort: ServerSort;
  readonly onSort: (sort: ServerSort) => void;
};

const rowRem = 2.5;

/** The messages in the live maildrop; headers arrive while one scrolls. */
export function ServerRows(props: ServerRowsProps) {
  const { accountId, rows, rem, sort, onSort, chosen, onPreview } = props;
  const t = useWords();
  const formats = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = Math.round(rowRem * rem);
  const total = rows.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 12;
  useEffect(() => {
    if (rowPx > 0) virtualizer.measure();
  }, [virtualizer, rowPx]);
  useEffect(() => rows.want(first, last), [rows, first, last]);

  // The headers of what is in sight come first.
  const missing = items
    .map((item) => rows.row(item.index))
    .filter((row) => row !== undefined && row.headers === null)
    .map((row) => row?.key)
    .join('\n');
  useEffect(() => {
    if (missing !== '') void poppy.request('server/want-headers', { accountId, keys: missing.split('\n') });
  }, [accountId, missing]);

  const columns = useColumns({
    columns: serverColumns,
    widths: useStore(preferencesStore).serverColumns,
    rem,
    onWidths: (widths) => updatePreferences({ serverColumns: widths }),
  });
  const { focus, click, key } = useRowChoice({ ...props, total });
  useEffect(() => {
    if (focus >= 0) virtualizer.scrollToIndex(focus, { align: 'auto' });
  }, [focus, virtualizer]);

  return (
    <div
      className="server-rows"
      role="grid"
      aria-label={t('server-view.rows')}
      aria-rowcount={total}
      aria-multiselectable="true"
      aria-activedescendant={focus >= first && focus <= last ? `server-row-${focus}` : undefined}
      style={columns.style}
      tabIndex={0}
      onClick={focusGrid}
      onKeyDown={key}
    >
      <ServerTableHead sort={sort} onSort={onSort} columns={columns} />
      <div className="messages-scroller" ref={scroller} role="rowgroup" tabIndex={-1}>
        <div className="messages-canvas" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.row(item.index);
            const place = { height: rowPx, transform: `translateY(${item.start}px)` };
            if (row === undefined)
              return <ComingRow key={item.key} place={place} words={t('list.loading')} />;
            const isChosen = chosen.has(row.key);
            return (
              <div
                key={item.key}
                id={`server-row-${item.index}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={isChosen}
                aria-label={rowWords(row, t, formats)}
                className={classes(
                  'row server-line-grid',
                  isChosen && 'is-selected',
                  item.index === focus && 'is-focused',
                  row.plan !== null && `is-planned-${row.plan}`,
                )}
                style={place}
                onClick={(event) => click(event, item.index)}
                onDoubleClick={() => onPreview(row.key)}
                onKeyDown={undefined}
              >
                <ServerRowCells row={row} t={t} formats={formats} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
