import type { AccountId } from '../../../shared/ids.ts';

/** Sessions in a row after which a message that cannot be fetched is named to the person. */
const namedAfterSessions = 3;

/** Counts in how many sessions a server has refused a message; a single refusal is often gone by the next check. */
export class Refusals {
  readonly #counts = new Map<string, number>();

  /** One session more; true when the message is to be named. */
  note(accountId: AccountId, key: string): boolean {
    const name = `${accountId} ${key}`;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count >= namedAfterSessions;
  }
}
