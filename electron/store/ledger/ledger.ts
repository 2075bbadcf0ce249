import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { type LedgerKey, partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import type { CommitNumber, Committed } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { type KeptDeletions, keptDeletions, noteKeptDeletions } from './kept-deletions.ts';
import { type RecalledEntries, recallEntries } from './known-entries.ts';
import {
  type DepartingState,
  type Held,
  isDeparting,
  type LedgerEvent,
  type LedgerState,
  ledgerStateNumber,
  ledgerStateOf,
  nextLedgerState,
} from './ledger-states.ts';
import { dropStamp, keepStamp, settledStamp } from './maildrop-stamp.ts';
import {
  doubtIds,
  forgetProofs,
  type ListingFacts,
  type Reconciliation,
  reconcileListing,
} from './reconcile.ts';

type Tools = Pick<StoreTools, 'sql' | 'settings' | 'clock' | 'accounts' | 'commits'>;

/** One entry: a message as the server identifies it. */
export type LedgerEntry = {
  /** `uidl#k`. */
  readonly key: LedgerKey;
  readonly state: LedgerState;
  /** The stored copy; null when none is held here, or when it was deleted here. */
  readonly messageId: MessageId | null;
  /** Bytes, as announced or stored. */
  readonly sizeBytes: number;
  /** The size that LIST gave when it was fetched; null where the copy has another origin, which proves nothing. */
  readonly listedBytes: number | null;
  /** As `listedBytes`, also where the copy is alike and not equal; see `Ledger.spare`. It proves nothing. */
  readonly lastListedBytes: number | null;
  /** When it was sent or received; null without a copy here. Milliseconds since the epoch. */
  readonly dateMs: number | null;
  /** Times of the steady clock (`store.steadyNow()`), milliseconds: first listed, last change, first stored. */
  readonly seenSteadyMs: number;
  readonly changedSteadyMs: number;
  readonly storedSteadyMs: number | null;
  /** The end of the stored copy is in doubt. It must not be deleted on the server automatically. */
  readonly isDoubtful: boolean;
  /** Only the beginning is stored. */
  readonly isPartial: boolean;
  /** A person chose to delete it on the server, knowing what of it is here. */
  readonly isChosen: boolean;
  /** The stored copy cannot be read at present (segment missing or damaged). */
  readonly isDamaged: boolean;
  /** Another program knew it when its mail was imported; there is no copy here. */
  readonly isElsewhere: boolean;
};

type Row = {
  readonly key: LedgerKey;
  readonly state: number;
  readonly message_id: number | null;
  readonly size: number;
  readonly seen_steady: number;
  readonly changed_steady: number;
  readonly stored_steady: number | null;
  readonly listed: number | null;
  readonly is_chosen: number;
  readonly sort_date: number | null;
  readonly is_damaged: number | null;
  readonly is_partial: number | null;
  readonly is_doubtful: number | null;
  readonly is_elsewhere: number;
};

const entryColumns = `l.key, l.state, l.message_id, l.size, l.seen_steady, l.changed_steady, l.stored_steady, l.listed,
  l.is_chosen, l.is_elsewhere, m.sort_date, m.is_damaged, m.is_partial, m.is_doubtful
  from ledger l left join message m on m.id = l.message_id`;

function entryOf(row: Row): LedgerEntry {
  return {
    key: row.key,
    state: ledgerStateOf(row.state),
    messageId: row.message_id as MessageId | null,
    sizeBytes: row.size,
    listedBytes: row.listed === null || row.listed < 0 ? null : row.listed,
    lastListedBytes: row.listed === null ? null : Math.abs(row.listed),
    dateMs: row.sort_date,
    seenSteadyMs: row.seen_steady,
    changedSteadyMs: row.changed_steady,
    storedSteadyMs: row.stored_steady,
    isDoubtful: row.is_doubtful === 1,
    isPartial: row.is_partial === 1,
    isChosen: row.is_chosen === 1,
    isDamaged: row.is_damaged === 1,
    isElsewhere: row.is_elsewhere === 1 && ledgerStateOf(row.state) === 'skipped',
  };
}

/**
 * The state to which an entry returns when its deletion is taken back. A message that was stored and then deleted here
 * counts as stored.
 */
function heldBy(row: { stored_steady: number | null; is_partial: number | null }): Held {
  if (row.is_partial === 1) return 'partial';
  return row.stored_steady === null ? 'nothing' : 'stored';
}

/** All that is known of one account's server: the messages that it has and those that it had. */
export class Ledger {
  readonly #tools: Tools;
  readonly #accountNo: number;
  #recalled: RecalledEntries | null = null;

  constructor(tools: Tools, accountId: AccountId) {
    this.#tools = tools;
    this.#accountNo = tools.accounts.numberOf(accountId);
  }

  /** Every entry, also those gone within the last 60 days. */
  entries(): LedgerEntry[] {
    return this.#tools.sql
      .all<Row>(`select ${entryColumns} where l.account_no = ?`, this.#accountNo)
      .map(entryOf);
  }

  /** One entry, or null. */
  entry(key: LedgerKey): LedgerEntry | null {
    const row = this.#tools.sql.get<Row>(
      `select ${entryColumns} where l.account_no = ? and l.key = ?`,
      this.#accountNo,
      key,
    );
    return row === undefined ? null : entryOf(row);
  }

  /** Entries in one of the states of a message that leaves the server. */
  inState(state: DepartingState): LedgerEntry[] {
    return this.#tools.sql
      .all<Row>(
        `select ${entryColumns} where l.account_no = ? and l.${isDeparting} and l.state = ?`,
        this.#accountNo,
        ledgerStateNumber(state),
      )
      .map(entryOf);
  }

  /** Ids that begin with this and are listed, as far as is known; the newest first. Ids without odd characters only. */
  listedIds(prefix: string): string[] {
    const rows = this.#tools.sql.all<{ key: LedgerKey }>(
      'select key from ledger where account_no = ? and key >= ? and key < ? and state <> ? order by seen_steady desc',
      this.#accountNo,
      prefix,
      `${prefix}\u{10ffff}`,
      ledgerStateNumber('gone'),
    );
    return [...new Set(rows.map(({ key }) => partsOfLedgerKey(key).uidl))];
  }

  /** Keys under which the server has (or had) a stored message. */
  keysOfMessage(id: MessageId): LedgerKey[] {
    return this.#tools.sql
      .all<{ key: LedgerKey }>(
        'select key from ledger where message_id = ? and account_no = ?',
        id,
        this.#accountNo,
      )
      .map((row) => row.key);
  }

  /**
   * Reads the entries for the next `reconcile` ahead. This takes a twentieth of a second for 100,000 entries, so call
   * it while the server is busy. `reconcile` notices changes in between. Throws a StoreError or the error of SQLite.
   */
  recall(): void {
    this.#recalled = recallEntries(this.#tools, this.#accountNo);
  }

  /**
   * Compares a listing of the server with the ledger and writes the result down. New ids become `seen`. Absent ones
   * become `gone` unless the listing is suspicious. One transaction.
   */
  async reconcile(
    listing: readonly ListedMessage[],
    options?: Partial<ListingFacts>,
  ): Promise<Committed<Reconciliation>> {
    const recalled = this.#recalled;
    this.#recalled = null;
    const facts: ListingFacts = { isComplete: true, driftBytes: 0, areSizesSteady: true, ...options };
    return this.#tools.commits.with(reconcileListing(this.#tools, this.#accountNo, listing, facts, recalled));
  }

  /** What was learned of the sizes in LIST and of the sizes that came; JSON, or null. */
  keptSizes(): string | null {
    return this.#tools.settings.get(this.#sizesName);
  }

  /** Keeps what was learned of the sizes in LIST; JSON. */
  async keepSizes(text: string): Promise<CommitNumber> {
    this.#tools.settings.set(this.#sizesName, text);
    return this.#tools.commits.next();
  }

  /** What the server keeps although it said that it had deleted it. */
  keptDeletions(): KeptDeletions {
    return keptDeletions(this.#tools, this.#accountNo);
  }

  /** Notes what the server keeps; see `keptDeletions`. */
  async noteKeptDeletions(kept: KeptDeletions): Promise<CommitNumber> {
    noteKeptDeletions(this.#tools, this.#accountNo, kept);
    return this.#tools.commits.next();
  }

  get #sizesName(): string {
    return `listed-sizes ${this.#tools.accounts.idOf(this.#accountNo)}`;
  }

  /** See `keepStamp`. */
  async keepStamp(mark: MaildropStamp, retention: RetentionPolicy): Promise<CommitNumber> {
    keepStamp(this.#tools, this.#accountNo, mark, retention);
    return this.#tools.commits.next();
  }

  /** See `settledStamp`. */
  settledStamp(retention: RetentionPolicy): MaildropStamp | null {
    return settledStamp(this.#tools, this.#accountNo, retention);
  }

  /**
   * Marks these for deletion on the server at the next chance. Answers the keys to which that applies. Those that a
   * person chose on the server may leave with what is here of them; any other leaves only when it is here as a whole.
   */
  setDeletePending(
    keys: readonly LedgerKey[],
    { areChosen = false }: { readonly areChosen?: boolean } = {},
  ): Promise<Committed<readonly LedgerKey[]>> {
    return this.#apply(keys, 'delete-asked', areChosen);
  }

  /** Takes back a deletion that has not been applied yet. */
  takeBackDeletion(keys: readonly LedgerKey[]): Promise<Committed<readonly LedgerKey[]>> {
    return this.#apply(keys, 'delete-taken-back');
  }

  /** DELE and then QUIT were answered +OK for these. RFC 1939 §6. */
  setDeleteSent(keys: readonly LedgerKey[]): Promise<Committed<readonly LedgerKey[]>> {
    return this.#apply(keys, 'delete-sent');
  }

  /** Forgets everything about the server. The account now means another maildrop, whose ids may be the same. */
  async forgetAll(): Promise<CommitNumber> {
    this.#tools.sql.run('delete from ledger where account_no = ?', this.#accountNo);
    this.#tools.sql.run('delete from unfetched where account_no = ?', this.#accountNo);
    return this.#tools.commits.next();
  }

  /**
   * Notes that the account's server may be another one now, whose ids may mean other messages. The next complete
   * listing is believed only where sizes agree as well. Messages are fetched again for that; equal ones are linked.
   */
  async doubtIds(): Promise<CommitNumber> {
    doubtIds(this.#tools, this.#accountNo);
    this.#forgetSizes([]);
    dropStamp(this.#tools, this.#accountNo);
    return this.#tools.commits.next();
  }

  /** Drops all proofs. Entries prove nothing until the server's own bytes or headers agree again. */
  async doubtProofs(): Promise<CommitNumber> {
    this.#forgetSizes([]);
    return this.#tools.commits.next();
  }

  /** As `doubtProofs`, for all but these. */
  async doubtProofsExcept(keys: ReadonlySet<LedgerKey>): Promise<CommitNumber> {
    this.#forgetSizes([...keys]);
    return this.#tools.commits.next();
  }

  /** Notes a proof: the server's own headers or bytes agree with the stored copy, at these listed sizes; bytes. */
  async prove(
    proved: readonly { readonly key: LedgerKey; readonly listedBytes: number }[],
  ): Promise<CommitNumber> {
    const rows = proved.map(({ key, listedBytes }) => [key, listedBytes]);
    this.#tools.sql.run(
      `update ledger set listed = value ->> 1 from json_each(?2)
       where account_no = ?1 and ledger.key = value ->> 0`,
      this.#accountNo,
      JSON.stringify(rows),
    );
    return this.#tools.commits.next();
  }

  /**
   * Notes that messages of these listed sizes need no copy of their own: what is here is alike, though not equal. That
   * is no proof for a deletion. Bytes.
   */
  async spare(
    spared: readonly { readonly key: LedgerKey; readonly listedBytes: number }[],
  ): Promise<CommitNumber> {
    return await this.prove(spared.map(({ key, listedBytes }) => ({ key, listedBytes: -listedBytes })));
  }

  #forgetSizes(except: readonly LedgerKey[]): void {
    forgetProofs(this.#tools, this.#accountNo, except);
  }

  /** Notes that these ids now stand for other messages. Those are to be fetched. */
  takeForOthers(keys: readonly LedgerKey[]): Promise<Committed<readonly LedgerKey[]>> {
    return this.#apply(keys, 'other-listed');
  }

  /** Notes that these are not to be fetched, because a rule or a limit says so. */
  setSkipped(keys: readonly LedgerKey[]): Promise<Committed<readonly LedgerKey[]>> {
    return this.#apply(keys, 'skipped');
  }

  async #apply(
    keys: readonly LedgerKey[],
    event: LedgerEvent,
    areChosen = false,
  ): Promise<Committed<readonly LedgerKey[]>> {
    const { sql } = this.#tools;
    const now = this.#tools.clock.steadyNow();
    const applied =
      keys.length === 0
        ? []
        : sql.transaction(() => keys.filter((key) => this.#applyOne(key, event, now, areChosen)));
    return this.#tools.commits.with(applied);
  }

  #applyOne(key: LedgerKey, event: LedgerEvent, now: number, isChosen: boolean): boolean {
    const { sql } = this.#tools;
    const row = sql.get<Row>(
      `select ${entryColumns} where l.account_no = ? and l.key = ?`,
      this.#accountNo,
      key,
    );
    const to = nextLedgerState(
      row === undefined ? null : ledgerStateOf(row.state),
      event,
      row && heldBy(row),
    );
    if (to === null) return false;
    sql.run(
      `insert into ledger(account_no, key, state, seen_steady, changed_steady, is_chosen)
         values(?1, ?2, ?3, ?4, ?4, ?6)
       on conflict do update set state = ?3, changed_steady = ?4, is_chosen = iif(?7, max(is_chosen, ?6), 0),
         listed = iif(?5, null, listed), message_id = iif(?5, null, message_id),
         stored_steady = iif(?5, null, stored_steady)`,
      this.#accountNo,
      key,
      ledgerStateNumber(to),
      now,
      Number(event === 'other-listed'),
      Number(isChosen),
      Number(event === 'delete-asked' || event === 'delete-sent'),
    );
    return true;
  }
}
