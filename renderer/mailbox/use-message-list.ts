import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ListFilter, ListSort } from '../../shared/message-list.ts';
import type { MessageSummary } from '../../shared/model.ts';
import type { Place } from '../../shared/places.ts';
import { throttled } from '../bridge/live.ts';
import { PagedList } from '../bridge/paged-list.ts';
import { keyOfPlace } from '../bridge/places.ts';
import { poppy } from '../bridge/poppy.ts';

/** Which messages are listed, and how. */
export type ListQuery = {
  readonly place: Place;
  readonly filter: ListFilter;
  readonly sort: ListSort;
  readonly isThreaded: boolean;
};

const refreshPauseMs = 250;
/** Lists of places seen lately: coming back shows them at once. */
const lists = new Map<string, PagedList<MessageSummary>>();
const keptLists = 12;

function keyOf(query: ListQuery): string {
  return JSON.stringify([keyOfPlace(query.place), query.filter, query.sort, query.isThreaded]);
}

function listFor(query: ListQuery): PagedList<MessageSummary> {
  const key = keyOf(query);
  const known = lists.get(key);
  const list =
    known ??
    new PagedList<MessageSummary>(
      (offset, limit) => poppy.request('mailbox/list', { ...query, sort: { ...query.sort }, offset, limit }),
      (row) => row.id,
    );
  lists.delete(key);
  lists.set(key, list);
  for (const oldest of [...lists.keys()].slice(0, Math.max(0, lists.size - keptLists))) lists.delete(oldest);
  return list;
}

/** The list of a place, kept true while it is shown. */
export function useMessageList(query: ListQuery): PagedList<MessageSummary> {
  // Cheap for a query that is drawn again: the list of an equal query is the same list.
  const list = useMemo(() => listFor(query), [query]);
  useSyncExternalStore(list.subscribe, list.version);
  useEffect(() => {
    list.refresh();
    const refresh = throttled(() => list.refresh(), refreshPauseMs);
    return poppy.on('mailbox/changed', refresh);
  }, [list]);
  return list;
}
