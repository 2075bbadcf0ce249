import type { Uidl } from '../../../shared/ids.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';

/** One message on the server, valid in this session only. */
export type MaildropEntry = {
  readonly number: number;
  /** As the server says; 0 when it did not. Bytes. */
  readonly sizeBytes: number;
  /** Null when the server gives none for this message. */
  readonly uidl: Uidl | null;
  /** 1 for the first message with this UIDL, 2 for the second: some servers give one id to equal messages. */
  readonly occurrence: number;
};

type Row = { number: number; sizeBytes: number; uidl: Uidl | null; occurrence: number };

/** Stands for "LIST has not named it" and, as an occurrence, for "UIDL has not named it". */
const unnamed = -1;
const namedTwice = 2;

/**
 * Joins LIST and UIDL. Both come in the same order from nearly every server, so a line is matched by its place first
 * and looked up only where the two differ: a hundred thousand messages must not hold up a check that finds nothing new.
 */
export class MaildropTable {
  readonly #rows: Row[] = [];
  #byNumber: Map<number, Row> | null = null;
  #nextPlace = 0;
  #lastId = '';
  /** Each id comes after the one before it, by length and then by letters, as where the server counts its messages. */
  #areIdsAscending = true;
  #isInOrder = true;

  /** A line of LIST; the last one counts when a number comes twice. */
  addSize(number: number, sizeBytes: number): void {
    const last = this.#rows.at(-1);
    if (last === undefined || last.number < number) this.#append(number, sizeBytes);
    else {
      this.#isInOrder = false;
      const row = this.#find(number);
      if (row === undefined) this.#append(number, sizeBytes);
      else row.sizeBytes = sizeBytes;
    }
  }

  /** A line of UIDL; when a number comes twice, neither id can be trusted. */
  addId(number: number, uidl: Uidl | null): void {
    let row = this.#rows[this.#nextPlace];
    if (row?.number === number) this.#nextPlace++;
    else row = this.#find(number);
    if (row === undefined) {
      this.#isInOrder = false;
      row = this.#append(number, unnamed);
    }
    const isFirst = row.occurrence === unnamed;
    row.uidl = isFirst ? uidl : null;
    row.occurrence = isFirst ? 1 : namedTwice;
    if (uidl === null) return;
    this.#areIdsAscending &&= isAfter(uidl, this.#lastId);
    this.#lastId = uidl;
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** The stamp of a finished table. Null when STAT or the ids do not allow one. */
  stamp(stat: { readonly count: number; readonly sizeBytes: number | null } | null): MaildropStamp | null {
    const last = this.#rows.at(-1);
    if (!this.#areIdsAscending || !this.#isInOrder || stat === null || stat.sizeBytes === null) return null;
    const isWhole = last?.number === stat.count && this.#rows.length === stat.count;
    if (!isWhole || last.uidl === null || this.#rows.some(({ uidl }) => uidl === null)) return null;
    return { count: stat.count, sizeBytes: stat.sizeBytes, lastUidl: last.uidl };
  }

  /** The messages in order of their numbers, and where the replies disagreed. The table cannot be used after this. */
  finish(statCount: number, hasIds: boolean): { entries: MaildropEntry[]; disagreements: string[] } {
    if (!this.#isInOrder) this.#rows.sort((a, b) => a.number - b.number);
    // Ascending ids are unique. A set of 100,000 ids would take as long as the server takes to list them.
    const areIdsUnique =
      this.#areIdsAscending || new Set(this.#rows.map(({ uidl }) => uidl)).size === this.#rows.length;
    const seen = new Map<string, number>();
    const counts = { withoutSize: 0, withoutId: 0, withTwoIds: 0, shared: 0 };
    for (const row of this.#rows) {
      if (row.sizeBytes === unnamed) counts.withoutSize++;
      if (row.occurrence === unnamed) counts.withoutId++;
      if (row.occurrence === namedTwice) counts.withTwoIds++;
      row.sizeBytes = Math.max(0, row.sizeBytes);
      row.occurrence = areIdsUnique || row.uidl === null ? 1 : (seen.get(row.uidl) ?? 0) + 1;
      if (!areIdsUnique && row.uidl !== null) seen.set(row.uidl, row.occurrence);
      if (row.occurrence > 1) counts.shared++;
    }
    const listed = this.#rows.length - counts.withoutSize;
    const found: [boolean, string][] = [
      [!Number.isNaN(statCount) && statCount !== listed, `STAT counts ${statCount} messages, LIST ${listed}`],
      [hasIds && counts.withoutId > 0, `${counts.withoutId} messages of LIST are not in UIDL`],
      [counts.withoutSize > 0, `${counts.withoutSize} messages of UIDL are not in LIST`],
      [counts.shared > 0, 'one id stands for several messages'],
      [counts.withTwoIds > 0, `${counts.withTwoIds} messages have two ids`],
    ];
    return {
      entries: this.#rows,
      disagreements: found.filter(([isTrue]) => isTrue).map(([, words]) => words),
    };
  }

  #append(number: number, sizeBytes: number): Row {
    const row: Row = { number, sizeBytes, uidl: null, occurrence: unnamed };
    this.#rows.push(row);
    this.#byNumber?.set(number, row);
    return row;
  }

  #find(number: number): Row | undefined {
    this.#byNumber ??= new Map(this.#rows.map((row) => [row.number, row]));
    return this.#byNumber.get(number);
  }
}

function isAfter(id: string, before: string): boolean {
  return id.length > before.length || (id.length === before.length && id > before);
}
