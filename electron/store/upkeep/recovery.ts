import type { AccountId } from '../../../shared/model.ts';
import type { StoreContext } from '../index/context.ts';
import { SegmentAppender } from '../segments/segment-appender.ts';
import { type OpenSegment, type SegmentBook, sealAtBytes } from '../segments/segment-book.ts';
import { accountFolder, readExactly, segmentPath } from '../segments/segment-file.ts';
import { scanSegment } from '../segments/segment-scan.ts';
import { trailerBytes } from '../segments/tar-record.ts';
import { Adoption, applyLeftovers, type Leftovers } from './adopt.ts';

/** Called as a long task goes on; units are bytes of segments. */
export type Progress = (done: number, total: number) => void;

/** What a start found and put right. */
export type RecoveryOutcome = {
  /** Messages that were whole on disk and not yet in the index. */
  readonly adopted: number;
  /** Segments that the index knows and that are missing or cut short, by path. */
  readonly missing: readonly string[];
};

/** Messages that got a row, and what else lay there. */
type Taken = Leftovers & { readonly adopted: number };

const nothingTaken: Taken = { adopted: 0, journals: [], spares: [] };

type SegmentRow = {
  readonly id: number;
  readonly account_no: number;
  readonly number: number;
  readonly committed: number;
  readonly is_sealed: number;
  readonly state: number;
};

const inUse = 0;
const replaced = 1;
const missing = 2;

/** Numbers of the segments in an account's folder; leftovers of an interrupted compaction are removed. */
async function segmentNumbers(context: StoreContext, accountId: string): Promise<number[]> {
  const folder = accountFolder(context.folder, accountId);
  const names = await context.files.list(folder);
  for (const name of names.filter((each) => each.endsWith('.new')))
    await context.files.remove(`${folder}/${name}`);
  return names.flatMap((name) => {
    const match = /^(\d{6,})\.tar$/.exec(name);
    return match === null ? [] : [Number(match[1])];
  });
}

function openSegmentOf(context: StoreContext, row: SegmentRow, isInIndex: boolean): OpenSegment {
  const path = segmentPath(context.folder, context.accountId(row.account_no), row.number);
  return {
    id: row.id,
    accountNo: row.account_no,
    number: row.number,
    appender: new SegmentAppender(context.files.open(path, 'read'), row.committed),
    committedBytes: row.committed,
    isInIndex,
  };
}

/** Reads a segment from its committed length on and takes in what is whole; the answer says where that ends. */
async function adoptTail(
  context: StoreContext,
  book: SegmentBook,
  segment: OpenSegment,
  fileBytes: number,
  options: { readonly isWhole: boolean; readonly onBytes: (bytes: number) => void },
): Promise<Taken> {
  const path = segmentPath(context.folder, context.accountId(segment.accountNo), segment.number);
  const file = await context.files.open(path, 'read');
  const adoption = new Adoption(context, book, segment);
  let found = 0;
  let end = segment.committedBytes;
  try {
    for await (const step of scanSegment(file, segment.committedBytes, fileBytes)) {
      // A torn tail ends at the first thing that is not a sound record; a whole segment is read to its end.
      if (!options.isWhole && (step.kind === 'gap' || !step.record.isSound)) break;
      if (step.kind === 'gap') continue;
      adoption.add(step.record);
      found++;
      options.onBytes(step.record.endOffset - end);
      end = step.record.endOffset;
    }
  } finally {
    await file.close();
  }
  if (found > 0) adoption.commit(end >= sealAtBytes);
  return { adopted: adoption.adopted, ...adoption.leftovers };
}

/** Whether nothing but the end of a tar file lies behind the last record: how a clean close leaves it. */
async function endsCleanly(
  context: StoreContext,
  path: string,
  committed: number,
  fileBytes: number,
): Promise<boolean> {
  if (fileBytes !== committed + trailerBytes) return false;
  const file = await context.files.open(path, 'read');
  try {
    const end = await readExactly(file, committed, trailerBytes);
    return end?.every((byte) => byte === 0) ?? false;
  } finally {
    await file.close();
  }
}

async function cut(context: StoreContext, segment: OpenSegment): Promise<void> {
  const path = segmentPath(context.folder, context.accountId(segment.accountNo), segment.number);
  const file = await context.files.open(path, 'write');
  try {
    await file.truncate(segment.committedBytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function markSegment(context: StoreContext, row: SegmentRow, state: number, fileBytes: number): void {
  if (row.state === state && state === inUse) return;
  context.sql.transaction(() => {
    context.sql.run('update segment set state = ? where id = ?', state, row.id);
    // A segment that is back is believed again; `verify` and every reading check the hashes anyway.
    context.sql.run(
      'update message set is_damaged = (data_offset + length > ?2) where segment_id = ?1',
      row.id,
      fileBytes,
    );
  });
}

/** Whether a message has its bytes in the segment. */
function isInUse(context: StoreContext, segmentId: number): boolean {
  const text = 'select 1 as value from message where segment_id = ? limit 1';
  return context.sql.value<number>(text, segmentId) !== null;
}

/** A segment that vanished is of no interest any more when all its messages have been fetched again or deleted. */
function forgetIfEmpty(context: StoreContext, row: SegmentRow): boolean {
  const { sql } = context;
  if (isInUse(context, row.id)) return false;
  sql.transaction(() => {
    sql.run('delete from dead_record where segment_id = ?', row.id);
    sql.run('delete from segment where id = ?', row.id);
  });
  return true;
}

async function recoverKnown(
  context: StoreContext,
  book: SegmentBook,
  row: SegmentRow,
): Promise<Taken & { missing: string | null }> {
  const path = segmentPath(context.folder, context.accountId(row.account_no), row.number);
  const nothing = { ...nothingTaken, missing: null };
  if (row.state === replaced) {
    await context.files.remove(path);
    context.sql.run('delete from segment where id = ?', row.id);
    context.sql.run('delete from dead_record where segment_id = ?', row.id);
    return nothing;
  }
  const fileBytes = await context.files.length(path);
  if (fileBytes === null && forgetIfEmpty(context, row)) return nothing;
  if (fileBytes === null || fileBytes < row.committed) {
    markSegment(context, row, missing, fileBytes ?? 0);
    return { ...nothing, missing: path };
  }
  markSegment(context, row, inUse, fileBytes);
  if (row.is_sealed === 1 || fileBytes === row.committed) return nothing;
  if (await endsCleanly(context, path, row.committed, fileBytes)) return nothing;
  const segment = openSegmentOf(context, row, true);
  const outcome = await adoptTail(context, book, segment, fileBytes, {
    isWhole: false,
    onBytes: () => undefined,
  });
  await segment.appender.close(null, new Uint8Array(0));
  await cut(context, segment);
  return { ...outcome, missing: null };
}

/** Takes in a segment the index has never heard of; removed when everything in it is here already. */
export async function adoptUnknown(
  context: StoreContext,
  book: SegmentBook,
  accountId: AccountId,
  number: number,
  options: { readonly isWhole: boolean; readonly onBytes: (bytes: number) => void },
): Promise<Taken> {
  const path = segmentPath(context.folder, accountId, number);
  const row: SegmentRow = {
    id: context.newSegmentId(),
    account_no: context.accountNo(accountId),
    number,
    committed: 0,
    is_sealed: 0,
    state: inUse,
  };
  const fileBytes = (await context.files.length(path)) ?? 0;
  const segment = openSegmentOf(context, row, false);
  const outcome = await adoptTail(context, book, segment, fileBytes, options);
  await segment.appender.close(null, new Uint8Array(0));
  // All of it is elsewhere: the copy of a compaction that did not come to its transaction, or a group of links.
  if (!options.isWhole && !isInUse(context, row.id)) {
    await context.files.remove(path);
    context.sql.run('delete from segment where id = ?', row.id);
    context.sql.run('delete from dead_record where segment_id = ?', row.id);
    return nothingTaken;
  }
  if (!options.isWhole) await cut(context, segment);
  return outcome;
}

/** Applies what was found beside the messages of an account, when all its segments have been read; answers how many came. */
function applyTaken(context: StoreContext, accountNo: number, taken: readonly Taken[]): number {
  applyLeftovers(context, accountNo, {
    journals: taken.flatMap(({ journals }) => journals),
    spares: taken.flatMap(({ spares }) => spares),
  });
  return taken.reduce((sum, { adopted }) => sum + adopted, 0);
}

/** Looks at every segment behind its last committed record: whole records are adopted, the rest is cut off. */
export async function recover(context: StoreContext, book: SegmentBook): Promise<RecoveryOutcome> {
  let adopted = 0;
  const gone: string[] = [];
  const accounts = new Set([
    ...context.accountIds(),
    ...(await context.files.list(`${context.folder}/mail`)),
  ]);
  for (const id of accounts) {
    if (!/^[0-9a-z][0-9a-z-]{0,63}$/.test(id)) continue;
    const accountId = id as AccountId;
    const accountNo = context.accountNo(accountId);
    const taken: Taken[] = [];
    const numbers = await segmentNumbers(context, accountId);
    const rows = context.sql.all<SegmentRow>(
      'select * from segment where account_no = ? order by number',
      accountNo,
    );
    for (const row of rows) {
      const outcome = await recoverKnown(context, book, row);
      taken.push(outcome);
      if (outcome.missing !== null) gone.push(outcome.missing);
    }
    for (const number of numbers.filter((each) => !rows.some((row) => row.number === each))) {
      const options = { isWhole: false, onBytes: () => undefined };
      taken.push(await adoptUnknown(context, book, accountId, number, options));
    }
    adopted += applyTaken(context, accountNo, taken);
  }
  return { adopted, missing: gone };
}

/** Fills an empty index from the segments alone. */
export async function adoptEverything(
  context: StoreContext,
  book: SegmentBook,
  progress: Progress,
): Promise<{ messages: number }> {
  const found: { accountId: AccountId; number: number; bytes: number }[] = [];
  for (const id of await context.files.list(`${context.folder}/mail`)) {
    if (!/^[0-9a-z][0-9a-z-]{0,63}$/.test(id)) continue;
    const accountId = id as AccountId;
    for (const number of await segmentNumbers(context, accountId)) {
      const bytes = await context.files.length(segmentPath(context.folder, accountId, number));
      found.push({ accountId, number, bytes: bytes ?? 0 });
    }
  }
  const total = found.reduce((sum, each) => sum + each.bytes, 0);
  const taken = new Map<AccountId, Taken[]>();
  let done = 0;
  for (const { accountId, number } of found) {
    const outcome = await adoptUnknown(context, book, accountId, number, {
      isWhole: true,
      onBytes: (bytes) => {
        done += bytes;
        progress(done, total);
      },
    });
    taken.set(accountId, [...(taken.get(accountId) ?? []), outcome]);
  }
  let messages = 0;
  for (const [accountId, ofAccount] of taken)
    messages += applyTaken(context, context.accountNo(accountId), ofAccount);
  return { messages };
}
