import type { StoreContext } from './context.ts';
import {
  type Held,
  type LedgerState,
  ledgerStateNumber,
  ledgerStateOf,
  ledgerStates,
  nextLedgerState,
} from './ledger-states.ts';

/** One line of a server's listing, in listing order: UIDL and LIST together, or `hash:…` where there is no UIDL. */
export type ListedMessage = {
  readonly uidl: string;
  readonly sizeBytes: number;
  /** Which of equal ids in listing order, from 1. */
  readonly occurrence: number;
};

/**
 * Why a listing is not believed where it lacks messages: it is empty, or lacks most of what was there, or has none
 * of the ids that were there (a server that changed them all).
 */
export type Suspicion = 'none' | 'empty' | 'much-shorter' | 'ids-changed';

/** What a listing means. Numbers are positions in the listing, from 0. */
export type Reconciliation = {
  /** Ledger key of each listed message. */
  readonly keys: readonly string[];
  /** State of each listed message after the comparison. */
  readonly states: readonly LedgerState[];
  /** Never seen before. */
  readonly newOnes: readonly number[];
  /** Were `gone` and are back. */
  readonly returned: readonly number[];
  /** Stored here but unreadable: worth fetching again while the server has them. */
  readonly damaged: readonly number[];
  /** Keys the ledger has and the listing lacks; they became `gone` unless the listing is suspicious. */
  readonly missing: readonly string[];
  /** Deletions that this listing confirms, whether QUIT was answered or not. */
  readonly confirmedDeletions: readonly string[];
  readonly suspicion: Suspicion;
};

/** An entry that is gone is remembered this long, in case the server brings it back. */
const rememberGoneMs = 60 * 24 * 60 * 60 * 1000;

/** A listing that lacks more than half of at least this many entries is not believed at once. */
const suspiciousMissing = 10;

/** What is known of one entry. */
type Known = { readonly state: LedgerState; readonly held: Held; readonly isDamaged: boolean };

/** Number of the letter that stands for the first kind of entry. */
const kindBase = 48;

/** An account's entries: those of a first occurrence by their id alone, the few others by their whole key. */
type KnownEntries = { readonly first: Map<string, Known>; readonly others: Map<string, Known> };

/**
 * All keys joined, and a letter for each: 100,000 rows as rows would take ten times as long. Both are gathered in the
 * order of the one pass over the table.
 */
const joinedEntries = `select group_concat(key, char(10)) as keys,
  group_concat(char(${kindBase} + 2 * state + (stored_steady is not null)), '') as kinds from ledger where account_no = ?`;

/** What a letter of `joinedEntries` says. */
const entryOfKind: readonly Known[] = ledgerStates.flatMap((state) =>
  (['nothing', 'stored'] as const).map((held) => ({ state, held, isDamaged: false })),
);

/** Entries as they were read, and how many changes the index had seen by then. */
export type RecalledEntries = { readonly known: KnownEntries; readonly changes: string };

/** Changes so far: rows by this connection, and commits by any other. */
function changesSoFar(context: StoreContext): string {
  const version = context.sql.get<{ data_version: number }>('pragma data_version')?.data_version;
  return `${context.sql.value<number>('select total_changes() as value')} ${version}`;
}

/** See `Ledger.recall`. */
export function recallEntries(context: StoreContext, accountNo: number): RecalledEntries {
  const changes = changesSoFar(context);
  const first = new Map<string, Known>();
  const others = new Map<string, Known>();
  const joined = context.sql.get<{ keys: string | null; kinds: string | null }>(joinedEntries, accountNo);
  const { keys, kinds } = { keys: joined?.keys ?? '', kinds: joined?.kinds ?? '' };
  const entryAt = (index: number) =>
    entryOfKind[kinds.charCodeAt(index) - kindBase] ?? { state: 'seen', held: 'nothing', isDamaged: false };
  // Nearly always every key ends with `#1`; then the ids are what stands between.
  const ids = keys.endsWith('#1') ? keys.slice(0, -2).split('#1\n') : [];
  if (ids.length === kinds.length) for (const [index, id] of ids.entries()) first.set(id, entryAt(index));
  else if (keys !== '')
    for (const [index, key] of keys.split('\n').entries())
      if (key.endsWith('#1')) first.set(key.slice(0, -2), entryAt(index));
      else others.set(key, entryAt(index));
  noteFlaws(context, accountNo, first, others);
  return { known: { first, others }, changes };
}

/** What was recalled, if nothing has changed since; else what is so now. */
function upToDate(context: StoreContext, accountNo: number, recalled: RecalledEntries | null): KnownEntries {
  if (recalled !== null && recalled.changes === changesSoFar(context)) return recalled.known;
  return recallEntries(context, accountNo).known;
}

/**
 * Puts right the few whose stored copy is only a beginning or is damaged. A cross join keeps SQLite at the order written
 * here: from the few to their entries, and not from each entry to its message.
 */
function noteFlaws(
  context: StoreContext,
  accountNo: number,
  first: Map<string, Known>,
  others: Map<string, Known>,
): void {
  for (const row of context.sql.all<{ key: string; state: number; is_partial: number; is_damaged: number }>(
    `select l.key, l.state, m.is_partial, m.is_damaged from message m cross join ledger l on l.message_id = m.id
     where (m.is_partial = 1 or m.is_damaged = 1) and l.account_no = ?`,
    accountNo,
  )) {
    const entry: Known = {
      state: ledgerStateOf(row.state),
      held: row.is_partial === 1 ? 'partial' : 'stored',
      isDamaged: row.is_damaged === 1,
    };
    if (row.key.endsWith('#1')) first.set(row.key.slice(0, -2), entry);
    else others.set(row.key, entry);
  }
}

const keyOf = ({ uidl, occurrence }: ListedMessage): string => `${uidl}#${occurrence}`;

const doubtSetting = (context: StoreContext, accountNo: number) =>
  `ids-doubted ${context.accountId(accountNo)}`;

/** See `Ledger.doubtIds`. */
export function doubtIds(context: StoreContext, accountNo: number): void {
  context.setSetting(doubtSetting(context, accountNo), '1');
}

/** Not in the maildrop any more, or perhaps not: QUIT's answer to a deletion may have been lost. */
function mayHaveLeft(state: LedgerState): boolean {
  return state === 'gone' || state === 'delete-sent' || state === 'delete-pending';
}

/**
 * Positions at which an id that is known may now stand for another message, which is fetched, so that nothing is
 * deleted for another's sake; equal bytes are linked. So it is where equal ids have become fewer, which moves the later
 * ones up, and where an id has another size than before, if it may have left or the server may be another.
 */
function perhapsOthers(
  context: StoreContext,
  accountNo: number,
  listing: readonly ListedMessage[],
  known: KnownEntries,
  keys: readonly string[],
  entries: readonly (Known | undefined)[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const listed = known.others.size === 0 ? new Set<string>() : new Set(keys);
  const shifted = new Set<string>();
  for (const [key, entry] of known.others)
    if (entry.state !== 'gone' && !listed.has(key)) shifted.add(key.slice(0, key.lastIndexOf('#')));
  const isDoubted = context.setting(doubtSetting(context, accountNo)) !== null;
  const back = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    if (entry !== undefined && shifted.has(listing[index]?.uidl ?? '')) found.add(index);
    else if (entry !== undefined && (isDoubted || mayHaveLeft(entry.state)))
      back.set(keys[index] ?? '', index);
  }
  if (back.size === 0) return found;
  for (const { key, size } of context.sql.all<{ key: string; size: number }>(
    'select key, size from ledger where account_no = ? and key in (select value from json_each(?))',
    accountNo,
    JSON.stringify([...back.keys()]),
  )) {
    const index = back.get(key);
    if (index !== undefined && listing[index]?.sizeBytes !== size) found.add(index);
  }
  return found;
}

/** Entries that are not listed and not gone already, by key. */
function absentOf(known: KnownEntries, keys: readonly string[], found: number): [string, Known][] {
  if (found === known.first.size + known.others.size) return [];
  const listed = new Set(keys);
  const absent: [string, Known][] = [];
  for (const [id, entry] of known.first)
    if (entry.state !== 'gone' && !listed.has(`${id}#1`)) absent.push([`${id}#1`, entry]);
  for (const [key, entry] of known.others)
    if (entry.state !== 'gone' && !listed.has(key)) absent.push([key, entry]);
  return absent;
}

function suspicionOf(listed: number, hits: number, expected: number, missing: number): Suspicion {
  if (missing === 0) return 'none';
  if (listed === 0) return 'empty';
  if (hits === 0 && expected > 1) return 'ids-changed';
  return missing > suspiciousMissing && missing * 2 > expected ? 'much-shorter' : 'none';
}

/** Writes states down; what becomes `seen` again is perhaps another message, and keeps nothing of the one before. */
function writeStates(
  context: StoreContext,
  accountNo: number,
  changes: readonly { key: string; state: LedgerState; sizeBytes: number }[],
): void {
  if (changes.length === 0) return;
  const rows = changes.map((change) => [change.key, ledgerStateNumber(change.state), change.sizeBytes]);
  const now = context.steadyNow();
  context.sql.run(
    `insert into ledger(account_no, key, state, size, seen_steady, changed_steady)
       select ?1, value ->> 0, value ->> 1, value ->> 2, ?2, ?2 from json_each(?3) where true
     on conflict do update set state = excluded.state, changed_steady = excluded.changed_steady,
       size = iif(excluded.state = ?4, excluded.size, size),
       message_id = iif(excluded.state = ?4, null, message_id),
       stored_steady = iif(excluded.state = ?4, null, stored_steady)`,
    accountNo,
    now,
    JSON.stringify(rows),
    ledgerStateNumber('seen'),
  );
}

function forgetLongGone(context: StoreContext, accountNo: number): void {
  context.sql.run(
    'delete from ledger where account_no = ? and state = ? and changed_steady < ?',
    accountNo,
    ledgerStateNumber('gone'),
    context.steadyNow() - rememberGoneMs,
  );
}

/** See `Ledger.reconcile`. A listing that is not complete (a window of a large mailbox) makes nothing `gone`. */
export function reconcileListing(
  context: StoreContext,
  accountNo: number,
  listing: readonly ListedMessage[],
  isComplete: boolean,
  recalled: RecalledEntries | null,
): Reconciliation {
  const known = upToDate(context, accountNo, recalled);
  const keys = listing.map(keyOf);
  const entries = listing.map(({ uidl, occurrence }, index) =>
    occurrence === 1 ? known.first.get(uidl) : known.others.get(keys[index] ?? ''),
  );
  const states: LedgerState[] = [];
  const newOnes: number[] = [];
  const returned: number[] = [];
  const damaged: number[] = [];
  const changes: { key: string; state: LedgerState; sizeBytes: number }[] = [];
  let hits = 0;
  const others = perhapsOthers(context, accountNo, listing, known, keys, entries);
  for (const [index, entry] of entries.entries()) {
    const from = entry?.state ?? null;
    const event = others.has(index) ? 'other-listed' : 'listed';
    const to = nextLedgerState(from, event, entry?.held) ?? from ?? 'seen';
    states.push(to);
    if (from !== to)
      changes.push({ key: keys[index] ?? '', state: to, sizeBytes: listing[index]?.sizeBytes ?? 0 });
    if (from === null) newOnes.push(index);
    else if (from === 'gone') returned.push(index);
    else hits++;
    if (entry?.isDamaged === true) damaged.push(index);
  }
  const absent = absentOf(known, keys, hits + returned.length);
  // Sent, or perhaps sent (QUIT unanswered): these are expected to be absent and make no listing suspicious.
  const isExpected = (state: LedgerState) => state === 'delete-sent' || state === 'delete-pending';
  const confirmed = absent.filter(([, entry]) => isExpected(entry.state)).map(([key]) => key);
  const missing = absent.filter(([, entry]) => !isExpected(entry.state)).map(([key]) => key);
  const suspicion = suspicionOf(keys.length, hits, hits + missing.length, missing.length);
  if (isComplete)
    for (const key of suspicion === 'none' ? [...confirmed, ...missing] : confirmed)
      changes.push({ key, state: 'gone', sizeBytes: 0 });
  context.sql.transaction(() => {
    writeStates(context, accountNo, changes);
    if (isComplete && suspicion === 'none') forgetLongGone(context, accountNo);
    if (isComplete) context.sql.run('delete from setting where name = ?', doubtSetting(context, accountNo));
  });
  return {
    keys,
    states,
    newOnes,
    returned,
    damaged,
    missing,
    confirmedDeletions: isComplete ? confirmed : [],
    suspicion,
  };
}
