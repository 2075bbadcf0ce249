import type { Failure } from '../../../shared/failure.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';

/** Listings in a row that still have deleted messages, after which the person is told, once. */
const toldAfter = 3;

/** Messages that the server said it had deleted and lists again. Asked before the listing changes the ledger. */
export function keptByServer(ledger: Ledger, listed: readonly IdentifiedMessage[]): ReadonlySet<LedgerKey> {
  const { keys } = ledger.keptDeletions();
  const before = new Set(keys);
  const kept = new Set(ledger.inState('delete-sent').map(({ key }) => key));
  // What was not asked for again, because that would have cost a download, is kept as well.
  if (before.size > 0)
    for (const { key } of ledger.inState('delete-pending')) if (before.has(key)) kept.add(key);
  if (kept.size === 0) return kept;
  return new Set(listed.filter(({ isTrusted, key }) => isTrusted && kept.has(key)).map(({ key }) => key));
}

/** Counts the listings in a row that have such messages; the failure in the session in which the person is to be told. */
export async function noteKept(ledger: Ledger, kept: ReadonlySet<LedgerKey>): Promise<Failure | null> {
  const { listings } = ledger.keptDeletions();
  const count = kept.size === 0 ? 0 : Math.min(listings + 1, toldAfter + 1);
  if (count > 0 || listings > 0) await ledger.noteKeptDeletions({ listings: count, keys: [...kept] });
  return count === toldAfter ? { kind: 'deletion-ignored', step: 'delete', canRetry: true } : null;
}
