import type { AccountId } from '../../../shared/ids.ts';
import { type SegmentRow, type SegmentState, segmentState } from '../index/segment-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Summarise } from '../intake/header-summary.ts';
import { SegmentAppender } from '../segments/segment-appender.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import { accountFolder, isAccountId, readExactly, segmentPath } from '../segments/segment-file.ts';
import { scanSegment } from '../segments/segment-scan.ts';
import { sealAtBytes } from '../segments/segment-size.ts';
import { trailerBytes } from '../segments/tar-record.ts';
import { Adoption, applyLeftovers, type Leftovers } from './adopt.ts';

type Tools = Pick<
  StoreTools,
  | 'folder'
  | 'files'
  | 'sql'
  | 'clock'
  | 'accounts'
  | 'folders'
  | 'messages'
  | 'segments'
  | 'journals'
  | 'hashes'
  | 'revision'
>;

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

const nothingTaken: Taken = { adopted: 0, notes: [], spares: [] };

type AdoptOptions = {
  readonly summarise: Summarise;
  /** The segment is read to its end, over every gap. Else it is cut off at the first thing that is no sound record. */
  readonly isWhole: boolean;
  readonly onBytes: (bytes: number) => void;
};

/** Numbers of the segments in an account's folder; leftovers of an interrupted compaction are removed. */
async function segmentNumbers(
  tools: Pick<StoreTools, 'folder' | 'files'>,
  accountId: string,
): Promise<number[]> {
  const folder = accountFolder(tools.folder, accountId);
  const names = await tools.files.list(folder);
  for (const name of names.filter((each) => each.endsWith('.new')))
    await tools.files.remove(`${folder}/${name}`);
  return names.flatMap((name) => {
    const match = /^(\d{6,})\.tar$/.exec(name);
    return match === null ? [] : [Number(match[1])];
  });
}

function openSegmentOf(tools: Tools, row: SegmentRow, isInIndex: boolean): OpenSegment {
  const path = segmentPath(tools.folder, tools.accounts.idOf(row.account_no), row.number);
  return {
    id: row.id,
    accountNo: row.account_no,
    accountId: tools.accounts.idOf(row.account_no),
    number: row.number,
    appender: new SegmentAppender(tools.files.open(path, 'read'), row.committed),
    committedBytes: row.committed,
    isInIndex,
  };
}

/** Reads a segment from its committed length on, and takes in the whole records. */
async function adoptTail(
  tools: Tools,
  segment: OpenSegment,
  fileBytes: number,
  options: AdoptOptions,
): Promise<Taken> {
  const path = segmentPath(tools.folder, tools.accounts.idOf(segment.accountNo), segment.number);
  const file = await tools.files.open(path, 'read');
  const adoption = new Adoption(tools, options.summarise, segment);
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
  tools: Pick<StoreTools, 'files'>,
  path: string,
  committed: number,
  fileBytes: number,
): Promise<boolean> {
  if (fileBytes !== committed + trailerBytes) return false;
  const file = await tools.files.open(path, 'read');
  try {
    const end = await readExactly(file, committed, trailerBytes);
    return end?.every((byte) => byte === 0) ?? false;
  } finally {
    await file.close();
  }
}

async function cut(tools: Tools, segment: OpenSegment): Promise<void> {
  const path = segmentPath(tools.folder, tools.accounts.idOf(segment.accountNo), segment.number);
  const file = await tools.files.open(path, 'write');
  try {
    await file.truncate(segment.committedBytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function setSegmentState(tools: Tools, row: SegmentRow, state: SegmentState, fileBytes: number): void {
  if (row.state === state && state === segmentState.inUse) return;
  tools.sql.transaction(() => {
    tools.segments.setState(row.id, state);
    // A segment that is back is believed again; `verify` and every reading check the hashes anyway.
    tools.messages.judgeByLength(row.id, fileBytes);
  });
}

/** Whether a message has its bytes in the segment. */
function isInUse(tools: Pick<StoreTools, 'sql'>, segmentId: number): boolean {
  const text = 'select 1 as value from message where segment_id = ? limit 1';
  return tools.sql.value<number>(text, segmentId) !== null;
}

/** Forgets a segment that is gone, once all its messages have been fetched again or deleted. */
function forgetIfEmpty(tools: Pick<StoreTools, 'sql' | 'segments'>, row: SegmentRow): boolean {
  if (isInUse(tools, row.id)) return false;
  tools.sql.transaction(() => tools.segments.remove(row.id));
  return true;
}

async function recoverKnown(
  tools: Tools,
  summarise: Summarise,
  row: SegmentRow,
): Promise<Taken & { missing: string | null }> {
  const path = segmentPath(tools.folder, tools.accounts.idOf(row.account_no), row.number);
  const nothing = { ...nothingTaken, missing: null };
  if (row.state === segmentState.replaced) {
    await tools.files.remove(path);
    tools.segments.remove(row.id);
    return nothing;
  }
  const fileBytes = await tools.files.length(path);
  if (fileBytes === null && forgetIfEmpty(tools, row)) return nothing;
  if (fileBytes === null || fileBytes < row.committed) {
    setSegmentState(tools, row, segmentState.missing, fileBytes ?? 0);
    return { ...nothing, missing: path };
  }
  setSegmentState(tools, row, segmentState.inUse, fileBytes);
  if (row.is_sealed === 1 || fileBytes === row.committed) return nothing;
  if (await endsCleanly(tools, path, row.committed, fileBytes)) return nothing;
  const segment = openSegmentOf(tools, row, true);
  const outcome = await adoptTail(tools, segment, fileBytes, {
    summarise,
    isWhole: false,
    onBytes: () => undefined,
  });
  await segment.appender.close(null, new Uint8Array(0));
  await cut(tools, segment);
  return { ...outcome, missing: null };
}

/** Takes in a segment the index has never heard of; removed when everything in it is here already. */
export async function adoptUnknown(
  tools: Tools,
  accountId: AccountId,
  number: number,
  options: AdoptOptions,
): Promise<Taken> {
  const path = segmentPath(tools.folder, accountId, number);
  const row: SegmentRow = {
    id: tools.segments.newId(),
    account_no: tools.accounts.numberOf(accountId),
    number,
    committed: 0,
    is_sealed: 0,
    state: segmentState.inUse,
  };
  const fileBytes = (await tools.files.length(path)) ?? 0;
  const segment = openSegmentOf(tools, row, false);
  const outcome = await adoptTail(tools, segment, fileBytes, options);
  await segment.appender.close(null, new Uint8Array(0));
  // All of it is elsewhere: the copy of a compaction that did not come to its transaction, or a group of links.
  if (!options.isWhole && !isInUse(tools, row.id)) {
    await tools.files.remove(path);
    tools.segments.remove(row.id);
    return nothingTaken;
  }
  if (!options.isWhole) await cut(tools, segment);
  return outcome;
}

/** Applies what was found beside the messages of an account, when all its segments have been read; answers how many came. */
function applyTaken(tools: Tools, accountNo: number, taken: readonly Taken[]): number {
  applyLeftovers(tools, accountNo, {
    notes: taken.flatMap(({ notes }) => notes),
    spares: taken.flatMap(({ spares }) => spares),
  });
  return taken.reduce((sum, { adopted }) => sum + adopted, 0);
}

/** Looks at every segment behind its last committed record: whole records are adopted, the rest is cut off. */
export async function recover(tools: Tools, summarise: Summarise): Promise<RecoveryOutcome> {
  let adopted = 0;
  const gone: string[] = [];
  const accounts = new Set([...tools.accounts.ids(), ...(await tools.files.list(`${tools.folder}/mail`))]);
  for (const id of accounts) {
    if (!isAccountId(id)) continue;
    const accountId = id;
    const accountNo = tools.accounts.numberOf(accountId);
    const taken: Taken[] = [];
    const numbers = await segmentNumbers(tools, accountId);
    const rows = tools.segments.ofAccount(accountNo);
    for (const row of rows) {
      const outcome = await recoverKnown(tools, summarise, row);
      taken.push(outcome);
      if (outcome.missing !== null) gone.push(outcome.missing);
    }
    for (const number of numbers.filter((each) => !rows.some((row) => row.number === each))) {
      const options = { summarise, isWhole: false, onBytes: () => undefined };
      taken.push(await adoptUnknown(tools, accountId, number, options));
    }
    adopted += applyTaken(tools, accountNo, taken);
  }
  return { adopted, missing: gone };
}

/** Fills an empty index from the segments alone. */
export async function adoptEverything(
  tools: Tools,
  summarise: Summarise,
  progress: Progress,
): Promise<{ messages: number }> {
  const found: { accountId: AccountId; number: number; bytes: number }[] = [];
  for (const id of await tools.files.list(`${tools.folder}/mail`)) {
    if (!isAccountId(id)) continue;
    const accountId = id;
    for (const number of await segmentNumbers(tools, accountId)) {
      const bytes = await tools.files.length(segmentPath(tools.folder, accountId, number));
      found.push({ accountId, number, bytes: bytes ?? 0 });
    }
  }
  const total = found.reduce((sum, each) => sum + each.bytes, 0);
  const taken = new Map<AccountId, Taken[]>();
  let done = 0;
  for (const { accountId, number } of found) {
    const outcome = await adoptUnknown(tools, accountId, number, {
      summarise,
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
    messages += applyTaken(tools, tools.accounts.numberOf(accountId), ofAccount);
  return { messages };
}
