import { type CSSProperties, useCallback, useState } from 'react';

/** A column that can be made wider: `share` is its part of what the columns of a fixed width leave, null for one of those. */
export type Column = { readonly key: string; readonly share: number | null };

/** Widths that a person gave columns, by key, in rem so that they grow with the text. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** No column is narrower, in rem; and what one that is fitted leaves the others. */
const leastRem = 3;
const leftRem = 6;

/**
 * The widths after one column was given another: the next in sight gives or takes the difference, so that the table is
 * as wide as before. `shown` are the columns in sight, in order, with their widths in rem.
 */
export function resized(
  columns: readonly Column[],
  shown: ReadonlyMap<string, number>,
  key: string,
  width: number,
): ColumnWidths {
  const keys = [...shown.keys()];
  const next = keys[keys.indexOf(key) + 1];
  const now = Object.fromEntries(shown);
  if (next === undefined || now[key] === undefined || now[next] === undefined) return now;
  const both = now[key] + now[next];
  const wanted = Math.max(leastRem, Math.min(width, both - leastRem));
  return { ...sharesOfHidden(columns, shown), ...now, [key]: wanted, [next]: both - wanted };
}

/** The widths after one column was fitted to what is in it: the others without a fixed width give or take, widest first. */
export function fitted(
  columns: readonly Column[],
  shown: ReadonlyMap<string, number>,
  key: string,
  width: number,
): ColumnWidths {
  const now: Record<string, number> = Object.fromEntries(shown);
  const others = columns
    .filter((column) => column.share !== null && column.key !== key && shown.has(column.key))
    .map((column) => column.key)
    .sort((a, b) => (now[b] ?? 0) - (now[a] ?? 0));
  const before = now[key] ?? 0;
  let wanted = Math.max(leastRem, width) - before;
  for (const other of others) {
    const has = now[other] ?? 0;
    const given = Math.min(wanted, Math.max(0, has - leftRem));
    now[other] = has - given;
    now[key] = (now[key] ?? 0) + given;
    wanted -= given;
  }
  return { ...sharesOfHidden(columns, shown), ...now };
}

/** Columns for which there is no room now keep their share beside those whose widths are given in rem from now on. */
function sharesOfHidden(columns: readonly Column[], shown: ReadonlyMap<string, number>): ColumnWidths {
  const flexible = columns.filter(({ share }) => share !== null);
  const visible = flexible.filter(({ key }) => shown.has(key));
  const room = visible.reduce((sum, { key }) => sum + (shown.get(key) ?? 0), 0);
  const shares = visible.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const hidden = flexible.filter(({ key }) => !shown.has(key));
  return Object.fromEntries(hidden.map(({ key, share }) => [key, ((share ?? 0) * room) / (shares || 1)]));
}

/** The widths as the style sheet takes them: `--column-<key>` for each column that was given one. */
function styleOf(columns: readonly Column[], widths: ColumnWidths): CSSProperties {
  const lines = columns.flatMap(({ key, share }) => {
    const width = widths[key];
    if (width === undefined) return [];
    return [
      [`--column-${key}`, `minmax(${leastRem}rem, ${width.toFixed(3)}${share === null ? 'rem' : 'fr'})`],
    ];
  });
  return Object.fromEntries(lines);
}

/** How wide everything in a column is that is drawn now, in pixels. */
function contentWidth(head: HTMLElement): number {
  const index = [...(head.parentElement?.children ?? [])].indexOf(head);
  const rows = head.closest('[role=grid]')?.querySelectorAll('[role=row]') ?? [];
  const cells = [...rows].flatMap((row) => {
    const cell = row.children.length > 1 ? row.children[index] : undefined;
    return cell instanceof HTMLElement ? [cell] : [];
  });
  for (const cell of cells) cell.style.width = 'max-content';
  const widest = Math.max(0, ...cells.map((cell) => cell.getBoundingClientRect().width));
  for (const cell of cells) cell.style.width = '';
  return Math.ceil(widest);
}

/** The columns of one table: their widths, and what the edges between their heads do. */
export type Columns = {
  /** For the grid: the widths, for head and rows alike. */
  readonly style: CSSProperties;
  /** Ref for the row of the heads, each of which has its key as `data-column`. */
  readonly heads: (row: HTMLElement | null) => (() => void) | undefined;
  /** What the edge after a column can do, in pixels; null where no column in sight comes after it. */
  readonly edge: (key: string) => { value: number; least: number; most: number } | null;
  readonly move: (key: string, widthPx: number) => void;
  readonly end: (key: string, widthPx: number) => void;
  /** Makes a column as wide as what is in it. */
  readonly fit: (key: string) => void;
};

type ColumnsOptions = {
  readonly columns: readonly Column[];
  readonly widths: ColumnWidths;
  /** CSS pixels of one rem. */
  readonly rem: number;
  /** Called when a width was chosen, not while an edge is being moved. */
  readonly onWidths: (widths: ColumnWidths) => void;
};

/** Lets the columns of a table be made wider and narrower at the edges of their heads. */
export function useColumns({ columns, widths, rem, onWidths }: ColumnsOptions): Columns {
  const [moved, setMoved] = useState<ColumnWidths | null>(null);
  const [row, setRow] = useState<HTMLElement | null>(null);
  const [shownPx, setShownPx] = useState<ReadonlyMap<string, number>>(new Map());
  const heads = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const cells = [...element.querySelectorAll<HTMLElement>('[data-column]')];
    const look = () =>
      setShownPx(
        new Map(
          cells
            .filter(({ offsetWidth }) => offsetWidth > 0)
            .map((cell) => [cell.dataset.column ?? '', cell.getBoundingClientRect().width]),
        ),
      );
    const observer = new ResizeObserver(look);
    for (const cell of cells) observer.observe(cell);
    setRow(element);
    return () => {
      observer.disconnect();
      setRow(null);
    };
  }, []);

  const shown = new Map([...shownPx].map(([name, width]) => [name, width / rem]));
  const after = (key: string, widthPx: number) => resized(columns, shown, key, widthPx / rem);
  const end = (key: string, widthPx: number) => {
    setMoved(null);
    onWidths(after(key, widthPx));
  };
  return {
    style: styleOf(columns, moved ?? widths),
    heads,
    edge: (key) => {
      const keys = [...shownPx.keys()];
      const value = shownPx.get(key);
      const next = shownPx.get(keys[keys.indexOf(key) + 1] ?? '');
      if (value === undefined || next === undefined) return null;
      const least = leastRem * rem;
      return { value, least, most: Math.max(least, value + next - least) };
    },
    move: (key, widthPx) => setMoved(after(key, widthPx)),
    end,
    fit: (key) => {
      const head = row?.querySelector<HTMLElement>(`[data-column="${key}"]`);
      if (head) onWidths(fitted(columns, shown, key, contentWidth(head) / rem));
    },
  };
}
