import { createHash } from 'node:crypto';
import type { AccountId } from '../../../shared/model.ts';
import type { StoreContext } from '../index/context.ts';
import { storeError } from '../index/store-error.ts';
import { ledgerStateNumber } from '../ledger/ledger-states.ts';
import { appendJournal, type Journal, type RecordName, readJournal } from '../segments/ledger-note.ts';
import { SegmentAppender } from '../segments/segment-appender.ts';
import type { OpenSegment, SegmentBook } from '../segments/segment-book.ts';
import { accountFolder, readExactly, type SegmentFile, segmentPath } from '../segments/segment-file.ts';
import { type RecordRange, readRange } from '../segments/segment-scan.ts';

/*
 * Copies what is alive into a new segment and lets the old ones go. At every moment the index points at one whole
 * copy: `.new` file -> fdatasync -> its real name -> one transaction that moves the rows -> unlink. A start finds
 * whatever was interrupted and finishes or forgets it (recovery.ts).
 */

type OldSegment = { readonly id: number; readonly number: number; readonly committed: number };

type Moved = {
  readonly id: number;
  readonly recordOffset: number;
  readonly dataOffset: number;
};

type Target = {
  readonly segment: OpenSegment;
  readonly path: string;
  readonly olds: OldSegment[];
  readonly moved: Moved[];
  readonly links: { key: string; sha256: string }[];
  readonly dead: RecordName[];
};

const copyBytes = 1024 * 1024;

/** What a compaction did. Bytes. */
export type CompactionOutcome = { readonly freedBytes: number; readonly segments: number };

/** Thrown inside when a segment is not sound enough to be copied; it is left as it is. */
class Unsound extends Error {}

function worthCompacting(context: StoreContext, book: SegmentBook, accountNo: number): OldSegment[] {
  return context.sql
    .all<OldSegment>(
      `select id, number, committed from segment s where account_no = ? and state = 0
         and exists (select 1 from dead_record d where d.segment_id = s.id) order by number`,
      accountNo,
    )
    .filter((segment) => !book.isOwned(segment.id));
}

async function copyRecord(from: SegmentFile, range: RecordRange, to: SegmentAppender): Promise<void> {
  const header = await readExactly(from, range.recordOffset, range.dataOffset - range.recordOffset);
  if (header === null) throw new Unsound();
  to.append(header);
  const hash = createHash('sha256');
  let left = range.facts.lengthBytes;
  for (let at = range.dataOffset; at < range.endOffset; ) {
    const part = await readExactly(from, at, Math.min(copyBytes, range.endOffset - at));
    if (part === null) throw new Unsound();
    hash.update(part.subarray(0, Math.min(left, part.length)));
    left -= Math.min(left, part.length);
    to.append(part);
    at += part.length;
    await to.settle();
  }
  if (hash.digest('hex') !== range.facts.sha256) throw new Unsound();
}

async function keepJournal(from: SegmentFile, range: RecordRange, target: Target): Promise<void> {
  const data = await readExactly(from, range.dataOffset, range.facts.lengthBytes);
  if (data === null) throw new Unsound();
  const journal = readJournal(data);
  target.links.push(...(journal.links ?? []));
  target.dead.push(...(journal.dead ?? []));
}

/** Copies one segment's live records; the target is as before when the segment turns out not to be sound. */
async function copySegment(context: StoreContext, old: OldSegment, target: Target): Promise<boolean> {
  const { appender } = target.segment;
  const start = appender.position;
  const before = [target.moved.length, target.links.length, target.dead.length] as const;
  const live = new Map(
    context.sql
      .all<{ id: number; record_offset: number }>(
        'select id, record_offset from message where segment_id = ?',
        old.id,
      )
      .map((row) => [row.record_offset, row.id]),
  );
  const path = segmentPath(context.folder, context.accountId(target.segment.accountNo), old.number);
  const file = await context.files.open(path, 'read');
  try {
    for (let at = 0; at < old.committed; ) {
      const range = await readRange(file, at, old.committed);
      if (range === null) throw new Unsound();
      const id = live.get(at);
      if (range.facts.kind === 'journal') await keepJournal(file, range, target);
      else if (id !== undefined) {
        const recordOffset = appender.position;
        await copyRecord(file, range, appender);
        target.moved.push({ id, recordOffset, dataOffset: recordOffset + range.dataOffset - at });
        live.delete(at);
      }
      at = range.endOffset;
    }
    if (live.size > 0) throw new Unsound();
    target.olds.push(old);
    return true;
  } catch (error) {
    if (!(error instanceof Unsound)) throw error;
    appender.rewind(start);
    [target.moved.length, target.links.length, target.dead.length] = before;
    return false;
  } finally {
    await file.close();
  }
}

/** What the new segment must say beside its records, so that a rebuild knows what the old ones said. */
function journalOf(context: StoreContext, target: Target): Journal {
  const { accountNo } = target.segment;
  const known = context.sql
    .all<{ key: string }>(
      `select key from ledger where account_no = ?1 and message_id is null
         and (state = ?2 or (stored_steady is not null and state <> ?3))`,
      accountNo,
      ledgerStateNumber('stored'),
      ledgerStateNumber('gone'),
    )
    .map(({ key }) => key);
  const goneNumbers = new Set(target.olds.map((old) => old.number));
  return {
    links: target.links,
    known,
    dead: target.dead.filter((record) => !goneNumbers.has(record.segment)),
  };
}

function newTarget(context: StoreContext, book: SegmentBook, accountNo: number): Target {
  const number = book.newNumber(accountNo);
  const path = segmentPath(context.folder, context.accountId(accountNo), number);
  const segment: OpenSegment = {
    id: context.newSegmentId(),
    accountNo,
    number,
    appender: new SegmentAppender(context.files.open(`${path}.new`, 'write'), 0),
    committedBytes: 0,
    isInIndex: false,
  };
  return { segment, path, olds: [], moved: [], links: [], dead: [] };
}

function switchOver(context: StoreContext, book: SegmentBook, target: Target, end: number): void {
  const { sql } = context;
  sql.transaction(() => {
    book.noteCommitted(target.segment, end, book.isFull(end));
    for (const { id, recordOffset, dataOffset } of target.moved)
      sql.run(
        'update message set segment_id = ?, record_offset = ?, data_offset = ? where id = ?',
        target.segment.id,
        recordOffset,
        dataOffset,
        id,
      );
    for (const old of target.olds) {
      sql.run('delete from dead_record where segment_id = ?', old.id);
      sql.run('update segment set state = 1 where id = ?', old.id);
    }
  });
}

/** Whether a message was moved or deleted since it was copied: then the copy is not to be switched to. */
function isStillTrue(context: StoreContext, target: Target): boolean {
  const ids = new Set(target.olds.map((old) => old.id));
  const rows = context.sql.numbers(
    'select id as value from message where segment_id in (select value from json_each(?)) order by id',
    JSON.stringify([...ids]),
  );
  const moved = target.moved.map(({ id }) => id).sort((a, b) => a - b);
  return rows.length === moved.length && rows.every((id, index) => id === moved[index]);
}

async function finishTarget(context: StoreContext, book: SegmentBook, target: Target): Promise<number> {
  const { segment, path } = target;
  const accountId = context.accountId(segment.accountNo);
  const journal = journalOf(context, target);
  const hasJournal = Object.values(journal).some((list) => list.length > 0);
  if (hasJournal) appendJournal(segment, accountId, journal, context.clock());
  const end = segment.appender.position;
  segment.appender.handOverUpTo(end);
  await segment.appender.sync();
  await segment.appender.close(end, new Uint8Array(0));
  if (target.olds.length === 0 || !isStillTrue(context, target)) {
    await context.files.remove(`${path}.new`);
    return 0;
  }
  await context.files.rename(`${path}.new`, path);
  await context.files.syncFolder(accountFolder(context.folder, accountId));
  switchOver(context, book, target, end);
  for (const old of target.olds) {
    await context.files.remove(segmentPath(context.folder, accountId, old.number));
    context.sql.run('delete from segment where id = ?', old.id);
  }
  return target.olds.reduce((sum, old) => sum + old.committed, 0) - end;
}

/** Leaves dead records of an account behind. Segments that are being written, and damaged ones, are left alone. */
export async function compactAccount(
  context: StoreContext,
  book: SegmentBook,
  accountId: AccountId,
): Promise<CompactionOutcome> {
  const accountNo = context.accountNo(accountId);
  let freedBytes = 0;
  let segments = 0;
  let target: Target | null = null;
  try {
    for (const old of worthCompacting(context, book, accountNo)) {
      target ??= newTarget(context, book, accountNo);
      if (await copySegment(context, old, target)) segments++;
      if (!book.isFull(target.segment.appender.position)) continue;
      freedBytes += await finishTarget(context, book, target);
      target = null;
    }
    if (target !== null) freedBytes += await finishTarget(context, book, target);
  } catch (error) {
    // The copy is left to the next start, which removes it; the old segments are as they were.
    await target?.segment.appender.close(null, new Uint8Array(0)).catch(() => undefined);
    throw storeError(error);
  }
  return { freedBytes, segments };
}
