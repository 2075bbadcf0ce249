import type { StoreContext } from './context.ts';
import { type LedgerState, ledgerStateNumber, ledgerStateOf, nextLedgerState } from './ledger-states.ts';

/** One line of a server's listing, in listing order: UIDL and LIST together, or `hash:…` where there is no UIDL. */
export type ListedMessage = { readonly uidl: string; readonly sizeBytes: number };

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

/** Entries of one account by key; flags are 1 where bytes are held, 2 where they are damaged, 4 where partial. */
type Known = { readonly state: LedgerState; readonly flags: number };

/** Loads the ledger as joined texts, one for each state: 100,000 rows as rows would take three times as long. */
function loadKnown(context: StoreContext, accountNo: number): Map<string, Known> {
  const known = new Map<string, Known>();
  const groups = context.sql.all<{ state: number; flags: number; keys: string }>(
    `select l.state as state,
       (l.stored_steady is not null) + 2 * coalesce(m.is_damaged, 0) + 4 * coalesce(m.is_partial, 0) as flags,
       group_concat(l.key, char(10)) as keys
     from ledger l left join message m on m.id = l.message_id where l.account_no = ? group by 1, 2`,
    accountNo,
  );
  for (const group of groups) {
    const entry: Known = { state: ledgerStateOf(group.state), flags: group.flags };
    for (const key of group.keys.split('\n')) known.set(key, entry);
  }
  return known;
}

function listedKeys(listing: readonly ListedMessage[]): string[] {
  const ids = new Set(listing.map(({ uidl }) => uidl));
  // Nearly every server gives each message an id of its own; then there is nothing to count.
  if (ids.size === listing.length) return listing.map(({ uidl }) => `${uidl}#1`);
  const seen = new Map<string, number>();
  return listing.map(({ uidl }) => {
    const occurrence = (seen.get(uidl) ?? 0) + 1;
    seen.set(uidl, occurrence);
    return `${uidl}#${occurrence}`;
  });
}

/** Entries that are not listed and not gone already. */
function absentOf(
  known: ReadonlyMap<string, Known>,
  keys: readonly string[],
  found: number,
): [string, Known][] {
  if (found === known.size) return [];
  const listed = new Set(keys);
  return [...known].filter(([key, entry]) => entry.state !== 'gone' && !listed.has(key));
}

function suspicionOf(listed: number, hits: number, expected: number, missing: number): Suspicion {
  if (missing === 0) return 'none';
  if (listed === 0) return 'empty';
  if (hits === 0 && expected > 1) return 'ids-changed';
  return missing > suspiciousMissing && missing * 2 > expected ? 'much-shorter' : 'none';
}

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
     on conflict do update set state = excluded.state, changed_steady = excluded.changed_steady`,
    accountNo,
    now,
    JSON.stringify(rows),
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
): Reconciliation {
  const known = loadKnown(context, accountNo);
  const keys = listedKeys(listing);
  const states: LedgerState[] = [];
  const newOnes: number[] = [];
  const returned: number[] = [];
  const damaged: number[] = [];
  const changes: { key: string; state: LedgerState; sizeBytes: number }[] = [];
  let hits = 0;
  for (const [index, key] of keys.entries()) {
    const entry = known.get(key);
    const from = entry?.state ?? null;
    const flags = entry?.flags ?? 0;
    const held = (flags & 4) !== 0 ? 'partial' : (flags & 1) !== 0 ? 'stored' : 'nothing';
    const to = nextLedgerState(from, 'listed', held) ?? from ?? 'seen';
    states.push(to);
    if (from !== to) changes.push({ key, state: to, sizeBytes: listing[index]?.sizeBytes ?? 0 });
    if (from === null) newOnes.push(index);
    else if (from === 'gone') returned.push(index);
    else hits++;
    if ((flags & 2) !== 0) damaged.push(index);
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
