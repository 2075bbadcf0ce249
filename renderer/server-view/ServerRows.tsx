import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Download, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { AccountId } from '../../shared/model.ts';
import type { ServerRow } from '../../shared/server-view.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { poppy } from '../bridge/poppy.ts';
import { type Formats, useFormats } from '../i18n/formats.ts';
import { useWords, type Words } from '../i18n/words.tsx';
import { classes } from '../ui/class-names.ts';
import type { ServerSort } from './use-server-session.ts';

type ServerRowsProps = {
  readonly accountId: AccountId;
  readonly rows: PagedList<ServerRow>;
  readonly rem: number;
  readonly sort: ServerSort;
  readonly onSort: (sort: ServerSort) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (keys: ReadonlySet<string>) => void;
  readonly onMark: (keys: readonly string[], plan: 'download' | 'delete' | null) => void;
  readonly onPreview: (key: string) => void;
};

const rowRem = 2.5;
const columns = ['from', 'subject', 'date', 'size'] as const;

function senderOf(row: ServerRow, t: Words): string {
  if (row.headers === null) return t('server-view.headers-coming');
  return row.headers.from.name || row.headers.from.address || t('list.no-sender');
}

function rowWords(row: ServerRow, t: Words, formats: Formats): string {
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

/** The messages in the live maildrop; headers arrive while one scrolls. */
export function ServerRows(props: ServerRowsProps) {
  const { accountId, rows, rem, sort, onSort, chosen, onChosen, onMark, onPreview } = props;
  const t = useWords();
  const formats = useFormats();
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState(-1);
  const anchor = useRef(0);
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
  useEffect(() => {
    if (focus >= 0) virtualizer.scrollToIndex(focus, { align: 'auto' });
  }, [focus, virtualizer]);

  // The headers of what is in sight come first.
  const missing = items
    .map((item) => rows.row(item.index))
    .filter((row) => row !== undefined && row.headers === null)
    .map((row) => row?.key)
    .join('\n');
  useEffect(() => {
    if (missing !== '') void poppy.request('server/want-headers', { accountId, keys: missing.split('\n') });
  }, [accountId, missing]);

  const choose = async (index: number, how: 'only' | 'range' | 'toggle') => {
    const row = rows.row(index) ?? (await rows.range(index, index))[0];
    if (row === undefined) return;
    setFocus(index);
    if (how === 'range') {
      const range = await rows.range(Math.min(anchor.current, index), Math.max(anchor.current, index));
      onChosen(new Set(range.map(({ key }) => key)));
      return;
    }
    anchor.current = index;
    if (how === 'only') onChosen(new Set([row.key]));
    else {
      const next = new Set(chosen);
      if (!next.delete(row.key)) next.add(row.key);
      onChosen(next);
    }
  };
  const click = (event: MouseEvent, index: number) =>
    void choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
  const selectAll = () =>
    void poppy
      .request('server/find', { accountId, where: { kind: 'all' } })
      .then((keys) => onChosen(new Set(keys)));
  const key = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      PageDown: focus + 10,
      PageUp: focus - 10,
      Home: 0,
      End: total - 1,
    }[event.key];
    const hasControl = event.ctrlKey || event.metaKey;
    if (to !== undefined && total > 0)
      void choose(Math.max(0, Math.min(total - 1, to)), event.shiftKey ? 'range' : 'only');
    else if (hasControl && event.key.toLowerCase() === 'a') selectAll();
    else if (event.key === 'Delete') onMark([...chosen], 'delete');
    else if (event.key === 'Enter') {
      const row = rows.row(focus);
      if (row !== undefined) onPreview(row.key);
    } else if (event.key === ' ' && focus >= 0) void choose(focus, 'toggle');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="server-rows"
      role="grid"
      aria-label={t('server-view.rows')}
      aria-rowcount={total}
      aria-multiselectable="true"
      aria-activedescendant={focus >= first && focus <= last ? `server-row-${focus}` : undefined}
      tabIndex={0}
      onKeyDown={key}
    >
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
      <div className="messages-scroller" ref={scroller} role="rowgroup" tabIndex={-1}>
        <div className="messages-canvas" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.row(item.index);
            const place = { height: rowPx, transform: `translateY(${item.start}px)` };
            if (row === undefined)
              return (
                <div key={item.key} role="row" className="row is-coming" style={place} tabIndex={-1}>
                  <div role="gridcell" className="row-ghost">
                    <span className="only-read-out">{t('list.loading')}</span>
                  </div>
                </div>
              );
            const isChosen = chosen.has(row.key);
            const sentAt = row.headers?.sentAt ?? null;
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
                <div role="gridcell" className="cell">
                  <span className={`state-chip state-${row.plan ?? row.state}`}>
                    {row.plan === 'delete' && <Trash2 size={12} aria-hidden="true" />}
                    {row.plan === 'download' && <Download size={12} aria-hidden="true" />}
                    {row.plan === null
                      ? t(`server-view.state.${row.state}`)
                      : t(`server-view.planned.${row.plan}`)}
                  </span>
                </div>
                <div
                  role="gridcell"
                  className={classes('cell', row.headers === null && 'is-waiting')}
                  dir="auto"
                >
                  {senderOf(row, t)}
                </div>
                <div role="gridcell" className="cell cell-words" dir="auto">
                  {row.headers === null ? '' : row.headers.subject || t('list.no-subject')}
                </div>
                <div role="gridcell" className="cell">
                  {sentAt === null ? '' : formats.listDate(sentAt)}
                </div>
                <div role="gridcell" className="cell cell-size">
                  {formats.size(row.sizeBytes)}
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
