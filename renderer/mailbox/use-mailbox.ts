import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { ListFilter, Selection } from '../../shared/message-list.ts';
import type { Place } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { keyOfPlace } from '../bridge/places.ts';
import { chooseOnly, nothingChosen } from '../ui/grid/grid-choice.ts';
import { useGridChoice } from '../ui/grid/use-grid-choice.ts';
import { asSelection, type ListSelection } from './selection.ts';
import { type ListQuery, useMessageList } from './use-message-list.ts';

/** The list on screen with what is chosen in it. */
export type Mailbox = {
  readonly query: ListQuery;
  readonly list: PagedList<MessageSummary>;
  readonly filter: ListFilter;
  readonly setFilter: (filter: ListFilter) => void;
  readonly selection: ListSelection;
  readonly setSelection: (selection: ListSelection) => void;
  /** The chosen messages as the program is told of them. */
  readonly chosen: Selection | null;
  /** Row in focus, if it is in memory. */
  readonly focused: MessageSummary | null;
  /** Goes to the row at an index, wherever it is. */
  readonly goTo: (index: number) => void;
};

const noFilter: ListFilter = {};
const idOf = (row: MessageSummary): MessageId => row.id;

/** Keeps the list, the filter and the choice of one place; another place begins anew. */
export function useMailbox(place: Place, preferences: Preferences): Mailbox {
  const key = keyOfPlace(place);
  const [filterOf, setFilterOf] = useState<{ key: string; filter: ListFilter }>({ key, filter: noFilter });
  const filter = filterOf.key === key ? filterOf.filter : noFilter;
  const { sort, groupsByConversation } = preferences;
  const query = useMemo(
    () => ({ place, filter, sort, groupsByConversation }),
    [place, filter, sort, groupsByConversation],
  );
  const asked = useMessageList(query);

  // While the answer to a new search is on its way, the last one stays: nothing flickers while one types.
  const lastShown = useRef(asked);
  const isTyping = asked.total === null && place.kind === 'search' && lastShown.current.total !== null;
  const list = isTyping ? lastShown.current : asked;
  useEffect(() => {
    if (asked.total !== null || place.kind !== 'search') lastShown.current = asked;
  });

  const [selection, setSelection] = useGridChoice(list, idOf);
  const selectionKey = place.kind === 'search' ? 'search' : key;
  const selectionFor = useRef(selectionKey);
  useEffect(() => {
    if (selectionFor.current === selectionKey) return;
    selectionFor.current = selectionKey;
    setSelection(nothingChosen());
  }, [selectionKey, setSelection]);

  const goTo = useCallback(
    (index: number) => {
      void list.range(index, index).then(([row]) => {
        if (row !== undefined) setSelection(chooseOnly(index, row.id));
      });
    },
    [list, setSelection],
  );
  const setFilter = useCallback(
    (next: ListFilter) => {
      setFilterOf({ key, filter: next });
      setSelection(nothingChosen());
    },
    [key, setSelection],
  );
  const chosen = useMemo(() => asSelection(selection, place, filter), [selection, place, filter]);
  const inFocus = list.row(selection.focus);
  const focused = inFocus !== undefined && inFocus.id === selection.focusKey ? inFocus : null;
  return { query, list, filter, setFilter, selection, setSelection, chosen, focused, goTo };
}
