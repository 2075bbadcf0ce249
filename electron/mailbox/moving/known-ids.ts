import type { AccountId } from '../../../shared/ids.ts';
import { type LedgerKey, ledgerKey } from '../../../shared/ledger-key.ts';
import type { ForeignAccount, KnownId } from '../../other-programs/found-mail/foreign-mail.ts';
import type { Store } from '../../store/store.ts';
import type { AccountReport } from './import-report.ts';

/** The ids that another program knows of one account's server. */
export type KnownIdsOf = {
  readonly account: ForeignAccount;
  readonly accountId: AccountId;
  readonly ids: readonly KnownId[];
  readonly isPlan: boolean;
};

/**
 * Takes over what another program knows of a server, so that the first check fetches only what is new. An id spares a
 * download where the size agrees with the bytes here, or where there are none. It is no proof for a deletion. What the
 * other program fetched only the beginning of is fetched whole. Rejects with a StoreError.
 */
export async function noteKnownIds(
  store: Pick<Store, 'ledger' | 'elsewhere'>,
  { account, accountId, ids, isPlan }: KnownIdsOf,
): Promise<AccountReport> {
  const ledger = store.ledger(accountId);
  const known = new Map(ledger.entries().map((entry) => [entry.key, entry]));
  const keyOf = ({ uidl }: KnownId): LedgerKey => ledgerKey(uidl, 1);
  const unknown = ids.filter((id) => id.state !== 'partial' && !known.has(keyOf(id))).map(keyOf);
  const here = ids.filter((id) => known.get(keyOf(id))?.messageId != null);
  if (!isPlan) {
    await store.elsewhere.note(accountId, [...new Set(unknown)]);
    // The ids come from elsewhere. The next listing is believed where its sizes agree as well.
    if (ids.length > 0) await ledger.doubtIds();
  }
  return {
    ...account,
    accountId,
    knownIds: ids.length,
    knownIdsHere: here.length,
    toDelete: ids.filter(({ state }) => state === 'to-delete').length,
  };
}
