import { createHash } from 'node:crypto';
import type { AccountId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import { segmentState } from '../index/segment-table.ts';
import { storeError } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { isKnownElsewhere } from '../ledger/known-elsewhere.ts';
import { ledgerStateNumber } from '../ledger/ledger-states.ts';
import {
  appendLedgerNote,
  type LedgerNote,
  type LinkNote,
  type RecordName,
  readLedgerNote,
} from '../segments/ledger-note.ts';
import { SegmentAppender } from '../segments/segment-appender.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import { accountFolder, readExactly, type SegmentFile, segmentPath } from '../segments/segment-file.ts';
import { type RecordRange, readRange } from '../segments/segment-scan.ts';

type Tools = Pick<
  StoreTools,
  'folder' | 'files' | 'sql' | 'clock' | 'accounts' | 'messages' | 'segments' | 'book'
>;

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
  readonly links: LinkNote[];
  readonly dead: RecordName[];
};

const copyBytes = 1024 * 1024;

/** What a compaction did. Bytes. */
export type CompactionOutcome = { readonly freedBytes: number; readonly segments: number };

/** Thrown inside this file when a segment is damaged. Such a segment is not copied, and stays. */
class Unsound extends Error {}

function worthCompacting(tools: Pick<StoreTools, 'sql' | 'book'>, accountNo: number): OldSegment[] {
  return tools.sql
    .all<OldSegment>(
      `select id, number, committed from segment s where account_no = ? and state = ${segmentState.inUse}
         and exists (select 1 from dead_record d where d.segment_id = s.id) order by number`,
      accountNo,
    )
    .filter((segment) => !tools.book.isOwned(segment.id));
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

async function keepLedgerNote(from: SegmentFile, range: RecordRange, target: Target): Promise<void> {
  const data = await readExactly(from, range.dataOffset, range.facts.lengthBytes);
  if (data === null) throw new Unsound();
  const note = readLedgerNote(data);
  target.links.push(...(note.links ?? []));
  target.dead.push(...(note.dead ?? []));
}

/** Copies one segment's live records. Where the segment is damaged, the target stays as it was. */
async function copySegment(tools: Tools, old: OldSegment, target: Target): Promise<boolean> {
  const { appender } = target.segment;
  const start = appender.position;
  const before = [target.moved.length, target.links.length, target.dead.length] as const;
  const live = new Map(
    tools.sql
      .all<{ id: number; record_offset: number }>(
        'select id, record_offset from message where segment_id = ?',
        old.id,
      )
      .map((row) => [row.record_offset, row.id]),
  );
  const path = segmentPath(tools.folder, tools.accounts.idOf(target.segment.accountNo), old.number);
  const file = await tools.files.open(path, 'read');
  try {
    for (let at = 0; at < old.committed; ) {
      const range = await readRange(file, at, old.committed);
      if (range === null) throw new Unsound();
      const id = live.get(at);
      if (range.facts.kind === 'ledger-note') await keepLedgerNote(file, range, target);
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
function noteOf(tools: Pick<StoreTools, 'sql'>, target: Target): LedgerNote {
  const { accountNo } = target.segment;
  const known = tools.sql
    .all<{ key: LedgerKey }>(
      `select key from ledger where account_no = ?1 and message_id is null
         and (state = ?2 or (stored_steady is not null and state <> ?3))`,
      accountNo,
      ledgerStateNumber('stored'),
      ledgerStateNumber('gone'),
    )
    .map(({ key }) => key);
  const elsewhere = tools.sql
    .all<{ key: LedgerKey }>(`select key from ledger where account_no = ? and ${isKnownElsewhere}`, accountNo)
    .map(({ key }) => key);
  const goneNumbers = new Set(target.olds.map((old) => old.number));
  return {
    links: target.links,
    known,
    elsewhere,
    dead: target.dead.filter((record) => !goneNumbers.has(record.segment)),
  };
}

function newTarget(tools: Tools, accountNo: number): Target {
  const number = tools.book.newNumber(accountNo);
  const path = segmentPath(tools.folder, tools.accounts.idOf(accountNo), number);
  const segment: OpenSegment = {
    id: tools.segments.newId(),
    accountNo,
    accountId: tools.accounts.idOf(accountNo),
    number,
    appender: new SegmentAppender(tools.files.open(`${path}.new`, 'write'), 0),
    committedBytes: 0,
    isInIndex: false,
  };
  return { segment, path, olds: [], moved: [], links: [], dead: [] };
}

function switchOver(tools: Tools, target: Target, end: number): void {
  const { sql } = tools;
  sql.transaction(() => {
    tools.segments.noteCommitted(target.segment, end, tools.book.isFull(end));
    for (const { id, recordOffset, dataOffset } of target.moved)
      tools.messages.moveRecord(id, { segmentId: target.segment.id, recordOffset, dataOffset });
    for (const old of target.olds) {
      tools.segments.forgetDeadRecords(old.id);
      tools.segments.setState(old.id, segmentState.replaced);
    }
  });
}

/** Whether no message was moved or deleted since it was copied. Else the index must not switch to the copy. */
function isStillTrue(tools: Pick<StoreTools, 'sql'>, target: Target): boolean {
  const ids = new Set(target.olds.map((old) => old.id));
  const rows = tools.sql.numbers(
    'select id as value from message where segment_id in (select value from json_each(?)) order by id',
    JSON.stringify([...ids]),
  );
  const moved = target.moved.map(({ id }) => id).sort((a, b) => a - b);
  return rows.length === moved.length && rows.every((id, index) => id === moved[index]);
}

async function finishTarget(tools: Tools, target: Target): Promise<number> {
  const { segment, path } = target;
  const accountId = tools.accounts.idOf(segment.accountNo);
  const note = noteOf(tools, target);
  const hasNote = Object.values(note).some((list) => list.length > 0);
  if (hasNote) appendLedgerNote(segment, accountId, note, tools.clock.now());
  const end = segment.appender.position;
  segment.appender.handOverUpTo(end);
  await segment.appender.sync();
  await segment.appender.close(end, new Uint8Array(0));
  if (target.olds.length === 0 || !isStillTrue(tools, target)) {
    await tools.files.remove(`${path}.new`);
    return 0;
  }
  await tools.files.rename(`${path}.new`, path);
  await tools.files.syncFolder(accountFolder(tools.folder, accountId));
  switchOver(tools, target, end);
  for (const old of target.olds) {
    await tools.files.remove(segmentPath(tools.folder, accountId, old.number));
    tools.segments.remove(old.id);
  }
  return target.olds.reduce((sum, old) => sum + old.committed, 0) - end;
}

/** Leaves dead records of an account behind. Segments that are being written, and damaged ones, are left alone. */
export async function compactAccount(tools: Tools, accountId: AccountId): Promise<CompactionOutcome> {
  const accountNo = tools.accounts.numberOf(accountId);
  let freedBytes = 0;
  let segments = 0;
  let target: Target | null = null;
  try {
    for (const old of worthCompacting(tools, accountNo)) {
      target ??= newTarget(tools, accountNo);
      if (await copySegment(tools, old, target)) segments++;
      if (!tools.book.isFull(target.segment.appender.position)) continue;
      freedBytes += await finishTarget(tools, target);
      target = null;
    }
    if (target !== null) freedBytes += await finishTarget(tools, target);
  } catch (error) {
    // The next start removes the copy. The old segments are as they were.
    await target?.segment.appender.close(null, new Uint8Array(0)).catch(() => undefined);
    throw storeError(error);
  }
  return { freedBytes, segments };
}
