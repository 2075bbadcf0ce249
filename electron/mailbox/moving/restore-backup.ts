import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Folder } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Maildrop } from '../../store/ledger/known-maildrops.ts';
import { openStore, type Store } from '../../store/store.ts';
import { stagingPrefix } from '../../store/upkeep/staging.ts';
import { restoreWhole } from '../../store/upkeep/whole-backup.ts';

const folders: readonly Folder[] = ['inbox', 'archive', 'trash'];

/** Where a backup is brought back to. */
export type RestoreRequest = {
  readonly path: string;
  /** The accounts of now: mail of a mailbox that was added anew meanwhile goes to what it is called now. */
  readonly accounts: readonly Pick<Account, 'id' | 'server'>[];
  readonly onProgress: (done: number, total: number) => void;
};

/**
 * Brings the messages of a whole backup into an open store, with their marks; what is here already stays as it is.
 * The backup is unpacked beside the store first, so that a broken file changes nothing.
 */
export async function restoreBackup(
  store: Store,
  { path, accounts, onProgress }: RestoreRequest,
): Promise<Result<{ messages: number }, Failure>> {
  let beside: string | null = null;
  try {
    beside = await mkdtemp(join(store.folder, stagingPrefix));
    const unpacked = await restoreWhole(path, beside);
    if (!unpacked.ok) return unpacked;
    const opened = await openStore({ folder: beside });
    if (!opened.ok) return opened;
    await using old = opened.value;
    const noted = new Map(old.maildrops.all().map(({ accountId, maildrop }) => [accountId, maildrop]));
    let messages = 0;
    await addTags(store, old);
    for (const accountId of old.accountIds()) {
      const maildrop = noted.get(accountId);
      const target = targetOf(store, accountId, maildrop, accounts);
      messages += await copyAccount({ from: old, accountId }, { to: store, accountId: target }, onProgress);
      const isNoted = store.maildrops.all().some((one) => one.accountId === target);
      const isInUse = accounts.some(({ id }) => id === target);
      if (maildrop !== undefined && !isNoted && !isInUse) await store.maildrops.note(target, maildrop);
    }
    return ok({ messages });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  } finally {
    if (beside !== null) await rm(beside, { recursive: true, force: true });
  }
}

/**
 * The account that the mail of one of the backup's belongs to now. A backup may come from anybody: an id that is not in
 * use here becomes another, the same each time, for secrets in the keyring are found by the id.
 */
function targetOf(
  store: Store,
  accountId: AccountId,
  maildrop: Maildrop | undefined,
  accounts: RestoreRequest['accounts'],
): AccountId {
  if (accounts.some(({ id }) => id === accountId)) return accountId;
  const used = maildrop && accounts.find(({ server }) => isSameMaildrop(server, maildrop));
  if (used) return used.id;
  // Mail that was kept here when its account was removed: its secret was removed with the account.
  if (store.accountIds().includes(accountId)) return accountId;
  return createHash('sha256').update(`restored ${accountId}`).digest('hex').slice(0, 16) as AccountId;
}

/** Tags of the backup that are not here, in its order, behind those that are. */
async function addTags(to: Store, from: Store): Promise<void> {
  const known = new Set(to.tags.all().map(({ name }) => name));
  const missing = from.tags.all().filter(({ name }) => !known.has(name));
  if (missing.length > 0) await to.tags.save([...to.tags.all(), ...missing]);
}

type Source = { readonly from: Store; readonly accountId: AccountId };
type Target = { readonly to: Store; readonly accountId: AccountId };

async function copyAccount(
  source: Source,
  target: Target,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const { from, accountId } = source;
  await using writer = target.to.writer(target.accountId);
  const tags = new Map<string, readonly string[]>();
  const tagged: Promise<unknown>[] = [];
  writer.onCommitted((batch) => {
    for (const { messageId, sha256 } of batch) {
      const add = tags.get(sha256);
      tags.delete(sha256);
      if (add === undefined) continue;
      const write = target.to.marks.setTags({ kind: 'ids', ids: [messageId] }, { add });
      // One that fails is met when all have been waited for.
      write.catch(() => undefined);
      tagged.push(write);
    }
  });
  let copied = 0;
  for (const folder of folders) {
    const ids = from.lists.ids({
      place: { kind: 'folder', folder, accountId },
      sort: { by: 'date', descending: false },
    });
    for (const [index, id] of ids.entries()) {
      const message = from.messages.find(id);
      if (message === null) continue;
      if (message.tags.length > 0) tags.set(message.sha256, message.tags);
      if (await copyMessage(source, target, message, writer)) copied += 1;
      else tags.delete(message.sha256);
      onProgress(index + 1, ids.length);
    }
  }
  await writer.flush();
  await Promise.all(tagged);
  return copied;
}

async function copyMessage(
  { from, accountId }: Source,
  target: Target,
  message: NonNullable<ReturnType<Store['messages']['find']>>,
  writer: ReturnType<Store['writer']>,
): Promise<boolean> {
  const { id, sha256 } = message;
  const here = target.to.messages.findByHash(target.accountId, sha256);
  // A copy that is damaged here is made whole by the backup's.
  if (here !== null && target.to.messages.find(here)?.isDamaged !== true) return false;
  const bytes = await from.messages.read(id);
  if (!bytes.ok) return false;
  const key = from.ledger(accountId).keysOfMessage(id)[0];
  // What is known here of a message on the server is not to be put right by a backup. What is new in the ledger comes
  // without a listed size: it is second-hand, and no ground to delete anything on a server.
  const isKnown = key !== undefined && target.to.ledger(target.accountId).entry(key) !== null;
  const named = key === undefined || isKnown ? null : partsOfLedgerKey(key);
  writer.begin({
    uidl: named?.uidl ?? null,
    occurrence: named?.occurrence ?? 1,
    announcedSizeBytes: message.sizeBytes,
    isPartial: message.isPartial,
    receivedAt: message.receivedAt,
    marks: { folder: message.folder, isRead: message.isRead, isStarred: message.isStarred },
  });
  await writer.chunk(bytes.value);
  await writer.end({ doubtful: message.isDoubtful });
  return true;
}
