import { asLedgerKey, firstOccurrence, type LedgerKey, ledgerKey } from '../../../shared/ledger-key.ts';
import type { StoreTools } from '../index/store-tools.ts';
import {
  type Held,
  type LedgerState,
  ledgerStateNumber,
  ledgerStateOf,
  ledgerStates,
  nextLedgerState,
} from './ledger-states.ts';

/** What is known of one entry of the ledger. */
export type Known = {
  readonly state: LedgerState;
  readonly held: Held;
  readonly isDamaged: boolean;
  /** The copy is doubtful, and a whole one is still hoped for. */
  readonly isDoubtful: boolean;
  /** Its state once a listing has it. */
  readonly whenListed: LedgerState;
};

/** An account's entries as they were read, and how many changes the index had seen by then. */
export type RecalledEntries = { readonly known: KnownEntries; readonly changes: string };

const knownAs = (
  state: LedgerState,
  held: Held,
  { isDamaged, isDoubtful } = { isDamaged: false, isDoubtful: false },
): Known => ({
  state,
  held,
  isDamaged,
  isDoubtful,
  whenListed: nextLedgerState(state, 'listed', held) ?? state,
});

/** Number of the letter that stands for the first kind of entry. */
const kindBase = 48;

/** States of messages that were listed and never fetched. Their size is the one that LIST gave at first. */
const sizedWhenSeen = [ledgerStateNumber('seen'), ledgerStateNumber('skipped')].join(', ');

/**
 * All keys joined, and a letter for each. Reading 100,000 rows as rows would take ten times as long. Both lists are
 * gathered in the order of the one pass over the table.
 */
const joinedEntries = `select group_concat(key, char(10)) as keys,
  group_concat(char(${kindBase} + 2 * state + (stored_steady is not null)), '') as kinds,
  group_concat(ifnull(iif(state in (${sizedWhenSeen}), nullif(size, 0), listed), ''), ' ') as sizes
  from ledger where account_no = ?`;

/** The meaning of each letter of `joinedEntries`. */
const entryOfKind: readonly Known[] = ledgerStates.flatMap((state) =>
  (['nothing', 'stored'] as const).map((held) => knownAs(state, held)),
);

const merelySeen = knownAs('seen', 'nothing');

/** An account's entries. First occurrences are kept by their id alone, the few others by their whole key. */
export class KnownEntries {
  /** Ids of first occurrences, in the order of the table. That is by id, as many servers list them. */
  readonly #ids: string[];
  readonly #entries: Known[];
  /** The size that LIST gave for each when it was fetched or first seen; empty where that is not known. */
  readonly #sizes: string[];
  readonly #otherSizes = new Map<LedgerKey, string>();
  readonly #others = new Map<LedgerKey, Known>();
  #places: ReadonlyMap<string, number> | null = null;
  #nextPlace = 0;

  /** `keys` joined by line feeds, a letter of its kind for each, and the listed sizes joined by spaces. */
  constructor(keys: string, kinds: string, sizes: string) {
    const entryAt = (index: number) => entryOfKind[kinds.charCodeAt(index) - kindBase] ?? merelySeen;
    // Nearly always every key ends with `#1`. Then the ids are the texts between.
    this.#ids = keys.endsWith(firstOccurrence)
      ? keys.slice(0, -firstOccurrence.length).split(`${firstOccurrence}\n`)
      : [];
    this.#entries = this.#ids.map((_, index) => entryAt(index));
    this.#sizes = sizes.split(' ');
    if (this.#ids.length === kinds.length) return;
    const all = this.#sizes;
    this.#ids = [];
    this.#entries = [];
    this.#sizes = [];
    if (keys === '') return;
    for (const [index, key] of keys.split('\n').entries())
      this.#add(asLedgerKey(key), entryAt(index), all[index] ?? '');
  }

  /** How many there are. */
  get size(): number {
    return this.#ids.length + this.#others.size;
  }

  /** The entries that are not the first of their id, by key. */
  get others(): ReadonlyMap<LedgerKey, Known> {
    return this.#others;
  }

  /** The entry of an id's first occurrence. Quickest when asked in the order of the table. */
  first(id: string): Known | undefined {
    if (this.#ids[this.#nextPlace] === id) return this.#entries[this.#nextPlace++];
    const place = this.#placeOf(id);
    if (place === undefined) return undefined;
    this.#nextPlace = place + 1;
    return this.#entries[place];
  }

  /**
   * The size that LIST gave for a message when it was fetched or first seen; null where that is not known. It is
   * negative for a copy that is alike and not equal (see `Ledger.spare`). Quickest right after `first`.
   */
  listedBytes(id: string, occurrence: number): number | null {
    if (occurrence > 1) return bytesIn(this.#otherSizes.get(ledgerKey(id, occurrence)));
    const before = this.#nextPlace - 1;
    const place = this.#ids[before] === id ? before : this.#placeOf(id);
    return place === undefined ? null : bytesIn(this.#sizes[place]);
  }

  /** All entries, by key. */
  *all(): Generator<[LedgerKey, Known]> {
    for (const [index, id] of this.#ids.entries())
      yield [ledgerKey(id, 1), this.#entries[index] ?? merelySeen];
    yield* this.#others;
  }

  /** Corrects an entry. */
  correct(key: LedgerKey, entry: Known): void {
    const place = key.endsWith(firstOccurrence)
      ? this.#placeOf(key.slice(0, -firstOccurrence.length))
      : undefined;
    if (place === undefined) this.#others.set(key, entry);
    else this.#entries[place] = entry;
  }

  #add(key: LedgerKey, entry: Known, size: string): void {
    if (!key.endsWith(firstOccurrence)) {
      this.#others.set(key, entry);
      this.#otherSizes.set(key, size);
    } else {
      this.#sizes.push(size);
      this.#ids.push(key.slice(0, -firstOccurrence.length));
      this.#entries.push(entry);
    }
  }

  #placeOf(id: string): number | undefined {
    this.#places ??= new Map(this.#ids.map((one, index) => [one, index]));
    return this.#places.get(id);
  }
}

function bytesIn(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

/** Changes so far: rows by this connection, and commits by any other. */
function changesSoFar(tools: Pick<StoreTools, 'sql'>): string {
  const version = tools.sql.get<{ data_version: number }>('pragma data_version')?.data_version;
  return `${tools.sql.value<number>('select total_changes() as value')} ${version}`;
}

/** See `Ledger.recall`. */
export function recallEntries(tools: Pick<StoreTools, 'sql'>, accountNo: number): RecalledEntries {
  const changes = changesSoFar(tools);
  const joined = tools.sql.get<{ keys: string | null; kinds: string | null; sizes: string | null }>(
    joinedEntries,
    accountNo,
  );
  const known = new KnownEntries(joined?.keys ?? '', joined?.kinds ?? '', joined?.sizes ?? '');
  noteFlaws(tools, accountNo, known);
  return { known, changes };
}

/** The recalled entries if nothing has changed since. Else they are read again. */
export function upToDate(
  tools: Pick<StoreTools, 'sql'>,
  accountNo: number,
  recalled: RecalledEntries | null,
): KnownEntries {
  if (recalled !== null && recalled.changes === changesSoFar(tools)) return recalled.known;
  return recallEntries(tools, accountNo).known;
}

type FlawedRow = {
  readonly key: LedgerKey;
  readonly state: number;
  readonly tries: number;
  readonly is_partial: number;
  readonly is_damaged: number;
  readonly is_doubtful: number;
};

/** A message that came doubtful this often will always do so. It is fetched again only when a person asks. */
export const mostTries = 3;

/**
 * Corrects the few entries whose stored copy is only a beginning or is damaged. A cross join holds SQLite to the order
 * written here: from the few messages to their entries, not from each entry to its message.
 */
function noteFlaws(tools: Pick<StoreTools, 'sql'>, accountNo: number, known: KnownEntries): void {
  const flawed = (where: string) =>
    tools.sql.all<FlawedRow>(
      `select l.key, l.state, l.tries, m.is_partial, m.is_damaged, m.is_doubtful
       from message m cross join ledger l on l.message_id = m.id where ${where} and l.account_no = ?`,
      accountNo,
    );
  for (const row of [...flawed('(m.is_partial = 1 or m.is_damaged = 1)'), ...flawed('m.is_doubtful = 1')]) {
    const held = row.is_partial === 1 ? 'partial' : 'stored';
    const isDoubtful = row.is_doubtful === 1 && row.tries < mostTries;
    known.correct(
      row.key,
      knownAs(ledgerStateOf(row.state), held, { isDamaged: row.is_damaged === 1, isDoubtful }),
    );
  }
}
