/** Gives rows from `offset` on, and how many there are in all. */
export type PageSource<Row> = (
  offset: number,
  limit: number,
) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>;

const pageSize = 100;
/** Rows kept in memory. Beyond this number, rows far from sight are dropped. */
const keptRows = 5000;

/**
 * The window on a long list. Rows are known by index and fetched in pages as they come into sight. After a change the
 * old rows stay until the new ones have come, so that nothing flickers.
 */
export class PagedList<Row> {
  readonly #source: PageSource<Row>;
  readonly #keyOf: (row: Row) => unknown;
  readonly #listeners = new Set<() => void>();
  readonly #fresh = new Set<number>();
  readonly #asked = new Map<number, number>();
  #rows = new Map<number, Row>();
  #total: number | null = null;
  #failed = false;
  #occasion = '';
  #answeredOccasion: string | null = null;
  #generation = 0;
  #wanted = { first: 0, last: 0 };
  #version = 0;

  constructor(source: PageSource<Row>, keyOf: (row: Row) => unknown) {
    this.#source = source;
    this.#keyOf = keyOf;
  }

  /** The number of rows; null until the first page has come. */
  get total(): number | null {
    return this.#total;
  }

  /** Whether the last page could not be fetched. */
  get hasFailed(): boolean {
    return this.#failed;
  }

  /** The row at an index, if it is in memory. */
  row(index: number): Row | undefined {
    return this.#rows.get(index);
  }

  /** Where a row is, if it is in memory; -1 otherwise. */
  indexOf(key: unknown): number {
    for (const [index, row] of this.#rows) if (this.#keyOf(row) === key) return index;
    return -1;
  }

  /** A number that grows with every change. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Says which rows are in sight. Missing and old ones are fetched. */
  want(first: number, last: number): void {
    this.#wanted = { first: Math.max(0, first), last: Math.max(0, last) };
    for (const page of this.#pagesOf(this.#wanted.first, this.#wanted.last))
      if (!this.#fresh.has(page) && this.#asked.get(page) !== this.#generation) void this.#ask(page);
  }

  /** Whether the rows were fetched for this occasion of `refresh`. Until then an empty list may be wrong. */
  isFrom(occasion: string): boolean {
    return this.#answeredOccasion === occasion;
  }

  /** Fetches the rows in sight again. `occasion` names the reason. Other rows follow when they come into sight. */
  refresh(occasion = this.#occasion): void {
    this.#occasion = occasion;
    this.#generation += 1;
    this.#fresh.clear();
    this.want(this.#wanted.first, this.#wanted.last);
  }

  /** All rows between two indexes. Fetches those that are not in memory. */
  async range(first: number, last: number): Promise<readonly Row[]> {
    for (const page of this.#pagesOf(first, last))
      while (!this.#isHere(page, first, last)) {
        const generation = this.#generation;
        await this.#ask(page);
        // If a change came before the answer, the answer was dropped, and the rows are fetched again. Any other answer
        // is complete.
        if (generation === this.#generation) break;
      }
    const rows: Row[] = [];
    for (let index = first; index <= last; index += 1) {
      const row = this.#rows.get(index);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Removes rows at once, before the program says so. */
  remove(isGone: (row: Row) => boolean): void {
    const kept = new Map<number, Row>();
    let shift = 0;
    for (const index of [...this.#rows.keys()].sort((a, b) => a - b)) {
      const row = this.#rows.get(index);
      if (row === undefined) continue;
      if (isGone(row)) shift += 1;
      else kept.set(index - shift, row);
    }
    if (shift === 0) return;
    this.#rows = kept;
    if (this.#total !== null) this.#total = Math.max(0, this.#total - shift);
    this.#fresh.clear();
    this.#changed();
  }

  /** Removes all rows at once. */
  empty(): void {
    this.#rows = new Map();
    this.#total = 0;
    this.#fresh.clear();
    this.#changed();
  }

  /** Changes rows at once, before the program says so. */
  update(change: (row: Row) => Row): void {
    for (const [index, row] of this.#rows) this.#rows.set(index, change(row));
    this.#changed();
  }

  #pagesOf(first: number, last: number): number[] {
    const pages: number[] = [];
    const end = this.#total === null ? 0 : Math.max(0, this.#total - 1);
    const lastPage = Math.floor(Math.min(last, end) / pageSize);
    for (let page = Math.floor(Math.min(first, end) / pageSize); page <= lastPage; page += 1)
      pages.push(page);
    return pages;
  }

  #isHere(page: number, first: number, last: number): boolean {
    const end = Math.min(last, (page + 1) * pageSize - 1, (this.#total ?? 0) - 1);
    for (let index = Math.max(first, page * pageSize); index <= end; index += 1)
      if (!this.#rows.has(index)) return false;
    return true;
  }

  async #ask(page: number): Promise<void> {
    const generation = this.#generation;
    this.#asked.set(page, generation);
    try {
      const answer = await this.#source(page * pageSize, pageSize);
      // An answer from before the last change may already be wrong. A newer request is on its way.
      if (generation === this.#generation) this.#take(page, answer);
    } catch {
      // The program is broken or ending. The list says so and does not wait for ever.
      if (generation === this.#generation) {
        this.#failed = true;
        this.#changed();
      }
    } finally {
      if (this.#asked.get(page) === generation) this.#asked.delete(page);
    }
  }

  #take(page: number, answer: { readonly total: number; readonly rows: readonly Row[] }): void {
    this.#failed = false;
    this.#answeredOccasion = this.#occasion;
    const wasTotal = this.#total;
    this.#total = answer.total;
    for (let at = 0; at < pageSize; at += 1) {
      const row = answer.rows[at];
      if (row === undefined) this.#rows.delete(page * pageSize + at);
      else this.#rows.set(page * pageSize + at, row);
    }
    this.#fresh.add(page);
    if (wasTotal !== null && answer.total < wasTotal)
      for (const index of [...this.#rows.keys()]) if (index >= answer.total) this.#rows.delete(index);
    if (this.#rows.size > keptRows) this.#letGo();
    this.#changed();
    if (wasTotal === null) this.want(this.#wanted.first, this.#wanted.last);
  }

  #letGo(): void {
    const margin = 10 * pageSize;
    for (const index of [...this.#rows.keys()]) {
      if (index >= this.#wanted.first - margin && index <= this.#wanted.last + margin) continue;
      this.#rows.delete(index);
      this.#fresh.delete(Math.floor(index / pageSize));
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
