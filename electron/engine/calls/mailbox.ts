import type { Failure } from '../../../shared/failure.ts';
import type { Selection } from '../../../shared/message-list.ts';
import type { AccountId, MessageId } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { attempt, attemptWork } from '../../store/attempt.ts';
import { StoreError } from '../../store/index/store-error.ts';
import type { Answers, EngineContext } from '../context.ts';
import { dryRun } from '../rule-dry-run.ts';

/** Deletions that can be taken back on the server too; the store keeps no more of them either. */
const mostTakenBack = 100;

/** Lists and marks of the mail stored here, and the small lists beside them. */
export function mailboxCalls(
  context: EngineContext,
): Answers<
  | 'mailbox/list'
  | 'mailbox/counts'
  | 'search/coverage'
  | 'mailbox/thread'
  | 'message/mark'
  | 'message/move'
  | 'message/delete'
  | 'message/undo'
  | 'trash/delete'
  | 'trash/empty'
  | 'tag/list'
  | 'tag/save'
  | 'saved-search/list'
  | 'saved-search/save'
  | 'remote/list'
  | 'remote/remove'
  | 'rule/list'
  | 'rule/save'
  | 'rule/dry-run'
> {
  const { store, changes, emit } = context;
  const deletions = new Map<string, () => void>();
  const noted = <Value>(change: () => Value): Result<Value, Failure> => {
    const changed = attempt(change);
    changes.note();
    return changed;
  };
  // The lists beside the mail answer with what holds; that a change did not is told on the status line.
  const keep = (change: () => void): void => {
    const kept = attempt(change);
    if (!kept.ok) emit('notice/shown', { failure: kept.failure });
  };
  return {
    'mailbox/list': (query) => store.listMessages(query),
    'mailbox/counts': () => store.placeCounts(),
    'search/coverage': () => store.searchCoverage(),
    'mailbox/thread': ({ id }) => {
      const rows = store.summaries(store.message(id)?.threadMessageIds ?? []);
      return { total: rows.length, unread: rows.filter((row) => !row.isRead).length, rows };
    },
    'message/mark': ({ selection, change }) =>
      noted(() =>
        store.mark(selection, {
          ...(change.isRead === undefined ? {} : { isRead: change.isRead }),
          ...(change.isStarred === undefined ? {} : { isStarred: change.isStarred }),
          ...(change.addTags === undefined ? {} : { addTags: change.addTags }),
          ...(change.removeTags === undefined ? {} : { removeTags: change.removeTags }),
        }),
      ),
    'message/move': ({ selection, to }) => noted(() => store.moveTo(selection, to)),
    'message/delete': ({ selection, alsoOnServer }) =>
      noted(() => {
        // The ids first: what is in the place is another set once it has been moved.
        const doomed = goesToo(context, alsoOnServer);
        const ids = doomed === null ? [] : store.idsOf(selection);
        const takeBack = doomed === null ? () => undefined : markOnServer(context, ids, doomed);
        const going: Selection = doomed === null ? selection : { kind: 'ids', ids };
        const moved = attempt(() => store.moveTo(going, 'trash'));
        if (!moved.ok) {
          // What stays here stays there.
          takeBack();
          throw new StoreError(moved.failure);
        }
        deletions.set(moved.value.undoToken, takeBack);
        const [oldest] = deletions.keys();
        if (deletions.size > mostTakenBack && oldest !== undefined) deletions.delete(oldest);
        return moved.value;
      }),
    'message/undo': ({ undoToken }) => {
      // The server first: if that fails nothing is undone, and the person can try again.
      const takenBack = attempt(() => deletions.get(undoToken)?.());
      if (!takenBack.ok) return takenBack;
      const undone = noted(() => store.undo(undoToken));
      if (!undone.ok) return undone;
      deletions.delete(undoToken);
      if (undone.value === null) return failed({ kind: 'not-found', canRetry: false });
      return ok(undone.value);
    },
    'trash/delete': async ({ selection }) => {
      const deleted = await attemptWork(() => store.deleteFromTrash(store.idsOf(selection)));
      changes.note();
      return deleted;
    },
    'trash/empty': async ({ accountId }) => {
      const emptied = await attemptWork(() => store.emptyTrash(accountId));
      changes.note();
      return emptied;
    },
    'tag/list': () => store.tags(),
    'tag/save': ({ tags }) => {
      keep(() => store.saveTags(tags));
      emit('tags/changed', store.tags());
      changes.note();
      return store.tags();
    },
    'saved-search/list': () => store.savedSearches(),
    'saved-search/save': ({ searches }) => {
      keep(() => store.saveSearches(searches));
      return store.savedSearches();
    },
    'remote/list': () => store.remoteAllowances(),
    'remote/remove': ({ scope, value }) => {
      keep(() => store.disallowRemote(scope, value));
      return null;
    },
    'rule/list': () => store.rules(),
    'rule/save': ({ rules }) => {
      keep(() => store.saveRules(rules));
      return store.rules();
    },
    'rule/dry-run': ({ rule }) => dryRun(context, rule),
  };
}

/**
 * Whether what an account's mail loses here goes on the server too, because the person or the account wants that; null
 * where nothing does.
 */
function goesToo({ settings }: EngineContext, always: boolean): ((accountId: AccountId) => boolean) | null {
  if (always) return () => true;
  const accounts = settings.accounts().filter((account) => account.deleteOnServerWhenDeletedHere);
  if (accounts.length === 0) return null;
  return (accountId) => accounts.some(({ id }) => id === accountId);
}

/** Marks messages to go on the server at the next check. Answers how to take that back, which works until then. */
function markOnServer(
  { store }: EngineContext,
  ids: readonly MessageId[],
  goes: (accountId: AccountId) => boolean,
): () => void {
  const doomed = new Map<AccountId, MessageId[]>();
  for (const { id, accountId } of store.summaries(ids)) if (goes(accountId)) pushTo(doomed, accountId, id);
  const marked = [...doomed].map(([accountId, gone]) => {
    const ledger = store.ledger(accountId);
    return { ledger, keys: ledger.markDeletePending(gone.flatMap((id) => ledger.keysOfMessage(id))) };
  });
  return () => {
    for (const { ledger, keys } of marked) ledger.takeBackDeletion(keys);
  };
}

function pushTo(lists: Map<AccountId, MessageId[]>, accountId: AccountId, id: MessageId): void {
  const list = lists.get(accountId);
  if (list === undefined) lists.set(accountId, [id]);
  else list.push(id);
}
