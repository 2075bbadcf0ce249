import type { AccountId, Mailbox, MessageId } from '../../../shared/model.ts';
import type { SegmentFiles } from '../segments/segment-file.ts';
import type { CommitNumber, Committed } from './commit-number.ts';
import type { Sql } from './sql.ts';
import { advanceSteadyTime, type SteadyTime } from './steady-clock.ts';

/** What a light look at the first bytes of a message gives; enough for a row before the message is parsed. */
export type HeaderSummary = {
  readonly subject: string;
  readonly from: Mailbox;
  /** Milliseconds since the epoch; null when the Date header cannot be read. */
  readonly sentAt: number | null;
};

/** Reads subject, sender and date from the first 16 KB of a message; must not throw. */
export type Summarise = (headerBytes: Uint8Array) => HeaderSummary;

/** What every part of the store works with. */
export class StoreContext {
  readonly folder: string;
  readonly sql: Sql;
  readonly files: SegmentFiles;
  readonly clock: () => number;
  readonly summarise: Summarise;
  /** Grows with every change that a list could show; what was computed under an older one is stale. */
  revision = 0;
  /** Beginnings of the hashes of all stored mail, while someone writes a lot of it. */
  #hashes: Set<string> | null = null;
  #hasFlawed = true;
  readonly #accountNumbers = new Map<string, number>();
  readonly #accountIds = new Map<number, AccountId>();
  #nextMessageId: number;
  #nextSegmentId: number;
  #steady: SteadyTime;
  #commits = 0;

  constructor(tools: {
    folder: string;
    sql: Sql;
    files: SegmentFiles;
    clock: () => number;
    summarise: Summarise;
  }) {
    this.folder = tools.folder;
    this.sql = tools.sql;
    this.files = tools.files;
    this.clock = tools.clock;
    this.summarise = tools.summarise;
    this.#readAccounts();
    this.#nextMessageId = this.#highest('select max(id) as value from message') + 1;
    this.#nextSegmentId = this.#highest('select max(id) as value from segment') + 1;
    this.#steady = this.#readSteady();
    this.steadyNow();
  }

  #highest(text: string): number {
    return this.sql.value<number>(text) ?? 0;
  }

  #readAccounts(): void {
    for (const { no, id } of this.sql.all<{ no: number; id: string }>('select no, id from account'))
      this.#remember(no, id);
  }

  /** Reads accounts and time again after a backup has been taken in. */
  reload(): void {
    this.#readAccounts();
    this.#steady = this.#readSteady();
    this.steadyNow();
    this.changed();
  }

  #remember(no: number, id: string): void {
    this.#accountNumbers.set(id, no);
    this.#accountIds.set(no, id as AccountId);
  }

  #readSteady(): SteadyTime {
    const kept = this.setting('steady-time');
    if (kept === null) return { steadyMs: this.clock(), wallMs: this.clock() };
    const [steadyMs = 0, wallMs = 0] = kept.split(' ').map(Number);
    return { steadyMs, wallMs };
  }

  /** Time that neither runs backwards nor leaps; milliseconds. Kept in the index every minute or more. */
  steadyNow(): number {
    const before = this.#steady;
    this.#steady = advanceSteadyTime(before, this.clock());
    if (Math.abs(this.#steady.wallMs - before.wallMs) >= 60_000 && !this.sql.isInTransaction)
      this.keepSteady();
    return this.#steady.steadyMs;
  }

  /** Writes the steady time down. */
  keepSteady(): void {
    this.setSetting('steady-time', `${this.#steady.steadyMs} ${this.#steady.wallMs}`);
  }

  /** A value kept under a name, or null. */
  setting(name: string): string | null {
    return this.sql.value<string>('select value from setting where name = ?', name);
  }

  /** Keeps a value under a name. */
  setSetting(name: string, value: string): void {
    this.sql.run('insert or replace into setting(name, value) values(?, ?)', name, value);
  }

  /** Number of an account in the index; made when the account is new. */
  accountNo(id: AccountId): number {
    const known = this.#accountNumbers.get(id);
    if (known !== undefined) return known;
    // The id is the name of a folder: nothing in it may lead elsewhere.
    if (!/^[0-9a-z][0-9a-z-]{0,63}$/.test(id))
      throw new Error('an account id is lower-case letters and digits');
    this.sql.run('insert into account(id) values(?)', id);
    const no = this.sql.value<number>('select no as value from account where id = ?', id) ?? 0;
    this.#remember(no, id);
    return no;
  }

  /** Number of an account, or null when the store has never heard of it. */
  knownAccountNo(id: AccountId): number | null {
    return this.#accountNumbers.get(id) ?? null;
  }

  /** Id of an account by its number. */
  accountId(no: number): AccountId {
    const id = this.#accountIds.get(no);
    if (id === undefined) throw new Error(`there is no account ${no}`);
    return id;
  }

  /** Every account that has anything here. */
  accountIds(): AccountId[] {
    return [...this.#accountIds.values()];
  }

  /** Forgets an account whose rows have been removed. */
  forgetAccount(id: AccountId): void {
    const no = this.#accountNumbers.get(id);
    this.#accountNumbers.delete(id);
    if (no !== undefined) this.#accountIds.delete(no);
  }

  /** Id for the next message; never given twice while the store is open. */
  newMessageId(): MessageId {
    return this.#nextMessageId++ as MessageId;
  }

  /** No message has a higher id; of how many there may be, the most. */
  get highestMessageId(): number {
    return this.#nextMessageId - 1;
  }

  /** Id for the next segment. */
  newSegmentId(): number {
    return this.#nextSegmentId++;
  }

  /** Loads the hashes of everything stored, until `forgetHashes`: 8 MB and 50 ms for 100,000 messages. */
  rememberHashes(): void {
    if (this.#hashes !== null) return;
    const joined = this.sql.value<string>(
      "select lower(group_concat(substr(hex(sha256), 1, 12), '')) as value from message",
    );
    this.#hashes = new Set((joined ?? '').match(/.{12}/g));
    this.#hasFlawed =
      this.sql.value<number>(
        'select 1 as value from message where is_partial = 1 or is_damaged = 1 limit 1',
      ) !== null;
  }

  /** Keeps in mind that a message is damaged and may be made whole by what comes under its entry in the ledger. */
  noteDamage(): void {
    this.#hasFlawed = true;
  }

  /** Lets the hashes go; call when nothing is being written any more. */
  forgetHashes(): void {
    this.#hashes = null;
  }

  /** Keeps in mind that a message with this hash is stored. Lower-case hexadecimal. */
  noteHash(sha256: string, isPartial: boolean): void {
    this.#hashes?.add(sha256.slice(0, 12));
    this.#hasFlawed ||= isPartial;
  }

  /**
   * False when it is certain that these bytes are nowhere here and no partial or damaged message waits to be made whole.
   * Lower-case hexadecimal.
   */
  mayBeKnown(sha256: string): boolean {
    if (this.#hashes === null || this.#hasFlawed) return true;
    return this.#hashes.has(sha256.slice(0, 12));
  }

  /** Says that rows have changed. */
  changed(): void {
    this.revision++;
  }

  /** Number of a write that has just been committed. */
  newCommit(): CommitNumber {
    return ++this.#commits as CommitNumber;
  }

  /** A value with the number of the write that it comes from. */
  committed<Value>(value: Value): Committed<Value> {
    return { commit: this.newCommit(), value };
  }
}
