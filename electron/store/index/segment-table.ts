import type { KnownSegment, KnownSegments, OpenSegment } from '../segments/segment-book.ts';
import type { Sql } from './sql.ts';

/** Values of the column `state`: in use; replaced by a compaction and about to be unlinked; missing or cut short. */
export const segmentState = { inUse: 0, replaced: 1, missing: 2 } as const;

/** State of a segment as the index keeps it. */
export type SegmentState = (typeof segmentState)[keyof typeof segmentState];

/** A row of the table. */
export type SegmentRow = KnownSegment & {
  readonly account_no: number;
  readonly is_sealed: number;
  readonly state: number;
};

/** The segments as the index knows them, and the committed length of each. */
export class SegmentTable implements KnownSegments {
  readonly #sql: Sql;
  #nextId: number;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#nextId = (sql.value<number>('select max(id) as value from segment') ?? 0) + 1;
  }

  /** Id for the next segment. An id is never given twice while the store is open. */
  newId(): number {
    return this.#nextId++;
  }

  /** Segments of an account that still take messages, by number. */
  unsealed(accountNo: number): readonly KnownSegment[] {
    return this.#sql.all<KnownSegment>(
      `select id, number, committed from segment
       where account_no = ? and is_sealed = 0 and state = ${segmentState.inUse} order by number`,
      accountNo,
    );
  }

  /** The highest segment number that the account has had. */
  highestNumber(accountNo: number): number {
    return (
      this.#sql.value<number>(
        `select max(last_segment, (select coalesce(max(number), 0) from segment where account_no = ?1)) as value
         from account where no = ?1`,
        accountNo,
      ) ?? 0
    );
  }

  /** All segments of an account, by number. */
  ofAccount(accountNo: number): readonly SegmentRow[] {
    return this.#sql.all<SegmentRow>('select * from segment where account_no = ? order by number', accountNo);
  }

  /** Notes the new length of a segment. Call it inside the transaction of the appended messages. */
  noteCommitted(segment: OpenSegment, committedBytes: number, isSealed: boolean): void {
    if (segment.isInIndex) {
      this.#sql.run(
        'update segment set committed = ?, is_sealed = ? where id = ?',
        committedBytes,
        Number(isSealed),
        segment.id,
      );
      return;
    }
    this.#sql.run(
      'insert into segment(id, account_no, number, committed, is_sealed) values(?, ?, ?, ?, ?)',
      segment.id,
      segment.accountNo,
      segment.number,
      committedBytes,
      Number(isSealed),
    );
    this.#sql.run(
      'update account set last_segment = max(last_segment, ?) where no = ?',
      segment.number,
      segment.accountNo,
    );
  }

  /** Sets the state of a segment. */
  setState(id: number, state: SegmentState): void {
    this.#sql.run('update segment set state = ? where id = ?', state, id);
  }

  /** Notes that a record of a segment is dead. Bytes. */
  noteDeadRecord(id: number, recordOffset: number, lengthBytes: number): void {
    this.#sql.run(
      'insert or ignore into dead_record(segment_id, record_offset, length) values(?, ?, ?)',
      id,
      recordOffset,
      lengthBytes,
    );
  }

  /** Notes that a record of a segment is in use again. */
  reviveRecord(id: number, recordOffset: number): void {
    this.#sql.run('delete from dead_record where segment_id = ? and record_offset = ?', id, recordOffset);
  }

  /** Forgets the dead records of a segment. */
  forgetDeadRecords(id: number): void {
    this.#sql.run('delete from dead_record where segment_id = ?', id);
  }

  /** Removes a segment and its dead records from the index. */
  remove(id: number): void {
    this.forgetDeadRecords(id);
    this.#sql.run('delete from segment where id = ?', id);
  }
}
