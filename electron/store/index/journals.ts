import type { AccountId } from '../../../shared/ids.ts';
import { type MailboxChange, type ProgramChange, programJournal } from '../journal/changes.ts';
import type { FoundEntries } from '../journal/entry.ts';
import { JournalFile, journalNames, journalPath } from '../journal/journal-file.ts';
import {
  mailboxSnapshot,
  messageStates,
  programSnapshot,
  type SnapshotEntry,
  type SnapshotTools,
} from './journal-snapshot.ts';
import type { RowSource } from './message-table.ts';
import type { StoreClock } from './store-clock.ts';
import { failureOf } from './store-error.ts';

type Tools = SnapshotTools & { readonly folder: string; readonly clock: Pick<StoreClock, 'now'> };

/** A power cut loses what was done in this time at most. */
const syncAfterMs = 500;
/** A snapshot takes the place of a journal that is so many times as long … */
const mostTimes = 8;
/** … and longer than this. Bytes. */
const leastBytes = 64 * 1024;

const noKeys = new Uint8Array(0);

type Journal = { readonly file: JournalFile; last: number };
/** A journal as it was before a transaction. */
type Before = { readonly bytes: number; readonly last: number };
type Pending = { readonly name: string; readonly change: object; readonly keys: Uint8Array };

/** How a change deals with a journal that cannot be written. */
type Strictness =
  /** The change fails as a whole. */
  | 'must-be-written'
  /** The change goes on, and a snapshot follows when there is room: a full disk must not stop what makes room. */
  | 'may-follow';

/**
 * The journals of what a person did, one of each mailbox and one of the program. An entry is in its file before the
 * transaction of its change is committed. That transaction holds the number of the entry too, so that a start knows which
 * entries the index has missed.
 */
export class Journals {
  readonly #tools: Tools;
  readonly #journals = new Map<string, Journal>();
  /** Journals that say less than the index. A snapshot puts them right. */
  readonly #behind = new Set<string>();
  #pending: Pending[] | null = null;
  #hasBegun = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | null = null;
  readonly #unsynced = new Set<string>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /**
   * Runs the work in one transaction of the index, together with the entries that it notes. If anything throws, neither
   * the transaction nor the entries stay.
   */
  transaction<Value>(work: () => Value, strictness: Strictness = 'must-be-written'): Value {
    const before = new Map<string, Before>();
    const pending: Pending[] = [];
    this.#pending = pending;
    try {
      return this.#tools.sql.transaction(() => {
        const value = work();
        this.#write(pending, strictness, before);
        return value;
      });
    } catch (error) {
      this.#takeBack(before);
      throw error;
    } finally {
      this.#pending = null;
    }
  }

  /** Notes a change of a mailbox by its number. Call it inside `transaction`. */
  note(accountNo: number, change: MailboxChange, keys: Uint8Array = noKeys): void {
    this.#note(this.#tools.accounts.idOf(accountNo), change, keys);
  }

  /** Notes a change of messages in the journals of their mailboxes. Call it while they have their rows. */
  noteMessages(ids: RowSource, change: MailboxChange): void {
    for (const { account_no, keys } of this.#tools.sql.all<{ account_no: number; keys: string }>(
      `select m.account_no, group_concat(hex(substr(m.sha256, 1, 12)), '') as keys from message m
       where m.id in (${ids.sql}) group by m.account_no`,
      ...ids.values,
    ))
      this.note(account_no, change, Buffer.from(keys, 'hex'));
  }

  /** Notes what is set on messages now, where it is not what new mail begins with. */
  noteStates(ids: RowSource): void {
    for (const { accountNo, change, keys } of messageStates(this.#tools, ids))
      this.note(accountNo, change, keys);
  }

  /** Notes a change of the program's lists. Call it inside `transaction`. */
  noteProgram(change: ProgramChange): void {
    this.#note(programJournal, change, noKeys);
  }

  #note(name: string, change: object, keys: Uint8Array): void {
    if (this.#pending === null) throw new Error('a change is noted outside of a transaction of the journals');
    this.#pending.push({ name, change, keys });
  }

  #write(pending: readonly Pending[], strictness: Strictness, before: Map<string, Before>): void {
    for (const name of new Set(pending.map((entry) => entry.name))) {
      const entries = pending.filter((entry) => entry.name === name);
      // Before the journals have been read their last numbers are not known.
      if (!this.#hasBegun) {
        this.#behind.add(name);
        continue;
      }
      const journal = this.#journal(name);
      before.set(name, { bytes: journal.file.bytes, last: journal.last });
      const at = this.#tools.clock.now();
      const numbered = entries.map(({ change, keys }, index) => ({
        ...{ number: journal.last + 1 + index, at, change, keys },
      }));
      try {
        journal.file.append(numbered);
      } catch (error) {
        if (strictness === 'must-be-written' || failureOf(error) === null) throw error;
        this.#behind.add(name);
      }
      journal.last += entries.length;
      this.#noteLast(name, journal.last);
      this.#unsynced.add(name);
    }
    if (this.#unsynced.size > 0) this.#startTimer();
  }

  #takeBack(before: ReadonlyMap<string, Before>): void {
    for (const [name, { bytes, last }] of before) {
      const journal = this.#journal(name);
      journal.last = last;
      journal.file.cutTo(bytes);
    }
  }

  #journal(name: string): Journal {
    const known = this.#journals.get(name);
    if (known !== undefined) return known;
    const journal = { file: new JournalFile(journalPath(this.#tools.folder, name)), last: 0 };
    this.#journals.set(name, journal);
    return journal;
  }

  /** Number of the last entry of a journal that the index contains; 0 for none. */
  lastInIndex(name: string): number {
    return this.#tools.sql.value<number>('select last as value from journal where name = ?', name) ?? 0;
  }

  #noteLast(name: string, last: number): void {
    this.#tools.sql.run('insert or replace into journal(name, last) values(?, ?)', name, last);
  }

  /** Names of the journals that have a file. */
  names(): string[] {
    return journalNames(this.#tools.folder);
  }

  /** Reads a journal, and cuts off what was half written at its end. Null where there is none. For a start. */
  read(name: string): FoundEntries | null {
    const journal = this.#journal(name);
    const found = journal.file.read();
    journal.last = Math.max(this.lastInIndex(name), found?.entries.at(-1)?.number ?? 0);
    return found;
  }

  /** Notes that the index contains every entry of a journal. Call it inside the transaction that made it so. */
  noteRead(name: string): void {
    this.#noteLast(name, this.#journal(name).last);
  }

  /** Lets entries be written. All journals have been read; those named say less than the index. */
  begin(behind: readonly string[]): void {
    this.#hasBegun = true;
    for (const name of behind) this.#behind.add(name);
    for (const name of this.#behind) this.#snapshot(name);
  }

  #startTimer(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // What could not be synced stays noted as such. It is tried again, and whoever needs it durable is told.
      this.sync().catch(() => this.#startTimer());
    }, syncAfterMs).unref();
  }

  /** Waits until everything that was noted up to now is on the disk. Rejects with the error of the file system. */
  async sync(): Promise<void> {
    const names = [...this.#unsynced];
    this.#unsynced.clear();
    for (const [index, name] of names.entries())
      try {
        await this.#journal(name).file.sync();
        this.#snapshotWhenDue(name);
      } catch (error) {
        for (const left of names.slice(index)) this.#unsynced.add(left);
        throw error;
      }
  }

  #snapshotWhenDue(name: string): void {
    // A sync may end after the store was closed. The index must not be asked any more then.
    if (this.#isClosed || this.#tools.sql.isInTransaction) return;
    const { bytes, snapshotBytes } = this.#journal(name).file;
    const isLong = bytes > leastBytes && bytes > mostTimes * snapshotBytes;
    if (isLong || this.#behind.has(name)) this.#snapshot(name);
  }

  #snapshot(name: string): void {
    const journal = this.#journal(name);
    const at = this.#tools.clock.now();
    const entries = this.#snapshotOf(name);
    if (entries === null) return;
    journal.file.replace(
      entries.map(({ change, keys }) => ({ number: journal.last, at, change, keys: keys ?? noKeys })),
    );
    this.#behind.delete(name);
  }

  #snapshotOf(name: string): readonly SnapshotEntry[] | null {
    if (name === programJournal) return programSnapshot(this.#tools);
    const accountNo = this.#tools.accounts.knownNumber(name as AccountId);
    return accountNo === null ? null : mailboxSnapshot(this.#tools, accountNo);
  }

  /** Writes every journal anew, so that nothing of what was deleted for good is left in any. */
  snapshotAll(): void {
    for (const name of this.names()) {
      this.#journal(name);
      this.#snapshot(name);
    }
  }

  /** Removes the journal of a mailbox that was removed. */
  remove(accountId: AccountId): void {
    this.#journals.get(accountId)?.file.close();
    this.#journals.delete(accountId);
    this.#behind.delete(accountId);
    this.#unsynced.delete(accountId);
    new JournalFile(journalPath(this.#tools.folder, accountId)).remove();
  }

  /** Syncs what is not yet durable and lets the files go. */
  async close(): Promise<void> {
    try {
      await this.sync();
    } catch (error) {
      if (failureOf(error) === null) throw error;
    }
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { file } of this.#journals.values()) file.close();
  }
}
