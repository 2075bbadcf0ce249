import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';

/** Listings in a row that still have deleted messages, after which the person is told, once. */
const toldAfter = 3;

/** Messages that the server said it had deleted and lists again. Asked before the listing changes the ledger. */
export function keptByServer(
  { store }: Pick<MaildropTools, 'store'>,
  { id }: Pick<Account, 'id'>,
  listed: readonly IdentifiedMessage[],
): ReadonlySet<LedgerKey> {
  const sent = new Set(
    store
      .ledger(id)
      .inState('delete-sent')
      .map(({ key }) => key),
  );
  if (sent.size === 0) return sent;
  return new Set(listed.filter(({ isLasting, key }) => isLasting && sent.has(key)).map(({ key }) => key));
}

/** Counts the listings in a row that have such messages; the failure in the session in which the person is to be told. */
export async function noteKept(
  { store }: Pick<MaildropTools, 'store'>,
  { server: { host, port } }: Pick<Account, 'server'>,
  kept: ReadonlySet<LedgerKey>,
): Promise<Failure | null> {
  const { keptDeletions = 0 } = store.servers.quirks(host, port);
  const count = kept.size === 0 ? 0 : Math.min(keptDeletions + 1, toldAfter + 1);
  if (count !== keptDeletions) await store.servers.learn(host, port, { keptDeletions: count });
  return count === toldAfter ? { kind: 'deletion-ignored', step: 'delete', canRetry: true } : null;
}
