/** Which rows of a grid are chosen, and where the focus is. Chosen are the keys, or, for `all`, every row but those. */
export type GridChoice<Key> = {
  readonly mode: 'some' | 'all';
  readonly keys: ReadonlySet<Key>;
  /** Row at which the next range begins. */
  readonly anchor: number;
  /** Row that has the focus; -1 for none. */
  readonly focus: number;
  readonly focusKey: Key | null;
};

/** Nothing chosen, nothing in focus. */
export function nothingChosen<Key>(): GridChoice<Key> {
  return { mode: 'some', keys: new Set(), anchor: 0, focus: -1, focusKey: null };
}

/** Chooses one row and no other. */
export function chooseOnly<Key>(index: number, key: Key): GridChoice<Key> {
  return { mode: 'some', keys: new Set([key]), anchor: index, focus: index, focusKey: key };
}

/** Adds a row to the chosen, or takes it out. */
export function toggled<Key>(before: GridChoice<Key>, index: number, key: Key): GridChoice<Key> {
  const keys = new Set(before.keys);
  if (!keys.delete(key)) keys.add(key);
  return { ...before, keys, anchor: index, focus: index, focusKey: key };
}

/** Chooses the rows between the anchor and `index`, whose keys are given. */
export function chooseRange<Key>(
  before: GridChoice<Key>,
  index: number,
  key: Key,
  rangeKeys: readonly Key[],
): GridChoice<Key> {
  return { mode: 'some', keys: new Set(rangeKeys), anchor: before.anchor, focus: index, focusKey: key };
}

/** Chooses every row, also those that are not in memory. */
export function chooseAll<Key>(before: GridChoice<Key>): GridChoice<Key> {
  return { ...before, mode: 'all', keys: new Set() };
}

/** Chooses the rows with these keys and leaves the focus where it is. */
export function chooseKeys<Key>(before: GridChoice<Key>, keys: Iterable<Key>): GridChoice<Key> {
  return { ...before, mode: 'some', keys: new Set(keys) };
}

/** Moves the focus and leaves the chosen rows as they are. */
export function focusOn<Key>(before: GridChoice<Key>, index: number, key: Key | null): GridChoice<Key> {
  return { ...before, focus: index, focusKey: key };
}

/** Whether a row is chosen. */
export function isChosen<Key>(choice: GridChoice<Key>, key: Key): boolean {
  return choice.mode === 'all' ? !choice.keys.has(key) : choice.keys.has(key);
}

/** How many rows are chosen of `total`. */
export function chosenCount<Key>(choice: GridChoice<Key>, total: number): number {
  return choice.mode === 'all' ? Math.max(0, total - choice.keys.size) : choice.keys.size;
}
