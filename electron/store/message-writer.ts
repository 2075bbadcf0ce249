import { createHash, type Hash, hash as hashOnce } from 'node:crypto';
import type { AccountId, MessageId } from '../../shared/model.ts';
import type { StoreContext } from './context.ts';
import {
  type CommitItem,
  type CommittedMessage,
  commitGroup,
  type InitialMarks,
  type Placement,
  placementOf,
} from './index-commit.ts';
import { appendJournal } from './journal.ts';
import type { OpenSegment, SegmentBook } from './segment-book.ts';
import { StoreError, storeError } from './store-error.ts';
import { encodeHeader, headerBytes, paddingBytes } from './tar-record.ts';

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
/** To hold the hashes of all stored mail in memory costs as much a message there as a hundredth of asking for one. */
const hashesForAQuery = 100;
const noMarks: InitialMarks = {};
/** How much of a message is looked at for its row. */
const summaryBytes = 16 * 1024;

/** A message about to be written. */
export type IncomingMessage = {
  /** Id the server gives it, or `hash:…` where it gives none; null for mail that came from no server. */
  readonly uidl: string | null;
  /** Which of equal ids in listing order, from 1. */
  readonly occurrence: number;
  /** Size as the server announced it; only shown, and only where the message stays partial. */
  readonly announcedSizeBytes: number;
  /** Only the headers and the first lines come. */
  readonly isPartial?: boolean;
  /** When it was received, if not now; what a restored or imported message brings. Milliseconds since the epoch. */
  readonly receivedAt?: number;
  readonly marks?: InitialMarks;
};

/** Told after each group that became durable, in the order the messages ended. */
export type CommitListener = (batch: readonly CommittedMessage[]) => void;

/** Who made a writer: told of its groups before any other listener, and of its end. */
export type WriterOwner = { readonly onCommitted: CommitListener; readonly onClosed: () => void };

type Current = {
  readonly ledgerKey: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly announcedBytes: number;
  readonly marks: InitialMarks;
  readonly recordOffset: number;
  readonly dataOffset: number;
  /** Made when the message outgrows `#head`: hashing a short one at once costs a third. */
  hash: Hash | null;
  lengthBytes: number;
};

type Group = {
  segment: OpenSegment;
  items: CommitItem[];
  links: { key: string; sha256: string }[];
  bytes: number;
  end: number;
  isSealed: boolean;
};

/**
 * Takes messages in as their bytes come and makes them durable in groups: records, fdatasync, one index transaction.
 * One message at a time; any number of groups one after another. After an error every call rejects with a StoreError:
 * what had not been announced by then is not stored.
 */
export class MessageWriter {
  readonly #context: StoreContext;
  readonly #book: SegmentBook;
  readonly #accountNo: number;
  readonly #accountId: AccountId;
  readonly #owner: WriterOwner;
  readonly #listeners = new Set<CommitListener>();
  readonly #head = Buffer.allocUnsafeSlow(summaryBytes);
  readonly #closed: Group[] = [];
  /** Messages that have ended and are not in the index yet, by hash: the same bytes twice in a row are one message. */
  readonly #uncommitted = new Map<string, MessageId>();
  #group: Group | null = null;
  #current: Current | null = null;
  #working: Promise<void> | null = null;
  #waiting = 0;
  #placed = 0;
  #timer: NodeJS.Timeout | null = null;
  #failure: unknown = null;
  #isClosed = false;
  #wasReported = false;
  /** Callers that wait for everything: while there are any, groups close without being ripe. */
  #flushing = 0;
  readonly #segments = new Set<OpenSegment>();

  constructor(context: StoreContext, book: SegmentBook, accountId: AccountId, owner: WriterOwner) {
    this.#context = context;
    this.#book = book;
    this.#accountId = accountId;
    this.#accountNo = context.accountNo(accountId);
    this.#owner = owner;
  }

  /** Calls the listener with each group of messages after its transaction, until the returned function is called. */
  onCommitted(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins a message. Throws a StoreError when an earlier write failed. */
  begin(message: IncomingMessage): void {
    this.#throwIfFailed();
    if (this.#current !== null || this.#isClosed)
      throw new Error('a message is being written, or none can be');
    const group = this.#group ?? this.#newGroup();
    const ledgerKey = message.uidl === null ? '' : `${message.uidl}#${message.occurrence}`;
    const isPartial = message.isPartial ?? false;
    const announcedBytes = message.announcedSizeBytes;
    const { appender } = group.segment;
    const recordOffset = appender.position;
    appender.appendZeros(
      headerBytes({ kind: 'message', accountId: this.#accountId, ledgerKey, isPartial, announcedBytes }),
    );
    this.#current = {
      ledgerKey,
      receivedAt: message.receivedAt ?? this.#context.clock(),
      isPartial,
      announcedBytes,
      marks: message.marks ?? noMarks,
      recordOffset,
      dataOffset: appender.position,
      hash: null,
      lengthBytes: 0,
    };
  }

  /** Takes the next bytes, which are copied. A promise asks the caller to wait until the disk has caught up. */
  chunk(bytes: Uint8Array): void | Promise<void> {
    const current = this.#mustHaveCurrent();
    const { appender } = this.#mustHaveGroup().segment;
    this.#digest(current, bytes);
    appender.append(bytes);
    if (appender.error !== null) this.#fail(appender.error);
    this.#throwIfFailed();
    if (appender.queuedBytes > mostQueuedBytes) return this.#settled(appender);
  }

  #digest(current: Current, bytes: Uint8Array): void {
    const before = current.lengthBytes;
    current.lengthBytes += bytes.length;
    if (before < summaryBytes) this.#head.set(bytes.subarray(0, summaryBytes - before), before);
    if (current.lengthBytes <= summaryBytes) return;
    current.hash ??= createHash('sha256').update(this.#head.subarray(0, before));
    current.hash.update(bytes);
  }

  async #settled(appender: OpenSegment['appender']): Promise<void> {
    try {
      await appender.settle();
    } catch (error) {
      this.#fail(error);
    }
    this.#throwIfFailed();
  }

  /** Ends the message. It is durable when it is announced, not when this returns. */
  end(outcome: { readonly doubtful: boolean }): void | Promise<void> {
    const current = this.#mustHaveCurrent();
    const group = this.#mustHaveGroup();
    this.#throwIfFailed();
    this.#current = null;
    const { ledgerKey, receivedAt, isPartial, announcedBytes, recordOffset, lengthBytes } = current;
    const isDoubtful = outcome.doubtful;
    const sha256 =
      current.hash?.digest('hex') ?? hashOnce('sha256', this.#head.subarray(0, lengthBytes), 'hex');
    const sizeBytes = isPartial ? announcedBytes : lengthBytes;
    const placement = this.#place({ sha256, ledgerKey, isPartial, sizeBytes });
    const { appender } = group.segment;
    if (placement.kind === 'link') {
      appender.rewind(recordOffset);
      if (ledgerKey !== '') group.links.push({ key: ledgerKey, sha256 });
    } else {
      // Not spread from what is known: ten thousand such copies were a tenth of a second.
      const header = encodeHeader({
        kind: 'message',
        accountId: this.#accountId,
        ledgerKey,
        sha256,
        receivedAt,
        isPartial,
        isDoubtful,
        announcedBytes,
        lengthBytes,
      });
      appender.patch(recordOffset, header);
      appender.appendZeros(paddingBytes(lengthBytes));
      this.#uncommitted.set(sha256, placement.messageId);
      group.bytes += appender.position - recordOffset;
      group.end = appender.position;
    }
    group.items.push({
      ledgerKey,
      sha256,
      receivedAt,
      isPartial,
      isDoubtful,
      sizeBytes,
      recordOffset,
      dataOffset: current.dataOffset,
      lengthBytes,
      summary: this.#context.summarise(this.#head.subarray(0, Math.min(summaryBytes, lengthBytes))),
      marks: current.marks,
      placement,
    });
    this.#waiting++;
    return this.#afterEnd(group);
  }

  #place(message: Parameters<typeof placementOf>[2]): Placement {
    const uncommitted = this.#uncommitted.get(message.sha256);
    if (uncommitted !== undefined) return { kind: 'link', messageId: uncommitted, drops: null };
    if (++this.#placed * hashesForAQuery >= this.#context.highestMessageId) this.#context.rememberHashes();
    return placementOf(this.#context, this.#accountNo, message);
  }

  #afterEnd(group: Group): void | Promise<void> {
    if (this.#book.isFull(group.segment.appender.position)) {
      group.isSealed = true;
      this.#closeGroup();
    }
    if (this.#working === null && (group.isSealed || this.#isRipe())) this.#work();
    else if (this.#working === null) this.#startTimer();
    if (this.#waiting >= mostWaitingMessages || group.segment.appender.queuedBytes > mostQueuedBytes)
      return this.flush();
  }

  /** Drops the message being written; nothing of it stays. */
  abandon(): void {
    if (this.#current === null) return;
    this.#mustHaveGroup().segment.appender.rewind(this.#current.recordOffset);
    this.#current = null;
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
    this.#throwIfFailed();
  }

  /** Flushes, drops an unfinished message and lets the segment go. The writer cannot be used afterwards. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.abandon();
    this.#isClosed = true;
    try {
      await this.flush();
      if ((this.#group?.links.length ?? 0) > 0) await this.#work();
    } finally {
      this.#stopTimer();
      this.#group = null;
      // A segment that cannot be cut or closed is put right by the next start.
      for (const segment of this.#segments) await this.#book.release(segment).catch(() => undefined);
      this.#owner.onClosed();
    }
  }

  /** As close; what has been thrown once already is not thrown again. */
  async [Symbol.asyncDispose](): Promise<void> {
    const wasReported = this.#wasReported;
    try {
      await this.close();
    } catch (error) {
      if (!wasReported) throw error;
    }
  }

  #newGroup(segment: OpenSegment = this.#book.acquire(this.#accountNo)): Group {
    this.#segments.add(segment);
    const start = segment.appender.position;
    this.#group = { segment, items: [], links: [], bytes: 0, end: start, isSealed: false };
    return this.#group;
  }

  #isRipe(): boolean {
    const group = this.#group;
    if (group === null) return false;
    return this.#flushing > 0 || group.items.length >= groupMessages || group.bytes >= groupBytes;
  }

  #startTimer(): void {
    this.#timer ??= setTimeout(() => this.#work(), groupMs);
  }

  /** Puts what has ended in line to be made durable; the message being written goes on in the next group. */
  #closeGroup(): void {
    const group = this.#group;
    if (group === null) return;
    const journals = this.#current === null && group.links.length > 0;
    if (group.items.length === 0 && !journals) return;
    this.#group = null;
    if (journals) {
      appendJournal(group.segment, this.#accountId, { links: group.links }, this.#context.clock());
      group.links = [];
      group.end = group.segment.appender.position;
    }
    this.#closed.push(group);
    if (group.isSealed) return;
    const next = this.#newGroup(group.segment);
    next.end = group.end;
    next.links = group.links;
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
      if ((this.#group?.items.length ?? 0) > 0) this.#startTimer();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #makeDurable(group: Group): Promise<void> {
    const { segment } = group;
    segment.appender.handOverUpTo(group.end);
    await segment.appender.sync();
    const batch = this.#commit(group);
    this.#waiting -= group.items.length;
    for (const item of group.items) this.#uncommitted.delete(item.sha256);
    if (group.isSealed) {
      this.#segments.delete(segment);
      await this.#book.release(segment);
    }
    for (const listener of [this.#owner.onCommitted, ...this.#listeners]) listener(batch);
  }

  #commit(group: Group): CommittedMessage[] {
    try {
      return commitGroup(this.#context, this.#book, { ...group, committedBytes: group.end });
    } catch (error) {
      // Whether the transaction is in the log cannot be known: the records stay for the next start to look at.
      this.#segments.delete(group.segment);
      void this.#book.abandon(group.segment);
      throw error;
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= storeError(error);
    this.#stopTimer();
    this.#closed.length = 0;
  }

  #throwIfFailed(): void {
    if (this.#failure === null) return;
    this.#wasReported = true;
    throw this.#failure instanceof StoreError
      ? this.#failure
      : new Error('the store failed while writing', { cause: this.#failure });
  }

  #mustHaveCurrent(): Current {
    if (this.#current === null) throw new Error('no message is being written');
    return this.#current;
  }

  #mustHaveGroup(): Group {
    if (this.#group === null) throw new Error('no group is open');
    return this.#group;
  }
}
