import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import {
  type FolderId,
  folderPath,
  folderRoles,
  isFolderRole,
  onThisComputer,
} from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { RuleAction } from '../../../shared/rule.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import { attemptWork } from '../../store/attempt.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Maildrop } from '../../store/ledger/known-maildrops.ts';
import { openStore, type Store } from '../../store/store.ts';
import {
  beginRestoring,
  interruptedRestorings,
  makeStaging,
  takeBackTry,
} from '../../store/upkeep/staging.ts';
import { restoreWhole } from '../../store/upkeep/whole-backup.ts';

/** What a backup is brought back to. */
type Restoring = {
  /** The accounts of now: mail of a mailbox that was added anew meanwhile goes to what it is called now. */
  readonly accounts: readonly Pick<Account, 'id' | 'server'>[];
  readonly onProgress: (done: number, total: number) => void;
};

/** Where a backup is. */
export type RestoreRequest = Restoring & { readonly path: string };

type Restored = Result<{ messages: number }, Failure>;

/**
 * Brings the messages of a whole backup into an open store, with their marks; what is here already stays as it is.
 * The backup is unpacked beside the store first, so that a broken file changes nothing. Where the program is killed
 * after that, `resumeRestoring` goes on.
 */
export async function restoreBackup(store: Store, { path, ...request }: RestoreRequest): Promise<Restored> {
  const staging = await unpacked(store.folder, path);
  if (!staging.ok) return staging;
  return takeIn(store, await beginRestoring(store.folder, staging.value), request);
}

/**
 * Goes on with what a killed program was restoring. Answers how many messages came by it. A signal that is aborted ends
 * it; the next start goes on then. Rejects with mistakes of ours, which count as a try.
 */
export async function resumeRestoring(
  store: Store,
  { accounts, signal }: Pick<Restoring, 'accounts'> & { readonly signal: AbortSignal },
): Promise<number> {
  let messages = 0;
  for (const folder of await interruptedRestorings(store.folder)) {
    try {
      const onProgress = () => signal.throwIfAborted();
      const restored = await takeIn(store, folder, { accounts, onProgress });
      if (restored.ok) messages += restored.value.messages;
    } catch (error) {
      if (!signal.aborted) throw error;
      await takeBackTry(store.folder, folder);
    }
  }
  return messages;
}

/** Unpacks a backup into a folder beside the store. Where that fails the folder goes again. */
async function unpacked(folder: string, path: string): Promise<Result<string, Failure>> {
  let staging: string | null = null;
  let isWhole = false;
  try {
    staging = await makeStaging(folder);
    const whole = await restoreWhole(path, staging);
    isWhole = whole.ok;
    return whole.ok ? ok(staging) : whole;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  } finally {
    if (staging !== null && !isWhole) await rm(staging, { recursive: true, force: true });
  }
}

/** Takes in what lies unpacked in a folder, and removes the folder, unless something unexpected ends the work. */
async function takeIn(store: Store, folder: string, request: Restoring): Promise<Restored> {
  const restored = await attemptWork(() => copyEverything(store, folder, request));
  await rm(folder, { recursive: true, force: true });
  return restored.ok ? restored.value : restored;
}

async function copyEverything(
  store: Store,
  folder: string,
  { accounts, onProgress }: Restoring,
): Promise<Restored> {
  const opened = await openStore({ folder });
  if (!opened.ok) return opened;
  await using old = opened.value;
  const noted = new Map(old.maildrops.all().map(({ accountId, maildrop }) => [accountId, maildrop]));
  let messages = 0;
  const folders = new Map<FolderId, FolderId>();
  await addTags(store, old);
  for (const accountId of old.accountIds()) {
    const maildrop = noted.get(accountId);
    const target = targetOf(store, accountId, maildrop, accounts);
    const places = { source: { from: old, accountId }, target: { to: store, accountId: target } };
    const folderOf = await copyFolders(places.source, places.target);
    for (const [id, here] of folderOf) folders.set(id, here);
    messages += await copyAccount(places.source, places.target, { folderOf, onProgress });
    const isNoted = store.maildrops.all().some((one) => one.accountId === target);
    const isInUse = accounts.some(({ id }) => id === target);
    if (maildrop !== undefined && !isNoted && !isInUse) await store.maildrops.note(target, maildrop);
  }
  await addRules(store, old, folders);
  await addSearches(store, old);
  return ok({ messages });
}

/**
 * The account here that gets the mail of an account of the backup. A backup may come from anybody, and secrets in the
 * keyring are found by the account's id. So an id that is not in use here becomes another one, the same each time.
 */
function targetOf(
  store: Store,
  accountId: AccountId,
  maildrop: Maildrop | undefined,
  accounts: RestoreRequest['accounts'],
): AccountId {
  if (accountId === onThisComputer || accounts.some(({ id }) => id === accountId)) return accountId;
  const used = maildrop && accounts.find(({ server }) => isSameMaildrop(server, maildrop));
  if (used) return used.id;
  // Mail was kept here when its account was removed. The secret was removed with the account.
  if (store.accountIds().includes(accountId)) return accountId;
  return createHash('sha256').update(`restored ${accountId}`).digest('hex').slice(0, 16) as AccountId;
}

/** The folders that a person made in a mailbox of the backup, and what each is here. What is missing here is made. */
async function copyFolders({ from, accountId }: Source, target: Target): Promise<FolderIds> {
  const found = new Map<FolderId, FolderId>();
  const all = from.folders.all(accountId);
  for (const { id, isFavourite } of all) {
    const made = await target.to.folders.ensure(target.accountId, folderPath(all, id));
    if (isFavourite) await target.to.folders.setFavourite(made.value, true);
    found.set(id, made.value);
  }
  return found;
}

/** A rule with one of these lets mail go, or not come. */
const graveActions: readonly RuleAction['kind'][] = ['delete-on-server', 'trash', 'skip', 'headers-only'];

/** Rules of the backup that are not here. A grave one is switched off until the person has looked at it. */
async function addRules(to: Store, from: Store, folders: FolderIds): Promise<void> {
  const known = new Set(to.rules.all().map(({ id }) => id));
  const missing = from.rules
    .all()
    .filter(({ id }) => !known.has(id))
    .map((rule) => ({
      ...rule,
      isOn: rule.isOn && !rule.actions.some(({ kind }) => graveActions.includes(kind)),
      actions: rule.actions.map((action) =>
        action.kind === 'move' ? { ...action, folder: folders.get(action.folder) ?? action.folder } : action,
      ),
    }));
  if (missing.length > 0) await to.rules.save([...to.rules.all(), ...missing]);
}

/** Kept searches of the backup whose names are not here. */
async function addSearches(to: Store, from: Store): Promise<void> {
  const known = new Set(to.searches.all().map(({ name }) => name));
  const missing = from.searches.all().filter(({ name }) => !known.has(name));
  if (missing.length > 0) await to.searches.save([...to.searches.all(), ...missing]);
}

/** Tags of the backup that are not here, in its order, behind those that are. */
async function addTags(to: Store, from: Store): Promise<void> {
  const known = new Set(to.tags.all().map(({ name }) => name));
  const missing = from.tags.all().filter(({ name }) => !known.has(name));
  if (missing.length > 0) await to.tags.save([...to.tags.all(), ...missing]);
}

type Source = { readonly from: Store; readonly accountId: AccountId };
/** What the folders of a backup are called here. */
type FolderIds = ReadonlyMap<FolderId, FolderId>;
type CopyOrder = {
  readonly folderOf: FolderIds;
  readonly onProgress: (done: number, total: number) => void;
};
type Target = { readonly to: Store; readonly accountId: AccountId };

async function copyAccount(
  source: Source,
  target: Target,
  { folderOf, onProgress }: CopyOrder,
): Promise<number> {
  const { from, accountId } = source;
  await using writer = target.to.writer(target.accountId);
  let copied = 0;
  for (const folder of [...folderRoles, ...folderOf.keys()]) {
    const ids = from.lists.ids({
      place: { kind: 'folder', folder, accountId },
      sort: { by: 'date', descending: false },
    });
    for (const [index, id] of ids.entries()) {
      const message = from.messages.find(id);
      if (message === null) continue;
      const place = isFolderRole(message.folder) ? message.folder : (folderOf.get(message.folder) ?? 'inbox');
      if (await copyMessage(source, target, { ...message, folder: place }, writer)) copied += 1;
      onProgress(index + 1, ids.length);
    }
  }
  await writer.flush();
  return copied;
}

async function copyMessage(
  { from, accountId }: Source,
  target: Target,
  message: NonNullable<ReturnType<Store['messages']['find']>>,
  writer: ReturnType<Store['writer']>,
): Promise<boolean> {
  const { id, sha256, folder, isRead, isStarred, isReplied, isForwarded, tags } = message;
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
    marks: { folder, isRead, isStarred, isReplied, isForwarded, tags },
  });
  await writer.chunk(bytes.value);
  await writer.end({ doubtful: message.isDoubtful });
  return true;
}
