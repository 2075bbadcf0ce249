import type { ListFilter, Selection } from '../../shared/message-list.ts';
import type { MessageId } from '../../shared/model.ts';
import type { Place } from '../../shared/places.ts';

/** Which rows are chosen, and where the focus is. Chosen are the ids, or, for `all`, everything but the ids. */
export type ListSelection = {
  readonly mode: 'some' | 'all';
  readonly ids: ReadonlySet<MessageId>;
  /** Row the next range begins at. */
  readonly anchor: number;
  /** Row that has the focus; -1 for none. */
  readonly focus: number;
  readonly focusId: MessageId | null;
};

/** Nothing chosen, nothing in focus. */
export const nothingSelected: ListSelection = {
  mode: 'some',
  ids: new Set(),
  anchor: 0,
  focus: -1,
  focusId: null,
};

/** Chooses one row and no other. */
export function selectOnly(index: number, id: MessageId): ListSelection {
  return { mode: 'some', ids: new Set([id]), anchor: index, focus: index, focusId: id };
}

/** Adds a row to the chosen, or takes it out. */
export function toggled(before: ListSelection, index: number, id: MessageId): ListSelection {
  const ids = new Set(before.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ...before, ids, anchor: index, focus: index, focusId: id };
}

/** Chooses the rows between the anchor and `index`, whose ids are given. */
export function selectRange(
  before: ListSelection,
  index: number,
  id: MessageId,
  rangeIds: readonly MessageId[],
): ListSelection {
  return { mode: 'some', ids: new Set(rangeIds), anchor: before.anchor, focus: index, focusId: id };
}

/** Chooses everything in the place, also what is not in memory. */
export function selectAll(before: ListSelection): ListSelection {
  return { ...before, mode: 'all', ids: new Set() };
}

/** Moves the focus and leaves the chosen as they are. */
export function focusOn(before: ListSelection, index: number, id: MessageId | null): ListSelection {
  return { ...before, focus: index, focusId: id };
}

/** Whether a row is chosen. */
export function isSelected(selection: ListSelection, id: MessageId): boolean {
  return selection.mode === 'all' ? !selection.ids.has(id) : selection.ids.has(id);
}

/** How many are chosen of `total`. */
export function selectedCount(selection: ListSelection, total: number): number {
  return selection.mode === 'all' ? Math.max(0, total - selection.ids.size) : selection.ids.size;
}

/** The chosen rows as the program is told of them; null where there are none. */
export function asSelection(selection: ListSelection, place: Place, filter: ListFilter): Selection | null {
  if (selection.mode === 'all') return { kind: 'place', place, filter, except: [...selection.ids] };
  return selection.ids.size === 0 ? null : { kind: 'ids', ids: [...selection.ids] };
}
