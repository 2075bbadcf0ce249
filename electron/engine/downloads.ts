import type { AccountId } from '../../shared/ids.ts';

/** Downloads under way that somebody may want to stop. */
export class Downloads {
  readonly #running = new Set<{
    readonly accountId: AccountId;
    readonly controller: AbortController;
    readonly ended: Promise<unknown>;
  }>();

  /** Runs a download; its signal is aborted when somebody stops it. */
  async run<Value>(accountId: AccountId, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const controller = new AbortController();
    const ended = work(controller.signal);
    const running = { accountId, controller, ended };
    this.#running.add(running);
    try {
      return await ended;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Stops the downloads of one account, or all, and waits for their ends. Whoever asked for one hears how it ended. */
  async stop(accountId: AccountId | null): Promise<void> {
    const asked = [...this.#running].filter((one) => accountId === null || one.accountId === accountId);
    for (const { controller } of asked) controller.abort();
    await Promise.allSettled(asked.map(({ ended }) => ended));
  }
}
