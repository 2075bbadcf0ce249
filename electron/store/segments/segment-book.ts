import type { StoreContext } from '../index/context.ts';
import { SegmentAppender } from './segment-appender.ts';
import { accountFolder, type SegmentFile, segmentPath } from './segment-file.ts';
import { trailerBytes } from './tar-record.ts';

/** A segment is sealed when it has grown to this; small enough to copy in a second, large enough to be few. */
export const sealAtBytes = 64 * 1024 * 1024;

/** A segment that someone is appending to. */
export type OpenSegment = {
  readonly id: number;
  readonly accountNo: number;
  readonly number: number;
  readonly appender: SegmentAppender;
  /** Length that the index knows; everything behind it may be written again. */
  committedBytes: number;
  /** Whether the index has a row for it. */
  isInIndex: boolean;
};

type SegmentRow = { readonly id: number; readonly number: number; readonly committed: number };

/**
 * Which segments are being written. A segment has at most one writer, so that a long message that streams in never
 * holds up another writer of the same account: that one gets a segment of its own.
 */
export class SegmentBook {
  readonly #context: StoreContext;
  readonly #sealAtBytes: number;
  readonly #owned = new Map<number, OpenSegment>();
  /** Segments whose tail is in doubt since an error; the next start looks at them. */
  readonly #shunned = new Set<number>();

  constructor(context: StoreContext, sealAt: number = sealAtBytes) {
    this.#context = context;
    this.#sealAtBytes = sealAt;
  }

  /** Whether a segment of this length takes no more messages. */
  isFull(lengthBytes: number): boolean {
    return lengthBytes >= this.#sealAtBytes;
  }

  /** An unsealed segment that nobody writes, or a new one. */
  acquire(accountNo: number): OpenSegment {
    const { sql } = this.#context;
    const free = sql
      .all<SegmentRow>(
        'select id, number, committed from segment where account_no = ? and is_sealed = 0 and state = 0 order by number',
        accountNo,
      )
      .find((row) => !this.#owned.has(row.id) && !this.#shunned.has(row.id) && this.#isThere(accountNo, row));
    const segment = free === undefined ? this.#create(accountNo) : this.#reopen(accountNo, free);
    this.#owned.set(segment.id, segment);
    return segment;
  }

  #pathOf(accountNo: number, row: SegmentRow): string {
    return segmentPath(this.#context.folder, this.#context.accountId(accountNo), row.number);
  }

  /**
   * Whether a segment has what the index says. One that vanished meanwhile, or lost its end, may come back (a virus
   * scanner's doing): a new file under its name, with a hole where its messages were, would be in its way.
   */
  #isThere(accountNo: number, row: SegmentRow): boolean {
    return (this.#context.files.lengthNow(this.#pathOf(accountNo, row)) ?? -1) >= row.committed;
  }

  #reopen(accountNo: number, row: SegmentRow): OpenSegment {
    const { files } = this.#context;
    const path = this.#pathOf(accountNo, row);
    return {
      id: row.id,
      accountNo,
      number: row.number,
      appender: new SegmentAppender(files.open(path, 'write'), row.committed),
      committedBytes: row.committed,
      isInIndex: true,
    };
  }

  /** A number no segment of the account has had. */
  newNumber(accountNo: number): number {
    const { sql } = this.#context;
    const inUse = [...this.#owned.values()].filter((open) => open.accountNo === accountNo);
    const known = sql.value<number>(
      'select max(last_segment, (select coalesce(max(number), 0) from segment where account_no = ?1)) as value from account where no = ?1',
      accountNo,
    );
    return Math.max(known ?? 0, ...inUse.map((open) => open.number)) + 1;
  }

  #create(accountNo: number): OpenSegment {
    const accountId = this.#context.accountId(accountNo);
    const number = this.newNumber(accountNo);
    return {
      id: this.#context.newSegmentId(),
      accountNo,
      number,
      appender: new SegmentAppender(this.#createFile(accountId, number), 0),
      committedBytes: 0,
      isInIndex: false,
    };
  }

  async #createFile(accountId: string, number: number): Promise<SegmentFile> {
    const { folder, files } = this.#context;
    await files.makeFolder(accountFolder(folder, accountId));
    const file = await files.open(segmentPath(folder, accountId, number), 'write');
    try {
      // The name itself has to survive a power cut, or the records in it would not.
      await files.syncFolder(accountFolder(folder, accountId));
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Keeps the new length in the index; call inside the transaction of what was appended. */
  noteCommitted(segment: OpenSegment, committedBytes: number, isSealed: boolean): void {
    const { sql } = this.#context;
    if (segment.isInIndex)
      sql.run(
        'update segment set committed = ?, is_sealed = ? where id = ?',
        committedBytes,
        Number(isSealed),
        segment.id,
      );
    else {
      sql.run(
        'insert into segment(id, account_no, number, committed, is_sealed) values(?, ?, ?, ?, ?)',
        segment.id,
        segment.accountNo,
        segment.number,
        committedBytes,
        Number(isSealed),
      );
      sql.run(
        'update account set last_segment = max(last_segment, ?) where no = ?',
        segment.number,
        segment.accountNo,
      );
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
    const { folder, files } = this.#context;
    await files.remove(segmentPath(folder, this.#context.accountId(segment.accountNo), segment.number));
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
