import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId, MessageId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { cleanAttachmentName } from '../message/safety/attachment-name.ts';
import type { Store } from '../store/store.ts';
import { mboxEntry } from './mbox.ts';

/** What is exported, where to and as what. */
export type ExportRequest = {
  readonly format: 'eml' | 'mbox' | 'tar';
  /** A folder for `eml`, a file otherwise. */
  readonly path: string;
  readonly accountId: AccountId | null;
  readonly onProgress?: (done: number, total: number) => void;
};

/** Writes messages out, oldest first, in a form other programs read. One message is in memory at a time. */
export async function exportMail(
  store: Store,
  request: ExportRequest,
): Promise<Result<{ path: string; count: number }, Failure>> {
  const ids = (['inbox', 'archive'] as const).flatMap((folder) =>
    store.listIds({
      place: { kind: 'folder', folder, accountId: request.accountId },
      sort: { by: 'date', descending: false },
    }),
  );
  try {
    if (request.format === 'eml') await exportFiles(store, request, ids);
    else if (request.format === 'mbox')
      await pipeline(mboxOf(store, request, ids), createWriteStream(request.path, { mode: 0o600 }));
    else await exportTar(store, request, ids);
    return ok({ path: request.path, count: ids.length });
  } catch (error) {
    return failed(exportFailure(error));
  }
}

/** A name that sorts by time and says what it is. */
function nameOf(store: Store, id: MessageId): string {
  const message = store.message(id);
  const date = new Date(message?.receivedAt ?? 0).toISOString().slice(0, 19).replaceAll(':', '-');
  const subject = (message?.subject ?? '').slice(0, 60).replaceAll('/', ' ');
  return cleanAttachmentName(`${date} ${subject} ${id}.eml`);
}

async function* messages(store: Store, { onProgress }: ExportRequest, ids: readonly MessageId[]) {
  for (const [index, id] of ids.entries()) {
    const bytes = await store.readMessage(id);
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
    const message = store.message(id);
    yield mboxEntry(bytes, message?.from.address ?? '', new Date(message?.receivedAt ?? 0));
  }
}

async function exportTar(store: Store, request: ExportRequest, ids: readonly MessageId[]): Promise<void> {
  const archive = pack();
  const writing = pipeline(archive, createWriteStream(request.path, { mode: 0o600 }));
  const filling = (async () => {
    for await (const { id, bytes } of messages(store, request, ids)) {
      const mtime = new Date(store.message(id)?.receivedAt ?? 0);
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
