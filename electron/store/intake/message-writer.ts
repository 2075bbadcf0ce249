import { createHash, type Hash, hash as hashOnce } from 'node:crypto';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { type LedgerKey, ledgerKey, noLedgerKey } from '../../../shared/ledger-key.ts';
import { recordNames } from '../index/record-names.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { LinkNote, RecordName } from '../segments/ledger-note.ts';
import { encodeHeader, headerBytes, paddingBytes } from '../segments/tar-record.ts';
import type { InitialMarks, Placement } from './commit-item.ts';
import { type CommitListener, GroupLine } from './group-line.ts';
import type { Summarise } from './header-summary.ts';
import { ownDoubtful, placementOf } from './placement.ts';

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

/** To load the hash of one stored message costs a hundredth of a query. They are loaded when that is the cheaper way. */
const hashesForAQuery = 100;
const noMarks: InitialMarks = {};
/** A stored message that one of the server is linked to. */
export type LinkedMessage = {
  readonly messageId: MessageId;
  readonly sha256: string;
  readonly lengthBytes: number;
};

const noSummary = { subject: '', from: { name: '', address: '' }, sentAt: null };
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
  /**
   * What LIST says of it now, bytes. Mail that comes from elsewhere has none, and its id is not believed. Negative for a
   * link to a copy that is alike and not equal; see `Ledger.spare`.
   */
  readonly listedBytes?: number;
  /** Only the headers and the first lines come. */
  readonly isPartial?: boolean;
  /** When it was received, if not now; what a restored or imported message brings. Milliseconds since the epoch. */
  readonly receivedAt?: number;
  readonly marks?: InitialMarks;
};

/** How a message ended. */
export type EndedMessage = {
  /** It is not certain that it is whole. */
  readonly doubtful: boolean;
  /** Doubtful as it is, it is not to be fetched again by itself. */
  readonly isFinal?: boolean;
  /** A stored message all of which is in this one: it takes its place. */
  readonly replaces?: MessageId | undefined;
};

/** Who made a writer: gives the summaries, is told of its groups before any other listener, and of its end. */
export type WriterOwner = {
  readonly summarise: Summarise;
  readonly onCommitted: CommitListener;
  readonly onClosed: () => void;
};

type Current = {
  readonly ledgerKey: LedgerKey;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly announcedBytes: number;
  readonly listedBytes: number | null;
  readonly marks: InitialMarks;
  readonly recordOffset: number;
  readonly dataOffset: number;
  /** Made when the message outgrows `#head`: hashing a short one at once costs a third. */
  hash: Hash | null;
  lengthBytes: number;
};

/** A message takes the place of the one that it holds all of, and not of its own row that was in doubt. */
function replacing(placed: Placement, messageId: MessageId | undefined): Placement {
  if (messageId === undefined || placed.messageId === messageId) return placed;
  if (placed.kind === 'new') return { kind: 'replace', messageId, drops: null };
  const isOwnDoubt = placed.kind === 'replace' || (placed.kind === 'link' && placed.settles);
  return isOwnDoubt ? { kind: 'replace', messageId, drops: placed.messageId } : placed;
}

function linkNote(key: LedgerKey, sha256: string, listedBytes: number | null): LinkNote {
  return listedBytes === null ? { key, sha256 } : { key, sha256, listed: listedBytes };
}

/**
 * Takes messages in as their bytes come and makes them durable in groups: records, fdatasync, one index transaction.
 * One message at a time; any number of groups one after another. After an error every call rejects with a StoreError:
 * what had not been announced by then is not stored.
 */
export class MessageWriter {
  readonly #tools: Tools;
  readonly #accountNo: number;
  readonly #accountId: AccountId;
  readonly #owner: WriterOwner;
  readonly #summarise: Summarise;
  readonly #line: GroupLine;
  readonly #listeners = new Set<CommitListener>();
  readonly #head = Buffer.allocUnsafeSlow(summaryBytes);
  #current: Current | null = null;
  #placed = 0;
  #isClosed = false;

  constructor(tools: Tools, accountId: AccountId, owner: WriterOwner) {
    this.#tools = tools;
    this.#accountId = accountId;
    this.#accountNo = tools.accounts.numberOf(accountId);
    this.#owner = owner;
    this.#summarise = owner.summarise;
    this.#line = new GroupLine(tools, accountId, (batch, commit) => {
      for (const listener of [owner.onCommitted, ...this.#listeners]) listener(batch, commit);
    });
  }

  /** Calls the listener with each group of messages after its transaction, until the returned function is called. */
  onCommitted(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins a message. Throws a StoreError when an earlier write failed. */
  begin(message: IncomingMessage): void {
    this.#line.throwIfFailed();
    if (this.#current !== null || this.#isClosed)
      throw new Error('a message is being written, or none can be');
    const group = this.#line.beginMessage();
    const key = message.uidl === null ? noLedgerKey : ledgerKey(message.uidl, message.occurrence);
    const isPartial = message.isPartial ?? false;
    const announcedBytes = message.announcedSizeBytes;
    const listedBytes = message.listedBytes ?? null;
    const { appender } = group.segment;
    const recordOffset = appender.position;
    appender.appendZeros(
      headerBytes({
        kind: 'message',
        accountId: this.#accountId,
        ledgerKey: key,
        isPartial,
        announcedBytes,
        listedBytes,
      }),
    );
    this.#current = {
      ledgerKey: key,
      receivedAt: message.receivedAt ?? this.#tools.clock.now(),
      isPartial,
      announcedBytes,
      listedBytes,
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
    this.#digest(current, bytes);
    return this.#line.append(bytes);
  }

  #digest(current: Current, bytes: Uint8Array): void {
    const before = current.lengthBytes;
    current.lengthBytes += bytes.length;
    if (before < summaryBytes) this.#head.set(bytes.subarray(0, summaryBytes - before), before);
    if (current.lengthBytes <= summaryBytes) return;
    current.hash ??= createHash('sha256').update(this.#head.subarray(0, before));
    current.hash.update(bytes);
  }

  /** Ends the message. It is durable when it is announced, not when this returns. */
  end(outcome: EndedMessage): void | Promise<void> {
    const current = this.#mustHaveCurrent();
    const group = this.#line.mustHaveGroup();
    this.#line.throwIfFailed();
    this.#current = null;
    const { ledgerKey, receivedAt, isPartial, announcedBytes, listedBytes, recordOffset, lengthBytes } =
      current;
    const isDoubtful = outcome.doubtful;
    const sha256 =
      current.hash?.digest('hex') ?? hashOnce('sha256', this.#head.subarray(0, lengthBytes), 'hex');
    const sizeBytes = isPartial ? announcedBytes : lengthBytes;
    const placed = this.#place({ sha256, ledgerKey, isPartial, isDoubtful, sizeBytes });
    const placement = replacing(placed, outcome.replaces);
    // An index that is built anew learns from these notes which records have been replaced.
    if (placement.kind === 'replace') group.dead.push(...this.#recordOf(placement.messageId));
    if (placement.kind === 'replace' && placement.drops !== null)
      group.dead.push(...this.#recordOf(placement.drops));
    const { appender } = group.segment;
    if (placement.kind === 'link') {
      appender.rewind(recordOffset);
      if (ledgerKey !== noLedgerKey) group.links.push(linkNote(ledgerKey, sha256, listedBytes));
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
        listedBytes,
        lengthBytes,
      });
      appender.patch(recordOffset, header);
      appender.appendZeros(paddingBytes(lengthBytes));
      group.bytes += appender.position - recordOffset;
      group.end = appender.position;
    }
    return this.#line.endMessage({
      ledgerKey,
      isFinal: outcome.isFinal ?? false,
      sha256,
      receivedAt,
      isPartial,
      isDoubtful,
      listedBytes,
      sizeBytes,
      recordOffset,
      dataOffset: current.dataOffset,
      lengthBytes,
      summary: this.#summarise(this.#head.subarray(0, Math.min(summaryBytes, lengthBytes))),
      marks: current.marks,
      placement,
    });
  }

  #recordOf(id: MessageId): RecordName[] {
    return [...recordNames(this.#tools, [id]).values()].flat();
  }

  #place(message: Parameters<typeof placementOf>[2]): Placement {
    const uncommitted = message.isDoubtful ? undefined : this.#line.uncommitted(message.sha256);
    if (uncommitted !== undefined)
      return { kind: 'link', messageId: uncommitted, drops: null, settles: false };
    if (++this.#placed * hashesForAQuery >= this.#tools.messages.highestId) this.#tools.hashes.load();
    return placementOf(this.#tools, this.#accountNo, message);
  }

  /**
   * Notes that a message of the server is one that is stored here, though not byte for byte. No bytes are written. A
   * copy of its own that was in doubt goes.
   */
  link(message: IncomingMessage, stored: LinkedMessage): void | Promise<void> {
    if (message.uidl === null) return;
    this.#line.throwIfFailed();
    const group = this.#line.beginMessage();
    const key = ledgerKey(message.uidl, message.occurrence);
    const listedBytes = message.listedBytes ?? null;
    const { sha256, lengthBytes, messageId } = stored;
    const own = ownDoubtful(this.#tools, this.#accountNo, key);
    const drops = own === messageId ? null : own;
    if (drops !== null) group.dead.push(...this.#recordOf(drops));
    group.links.push(linkNote(key, sha256, listedBytes));
    const at = group.segment.appender.position;
    return this.#line.endMessage({
      ledgerKey: key,
      sha256,
      receivedAt: this.#tools.clock.now(),
      isPartial: false,
      isDoubtful: false,
      listedBytes,
      sizeBytes: lengthBytes,
      recordOffset: at,
      dataOffset: at,
      lengthBytes,
      summary: noSummary,
      marks: noMarks,
      placement: { kind: 'link', messageId, drops, settles: false },
    });
  }

  /** Drops the message being written; nothing of it stays. */
  abandon(): void {
    if (this.#current === null) return;
    this.#line.dropMessage(this.#current.recordOffset);
    this.#current = null;
  }

  /** Waits until every message that has ended is durable and announced. */
  flush(): Promise<void> {
    return this.#line.flush();
  }

  /** Flushes, drops an unfinished message and lets the segment go. The writer cannot be used afterwards. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.abandon();
    this.#isClosed = true;
    try {
      await this.#line.close();
    } finally {
      this.#owner.onClosed();
    }
  }

  /** As close; what has been thrown once already is not thrown again. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { wasReported } = this.#line;
    try {
      await this.close();
    } catch (error) {
      if (!wasReported) throw error;
    }
  }

  #mustHaveCurrent(): Current {
    if (this.#current === null) throw new Error('no message is being written');
    return this.#current;
  }
}
