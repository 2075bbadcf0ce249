import { type LedgerKey, ledgerKey, partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';

import type { StoreTools } from '../index/store-tools.ts';

import { type Known, type KnownEntries, type RecalledEntries, upToDate } from './known-entries.ts';
import {
  isDeparting,
  type LedgerState,
  ledgerStateNumber,
  mayHaveLeft,
  nextLedgerState,
} from './ledger-states.ts';

type Tools = Pick<StoreTools, 'sql' | 'settings' | 'clock' | 'accounts'>;

/**
 * Why a listing is not believed where it lacks messages. It is empty, or lacks most of the known messages, or has none
 * of the known ids (a server that changed them all).
 */
export type Suspicion = 'none' | 'empty' | 'much-shorter' | 'ids-changed';

/** The result of comparing a listing with the ledger. Numbers are positions in the listing, from 0. */
export type Reconciliation = {
  /** State of each listed message after the comparison. */
  readonly states: readonly LedgerState[];
  /** Never seen before. */
  readonly newOnes: readonly number[];
  /** Were `gone` and are back. */
  readonly returned: readonly number[];
  /** Stored here but unreadable. They are worth fetching again while the server has them. */
  readonly damaged: readonly number[];
  /** Came doubtful the last times. A whole copy may still come. */
  readonly doubtful: readonly number[];
  /** Known here, but with another size than when they were fetched. They may be other messages. */
  readonly resized: readonly number[];
  /** Keys that were deleted there, with QUIT answered, and are still listed. */
  readonly undeleted: readonly LedgerKey[];
  /** Keys that the ledger has and the listing lacks. They became `gone` unless the listing is suspicious. */
  readonly missing: readonly LedgerKey[];
  /** Deletions that this listing confirms, whether QUIT was answered or not. */
  readonly confirmedDeletions: readonly LedgerKey[];
  readonly suspicion: Suspicion;
};

/** How long an entry that is gone is remembered, in case the server brings it back. */
const rememberGoneMs = 60 * 24 * 60 * 60 * 1000;

/** A listing that lacks more than half of at least this many entries is not believed at once. */
const suspiciousMissing = 10;

const keyOf = ({ uidl, occurrence }: ListedMessage): LedgerKey => ledgerKey(uidl, occurrence);

const doubtSetting = (tools: Pick<StoreTools, 'accounts'>, accountNo: number) =>
  `ids-doubted ${tools.accounts.idOf(accountNo)}`;

/** See `Ledger.doubtIds`. */
export function doubtIds(tools: Pick<StoreTools, 'settings' | 'accounts'>, accountNo: number): void {
  tools.settings.set(doubtSetting(tools, accountNo), '1');
}

/**
 * Positions of known ids that may now stand for other messages. Those are fetched, so that no message is deleted in
 * place of another; equal bytes are linked. There are two cases. Equal ids have become fewer, which moves the later
 * ones up. Or an id has another size than before, and it may have left or the server may be another one.
 */
function perhapsOthers(
  tools: Tools,
  accountNo: number,
  listing: readonly ListedMessage[],
  known: KnownEntries,
  entries: readonly (Known | undefined)[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const shifted = fewerThanBefore(known, listing);
  const isDoubted = tools.settings.get(doubtSetting(tools, accountNo)) !== null;
  const back = new Map<LedgerKey, number>();
  listing.forEach((message, index) => {
    const entry = entries[index];
    if (entry === undefined) return;
    if (shifted.size > 0 && shifted.has(message.uidl)) found.add(index);
    else if (isDoubted || mayHaveLeft(entry.state)) back.set(keyOf(message), index);
  });
  if (back.size === 0) return found;
  for (const { key, size } of tools.sql.all<{ key: LedgerKey; size: number }>(
    'select key, coalesce(listed, size) as size from ledger where account_no = ? and key in (select value from json_each(?))',
    accountNo,
    JSON.stringify([...back.keys()]),
  )) {
    const index = back.get(key);
    if (index !== undefined && listing[index]?.sizeBytes !== size) found.add(index);
  }
  return found;
}

/** Ids that stood for more messages before than in this listing. */
function fewerThanBefore(known: KnownEntries, listing: readonly ListedMessage[]): ReadonlySet<string> {
  const fewer = new Set<string>();
  if (known.others.size === 0) return fewer;
  const listed = new Set(listing.map(keyOf));
  for (const [key, entry] of known.others)
    if (entry.state !== 'gone' && !listed.has(key)) fewer.add(partsOfLedgerKey(key).uidl);
  return fewer;
}

/** Entries that are not listed and were not gone before, by key. */
function absentOf(
  known: KnownEntries,
  listing: readonly ListedMessage[],
  found: number,
): [LedgerKey, Known][] {
  if (found === known.size) return [];
  const listed = new Set(listing.map(keyOf));
  return [...known.all()].filter(([key, entry]) => entry.state !== 'gone' && !listed.has(key));
}

function suspicionOf(listed: number, hits: number, expected: number, missing: number): Suspicion {
  if (missing === 0) return 'none';
  if (listed === 0) return 'empty';
  if (hits === 0 && expected > 1) return 'ids-changed';
  return missing > suspiciousMissing && missing * 2 > expected ? 'much-shorter' : 'none';
}

/**
 * Writes states down. An entry that becomes `seen` again may be another message, and keeps nothing of the one before.
 * An entry that was gone and is back may be another one too, so its old size proves nothing.
 */
function writeStates(
  tools: Pick<StoreTools, 'sql' | 'clock'>,
  accountNo: number,
  changes: readonly { key: LedgerKey; state: LedgerState; sizeBytes: number }[],
): void {
  if (changes.length === 0) return;
  const rows = changes.map((change) => [change.key, ledgerStateNumber(change.state), change.sizeBytes]);
  const now = tools.clock.steadyNow();
  tools.sql.run(
    `insert into ledger(account_no, key, state, size, seen_steady, changed_steady)
       select ?1, value ->> 0, value ->> 1, value ->> 2, ?2, ?2 from json_each(?3) where true
     on conflict do update set state = excluded.state, changed_steady = excluded.changed_steady,
       size = iif(excluded.state = ?4, excluded.size, size),
       listed = iif(excluded.state = ?4 or state = ?5, null, listed),
       tries = iif(excluded.state = ?4, 0, tries),
       message_id = iif(excluded.state = ?4, null, message_id),
       stored_steady = iif(excluded.state = ?4, null, stored_steady)`,
    accountNo,
    now,
    JSON.stringify(rows),
    ledgerStateNumber('seen'),
    ledgerStateNumber('gone'),
  );
}

function forgetLongGone(tools: Pick<StoreTools, 'sql' | 'clock'>, accountNo: number): void {
  tools.sql.run(
    `delete from ledger where account_no = ? and ${isDeparting} and state = ? and changed_steady < ?`,
    accountNo,
    ledgerStateNumber('gone'),
    tools.clock.steadyNow() - rememberGoneMs,
  );
}

/** The state for an entry whose id may now mean another message. */
function otherThan(entry: Known | undefined): LedgerState {
  return nextLedgerState(entry?.state ?? null, 'other-listed', entry?.held) ?? entry?.state ?? 'seen';
}

/** Facts about a listing beside its rows. */
export type ListingFacts = {
  /** The listing is not a window of a larger mailbox. */
  readonly isComplete: boolean;
  /** How far the sizes of this server drift while messages stay as they are; bytes. */
  readonly driftBytes: number;
};

/** See `Ledger.reconcile`. An incomplete listing (a window of a large mailbox) makes nothing `gone`. */
export function reconcileListing(
  tools: Tools,
  accountNo: number,
  listing: readonly ListedMessage[],
  { isComplete, driftBytes }: ListingFacts,
  recalled: RecalledEntries | null,
): Reconciliation {
  const known = upToDate(tools, accountNo, recalled);
  const entries = listing.map((message) =>
    message.occurrence === 1 ? known.first(message.uidl) : known.others.get(keyOf(message)),
  );
  const states: LedgerState[] = [];
  const newOnes: number[] = [];
  const returned: number[] = [];
  const damaged: number[] = [];
  const doubtful: number[] = [];
  const resized: number[] = [];
  const undeleted: LedgerKey[] = [];
  const changes: { key: LedgerKey; state: LedgerState; sizeBytes: number }[] = [];
  let hits = 0;
  const others = perhapsOthers(tools, accountNo, listing, known, entries);
  listing.forEach((message, index) => {
    const entry = entries[index];
    const from = entry?.state ?? null;
    const to = others.has(index) ? otherThan(entry) : (entry?.whenListed ?? 'seen');
    states.push(to);
    if (from !== to) changes.push({ key: keyOf(message), state: to, sizeBytes: message.sizeBytes });
    if (from === null) newOnes.push(index);
    else if (from === 'gone') returned.push(index);
    else hits++;
    if (entry?.isDamaged === true) damaged.push(index);
    if (entry?.isDoubtful === true) doubtful.push(index);
    if (from === 'delete-sent') undeleted.push(keyOf(message));
    if (entry === undefined || to === 'seen' || to === 'skipped') return;
    const then = known.listedBytes(message.uidl, message.occurrence);
    if (then !== null && Math.abs(then - message.sizeBytes) > driftBytes) resized.push(index);
  });
  const absent = absentOf(known, listing, hits + returned.length);
  // Sent, or perhaps sent (QUIT unanswered). Their absence is expected and makes no listing suspicious.
  const isExpected = (state: LedgerState) => mayHaveLeft(state) && state !== 'gone';
  const confirmed = absent.filter(([, entry]) => isExpected(entry.state)).map(([key]) => key);
  const missing = absent.filter(([, entry]) => !isExpected(entry.state)).map(([key]) => key);
  const suspicion = suspicionOf(listing.length, hits, hits + missing.length, missing.length);
  if (isComplete)
    for (const key of suspicion === 'none' ? [...confirmed, ...missing] : confirmed)
      changes.push({ key, state: 'gone', sizeBytes: 0 });
  tools.sql.transaction(() => {
    writeStates(tools, accountNo, changes);
    if (isComplete && suspicion === 'none') forgetLongGone(tools, accountNo);
    if (isComplete) tools.settings.remove(doubtSetting(tools, accountNo));
  });
  return {
    states,
    newOnes,
    returned,
    damaged,
    doubtful,
    resized,
    undeleted,
    missing,
    confirmedDeletions: isComplete ? confirmed : [],
    suspicion,
  };
}
