import type { AccountId } from '../../../shared/ids.ts';
import type { Vault } from './vault.ts';

/**
 * Which accounts have a password, as far as is known at once. A locked keyring answers only when the person has opened
 * it, and no list waits for that. Until then the account counts as having one.
 */
export class PasswordPresence {
  readonly #vault: Pick<Vault, 'get'>;
  readonly #onLearned: () => void;
  readonly #known = new Map<AccountId, boolean>();
  readonly #asking = new Set<AccountId>();

  /** Calls `onLearned` when an answer differs from what was told before. */
  constructor(vault: Pick<Vault, 'get'>, onLearned: () => void) {
    this.#vault = vault;
    this.#onLearned = onLearned;
  }

  /** Whether the account has a password, as known now. Asks the vault so that the next answer is certain. */
  has(accountId: AccountId): boolean {
    const told = this.#known.get(accountId) ?? true;
    if (!this.#asking.has(accountId)) {
      this.#asking.add(accountId);
      void this.#ask(accountId, told);
    }
    return told;
  }

  /** Tells that the password was set or removed. */
  note(accountId: AccountId, hasPassword: boolean): void {
    this.#known.set(accountId, hasPassword);
  }

  async #ask(accountId: AccountId, told: boolean): Promise<void> {
    const answer = await this.#vault.get(accountId);
    this.#asking.delete(accountId);
    const has = answer.ok && answer.value !== null;
    this.#known.set(accountId, has);
    if (has !== told) this.#onLearned();
  }
}
