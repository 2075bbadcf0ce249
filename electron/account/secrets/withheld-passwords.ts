import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Settings } from '../settings/settings.ts';
import type { Vault } from './vault.ts';

const section = 'passwords-withheld';

/**
 * Passwords that were given for another server than their accounts name now. They are forgotten. A keyring that did not
 * answer may still hold one: it is not used either, until the person has typed one for the new server.
 */
export class WithheldPasswords {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Forgets an account's password. Fails when that cannot be written down; then the account must not be changed. */
  async withhold(vault: Vault, accountId: AccountId): Promise<Result<null, Failure>> {
    const noted = await this.#save([...this.#withheld(), accountId]);
    if (!noted.ok) return noted;
    // The keyring may fail to remove it: the note above keeps it from being used.
    await vault.remove(accountId);
    return ok(null);
  }

  /** The vault without the withheld passwords. Setting a new password ends the withholding. */
  vaultOver(vault: Vault): Vault {
    return {
      status: () => vault.status(),
      get: async (accountId) => (this.#withheld().has(accountId) ? ok(null) : vault.get(accountId)),
      set: async (accountId, secret) => {
        const kept = await vault.set(accountId, secret);
        if (!kept.ok) return kept;
        const freed = await this.#free(accountId);
        return freed.ok ? kept : freed;
      },
      remove: (accountId) => vault.remove(accountId),
    };
  }

  async #free(accountId: AccountId): Promise<Result<null, Failure>> {
    const withheld = this.#withheld();
    return withheld.delete(accountId) ? this.#save([...withheld]) : ok(null);
  }

  #withheld(): Set<unknown> {
    const saved = this.#settings.section(section);
    return new Set(Array.isArray(saved) ? saved : []);
  }

  #save(accountIds: readonly unknown[]): Promise<Result<null, Failure>> {
    return this.#settings.saveSection(section, [...new Set(accountIds)]);
  }
}
