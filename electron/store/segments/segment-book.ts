import type { AccountId } from '../../../shared/ids.ts';
import { SegmentAppender } from './segment-appender.ts';
import { accountFolder, type SegmentFile, type SegmentFiles, segmentPath } from './segment-file.ts';
import { sealAtBytes } from './segment-size.ts';
import { trailerBytes } from './tar-record.ts';

/** A segment that someone is appending to. */
export type OpenSegment = {
  readonly id: number;
  readonly accountNo: number;
  readonly accountId: AccountId;
  readonly number: number;
  readonly appender: SegmentAppender;
  /** Length that the index knows; everything behind it may be written again. */
  committedBytes: number;
  /** Whether the index has a row for it. */
  isInIndex: boolean;
};

/** A segment as the index knows it. */
export type KnownSegment = { readonly id: number; readonly number: number; readonly committed: number };

/** What the index knows of segments. */
export type KnownSegments = {
  /** Segments of an account that take more messages, by number. */
  unsealed(accountNo: number): readonly KnownSegment[];
  /** The highest number that a segment of the account has had. */
  highestNumber(accountNo: number): number;
  /** Id for the next segment. */
  newId(): number;
};

/** An account as the index numbers it. */
export type SegmentAccount = { readonly no: number; readonly id: AccountId };

/**
 * Which segments are being written. A segment has at most one writer, so that a long message that streams in never
 * holds up another writer of the same account: that one gets a segment of its own.
 */
export class SegmentBook {
  readonly #folder: string;
  readonly #files: SegmentFiles;
  readonly #known: KnownSegments;
  readonly #sealAtBytes: number;
  readonly #owned = new Map<number, OpenSegment>();
  /** Segments whose tail is in doubt since an error; the next start looks at them. */
  readonly #shunned = new Set<number>();

  constructor(
    store: { readonly folder: string; readonly files: SegmentFiles },
    known: KnownSegments,
    sealAt: number = sealAtBytes,
  ) {
    this.#folder = store.folder;
    this.#files = store.files;
    this.#known = known;
    this.#sealAtBytes = sealAt;
  }

  /** Whether a segment of this length takes no more messages. */
  isFull(lengthBytes: number): boolean {
    return lengthBytes >= this.#sealAtBytes;
  }

  /** An unsealed segment that nobody writes, or a new one. */
  acquire(account: SegmentAccount): OpenSegment {
    const free = this.#known
      .unsealed(account.no)
      .find(
        (known) =>
          !this.#owned.has(known.id) && !this.#shunned.has(known.id) && this.#isThere(account, known),
      );
    const segment = free === undefined ? this.#create(account) : this.#reopen(account, free);
    this.#owned.set(segment.id, segment);
    return segment;
  }

  #pathOf(account: SegmentAccount, number: number): string {
    return segmentPath(this.#folder, account.id, number);
  }

  /**
   * Whether a segment has what the index says. One that vanished meanwhile, or lost its end, may come back (a virus
   * scanner's doing): a new file under its name, with a hole where its messages were, would be in its way.
   */
  #isThere(account: SegmentAccount, known: KnownSegment): boolean {
    return (this.#files.lengthNow(this.#pathOf(account, known.number)) ?? -1) >= known.committed;
  }

  #reopen(account: SegmentAccount, known: KnownSegment): OpenSegment {
    const path = this.#pathOf(account, known.number);
    return {
      id: known.id,
      accountNo: account.no,
      accountId: account.id,
      number: known.number,
      appender: new SegmentAppender(this.#files.open(path, 'write'), known.committed),
      committedBytes: known.committed,
      isInIndex: true,
    };
  }

  /** A number no segment of the account has had. */
  newNumber(accountNo: number): number {
    const inUse = [...this.#owned.values()].filter((open) => open.accountNo === accountNo);
    return Math.max(this.#known.highestNumber(accountNo), ...inUse.map((open) => open.number)) + 1;
  }

  #create(account: SegmentAccount): OpenSegment {
    const number = this.newNumber(account.no);
    return {
      id: this.#known.newId(),
      accountNo: account.no,
      accountId: account.id,
      number,
      appender: new SegmentAppender(this.#createFile(account, number), 0),
      committedBytes: 0,
      isInIndex: false,
    };
  }

  async #createFile(account: SegmentAccount, number: number): Promise<SegmentFile> {
    const folder = accountFolder(this.#folder, account.id);
    await this.#files.makeFolder(folder);
    const file = await this.#files.open(this.#pathOf(account, number), 'write');
    try {
      // The name itself has to survive a power cut, or the records in it would not.
      await this.#files.syncFolder(folder);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Ends writing to a segment: cuts it after its last committed record and ends it as a tar file ends. */
  async release(segment: OpenSegment): Promise<void> {
    this.#owned.delete(segment.id);
    if (segment.appender.error !== null) this.#shunned.add(segment.id);
    const tail = segment.committedBytes > 0 ? new Uint8Array(trailerBytes) : new Uint8Array(0);
    await segment.appender.close(segment.committedBytes, tail);
    if (segment.committedBytes === 0 && !segment.isInIndex) await this.#removeEmpty(segment);
  }

  async #removeEmpty(segment: OpenSegment): Promise<void> {
    await this.#files.remove(segmentPath(this.#folder, segment.accountId, segment.number));
  }

  /** Ends writing to a segment whose transaction failed: its tail is left for the next start to look at. */
  async abandon(segment: OpenSegment): Promise<void> {
    this.#shunned.add(segment.id);
    this.#owned.delete(segment.id);
    await segment.appender.close(null, new Uint8Array(0)).catch(() => undefined);
  }

  /** Whether anyone is writing to this segment. */
  isOwned(segmentId: number): boolean {
    return this.#owned.has(segmentId);
  }
}
