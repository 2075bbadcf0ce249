import type { Account } from '../../../shared/account.ts';
import { secondMs } from '../../../shared/durations.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Store } from '../../store/store.ts';

type Tools = { readonly store: Pick<Store, 'history' | 'servers'>; now(): number };

/**
 * When each account last signed in, and how long it must wait before it signs in again automatically. A server gives
 * its LOGIN-DELAY in CAPA. The delay is kept with the other facts about the server. RFC 2449 §6.5.
 */
export class SignInTimes {
  readonly #tools: Tools;
  /** Milliseconds since the epoch. */
  readonly #last = new Map<AccountId, number>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Notes that the account signs in now. */
  note(accountId: AccountId): void {
    this.#last.set(accountId, this.#tools.now());
  }

  /** Milliseconds until the account may sign in automatically; 0 when it may sign in now. */
  waitMs({ id, server }: Pick<Account, 'id' | 'server'>): number {
    const { loginDelaySeconds = 0 } = this.#tools.store.servers.quirks(server.host, server.port);
    if (loginDelaySeconds === 0) return 0;
    const now = this.#tools.now();
    // After a restart of the program the history has the time.
    const last = this.#last.get(id) ?? this.#tools.store.history.checks(id, 1)[0]?.startedAt ?? 0;
    // The clock was set back. The delay is waited out once, from now on.
    if (last > now) this.#last.set(id, now);
    return Math.max(0, Math.min(last, now) + loginDelaySeconds * secondMs - now);
  }
}
