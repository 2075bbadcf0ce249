import type { Committed } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';

/*
 * How words are found.
 *
 * The full-text index holds the folded words of each message and those of their forms that are not among them
 * (search-words.ts, word-forms.ts). A query is parsed into words and facts (shared/search). The words go to the full-text
 * index (word-expression.ts), the facts to the table `message` (search-sql.ts), and both are joined here in memory where
 * there are many (word-matches.ts).
 *
 * SQLite must not merge the pieces of the index by itself, as that could hold up a commit. This room merges them when
 * there is time.
 */

/** After this many writes the pieces are so many that a search becomes noticeably slower. */
const scatteredWrites = 700;
/** Pages of the word index merged in one step. A step takes a few milliseconds. */
const mergedPages = 32;
/** Pages merged in one step when nobody waits to write a message. A step takes up to a twentieth of a second. */
const purgedPages = 64;

/** Keeps the full-text index in few pieces. SQLite is told not to merge them by itself. */
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

  /** Whether the index has so many pieces that `merge` should be called before more is written. */
  get areScattered(): boolean {
    return this.#writesSinceMerge > scatteredWrites;
  }

  /** Merges some pieces for a few milliseconds. Answers whether there is more to do. */
  async merge(): Promise<Committed<boolean>> {
    const hasMore = this.#mergeSome(mergedPages);
    if (!hasMore) this.#writesSinceMerge = 0;
    return this.#tools.commits.with(hasMore);
  }

  /**
   * Removes the words of deleted messages: merges the whole index into one piece, some milliseconds at a time. Answers
   * whether there is more to do.
   */
  async purge(): Promise<boolean> {
    // A negative number takes all pieces, even a single one with deleted rows.
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
