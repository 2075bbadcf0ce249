import type { Account } from '../../../shared/account.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Ledger, LedgerEntry } from '../../store/ledger/ledger.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import type { Store } from '../../store/store.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';
import { askedBefore, type DeletionGround, type PlannedDeletion, storedHere } from './planned-deletion.ts';
import { messagesToRemove } from './retention.ts';

/**
 * A listing that is not believed may stay so for good (an index made anew, most of the mail deleted elsewhere), and a
 * maildrop that is never emptied turns mail away: what has been here this long is removed all the same.
 */
const unbelievedWaitMs = 24 * 60 * 60 * 1000;

/** A message that a rule deletes unread, with what the log of deletions says of it. */
export type UnreadMessage = {
  readonly key: LedgerKey;
  readonly from: string;
  readonly subject: string;
  readonly ruleId: string;
};

/** What a check knows when its downloads are durable. */
export type CheckedMaildrop = {
  readonly store: Pick<Store, 'steadyNow'> & { ledger(accountId: AccountId): Ledger };
  readonly account: Account;
  readonly listed: readonly IdentifiedMessage[];
  readonly found: Reconciliation;
  /** Ledger keys of what this session has stored, whole and without doubt. */
  readonly wholeKeys: ReadonlySet<LedgerKey>;
  /** What rules want gone unread. */
  readonly unread: readonly UnreadMessage[];
};

/** Everything that a check is to delete on the server: for retention, for a person's earlier wish and for rules. */
export function dueDeletions(maildrop: CheckedMaildrop): PlannedDeletion[] {
  const { store, account, listed, found, unread } = maildrop;
  const grounds = new Map<LedgerKey, DeletionGround>();
  for (const entry of store.ledger(account.id).inState('delete-pending')) note(grounds, entry, askedBefore);
  if (account.retention.kind !== 'keep')
    for (const entry of removedByRetention(maildrop)) note(grounds, entry, storedHere);
  const damaged = new Set(found.damaged.map((index) => listed[index]?.key));
  // A damaged copy is mended from the original, which therefore stays.
  const byRule = new Map(unread.flatMap((one) => (damaged.has(one.key) ? [] : [[one.key, one]])));
  return listed.flatMap(({ number, key, uidl, sizeBytes }): PlannedDeletion[] => {
    const message = { number, key, uidl, sizeBytes };
    const rule = byRule.get(key);
    if (rule !== undefined) {
      const { from, subject, ruleId } = rule;
      return [{ ...message, from, subject, ground: { kind: 'by-rule', ruleId } }];
    }
    const ground = grounds.get(key);
    return ground === undefined ? [] : [{ ...message, from: '', subject: '', ground }];
  });
}

function note(
  grounds: Map<LedgerKey, DeletionGround>,
  entry: LedgerEntry,
  groundOf: (entry: LedgerEntry) => DeletionGround | null,
): void {
  const ground = groundOf(entry);
  if (ground !== null) grounds.set(entry.key, ground);
}

/** Entries of the messages that the account's retention removes from the server now. */
function removedByRetention({ store, account, listed, found, wholeKeys }: CheckedMaildrop): LedgerEntry[] {
  const now = store.steadyNow();
  const waitMs = found.suspicion === 'none' ? 0 : unbelievedWaitMs;
  const entries = new Map(
    store
      .ledger(account.id)
      .entries()
      .map((entry) => [entry.key, entry]),
  );
  const known = listed.map(({ number, key, sizeBytes, isLasting }) => {
    const entry = entries.get(key);
    const isSame = isLasting || wholeKeys.has(key);
    const isStored = isSame && entry?.state === 'stored' && !entry.isDamaged && !entry.isPartial;
    const storedAtMs = isStored ? entry.storedSteadyMs : null;
    return {
      number,
      key,
      sizeBytes,
      dateMs: entry?.dateMs ?? entry?.storedSteadyMs ?? null,
      storedAtMs: storedAtMs !== null && now - storedAtMs >= waitMs ? storedAtMs : null,
      isDoubtful: entry?.isDoubtful ?? true,
    };
  });
  return messagesToRemove(known, account.retention, now).flatMap((key) => entries.get(key) ?? []);
}
