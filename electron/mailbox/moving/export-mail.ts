import { randomUUID } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { cleanAttachmentName } from '../../message/safety/attachment-name.ts';
import type { Store } from '../../store/store.ts';
import { type ExportedFolder, exportedFolders } from './export-folders.ts';
import { exportMaildir } from './export-maildir.ts';
import { mboxEntry } from './mbox-entry.ts';

/** A form that other programs read. All but `mbox` have folders, and `maildir` has marks. */
export type ExportFormat = 'eml' | 'mbox' | 'tar' | 'maildir';

/** What is exported, where to and as what. */
export type ExportRequest = {
  readonly format: ExportFormat;
  /** A folder for `eml` and `maildir`, a file otherwise. */
  readonly path: string;
  readonly accountId: AccountId | null;
  /** Leaves out what is in the Trash. */
  readonly withoutTrash?: boolean;
  /** Replaces a file that is there already, or adds to a folder that is not empty; else both are refused. */
  readonly overwrites?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * Writes messages out, oldest first, in a form other programs read. One message is in memory at a time. Everything goes
 * to a name beside the wanted one, which it gets when it is whole.
 */
export async function exportMail(
  store: Store,
  request: ExportRequest,
): Promise<Result<{ path: string; count: number }, Failure>> {
  const { accountId, withoutTrash = false } = request;
  const folders = exportedFolders(store, { accountId, withoutTrash });
  const count = folders.reduce((sum, { ids }) => sum + ids.length, 0);
  let beside: string | null = null;
  try {
    const target = await realpath(request.path).catch(() => request.path);
    const there = await statOf(target);
    const isDevice = there !== null && !there.isFile() && !there.isDirectory();
    if (!isDevice && request.overwrites !== true && (await isTaken(target, there)))
      return failed({ kind: 'bad-input', field: 'path', what: `${request.path} exists`, canRetry: false });
    // A pipe or a terminal is written to directly. No file can lie beside it, and it must not be replaced.
    if (!isDevice) beside = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
    await writeAll(store, { ...request, path: beside ?? target }, { folders, count });
    if (beside !== null) await moveInto(beside, target, there?.isDirectory() === true);
    return ok({ path: request.path, count });
  } catch (error) {
    return failed(exportFailure(error));
  } finally {
    if (beside !== null) await rm(beside, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What is written. */
type Selected = { readonly folders: readonly ExportedFolder[]; readonly count: number };

async function writeAll(store: Store, request: ExportRequest, selected: Selected): Promise<void> {
  const read = reader(store, request, selected.count);
  const { folders } = selected;
  if (request.format === 'maildir') await exportMaildir(store, request.path, folders, read);
  else if (request.format === 'eml') await exportFiles(store, request.path, folders, read);
  else if (request.format === 'mbox')
    await pipeline(mboxOf(store, folders, read), createWriteStream(request.path, { mode: 0o600 }));
  else await exportTar(store, request.path, folders, read);
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether there is something that writing would replace or mix with. */
async function isTaken(path: string, there: Stats | null): Promise<boolean> {
  if (there === null) return false;
  return !there.isDirectory() || (await readdir(path)).length > 0;
}

/** Gives what was written its name. Files go one by one into a folder that is there, and into folders in it. */
async function moveInto(beside: string, target: string, isFolder: boolean): Promise<void> {
  if (!isFolder || !(await stat(beside)).isDirectory()) return rename(beside, target);
  for (const name of await readdir(beside)) {
    const there = await statOf(join(target, name));
    await moveInto(join(beside, name), join(target, name), there?.isDirectory() === true);
  }
}

/** A name that sorts by time and says what it is. */
function nameOf(store: Store, id: MessageId): string {
  const message = store.messages.find(id);
  const date = new Date(message?.receivedAt ?? 0).toISOString().slice(0, 19).replaceAll(':', '-');
  const subject = (message?.subject ?? '').slice(0, 60).replaceAll('/', ' ');
  return cleanAttachmentName(`${date} ${subject} ${id}.eml`);
}

type Reader = (
  ids: readonly MessageId[],
) => AsyncGenerator<{ readonly id: MessageId; readonly bytes: Uint8Array }>;

/** Reads messages one by one, and tells how many of all have been read. */
function reader(store: Store, { onProgress }: ExportRequest, total: number): Reader {
  let done = 0;
  return async function* read(ids) {
    for (const id of ids) {
      const bytes = await store.messages.read(id);
      if (!bytes.ok) throw new ExportError(bytes.failure);
      yield { id, bytes: bytes.value };
      done += 1;
      onProgress?.(done, total);
    }
  };
}

/** The names of folders as any disk takes them. */
const pathNames = ({ path }: ExportedFolder) => path.map((name) => cleanAttachmentName(name));

async function exportFiles(
  store: Store,
  root: string,
  folders: readonly ExportedFolder[],
  read: Reader,
): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const folder of folders) {
    const at = join(root, ...pathNames(folder));
    await mkdir(at, { recursive: true });
    for await (const { id, bytes } of read(folder.ids))
      await writeFile(join(at, nameOf(store, id)), bytes, { mode: 0o600, flag: 'wx' });
  }
}

async function* mboxOf(store: Store, folders: readonly ExportedFolder[], read: Reader) {
  for await (const { id, bytes } of read(folders.flatMap(({ ids }) => ids))) {
    const message = store.messages.find(id);
    yield mboxEntry(bytes, message?.from.address ?? '', new Date(message?.receivedAt ?? 0));
  }
}

async function exportTar(
  store: Store,
  path: string,
  folders: readonly ExportedFolder[],
  read: Reader,
): Promise<void> {
  const archive = pack();
  const writing = pipeline(archive, createWriteStream(path, { mode: 0o600 }));
  const filling = (async () => {
    for (const folder of folders)
      for await (const { id, bytes } of read(folder.ids)) {
        const mtime = new Date(store.messages.find(id)?.receivedAt ?? 0);
        const name = [...pathNames(folder), nameOf(store, id)].join('/');
        await new Promise<void>((resolve, reject) => {
          archive.entry({ name, mtime, mode: 0o600 }, Buffer.from(bytes), (error) =>
            error ? reject(error) : resolve(),
          );
        });
      }
    archive.finalize();
  })();
  filling.catch((error: Error) => archive.destroy(error));
  await Promise.all([filling, writing]);
}

class ExportError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function exportFailure(error: unknown): Failure {
  if (error instanceof ExportError) return error.failure;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', step: 'store', canRetry: true };
  if (code === 'EROFS' || code === 'EACCES')
    return { kind: 'folder-read-only', step: 'store', canRetry: true };
  if (code !== '')
    return { kind: 'unreadable-file', what: (error as Error).message, step: 'store', canRetry: true };
  throw error;
}
