import type { Failure } from '../../shared/failure.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { Selection } from '../../shared/views.ts';
import { ruleMatches } from '../mailbox/rules.ts';
import { failureOf } from '../store/store-error.ts';
import type { Answers, EngineContext } from './context.ts';

/** How many messages a rule's dry run looks through, the newest first. */
const dryRunLimit = 5_000;
const dryRunShown = 50;

/** Lists and marks of the mail stored here, and the small lists beside them. */
export function mailboxCalls(
  context: EngineContext,
): Answers<
  | 'mailbox/list'
  | 'mailbox/counts'
  | 'mailbox/thread'
  | 'message/mark'
  | 'message/move'
  | 'message/delete'
  | 'message/undo'
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
  const attempt = <Value>(change: () => Value): Result<Value, Failure> => {
    try {
      return ok(change());
    } catch (error) {
      return expected(error);
    } finally {
      changes.note();
    }
  };
  return {
    'mailbox/list': (query) => store.listMessages(query),
    'mailbox/counts': () => store.placeCounts(),
    'mailbox/thread': ({ id }) => {
      const rows = store.summaries(store.message(id)?.threadMessageIds ?? []);
      return { total: rows.length, unread: rows.filter((row) => !row.isRead).length, rows };
    },
    'message/mark': ({ selection, change }) =>
      attempt(() =>
        store.mark(selection, {
          ...(change.isRead === undefined ? {} : { isRead: change.isRead }),
          ...(change.isStarred === undefined ? {} : { isStarred: change.isStarred }),
          ...(change.addTags === undefined ? {} : { addTags: change.addTags }),
          ...(change.removeTags === undefined ? {} : { removeTags: change.removeTags }),
        }),
      ),
    'message/move': ({ selection, to }) => attempt(() => store.moveTo(selection, to)),
    'message/delete': ({ selection, alsoOnServer }) =>
      attempt(() => {
        const takeBack = markOnServer(context, selection, alsoOnServer);
        const moved = store.moveTo(selection, 'trash');
        deletions.set(moved.undoToken, takeBack);
        return moved;
      }),
    'message/undo': ({ undoToken }) => {
      const undone = attempt(() => store.undo(undoToken));
      if (!undone.ok) return undone;
      if (undone.value === null) return failed({ kind: 'not-found', canRetry: false });
      deletions.get(undoToken)?.();
      deletions.delete(undoToken);
      return ok(undone.value);
    },
    'trash/empty': async ({ accountId }) => {
      const emptied = await store.emptyTrash(accountId).catch((error: unknown) => expected(error));
      changes.note();
      return 'ok' in emptied ? emptied : ok(emptied);
    },
    'tag/list': () => store.tags(),
    'tag/save': ({ tags }) => {
      store.saveTags(tags);
      emit('tags/changed', store.tags());
      changes.note();
      return store.tags();
    },
    'saved-search/list': () => store.savedSearches(),
    'saved-search/save': ({ searches }) => {
      store.saveSearches(searches);
      return store.savedSearches();
    },
    'remote/list': () => store.remoteAllowances(),
    'remote/remove': ({ scope, value }) => {
      store.disallowRemote(scope, value);
      return null;
    },
    'rule/list': () => store.rules(),
    'rule/save': ({ rules }) => {
      store.saveRules(rules);
      return store.rules();
    },
    'rule/dry-run': ({ rule }) => {
      const page = store.listMessages({
        place: { kind: 'folder', folder: 'inbox', accountId: rule.accountId },
        offset: 0,
        limit: dryRunLimit,
      });
      const rows = page.rows.filter((row) => ruleMatches({ ...rule, isOn: true }, { ...row, headers: [] }));
      const unread = rows.filter((row) => !row.isRead).length;
      return {
        matched: rows.length,
        sample: { total: rows.length, unread, rows: rows.slice(0, dryRunShown) },
      };
    },
  };
}

/** The failure behind an error of the disk or the index. Throws anything else on: a mistake of ours. */
function expected(error: unknown): { readonly ok: false; readonly failure: Failure } {
  const failure = failureOf(error);
  if (failure === null) throw error;
  return failed(failure);
}

/**
 * Marks what is being deleted here to go on the server too, where the person or the account wants that: at the next
 * check, so that it can be taken back until then. Answers how to take it back.
 */
function markOnServer(context: EngineContext, selection: Selection, alsoOnServer: boolean): () => void {
  const { store, settings } = context;
  const always = new Set(
    settings
      .accounts()
      .filter((account) => account.deleteOnServerWhenDeletedHere)
      .map((account) => account.id),
  );
  if (!alsoOnServer && always.size === 0) return () => undefined;
  const undo: (() => void)[] = [];
  for (const { id, accountId } of store.summaries(store.idsOf(selection))) {
    if (!alsoOnServer && !always.has(accountId)) continue;
    const ledger = store.ledger(accountId);
    const marked = ledger.markDeletePending(ledger.keysOfMessage(id));
    if (marked.length > 0) undo.push(() => ledger.takeBackDeletion(marked));
  }
  return () => {
    for (const takeBack of undo) takeBack();
  };
}
