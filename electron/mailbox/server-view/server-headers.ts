import { summariseHeaders } from '../../message/headers/header-summary.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { fetchHeaders } from '../maildrop/fetch-headers.ts';
import type { ServerRows } from './server-rows.ts';

/** Headers are asked for in batches of this many, so that a preview or a plan never waits long for its turn. */
const headerBatch = 40;
/** Least time between two reports of headers to the window; each costs it a repaint. */
const reportEveryMs = 100;

/** What the fetching needs of the view it works for. */
export type HeadersOwner = {
  /** The session to ask; null while there is none. */
  session(): Pop3Session | null;
  /** Whether that session may be asked now: not while a plan is carried out in it. */
  mayAsk(session: Pop3Session): boolean;
  /** Tells of the rows whose headers have come, and that the fetching goes on or has ended. */
  report(keys: readonly string[]): void;
  failed(error: unknown): void;
};

/** Fetches the headers of the rows, batch by batch: of the ones in sight first, then from the newest on. */
export class ServerHeaders {
  readonly #rows: ServerRows;
  readonly #owner: HeadersOwner;
  #wanted: string[] = [];
  /** Keys whose headers may be missing, newest first, and how far they have been gone through. */
  #queue: readonly string[] = [];
  #queuePosition = 0;
  #tried = new Set<string>();
  #arrived: string[] = [];
  #reportTimer: NodeJS.Timeout | null = null;
  #isWanted = true;
  #work: Promise<void> | null = null;

  constructor(rows: ServerRows, owner: HeadersOwner) {
    this.#rows = rows;
    this.#owner = owner;
  }

  /** Whether headers are being asked for. */
  get isFetching(): boolean {
    return this.#work !== null;
  }

  /** Begins anew, after the rows have been filled. */
  reset(): void {
    this.#tried = new Set();
    this.#queue = this.#rows.withoutHeaders();
    this.#queuePosition = 0;
  }

  /** Headers of these rows are wanted first. */
  want(keys: readonly string[]): void {
    this.#wanted = keys.filter((key) => this.#rows.get(key)?.headers === null);
    this.fetch();
  }

  /** Stops after the batch at hand, or goes on. */
  run(run: boolean): void {
    this.#isWanted = run;
    if (run) this.fetch();
  }

  /** Goes on where there is a session and something to ask it for. */
  fetch(): void {
    const session = this.#owner.session();
    if (this.#work !== null || !this.#isWanted || session === null) return;
    this.#work = this.#fetchAll(session)
      .catch((error: unknown) => this.#owner.failed(error))
      .finally(() => {
        this.#work = null;
        this.#report();
      });
  }

  /** Resolves when nothing is being asked any more; the owner ends its session first. */
  async close(): Promise<void> {
    await this.#work;
    if (this.#reportTimer !== null) clearTimeout(this.#reportTimer);
  }

  async #fetchAll(session: Pop3Session): Promise<void> {
    while (this.#isWanted && this.#owner.mayAsk(session)) {
      const batch = this.#nextBatch();
      if (batch.length === 0) return;
      await this.#fetchBatch(session, batch);
      this.#arrived.push(...batch);
      this.#reportTimer ??= setTimeout(() => this.#report(), reportEveryMs);
    }
  }

  #nextBatch(): string[] {
    const untried = (key: string) => !this.#tried.has(key) && this.#rows.get(key)?.headers === null;
    const wanted = this.#wanted.filter(untried);
    const batch = wanted.slice(0, headerBatch);
    while (wanted.length === 0 && batch.length < headerBatch && this.#queuePosition < this.#queue.length) {
      const key = this.#queue[this.#queuePosition];
      this.#queuePosition += 1;
      if (key !== undefined && untried(key)) batch.push(key);
    }
    for (const key of batch) this.#tried.add(key);
    return batch;
  }

  async #fetchBatch(session: Pop3Session, keys: readonly string[]): Promise<void> {
    const byNumber = new Map(keys.map((key) => [this.#rows.get(key)?.number ?? 0, key]));
    await fetchHeaders(session, [...byNumber.keys()], (number, bytes) => {
      const key = byNumber.get(number);
      if (key !== undefined) this.#rows.update(key, { headers: summariseHeaders(bytes) });
    });
  }

  #report(): void {
    if (this.#reportTimer !== null) clearTimeout(this.#reportTimer);
    this.#reportTimer = null;
    this.#owner.report(this.#arrived.splice(0));
  }
}
