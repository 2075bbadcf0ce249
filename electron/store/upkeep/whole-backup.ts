import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { segmentState } from '../index/segment-table.ts';
import { failureOf } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { journalPath } from '../journal/journal-file.ts';
import { maildropNoteName } from '../ledger/known-maildrops.ts';
import { accountFolder, segmentPath } from '../segments/segment-file.ts';
import { makeBackup } from './backup.ts';
import type { Progress } from './recovery.ts';

type Tools = Pick<StoreTools, 'folder' | 'files' | 'sql' | 'settings' | 'clock' | 'accounts' | 'journals'>;

/** A file to be put into a backup beside the mail: the settings. */
export type ExtraFile = { readonly name: string; readonly bytes: Uint8Array };

type Part = { readonly name: string; readonly path: string; readonly bytes: number };

async function partsOf(tools: Tools): Promise<Part[]> {
  const copy = makeBackup(tools);
  const segments = tools.sql.all<{ account_no: number; number: number; committed: number }>(
    `select account_no, number, committed from segment
     where state = ${segmentState.inUse} and committed > 0 order by account_no, number`,
  );
  const parts: Part[] = [];
  for (const { account_no, number, committed } of segments) {
    const accountId = tools.accounts.idOf(account_no);
    const path = segmentPath(tools.folder, accountId, number);
    // Only what is committed: the rest may be in the middle of being written.
    parts.push({ name: `mail/${accountId}/${String(number).padStart(6, '0')}.tar`, path, bytes: committed });
  }
  for (const accountId of tools.accounts.ids()) {
    const path = join(accountFolder(tools.folder, accountId), maildropNoteName);
    const bytes = await tools.files.length(path);
    if (bytes !== null) parts.push({ name: `mail/${accountId}/${maildropNoteName}`, path, bytes });
  }
  return [
    ...parts,
    { name: `backup/${copy.slice(dirname(copy).length + 1)}`, path: copy, bytes: (await stat(copy)).size },
  ];
}

/** The journals as they are. They are short enough to be in memory, and a snapshot may take their place meanwhile. */
function journalsOf({ folder, journals }: Tools): ExtraFile[] {
  return journals
    .names()
    .map((name) => ({ name: `journal/${name}`, bytes: readFileSync(journalPath(folder, name)) }));
}

/** Writes the whole store, with the marks, into one tar file, which must not exist yet. */
export async function backUpWhole(
  tools: Tools,
  target: string,
  extra: readonly ExtraFile[],
  progress: Progress,
): Promise<Result<{ readonly bytes: number }, Failure>> {
  try {
    const parts = await partsOf(tools);
    const total = parts.reduce((sum, part) => sum + part.bytes, 0);
    const tar = pack();
    const written = pipeline(tar, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
    // A failure of the file ends the tar, and what waits for room in it; it is reported by `written` below.
    written.catch((error: Error) => tar.destroy(error));
    let done = 0;
    for (const { name, bytes } of [...extra, ...journalsOf(tools)])
      tar.entry({ name, mode: 0o600 }, Buffer.from(bytes));
    for (const part of parts) {
      await addPart(tar, part);
      done += part.bytes;
      progress(done, total);
    }
    tar.finalize();
    await written;
    return ok({ bytes: total });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    await rm(target, { force: true });
    return failed(failure);
  }
}

async function addPart(tar: ReturnType<typeof pack>, part: Part): Promise<void> {
  const entry = tar.entry({ name: part.name, size: part.bytes, mode: 0o600 });
  await pipeline(createReadStream(part.path, { end: part.bytes - 1 }), entry);
}

const wantedNames =
  /^(?:mail\/[0-9a-z][0-9a-z-]{0,63}\/(?:\d{6,}\.tar|account\.json)|journal\/[0-9a-z][0-9a-z-]{0,63}|backup\/index-[0-9T-]+\.sqlite|[a-z-]+\.json)$/;

/**
 * Unpacks a whole backup into an empty folder; opening a store there then rebuilds the index and takes the marks in.
 * Files of other names are passed over. Answers the names of the files that are not mail.
 */
export async function restoreWhole(
  source: string,
  folder: string,
): Promise<Result<{ readonly segments: number; readonly extra: readonly string[] }, Failure>> {
  let segments = 0;
  const extra: string[] = [];
  const tar = extract();
  const read = pipeline(createReadStream(source), tar);
  read.catch((error: Error) => tar.destroy(error));
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      if (type !== 'file' || !wantedNames.test(name)) {
        entry.resume();
        continue;
      }
      const path = join(folder, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      if (name.endsWith('.tar')) segments++;
      else if (!name.includes('/')) extra.push(name);
    }
    await read;
    return ok({ segments, extra });
  } catch (error) {
    const failure = failureOf(error) ?? unreadable(error, source);
    if (failure === null) throw error;
    return failed(failure);
  }
}

function unreadable(error: unknown, source: string): Failure | null {
  const isTarTrouble = error instanceof Error && /tar|header|end of data|ENOENT/i.test(error.message);
  return isTarTrouble ? { kind: 'unreadable-file', what: source, canRetry: false } : null;
}

const wholeBackupSetting = 'last-whole-backup';

/** Remembers that a whole backup has come to its place. */
export function noteWholeBackup(tools: Pick<StoreTools, 'settings' | 'clock'>): void {
  tools.settings.set(wholeBackupSetting, String(tools.clock.now()));
}

/** When the person last made a whole backup, or null: the daily copy of marks lies beside the mail and holds none of it. */
export function lastWholeBackupAt(tools: Pick<StoreTools, 'settings'>): number | null {
  const kept = tools.settings.get(wholeBackupSetting);
  return kept === null ? null : Number(kept);
}
