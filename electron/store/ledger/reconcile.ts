import { type LedgerKey, ledgerKey, partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';

import type { StoreTools } from '../index/store-tools.ts';

import { dropOfOtherMaildrop, isKnownElsewhere } from './known-elsewhere.ts';
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
  /** Known here without a proof, or with a size that has drifted. Their headers may show whether they are the same. */
  readonly unproved: readonly number[];
  /** Ids that stood for several messages, now or before. They are no identity. */
  readonly sharedIds: ReadonlySet<string>;
  /** Keys that were deleted there, with QUIT answered, and are still listed. */
  readonly undeleted: readonly LedgerKey[];
  /** Keys that the ledger has and the listing lacks. They became `gone` unless the listing is suspicious. */
  readonly missing: readonly LedgerKey[];
  /** Deletions that this listing confirms, whether QUIT was answered or not. */
  readonly confirmedDeletions: readonly LedgerKey[];
  readonly suspicion: Suspicion;
  /** The account's server was changed, this is the first complete listing since then, and it has no known id. */
  readonly isOfOtherServer: boolean;
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
 * ones up. Or an id has another size than before, and its message was never fetched, may have left, or the server may be
 * another one.
 */
function perhapsOthers(
  tools: Tools,
  accountNo: number,
  listing: readonly ListedMessage[],
  { known, entries, sizesThen, driftBytes }: Compared,
): ReadonlySet<number> {
  const found = new Set<number>();
  const isResized = (then: number, now: number) => Math.abs(Math.abs(then) - now) > driftBytes;
  const shifted = fewerThanBefore(known, listing);
  const isDoubted = tools.settings.get(doubtSetting(tools, accountNo)) !== null;
  const back = new Map<LedgerKey, number>();
  listing.forEach((message, index) => {
    const entry = entries[index];
    if (entry === undefined) return;
    // A message that was never fetched has no copy to compare it with: its size alone tells that it is another.
    const then = isUnfetched(entry.state) ? (sizesThen[index] ?? null) : null;
    if (then !== null && isResized(then, message.sizeBytes)) found.add(index);
    if (shifted.size > 0 && shifted.has(message.uidl)) found.add(index);
    else if (isDoubted || mayHaveLeft(entry.state)) back.set(keyOf(message), index);
  });
  if (back.size === 0) return found;
  for (const { key, size, is_proved_later } of tools.sql.all<SizeRow>(
    `select key, coalesce(listed, size) as size, message_id is not null and state <> ? as is_proved_later
     from ledger where account_no = ? and key in (select value from json_each(?))
       and not (${isKnownElsewhere})`,
    ledgerStateNumber('gone'),
    accountNo,
    JSON.stringify([...back.keys()]),
  )) {
    const index = back.get(key);
    const now = index === undefined ? undefined : listing[index]?.sizeBytes;
    // What is to be deleted and has a copy here is compared with that copy before it goes.
    if (index === undefined || now === undefined || (is_proved_later === 1 && !isDoubted)) continue;
    if (isDoubted ? now !== Math.abs(size) : isResized(size, now)) found.add(index);
  }
  return found;
}

type SizeRow = { readonly key: LedgerKey; readonly size: number; readonly is_proved_later: number };

/** What a listing is compared with. */
type Compared = {
  readonly known: KnownEntries;
  /** The entry of each listed message. */
  readonly entries: readonly (Known | undefined)[];
  /** What LIST said of each before; see `KnownEntries.listedBytes`. */
  readonly sizesThen: readonly (number | null)[];
  readonly driftBytes: number;
};

const isUnfetched = (state: LedgerState): boolean => state === 'seen' || state === 'skipped';

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
       tries = iif(excluded.state = ?4, 0, tries), is_chosen = iif(excluded.state in (?6, ?7), is_chosen, 0),
       is_elsewhere = iif(excluded.state = ?4, 0, is_elsewhere),
       message_id = iif(excluded.state = ?4, null, message_id),
       stored_steady = iif(excluded.state = ?4, null, stored_steady)`,
    accountNo,
    now,
    JSON.stringify(rows),
    ledgerStateNumber('seen'),
    ledgerStateNumber('gone'),
    ledgerStateNumber('delete-pending'),
    ledgerStateNumber('delete-sent'),
  );
}

/**
 * Drops the sizes that prove what the entries stand for, but for these keys. An entry that is gone keeps its size, which
 * may show that another message comes back in its place.
 */
export function forgetProofs(
  tools: Pick<StoreTools, 'sql'>,
  accountNo: number,
  except: readonly LedgerKey[] = [],
): void {
  tools.sql.run(
    `update ledger set listed = null
     where account_no = ?1 and listed is not null and state <> ?3
       and key not in (select value from json_each(?2))`,
    accountNo,
    JSON.stringify(except),
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
  /** Whether the sizes of this server mean something: a single one that has changed then shows that ids began anew. */
  readonly areSizesSteady: boolean;
};

/** See `Ledger.reconcile`. An incomplete listing (a window of a large mailbox) makes nothing `gone`. */
export function reconcileListing(
  tools: Tools,
  accountNo: number,
  listing: readonly ListedMessage[],
  { isComplete, driftBytes, areSizesSteady }: ListingFacts,
  recalled: RecalledEntries | null,
): Reconciliation {
  if (isComplete) dropOfOtherMaildrop(tools, accountNo, listing);
  const known = upToDate(tools, accountNo, recalled);
  const sizesThen: (number | null)[] = [];
  const entries = listing.map((message) => {
    const { uidl, occurrence } = message;
    const entry = occurrence === 1 ? known.first(uidl) : known.others.get(keyOf(message));
    sizesThen.push(entry === undefined ? null : known.listedBytes(uidl, occurrence));
    return entry;
  });
  const states: LedgerState[] = [];
  const newOnes: number[] = [];
  const returned: number[] = [];
  const damaged: number[] = [];
  const doubtful: number[] = [];
  const resized: number[] = [];
  const unproved: number[] = [];
  const undeleted: LedgerKey[] = [];
  const changes: { key: LedgerKey; state: LedgerState; sizeBytes: number }[] = [];
  let hits = 0;
  const isDoubted = tools.settings.get(doubtSetting(tools, accountNo)) !== null;
  const others = perhapsOthers(tools, accountNo, listing, { known, entries, sizesThen, driftBytes });
  // One id that means another message now makes all the others doubtful.
  const haveBegunAnew = areSizesSteady && others.size > 0;
  listing.forEach((message, index) => {
    const entry = entries[index];
    const from = entry?.state ?? null;
    const to = others.has(index) ? otherThan(entry) : (entry?.whenListed ?? 'seen');
    states.push(to);
    if (from !== to || others.has(index))
      changes.push({ key: keyOf(message), state: to, sizeBytes: message.sizeBytes });
    if (from === null) newOnes.push(index);
    else if (from === 'gone') returned.push(index);
    else hits++;
    if (entry?.isDamaged === true) damaged.push(index);
    if (entry?.isDoubtful === true) doubtful.push(index);
    if (from === 'delete-sent') undeleted.push(keyOf(message));
    if (entry === undefined || to === 'seen' || to === 'skipped') return;
    const then = sizesThen[index] ?? null;
    const offBytes = then === null ? 0 : Math.abs(Math.abs(then) - message.sizeBytes);
    if (offBytes > driftBytes) resized.push(index);
    else if (then === null || from === 'gone' || offBytes > 0 || haveBegunAnew) unproved.push(index);
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
    if (haveBegunAnew) forgetProofs(tools, accountNo);
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
    unproved,
    sharedIds: new Set([...known.others.keys()].map((key) => partsOfLedgerKey(key).uidl)),
    undeleted,
    missing,
    confirmedDeletions: isComplete ? confirmed : [],
    suspicion,
    isOfOtherServer: isDoubted && hits === 0 && returned.length === 0,
  };
}
