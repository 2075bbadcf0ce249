import type { AccountId } from '../../../shared/ids.ts';
import { asLedgerKey, type LedgerKey } from '../../../shared/ledger-key.ts';
import type { CommitNumber } from '../index/commits.ts';
import { isText, listOf } from '../index/guards.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { storedValue } from '../index/stored-json.ts';

const toBeExamined = '"examine"';

/**
 * Messages of a server that seem to be here already, under other ids. They wait for the person's decision. If the list
 * is lost with the index, they are fetched.
 */
export function perhapsHere(tools: Pick<StoreTools, 'settings' | 'commits'>) {
  const { settings, commits } = tools;
  const nameOf = (accountId: AccountId) => `perhaps-here ${accountId}`;
  return {
    /** The messages of an account that wait. */
    of(accountId: AccountId): LedgerKey[] {
      const text = settings.get(nameOf(accountId));
      return (text === null ? null : storedValue(text, listOf(isText)))?.map(asLedgerKey) ?? [];
    },

    /** Whether the messages are still to be looked through. A session may break meanwhile. */
    isToBeExamined: (accountId: AccountId): boolean => settings.get(nameOf(accountId)) === toBeExamined,

    /** Notes that the messages are to be looked through. */
    async examine(accountId: AccountId): Promise<CommitNumber> {
      settings.set(nameOf(accountId), toBeExamined);
      return commits.next();
    },

    /** Keeps which messages wait; none of them any more for an empty list. */
    async keep(accountId: AccountId, keys: readonly LedgerKey[]): Promise<CommitNumber> {
      if (keys.length === 0) settings.remove(nameOf(accountId));
      else settings.set(nameOf(accountId), JSON.stringify(keys));
      return commits.next();
    },
  };
}
