import type { Account } from '../../../shared/account.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import type { NotedMaildrop } from '../../store/ledger/known-maildrops.ts';

/** What the ledger of mail that was kept is worth for an account that is added again. */
type Trust =
  /** The same maildrop: what the server is known to have, it has. */
  | 'same'
  /** The same user at another host or port. It may be the same server, so ids are believed where sizes agree. */
  | 'perhaps'
  /** The same address under another user name: its ids may mean other messages. */
  | 'other';

/** Mail that was kept when its account was removed, and how far its ledger can be believed. */
export type KeptAccount = { readonly accountId: AccountId; readonly trust: Trust };

const trusts: readonly Trust[] = ['same', 'perhaps', 'other'];

function trustIn(noted: NotedMaildrop, wanted: Pick<Account, 'address' | 'server'>): Trust | null {
  const { maildrop } = noted;
  if (isSameMaildrop(maildrop, wanted.server)) return 'same';
  const isSameAddress =
    maildrop.address !== '' && maildrop.address.toLowerCase() === wanted.address.toLowerCase();
  if (!isSameAddress) return null;
  return maildrop.user === wanted.server.user ? 'perhaps' : 'other';
}

/**
 * Finds kept mail that an account which is being added takes up again, so that nothing is stored twice. Answers null
 * where there is none. Of several it takes the surest one, and of equals the one with most mail.
 */
export function findKeptAccount(
  noted: readonly NotedMaildrop[],
  inUse: readonly Pick<Account, 'id'>[],
  wanted: Pick<Account, 'address' | 'server'>,
): KeptAccount | null {
  const free = noted.filter(({ accountId }) => inUse.every(({ id }) => id !== accountId));
  const found = free.flatMap((one) => {
    const trust = trustIn(one, wanted);
    return trust === null ? [] : [{ accountId: one.accountId, trust, messages: one.messages }];
  });
  found.sort((a, b) => trusts.indexOf(a.trust) - trusts.indexOf(b.trust) || b.messages - a.messages);
  const [best] = found;
  return best === undefined ? null : { accountId: best.accountId, trust: best.trust };
}
