import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { CommitNumber } from '../index/commits.ts';
import { StoreError, storeError } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { appendLedgerNote, type LinkNote, type RecordName } from '../segments/ledger-note.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import { type CommittedMessage, commitGroup } from './commit-group.ts';
import type { CommitItem } from './commit-item.ts';

type Tools = Pick<
  StoreTools,
  | 'files'
  | 'sql'
  | 'clock'
  | 'accounts'
  | 'folders'
  | 'messages'
  | 'segments'
  | 'book'
  | 'journals'
  | 'hashes'
  | 'revision'
  | 'commits'
>;

/**
 * A group closes after this many messages, or … Measured for 10,000 messages of 5 KB: groups of 64 cost twice the
 * time of groups of 1,000, for each writes some pages of every index to the log again.
 */
const groupMessages = 1000;
/** … this many bytes, or … */
const groupBytes = 4 * 1024 * 1024;
/** … this long after its first message. */
const groupMs = 100;
/** Messages gathered while a group is being made durable, before the caller is asked to wait. */
const mostWaitingMessages = 2000;
/** Bytes not yet in the file before the caller is asked to wait: what a message of any size costs in memory. */
const mostQueuedBytes = 4 * 1024 * 1024;

/** Told after each group that became durable, with the number of its commit; in the order the messages ended. */
export type CommitListener = (batch: readonly CommittedMessage[], commit: CommitNumber) => void;

/** Messages that become durable together. */
type Group = {
  segment: OpenSegment;
  items: CommitItem[];
  /** Messages whose bytes are here already: their entries in the ledger go into a note. */
  links: LinkNote[];
  /** Records that others of this group take the place of, though their bytes differ. */
  dead: RecordName[];
  bytes: number;
  /** Where the last whole record ends in the segment. */
  end: number;
  isSealed: boolean;
};

/**
 * Groups of messages on their way to being durable: records, fdatasync, one index transaction, one group after the other,
 * while the next one is being filled. The first error ends the line: nothing that was not announced by then is stored.
 */
export class GroupLine {
  readonly #tools: Tools;
  readonly #accountId: AccountId;
  readonly #announce: CommitListener;
  readonly #closed: Group[] = [];
  /** Messages that have ended and are not in the index yet, by hash: the same bytes twice in a row are one message. */
  readonly #uncommitted = new Map<string, MessageId>();
  readonly #segments = new Set<OpenSegment>();
  #open: Group | null = null;
  #isMessageOpen = false;
  #working: Promise<void> | null = null;
  #waiting = 0;
  #timer: NodeJS.Timeout | null = null;
  #failure: unknown = null;
  #wasReported = false;
  /** Callers that wait for everything: while there are any, groups close without being ripe. */
  #flushing = 0;

  constructor(tools: Tools, accountId: AccountId, announce: CommitListener) {
    this.#tools = tools;
    this.#accountId = accountId;
    this.#announce = announce;
  }

  /** Whether somebody has been told of the error that ended the line. */
  get wasReported(): boolean {
    return this.#wasReported;
  }

  /** The group that a message about to be written belongs to. */
  beginMessage(): Group {
    const group = this.#open ?? this.#newGroup();
    this.#isMessageOpen = true;
    return group;
  }

  /** The group of the message being written: another than at its beginning if that was closed meanwhile. */
  mustHaveGroup(): Group {
    if (this.#open === null) throw new Error('no group is open');
    return this.#open;
  }

  /** Takes bytes of the message being written. A promise asks to wait until the disk has caught up. */
  append(bytes: Uint8Array): void | Promise<void> {
    // The segment may have been let go by now, when the group before this message could not be committed.
    this.throwIfFailed();
    const { appender } = this.mustHaveGroup().segment;
    appender.append(bytes);
    if (appender.error !== null) this.#fail(appender.error);
    this.throwIfFailed();
    if (appender.queuedBytes > mostQueuedBytes) return this.#settled(appender);
  }

  async #settled(appender: OpenSegment['appender']): Promise<void> {
    try {
      await appender.settle();
    } catch (error) {
      this.#fail(error);
    }
    this.throwIfFailed();
  }

  /** The message has ended, its record stands. A promise asks to wait until what has gathered is durable. */
  endMessage(item: CommitItem): void | Promise<void> {
    const group = this.mustHaveGroup();
    this.#isMessageOpen = false;
    // A piece of one message may be equal to a piece of another. Only what is whole is the same message.
    if (item.placement.kind !== 'link' && !item.isDoubtful && !item.isPartial)
      this.#uncommitted.set(item.sha256, item.placement.messageId);
    group.items.push(item);
    this.#waiting++;
    if (this.#tools.book.isFull(group.segment.appender.position)) {
      group.isSealed = true;
      this.#closeGroup();
    }
    if (this.#working === null && (group.isSealed || this.#isRipe())) this.#work();
    else if (this.#working === null) this.#startTimer();
    if (this.#waiting >= mostWaitingMessages || group.segment.appender.queuedBytes > mostQueuedBytes)
      return this.flush();
  }

  /** Forgets the message being written: its record began at `recordOffset`. */
  dropMessage(recordOffset: number): void {
    this.mustHaveGroup().segment.appender.rewind(recordOffset);
    this.#isMessageOpen = false;
  }

  /** Message with these bytes that has ended and is not in the index yet. */
  uncommitted(sha256: string): MessageId | undefined {
    return this.#uncommitted.get(sha256);
  }

  /** Waits until every message that has ended is durable and announced. */
  async flush(): Promise<void> {
    this.#flushing++;
    try {
      while (this.#waiting > 0 && this.#failure === null) await this.#work();
      await this.#working;
    } finally {
      this.#flushing--;
    }
    this.throwIfFailed();
  }

  /** Flushes and lets the segments go. */
  async close(): Promise<void> {
    try {
      await this.flush();
      if ((this.#open?.links.length ?? 0) + (this.#open?.dead.length ?? 0) > 0) await this.#work();
    } finally {
      this.#stopTimer();
      this.#open = null;
      // A segment that cannot be cut or closed is put right by the next start.
      for (const segment of this.#segments) await this.#tools.book.release(segment).catch(() => undefined);
    }
  }

  #newGroup(segment: OpenSegment = this.#acquire()): Group {
    this.#segments.add(segment);
    const start = segment.appender.position;
    this.#open = { segment, items: [], links: [], dead: [], bytes: 0, end: start, isSealed: false };
    return this.#open;
  }

  #acquire(): OpenSegment {
    const { book, accounts } = this.#tools;
    return book.acquire({ no: accounts.numberOf(this.#accountId), id: this.#accountId });
  }

  #isRipe(): boolean {
    const group = this.#open;
    if (group === null) return false;
    return this.#flushing > 0 || group.items.length >= groupMessages || group.bytes >= groupBytes;
  }

  #startTimer(): void {
    this.#timer ??= setTimeout(() => this.#work(), groupMs);
  }

  /** Puts what has ended in line to be made durable; the message being written goes on in the next group. */
  #closeGroup(): void {
    const group = this.#open;
    if (group === null) return;
    const notes = !this.#isMessageOpen && (group.links.length > 0 || group.dead.length > 0);
    if (group.items.length === 0 && !notes) return;
    this.#open = null;
    if (notes) {
      appendLedgerNote(
        group.segment,
        this.#accountId,
        { links: group.links, dead: group.dead },
        this.#tools.clock.now(),
      );
      group.links = [];
      group.dead = [];
      group.end = group.segment.appender.position;
    }
    this.#closed.push(group);
    if (group.isSealed) return;
    const next = this.#newGroup(group.segment);
    next.end = group.end;
    next.links = group.links;
    next.dead = group.dead;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Makes everything that has ended durable, group by group; one worker at a time. */
  #work(): Promise<void> {
    this.#stopTimer();
    this.#working ??= this.#workThrough().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #workThrough(): Promise<void> {
    try {
      this.#closeGroup();
      for (let group = this.#closed.shift(); group !== undefined; group = this.#closed.shift()) {
        await this.#makeDurable(group);
        if (this.#closed.length === 0 && this.#isRipe()) this.#closeGroup();
      }
      if ((this.#open?.items.length ?? 0) > 0) this.#startTimer();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #makeDurable(group: Group): Promise<void> {
    const { segment } = group;
    segment.appender.handOverUpTo(group.end);
    await segment.appender.sync();
    const batch = await this.#commit(group);
    this.#waiting -= group.items.length;
    for (const item of group.items) this.#uncommitted.delete(item.sha256);
    if (group.isSealed) {
      this.#segments.delete(segment);
      await this.#tools.book.release(segment);
    }
    this.#announce(batch, this.#tools.commits.next());
  }

  async #commit(group: Group): Promise<CommittedMessage[]> {
    try {
      const batch = this.#tools.sql.withoutSync(() =>
        commitGroup(this.#tools, { ...group, committedBytes: group.end }),
      );
      await this.#syncLog();
      return batch;
    } catch (error) {
      // Whether the transaction is in the log cannot be known: the records stay for the next start to look at.
      this.#segments.delete(group.segment);
      void this.#tools.book.abandon(group.segment);
      throw error;
    }
  }

  async #syncLog(): Promise<void> {
    const { files, sql } = this.#tools;
    const log = await files.open(sql.logPath, 'write');
    try {
      await log.sync();
    } finally {
      await log.close();
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= storeError(error);
    this.#stopTimer();
    this.#closed.length = 0;
  }

  /** Throws what has ended the line. */
  throwIfFailed(): void {
    if (this.#failure === null) return;
    this.#wasReported = true;
    throw this.#failure instanceof StoreError
      ? this.#failure
      : new Error('the store failed while writing', { cause: this.#failure });
  }
}
