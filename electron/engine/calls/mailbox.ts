import type { Failure } from '../../../shared/failure.ts';
import type { Selection } from '../../../shared/message-list.ts';
import type { AccountId, MessageId } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { CommitNumber, Committed } from '../../store/index/commits.ts';
import { StoreError } from '../../store/index/store-error.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { dryRun } from '../rule-dry-run.ts';

/** Deletions that can be taken back on the server too; the store keeps no more of them either. */
const mostTakenBack = 100;

/** Lists and marks of the mail stored here, and the small lists beside them. */
export function mailboxCalls(
  context: EngineParts,
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
  const deletions = new Map<string, () => Promise<void>>();
  const noted = async <Value>(change: () => Promise<Committed<Value>>): Promise<Result<Value, Failure>> => {
    const changed = await attemptWork(change);
    changes.note();
    return changed.ok ? ok(changed.value.value) : changed;
  };
  // The lists beside the mail answer with what holds; that a change did not is told on the status line.
  const keep = async (change: () => Promise<CommitNumber>): Promise<void> => {
    const kept = await attemptWork(change);
    if (!kept.ok) emit('notice/shown', { failure: kept.failure });
  };
  return {
    'mailbox/list': (query) => store.lists.page(query),
    'mailbox/counts': () => store.lists.counts(),
    'search/coverage': () => store.parsed.coverage(),
    'mailbox/thread': ({ id }) => {
      const rows = store.messages.summaries(store.messages.find(id)?.threadMessageIds ?? []);
      return { total: rows.length, unread: rows.filter((row) => !row.isRead).length, rows };
    },
    'message/mark': ({ selection, change }) =>
      noted(() =>
        store.marks.change(selection, {
          ...(change.isRead === undefined ? {} : { isRead: change.isRead }),
          ...(change.isStarred === undefined ? {} : { isStarred: change.isStarred }),
          ...(change.addTags === undefined ? {} : { addTags: change.addTags }),
          ...(change.removeTags === undefined ? {} : { removeTags: change.removeTags }),
        }),
      ),
    'message/move': ({ selection, to }) => noted(() => store.marks.moveTo(selection, to)),
    'message/delete': ({ selection, alsoOnServer }) =>
      noted(async () => {
        // The ids first: what is in the place is another set once it has been moved.
        const doomed = goesToo(context, alsoOnServer);
        const ids = doomed === null ? [] : store.marks.idsOf(selection);
        const takeBack = doomed === null ? async () => undefined : await markOnServer(context, ids, doomed);
        const going: Selection = doomed === null ? selection : { kind: 'ids', ids };
        const moved = await attemptWork(() => store.marks.moveTo(going, 'trash'));
        if (!moved.ok) {
          // What stays here stays there.
          await takeBack();
          throw new StoreError(moved.failure);
        }
        deletions.set(moved.value.value.undoToken, takeBack);
        const [oldest] = deletions.keys();
        if (deletions.size > mostTakenBack && oldest !== undefined) deletions.delete(oldest);
        return moved.value;
      }),
    'message/undo': async ({ undoToken }) => {
      // The server first: if that fails nothing is undone, and the person can try again.
      const takenBack = await attemptWork(async () => deletions.get(undoToken)?.());
      if (!takenBack.ok) return takenBack;
      const undone = await noted(() => store.marks.undo(undoToken));
      if (!undone.ok) return undone;
      deletions.delete(undoToken);
      if (undone.value === null) return failed({ kind: 'not-found', canRetry: false });
      return ok(undone.value);
    },
    'trash/delete': ({ selection }) => noted(async () => store.trash.delete(store.marks.idsOf(selection))),
    'trash/empty': ({ accountId }) => noted(() => store.trash.empty(accountId)),
    'tag/list': () => store.tags.all(),
    'tag/save': async ({ tags }) => {
      await keep(() => store.tags.save(tags));
      emit('tags/changed', store.tags.all());
      changes.note();
      return null;
    },
    'saved-search/list': () => store.searches.all(),
    'saved-search/save': async ({ searches }) => {
      await keep(() => store.searches.save(searches));
      return store.searches.all();
    },
    'remote/list': () => store.remotePictures.allowances(),
    'remote/remove': async ({ scope, value }) => {
      await keep(() => store.remotePictures.disallow(scope, value));
      return null;
    },
    'rule/list': () => store.rules.all(),
    'rule/save': async ({ rules }) => {
      await keep(() => store.rules.save(rules));
      return store.rules.all();
    },
    'rule/dry-run': ({ rule }) => dryRun(context, rule),
  };
}

/**
 * Whether what an account's mail loses here goes on the server too, because the person or the account wants that; null
 * where nothing does.
 */
function goesToo({ settings }: EngineParts, always: boolean): ((accountId: AccountId) => boolean) | null {
  if (always) return () => true;
  const accounts = settings.accounts().filter((account) => account.deleteOnServerWhenDeletedHere);
  if (accounts.length === 0) return null;
  return (accountId) => accounts.some(({ id }) => id === accountId);
}

/** Marks messages to go on the server at the next check. Answers how to take that back, which works until then. */
async function markOnServer(
  { store }: EngineParts,
  ids: readonly MessageId[],
  goes: (accountId: AccountId) => boolean,
): Promise<() => Promise<void>> {
  const doomed = new Map<AccountId, MessageId[]>();
  for (const { id, accountId } of store.messages.summaries(ids))
    if (goes(accountId)) pushTo(doomed, accountId, id);
  const marked: { readonly ledger: Ledger; readonly keys: readonly string[] }[] = [];
  for (const [accountId, gone] of doomed) {
    const ledger = store.ledger(accountId);
    const keys = await ledger.markDeletePending(gone.flatMap((id) => ledger.keysOfMessage(id)));
    marked.push({ ledger, keys: keys.value });
  }
  return async () => {
    for (const { ledger, keys } of marked) await ledger.takeBackDeletion(keys);
  };
}

function pushTo(lists: Map<AccountId, MessageId[]>, accountId: AccountId, id: MessageId): void {
  const list = lists.get(accountId);
  if (list === undefined) lists.set(accountId, [id]);
  else list.push(id);
}
