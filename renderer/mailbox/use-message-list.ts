import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { ListFilter, ListSort } from '../../shared/message-list.ts';
import type { Place } from '../../shared/places.ts';
import { accountsStore, throttled } from '../bridge/live.ts';
import { PagedList } from '../bridge/paged-list.ts';
import { keyOfPlace } from '../bridge/places.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';

/** Which messages are listed, and how. */
export type ListQuery = {
  readonly place: Place;
  readonly filter: ListFilter;
  readonly sort: ListSort;
  readonly groupsByConversation: boolean;
};

const refreshPauseMs = 250;
/** Lists of places seen lately: coming back shows them at once. */
const lists = new Map<string, PagedList<MessageSummary>>();
const keptLists = 12;

function keyOf(query: ListQuery): string {
  return JSON.stringify([keyOfPlace(query.place), query.filter, query.sort, query.groupsByConversation]);
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

/** A string that changes whenever a check of any account has ended: what a list said before that may be wrong. */
export function checksUntilNow(accounts: readonly AccountState[] | null): string {
  return (accounts ?? []).map(({ lastCheck }) => lastCheck?.endedAt ?? 0).join(' ');
}

/** The list of a place, kept true while it is shown. */
export function useMessageList(query: ListQuery): PagedList<MessageSummary> {
  // Cheap for a query that is drawn again: the list of an equal query is the same list.
  const list = useMemo(() => listFor(query), [query]);
  useSyncExternalStore(list.subscribe, list.version);
  // At once, and not when the change is told: until the answer is there an empty list is not known to be empty.
  const checks = checksUntilNow(useStore(accountsStore));
  useEffect(() => list.refresh(checks), [list, checks]);
  useEffect(() => {
    const refresh = throttled(() => list.refresh(), refreshPauseMs);
    return poppy.on('mailbox/changed', refresh);
  }, [list]);
  return list;
}
