import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId, Folder, MessageId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { openStore, type Store } from '../store/store.ts';
import { failureOf } from '../store/store-error.ts';
import { restoreWhole } from '../store/whole-backup.ts';

const folders: readonly Folder[] = ['inbox', 'archive', 'trash'];

/**
 * Brings the messages of a whole backup into an open store, with their marks; what is here already stays as it is.
 * The backup is unpacked beside the store first, so that a broken file changes nothing.
 */
export async function restoreBackup(
  store: Store,
  path: string,
  onProgress: (done: number, total: number) => void,
): Promise<Result<{ messages: number }, Failure>> {
  let beside: string | null = null;
  try {
    beside = await mkdtemp(join(store.folder, 'restore-'));
    const unpacked = await restoreWhole(path, beside);
    if (!unpacked.ok) return unpacked;
    const opened = await openStore({ folder: beside });
    if (!opened.ok) return opened;
    await using old = opened.value;
    let messages = 0;
    for (const accountId of old.accountIds())
      messages += await copyAccount(old, store, accountId, onProgress);
    return ok({ messages });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  } finally {
    if (beside !== null) await rm(beside, { recursive: true, force: true });
  }
}

async function copyAccount(
  from: Store,
  to: Store,
  accountId: AccountId,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  await using writer = to.writer(accountId);
  let copied = 0;
  for (const folder of folders) {
    const ids = from.listIds({
      place: { kind: 'folder', folder, accountId },
      sort: { by: 'date', descending: false },
    });
    for (const [index, id] of ids.entries()) {
      if (await copyMessage(from, to, accountId, id, writer)) copied += 1;
      onProgress(index + 1, ids.length);
    }
  }
  await writer.flush();
  return copied;
}

async function copyMessage(
  from: Store,
  to: Store,
  accountId: AccountId,
  id: MessageId,
  writer: ReturnType<Store['writer']>,
): Promise<boolean> {
  const message = from.message(id);
  const bytes = await from.readMessage(id);
  if (message === null || !bytes.ok || to.findByHash(accountId, message.sha256) !== null) return false;
  const key = from.ledger(accountId).keysOfMessage(id)[0] ?? null;
  const cut = key?.lastIndexOf('#') ?? -1;
  writer.begin({
    uidl: key === null ? null : key.slice(0, cut),
    occurrence: key === null ? 1 : Number(key.slice(cut + 1)),
    announcedSizeBytes: message.sizeBytes,
    isPartial: message.isPartial,
    receivedAt: message.receivedAt,
    marks: { folder: message.folder, isRead: message.isRead, isStarred: message.isStarred },
  });
  await writer.chunk(bytes.value);
  await writer.end({ doubtful: message.isDoubtful });
  return true;
}
