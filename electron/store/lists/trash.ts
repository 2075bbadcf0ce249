import type { AccountId, MessageId } from '../../../shared/model.ts';
import type { Committed } from '../index/commit-number.ts';
import type { StoreContext } from '../index/context.ts';
import { folderNumbers } from '../index/folder-numbers.ts';
import { forgetInLedger } from '../index/index-commit.ts';
import { failureOf } from '../index/store-error.ts';
import { appendJournal, type RecordName } from '../segments/ledger-note.ts';
import type { SegmentBook } from '../segments/segment-book.ts';

/** Rows are removed this many at a time, so that the thread can do something else in between. */
const removalBatch = 5000;

/** Messages of the Trash of one account, or of all. */
function trashIds(context: StoreContext, accountId: AccountId | null): MessageId[] {
  const { sql } = context;
  if (accountId === null)
    return sql.numbers(
      'select id as value from message where folder = ?',
      folderNumbers.trash,
    ) as MessageId[];
  return sql.numbers(
    'select id as value from message where folder = ? and account_no = ?',
    folderNumbers.trash,
    context.knownAccountNo(accountId) ?? -1,
  ) as MessageId[];
}

/** Those of the messages that are in the Trash. */
function trashIdsAmong(context: StoreContext, ids: readonly MessageId[]): MessageId[] {
  return context.sql.numbers(
    'select m.id as value from json_each(?) j join message m on m.id = j.value where m.folder = ?',
    JSON.stringify(ids),
    folderNumbers.trash,
  ) as MessageId[];
}

function recordNames(context: StoreContext, ids: readonly MessageId[]): Map<number, RecordName[]> {
  const names = new Map<number, RecordName[]>();
  for (const row of context.sql.all<{
    account_no: number;
    segment: number;
    offset: number;
    sha256: Uint8Array;
    received: number;
    is_doubtful: number;
  }>(
    `select m.account_no, s.number as segment, m.record_offset as offset, m.sha256, m.received_at as received, m.is_doubtful
     from json_each(?) j join message m on m.id = j.value join segment s on s.id = m.segment_id`,
    JSON.stringify(ids),
  )) {
    const name: RecordName = {
      segment: row.segment,
      offset: row.offset,
      sha256: Buffer.from(row.sha256).toString('hex'),
      receivedAt: row.received,
      ...(row.is_doubtful === 1 ? { isDoubtful: true } : {}),
    };
    names.set(row.account_no, [...(names.get(row.account_no) ?? []), name]);
  }
  return names;
}

/**
 * Notes in the segments that records are dead, so that a rebuilt index does not bring them back. A full disk does not
 * stop a deletion, for deleting is how it gets better: then only the index knows.
 */
async function noteDead(
  context: StoreContext,
  book: SegmentBook,
  accountNo: number,
  dead: readonly RecordName[],
): Promise<void> {
  const segment = book.acquire(accountNo);
  try {
    appendJournal(segment, context.accountId(accountNo), { dead }, context.clock());
    const end = segment.appender.position;
    segment.appender.handOverUpTo(end);
    await segment.appender.sync();
    context.sql.transaction(() => book.noteCommitted(segment, end, book.isFull(end)));
    segment.committedBytes = end;
    segment.isInIndex = true;
  } catch (error) {
    if (failureOf(error) === null) throw error;
  } finally {
    await book.release(segment).catch(() => undefined);
  }
}

function removeRows(context: StoreContext, ids: readonly MessageId[]): void {
  const list = JSON.stringify(ids);
  const chosen = '(select value from json_each(?))';
  context.sql.transaction(() => {
    forgetInLedger(context, ids);
    for (const statement of [
      `insert or ignore into dead_record(segment_id, record_offset, length)
         select segment_id, record_offset, data_offset - record_offset + (length + 511) / 512 * 512
         from message where id in ${chosen}`,
      `delete from words where rowid in ${chosen}`,
      `delete from message_tag where message_id in ${chosen}`,
      `delete from envelope where id in ${chosen}`,
      `delete from message where id in ${chosen}`,
    ])
      context.sql.run(statement, list);
  });
  context.changed();
}

/**
 * Deletes messages for good: their records are dead until a compaction leaves them out. The ledger keeps what the
 * server has, so that they are not fetched again.
 */
async function deleteForever(
  context: StoreContext,
  book: SegmentBook,
  ids: readonly MessageId[],
): Promise<Committed<{ readonly count: number }>> {
  let count = 0;
  for (let at = 0; at < ids.length; at += removalBatch) {
    const some = ids.slice(at, at + removalBatch);
    const names = recordNames(context, some);
    for (const [accountNo, dead] of names) {
      await noteDead(context, book, accountNo, dead);
      count += dead.length;
    }
    removeRows(context, some);
  }
  return context.committed({ count });
}

/** Deleting for good. */
export function trash(context: StoreContext, book: SegmentBook) {
  return {
    /** Deletes what is in the Trash for good, of one account or of all. */
    empty: (accountId: AccountId | null) => deleteForever(context, book, trashIds(context, accountId)),

    /** Deletes those of the messages for good that are in the Trash; the others stay as they are. */
    delete: (ids: readonly MessageId[]) => deleteForever(context, book, trashIdsAmong(context, ids)),

    /** Deletes messages for good, wherever they are. */
    deleteForever: (ids: readonly MessageId[]) => deleteForever(context, book, ids),
  };
}
