import type { Committed } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';

/** Writes after which a search has to look in so many places that it is noticed. */
const scatteredWrites = 700;
/** Pages of the word index put together in one step: a few milliseconds. */
const mergedPages = 32;
/** The same where nobody waits for the next message to be written: up to a twentieth of a second. */
const purgedPages = 64;

/** The upkeep of the full-text index, whose pieces SQLite is told not to put together by itself. */
export class WordIndex {
  readonly #tools: Pick<StoreTools, 'sql' | 'commits'>;
  #writesSinceMerge = 0;

  constructor(tools: Pick<StoreTools, 'sql' | 'commits'>) {
    this.#tools = tools;
  }

  /** Counts one transaction that wrote words. */
  noteWrite(): void {
    this.#writesSinceMerge += 1;
  }

  /** Whether the index is in so many pieces that `merge` should be called before more is written. */
  get areScattered(): boolean {
    return this.#writesSinceMerge > scatteredWrites;
  }

  /** Puts some pieces together, a few milliseconds long; answers whether there is more to do. */
  async merge(): Promise<Committed<boolean>> {
    const hasMore = this.#mergeSome(mergedPages);
    if (!hasMore) this.#writesSinceMerge = 0;
    return this.#tools.commits.with(hasMore);
  }

  /**
   * Leaves words of deleted messages behind: the whole index is put together into one piece, some milliseconds at a time.
   * Answers whether there is more to do.
   */
  async purge(): Promise<boolean> {
    // A negative number takes all pieces, also a single one with deleted rows in it.
    return this.#mergeSome(-purgedPages);
  }

  #mergeSome(pages: number): boolean {
    const { sql } = this.#tools;
    const changes = () => sql.value<number>('select total_changes() as value') ?? 0;
    const before = changes();
    sql.withoutSync(() => sql.run("insert into words(words, rank) values('merge', ?)", pages));
    // The statement itself counts as one change.
    return changes() - before > 1;
  }
}
