import type { AccountId } from '../../../shared/ids.ts';

/**
 * Allows one session for each maildrop at a time, as POP3 demands (RFC 1939 §4). A check waits until the server view is
 * closed, and the server view waits until a check ends.
 */
export class MaildropLocks {
  readonly #tails = new Map<AccountId, Promise<void>>();

  /**
   * Waits for the maildrop, then holds it until the returned lock is disposed. Rejects when aborted during the wait.
   */
  async acquire(accountId: AccountId, signal: AbortSignal): Promise<Disposable> {
    const before = this.#tails.get(accountId) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tail = before.then(() => held);
    this.#tails.set(accountId, tail);
    void tail.then(() => {
      if (this.#tails.get(accountId) === tail) this.#tails.delete(accountId);
    });
    try {
      await abortable(before, signal);
    } catch (error) {
      release();
      throw error;
    }
    return { [Symbol.dispose]: release };
  }

  /** Whether somebody holds the maildrop or waits for it. */
  isHeld(accountId: AccountId): boolean {
    return this.#tails.has(accountId);
  }
}

/** The promise, or a rejection with the signal's reason if the signal comes first. */
async function abortable(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
