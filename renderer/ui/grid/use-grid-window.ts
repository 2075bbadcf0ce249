import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { GridRows } from './grid-rows.ts';

/** Rows drawn above and below those in sight. */
const overscan = 14;

type GridWindowOptions<Row> = {
  readonly rows: GridRows<Row>;
  readonly keyOf: (row: Row) => unknown;
  readonly rowPx: number;
  /** Row that is kept in sight; -1 for none. */
  readonly focus: number;
};

/** The part of a grid that is drawn. */
export type GridWindow = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly items: readonly VirtualItem[];
  /** Height of all rows together. */
  readonly heightPx: number;
  readonly first: number;
  readonly last: number;
  readonly onScroll: () => void;
};

/** Keeps the same rows in sight after a change above them; the answer is to be called after each scroll. */
function useSteadyScroll<Row>(
  { rows, keyOf, rowPx }: GridWindowOptions<Row>,
  scroller: RefObject<HTMLDivElement | null>,
): () => void {
  const top = useRef<{ index: number; key: unknown } | null>(null);
  const remember = () => {
    const box = scroller.current;
    if (box === null) return;
    const index = Math.floor(box.scrollTop / rowPx);
    const row = rows.row(index);
    if (row !== undefined) top.current = { index, key: keyOf(row) };
  };
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const before = top.current;
    // At the very top new rows are wanted in sight; further down the rows being read stay where they are.
    if (before !== null && box.scrollTop > rowPx) {
      const row = rows.row(before.index);
      if (row === undefined || keyOf(row) !== before.key) {
        const now = rows.indexOf(before.key);
        if (now >= 0) box.scrollTop += (now - before.index) * rowPx;
      }
    }
    remember();
  });
  return remember;
}

/** Draws the rows in sight of any number of them, and brings these into memory. */
export function useGridWindow<Row>(options: GridWindowOptions<Row>): GridWindow {
  const { rows, rowPx, focus } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? overscan;
  const onScroll = useSteadyScroll(options, scroller);

  useEffect(() => {
    if (rowPx > 0) virtualizer.measure();
  }, [virtualizer, rowPx]);
  useEffect(() => rows.want(first, last), [rows, first, last]);
  useEffect(() => {
    if (focus >= 0) virtualizer.scrollToIndex(focus, { align: 'auto' });
  }, [focus, virtualizer]);
  // Other rows begin at their top.
  useEffect(() => {
    if (rows.version() >= 0) scroller.current?.scrollTo(0, 0);
  }, [rows]);
  return { scroller, items, heightPx: virtualizer.getTotalSize(), first, last, onScroll };
}
