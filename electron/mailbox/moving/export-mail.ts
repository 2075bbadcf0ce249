import { randomUUID } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { Failure } from '../../../shared/failure.ts';
import type { Folder } from '../../../shared/folder.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { cleanAttachmentName } from '../../message/safety/attachment-name.ts';
import type { Store } from '../../store/store.ts';
import { mboxEntry } from './mbox-entry.ts';

/** What is exported, where to and as what. */
export type ExportRequest = {
  readonly format: 'eml' | 'mbox' | 'tar';
  /** A folder for `eml`, a file otherwise. */
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
  const folders: readonly Folder[] = request.withoutTrash
    ? ['inbox', 'archive']
    : ['inbox', 'archive', 'trash'];
  const ids = folders.flatMap((folder) =>
    store.lists.ids({
      place: { kind: 'folder', folder, accountId: request.accountId },
      sort: { by: 'date', descending: false },
    }),
  );
  let beside: string | null = null;
  try {
    const target = await realpath(request.path).catch(() => request.path);
    const there = await statOf(target);
    const isDevice = there !== null && !there.isFile() && !there.isDirectory();
    if (!isDevice && request.overwrites !== true && (await isTaken(target, there)))
      return failed({ kind: 'bad-input', field: 'path', what: `${request.path} exists`, canRetry: false });
    // A pipe or a terminal is no file of a folder: nothing can lie beside it, and it must not be replaced.
    if (!isDevice) beside = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.part`);
    await writeAll(store, { ...request, path: beside ?? target }, ids);
    if (beside !== null) await moveInto(beside, target, there?.isDirectory() === true);
    return ok({ path: request.path, count: ids.length });
  } catch (error) {
    return failed(exportFailure(error));
  } finally {
    if (beside !== null) await rm(beside, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writeAll(store: Store, request: ExportRequest, ids: readonly MessageId[]): Promise<void> {
  if (request.format === 'eml') await exportFiles(store, request, ids);
  else if (request.format === 'mbox')
    await pipeline(mboxOf(store, request, ids), createWriteStream(request.path, { mode: 0o600 }));
  else await exportTar(store, request, ids);
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

/** Gives what was written its name; files go one by one into a folder that is there. */
async function moveInto(beside: string, target: string, isFolder: boolean): Promise<void> {
  if (isFolder && (await stat(beside)).isDirectory())
    for (const name of await readdir(beside)) await rename(join(beside, name), join(target, name));
  else await rename(beside, target);
}

/** A name that sorts by time and says what it is. */
function nameOf(store: Store, id: MessageId): string {
  const message = store.messages.find(id);
  const date = new Date(message?.receivedAt ?? 0).toISOString().slice(0, 19).replaceAll(':', '-');
  const subject = (message?.subject ?? '').slice(0, 60).replaceAll('/', ' ');
  return cleanAttachmentName(`${date} ${subject} ${id}.eml`);
}

async function* messages(store: Store, { onProgress }: ExportRequest, ids: readonly MessageId[]) {
  for (const [index, id] of ids.entries()) {
    const bytes = await store.messages.read(id);
    if (!bytes.ok) throw new ExportError(bytes.failure);
    yield { id, bytes: bytes.value };
    onProgress?.(index + 1, ids.length);
  }
}

async function exportFiles(store: Store, request: ExportRequest, ids: readonly MessageId[]): Promise<void> {
  await mkdir(request.path, { recursive: true });
  for await (const { id, bytes } of messages(store, request, ids))
    await writeFile(join(request.path, nameOf(store, id)), bytes, { mode: 0o600, flag: 'wx' });
}

async function* mboxOf(store: Store, request: ExportRequest, ids: readonly MessageId[]) {
  for await (const { id, bytes } of messages(store, request, ids)) {
    const message = store.messages.find(id);
    yield mboxEntry(bytes, message?.from.address ?? '', new Date(message?.receivedAt ?? 0));
  }
}

async function exportTar(store: Store, request: ExportRequest, ids: readonly MessageId[]): Promise<void> {
  const archive = pack();
  const writing = pipeline(archive, createWriteStream(request.path, { mode: 0o600 }));
  const filling = (async () => {
    for await (const { id, bytes } of messages(store, request, ids)) {
      const mtime = new Date(store.messages.find(id)?.receivedAt ?? 0);
      await new Promise<void>((resolve, reject) => {
        archive.entry({ name: nameOf(store, id), mtime, mode: 0o600 }, Buffer.from(bytes), (error) =>
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
