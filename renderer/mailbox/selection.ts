import type { MessageId } from '../../shared/ids.ts';
import type { ListFilter, Selection } from '../../shared/message-list.ts';
import type { Place } from '../../shared/places.ts';
import type { GridChoice } from '../ui/grid/grid-choice.ts';

/** Which messages of a list are chosen. */
export type ListSelection = GridChoice<MessageId>;

/** The chosen messages as the program is told of them; null where there are none. */
export function asSelection(selection: ListSelection, place: Place, filter: ListFilter): Selection | null {
  if (selection.mode === 'all') return { kind: 'place', place, filter, except: [...selection.keys] };
  return selection.keys.size === 0 ? null : { kind: 'ids', ids: [...selection.keys] };
}
