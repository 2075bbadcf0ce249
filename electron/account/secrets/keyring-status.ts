import type { VaultStatus } from '../../../shared/account-state.ts';
import type { Vault } from './vault.ts';

/** A keyring that has not answered by then is waiting for the person; the window does not wait with it. */
const patienceMs = 500;

/** Asks whether the keyring can be used, and answers in half a second at most: a locked one is one that is there. */
export function keyringStatus(vault: Pick<Vault, 'status'>): () => Promise<VaultStatus> {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<VaultStatus>((resolve) => {
      timer = setTimeout(() => resolve('keyring'), patienceMs);
    });
    try {
      return await Promise.race([vault.status(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
