import type { VaultStatus } from '../../../shared/account-state.ts';
import type { Vault } from './vault.ts';

/** A keyring that has not answered by then waits for the person. The window does not wait with it. */
const patienceMs = 500;

/** Asks whether the keyring can be used. Answers within half a second: one that is silent by then is locked, so exists. */
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
