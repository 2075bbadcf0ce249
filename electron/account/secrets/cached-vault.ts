import type { AccountId } from '../../../shared/ids.ts';
import type { Vault } from './vault.ts';

/** A vault that asks the keyring once for each secret: a locked keyring asks the person at each question. */
export function cachedVault(vault: Vault): Vault {
  const known = new Map<AccountId, ReturnType<Vault['get']>>();
  return {
    status: () => vault.status(),
    get: (accountId) => {
      const asked = known.get(accountId) ?? vault.get(accountId);
      known.set(accountId, asked);
      void asked.then((answer) => {
        if (!answer.ok) known.delete(accountId);
      });
      return asked;
    },
    set: (accountId, secret) => {
      known.delete(accountId);
      return vault.set(accountId, secret);
    },
    remove: (accountId) => {
      known.delete(accountId);
      return vault.remove(accountId);
    },
  };
}
