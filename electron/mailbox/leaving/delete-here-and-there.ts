import type { Failure } from '../../../shared/failure.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Selection, Undoable } from '../../../shared/message-list.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { Settings } from '../../account/settings/settings.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { Store } from '../../store/store.ts';

/** Deletions that can be taken back on the server too. The store keeps no more of them either. */
const mostTakenBack = 100;

type DeletionTools = { readonly store: Store; readonly settings: Pick<Settings, 'accounts'> };
type TakeBack = () => Promise<void>;

/**
 * Deletes mail here, and on the server where the person or the account wants that. Here it goes to the Trash; on the
 * server it goes at the next check, and until then the deletion can be taken back in both places.
 */
export class DeletionsHereAndThere {
  readonly #tools: DeletionTools;
  readonly #takeBacks = new Map<string, TakeBack>();

  constructor(tools: DeletionTools) {
    this.#tools = tools;
  }

  /** Moves a selection to the Trash. What stays here, because the disk refuses, stays on the server too. */
  async delete(selection: Selection, alsoOnServer: boolean): Promise<Result<Undoable, Failure>> {
    const { store } = this.#tools;
    const goes = this.#whoseMailGoes(alsoOnServer);
    // The ids first: once it has been moved, the same selection means other messages.
    const ids = goes === null ? [] : store.marks.idsOf(selection);
    const marked = goes === null ? ok(nothing) : await attemptWork(() => this.#markOnServer(ids, goes));
    if (!marked.ok) return marked;
    const going: Selection = goes === null ? selection : { kind: 'ids', ids };
    const moved = await attemptWork(() => store.marks.moveTo(going, 'trash'));
    if (!moved.ok) {
      const takenBack = await attemptWork(marked.value);
      return takenBack.ok ? moved : takenBack;
    }
    this.onUndo(moved.value.value.undoToken, marked.value);
    return ok(moved.value.value);
  }

  /** Takes a deletion or another change of marks back. Fails with `not-found` when it is too long ago. */
  async undo(undoToken: string): Promise<Result<{ readonly count: number }, Failure>> {
    // The server first: if that fails, nothing is undone and the person can try again.
    const takenBack = await attemptWork(async () => this.#takeBacks.get(undoToken)?.());
    if (!takenBack.ok) return takenBack;
    const undone = await attemptWork(() => this.#tools.store.marks.undo(undoToken));
    if (!undone.ok) return undone;
    this.#takeBacks.delete(undoToken);
    const { value } = undone.value;
    return value === null ? failed({ kind: 'not-found', canRetry: false }) : ok(value);
  }

  /** Notes what an undo of a change has to do first. */
  onUndo(undoToken: string, takeBack: () => Promise<void>): void {
    this.#takeBacks.set(undoToken, takeBack);
    const [oldest] = this.#takeBacks.keys();
    if (this.#takeBacks.size > mostTakenBack && oldest !== undefined) this.#takeBacks.delete(oldest);
  }

  /** Tells of each account whether its mail goes on the server too; null where no account's does. */
  #whoseMailGoes(always: boolean): ((accountId: AccountId) => boolean) | null {
    if (always) return () => true;
    const { settings } = this.#tools;
    const accounts = settings.accounts().filter((account) => account.deleteOnServerWhenDeletedHere);
    if (accounts.length === 0) return null;
    return (accountId) => accounts.some(({ id }) => id === accountId);
  }

  /** Notes messages to go on the server at the next check. Answers how to take that back, which works until then. */
  async #markOnServer(ids: readonly MessageId[], goes: (accountId: AccountId) => boolean): Promise<TakeBack> {
    const { store } = this.#tools;
    const leaving = new Map<AccountId, MessageId[]>();
    for (const { id, accountId } of store.messages.summaries(ids)) {
      if (!goes(accountId)) continue;
      const gone = leaving.get(accountId);
      if (gone === undefined) leaving.set(accountId, [id]);
      else gone.push(id);
    }
    const marked: { readonly ledger: Ledger; readonly keys: readonly LedgerKey[] }[] = [];
    for (const [accountId, gone] of leaving) {
      const ledger = store.ledger(accountId);
      const keys = await ledger.setDeletePending(gone.flatMap((id) => ledger.keysOfMessage(id)));
      marked.push({ ledger, keys: keys.value });
    }
    return async () => {
      for (const { ledger, keys } of marked) await ledger.takeBackDeletion(keys);
    };
  }
}

const nothing: TakeBack = async () => undefined;
