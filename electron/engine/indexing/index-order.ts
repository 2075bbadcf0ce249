import type { AccountId, MessageId } from '../../../shared/ids.ts';

/** An account with more arrivals than this is being fetched for the first time or after a long while: a backlog. */
const mostArrivals = 100;
/** Ids of the backlog that are asked for at once. */
const backlogPage = 256;

/**
 * Decides which message is indexed next.
 *
 * - What has just arrived goes before the backlog.
 * - The account with the fewest arrivals goes first. One letter must not wait for the ten thousand of a mailbox that
 *   is being fetched for the first time.
 * - In the backlog the newest go first. They are what people look for.
 */
export class IndexOrder {
  /** Messages that have not been indexed, the newest first. Some of them may have been taken already. */
  readonly #unparsed: (limit: number) => readonly MessageId[];
  readonly #arrivals = new Map<AccountId, MessageId[]>();
  readonly #taken = new Set<MessageId>();
  #backlog: MessageId[] = [];
  /** Indexed since the backlog was asked for. The backlog may still name them. */
  readonly #released = new Set<MessageId>();

  constructor(unparsed: (limit: number) => readonly MessageId[]) {
    this.#unparsed = unparsed;
  }

  /** Messages have become durable. */
  noteArrived(accountId: AccountId, ids: readonly MessageId[]): void {
    const arrived = [...(this.#arrivals.get(accountId) ?? []), ...ids];
    if (arrived.length <= mostArrivals) this.#arrivals.set(accountId, arrived);
    else {
      this.#arrivals.delete(accountId);
      // They may be newer than the backlog that was asked for before, so it is asked for again.
      this.#backlog = [];
    }
  }

  /** The next message, which is not given again until it is released; null when there is none. */
  take(): { readonly id: MessageId; readonly isArrival: boolean } | null {
    const arrival = this.#takeArrival();
    const id = arrival ?? this.#takeFromBacklog();
    if (id === null) return null;
    this.#taken.add(id);
    return { id, isArrival: arrival !== null };
  }

  /** Whether a message is waiting that has just arrived. */
  get hasArrivals(): boolean {
    return this.#arrivals.size > 0;
  }

  /** A message has been indexed, or cannot be. From now on the store knows which. */
  release(id: MessageId): void {
    this.#taken.delete(id);
    this.#released.add(id);
  }

  #takeArrival(): MessageId | null {
    for (;;) {
      const [fewest] = [...this.#arrivals].sort(([, one], [, other]) => one.length - other.length);
      if (fewest === undefined) return null;
      const [accountId, ids] = fewest;
      const id = ids.pop();
      if (ids.length === 0) this.#arrivals.delete(accountId);
      if (id !== undefined && !this.#taken.has(id)) return id;
    }
  }

  #takeFromBacklog(): MessageId | null {
    for (;;) {
      if (this.#backlog.length === 0) this.#askBacklog();
      const id = this.#backlog.pop();
      if (id === undefined) return null;
      if (!this.#taken.has(id) && !this.#released.has(id)) return id;
    }
  }

  #askBacklog(): void {
    this.#released.clear();
    const unparsed = this.#unparsed(backlogPage + this.#taken.size);
    this.#backlog = unparsed.filter((id) => !this.#taken.has(id)).reverse();
  }
}
