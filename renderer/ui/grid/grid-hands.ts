import type { KeyboardEvent, MouseEvent } from 'react';
import { chooseOnly, chooseRange, focusOn, type GridChoice, isChosen, toggled } from './grid-choice.ts';
import type { GridRows } from './grid-rows.ts';

/** How many rows Page Up and Page Down go. */
const pageRows = 10;

/** Id of the row that a grid names as the one in focus; one grid is in sight at a time. */
export function rowId(index: number): string {
  return `row-${index}`;
}

/** Where a key takes the focus; null for a key that moves nothing. */
export function targetOf(key: string, focus: number, total: number): number | null {
  const at = Math.max(0, focus);
  const to = {
    ArrowDown: focus + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: total - 1,
  }[key];
  return to === undefined || total === 0 ? null : Math.max(0, Math.min(total - 1, to));
}

/** What keys and pointer work with. */
export type GridTools<Row, Key> = {
  readonly rows: GridRows<Row>;
  readonly keyOf: (row: Row) => Key;
  readonly choice: GridChoice<Key>;
  readonly onChoice: (next: GridChoice<Key>) => void;
  /** Every row was asked for; `from` has the focus where it is to be then. */
  readonly onAll: (from: GridChoice<Key>) => void;
  /** A row was clicked without a key held, be it the one that has the focus already. */
  readonly onPick?: ((row: Row) => void) | undefined;
  /** A row was double-clicked, or Enter was pressed on the one in focus. */
  readonly onOpen: (row: Row) => void;
  /** A menu was asked for, at a point of the window. */
  readonly onMenu?: ((at: { x: number; y: number }) => void) | undefined;
  /** A key that the grid has no use for; true where it was used. */
  readonly onKey?: ((event: KeyboardEvent) => boolean) | undefined;
};

/** What keys and pointer do to a grid. */
export type GridHands<Row> = {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowDown: (event: MouseEvent, index: number, row: Row) => void;
  readonly onRowClick: (event: MouseEvent, index: number, row: Row) => void;
  readonly onRowMenu: (event: MouseEvent, index: number, row: Row) => void;
};

/** Goes to a row: chooses it alone, every row from the anchor to it, or none. */
async function goTo<Row, Key>(tools: GridTools<Row, Key>, index: number, how: 'only' | 'range' | 'focus') {
  const { rows, keyOf, choice, onChoice, onAll } = tools;
  const row = rows.row(index) ?? (await rows.range(index, index))[0];
  if (row === undefined) return;
  const key = keyOf(row);
  if (how === 'only') onChoice(chooseOnly(index, key));
  else if (how === 'focus') onChoice(focusOn(choice, index, key));
  else {
    const [first, last] = [Math.min(choice.anchor, index), Math.max(choice.anchor, index)];
    if (first === 0 && last === (rows.total ?? 0) - 1) onAll(focusOn(choice, index, key));
    else onChoice(chooseRange(choice, index, key, (await rows.range(first, last)).map(keyOf)));
  }
}

/** Opens the menu of the row in focus, in the row. */
function openMenu<Row, Key>({ choice, onMenu }: GridTools<Row, Key>) {
  const at = document.getElementById(rowId(choice.focus))?.getBoundingClientRect();
  if (at !== undefined) onMenu?.({ x: at.left + at.width / 3, y: at.top + at.height / 2 });
}

/** Answers a key; true where the grid, or who draws it, had a use for it. */
function answerKey<Row, Key>(tools: GridTools<Row, Key>, event: KeyboardEvent): boolean {
  const { rows, keyOf, choice, onChoice, onAll, onOpen, onMenu, onKey } = tools;
  const hasControl = event.ctrlKey || event.metaKey;
  const row = rows.row(choice.focus);
  if (hasControl && event.key.toLowerCase() === 'a') onAll(choice);
  else if (event.key === 'Enter' && row !== undefined) onOpen(row);
  else if (onMenu !== undefined && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)))
    openMenu(tools);
  else if (event.key === ' ' && hasControl && row !== undefined)
    onChoice(toggled(choice, choice.focus, keyOf(row)));
  else {
    const index = targetOf(event.key, choice.focus, rows.total ?? 0);
    if (index === null || event.altKey) return onKey?.(event) === true;
    void goTo(tools, index, event.shiftKey ? 'range' : hasControl ? 'focus' : 'only');
  }
  return true;
}

/** A grid's answers to keys and pointer. */
export function gridHands<Row, Key>(tools: GridTools<Row, Key>): GridHands<Row> {
  const { keyOf, choice, onChoice, onPick, onMenu } = tools;
  return {
    onKeyDown: (event) => {
      if (!answerKey(tools, event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onRowDown: (event, index, row) => {
      if (event.button !== 0) return;
      if (event.shiftKey) {
        // Or the browser marks the text between the two rows.
        event.preventDefault();
        void goTo(tools, index, 'range');
      } else if (event.ctrlKey || event.metaKey) onChoice(toggled(choice, index, keyOf(row)));
      // What is chosen already stays so until the button is let go: it may be about to be dragged.
      else if (!isChosen(choice, keyOf(row))) onChoice(chooseOnly(index, keyOf(row)));
    },
    onRowClick: (event, index, row) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      onChoice(chooseOnly(index, keyOf(row)));
      onPick?.(row);
    },
    onRowMenu: (event, index, row) => {
      if (onMenu === undefined) return;
      event.preventDefault();
      if (!isChosen(choice, keyOf(row))) onChoice(chooseOnly(index, keyOf(row)));
      onMenu({ x: event.clientX, y: event.clientY });
    },
  };
}
