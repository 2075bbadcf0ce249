import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { type GridChoice, nothingChosen } from './grid-choice.ts';
import type { GridRows } from './grid-rows.ts';

/** The choice in a grid. Rows that come or go move the others: the focus follows its row. */
export function useGridChoice<Row, Key>(
  rows: GridRows<Row>,
  keyOf: (row: Row) => Key,
): readonly [GridChoice<Key>, Dispatch<SetStateAction<GridChoice<Key>>>] {
  const [choice, setChoice] = useState<GridChoice<Key>>(nothingChosen);
  const version = rows.version();
  useEffect(() => {
    if (version < 0) return;
    setChoice((before) => {
      if (before.focusKey === null) return before;
      const row = rows.row(before.focus);
      if (row !== undefined && keyOf(row) === before.focusKey) return before;
      const index = rows.indexOf(before.focusKey);
      return index < 0 ? before : { ...before, focus: index, anchor: index };
    });
  }, [rows, version, keyOf]);
  return [choice, setChoice];
}
