import { setImmediate as breathe } from 'node:timers/promises';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { unreadable } from '../../other-programs/files/mail-files.ts';
import type {
  ForeignAccount,
  ForeignFolder,
  ForeignMail,
  ForeignMessage,
  LeftOut,
  MailSource,
} from '../../other-programs/found-mail/foreign-mail.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Store } from '../../store/store.ts';
import { FolderPlaces, rankOf } from './folder-places.ts';
import { type ImportReport, ImportTally } from './import-report.ts';
import { importRules } from './import-rules.ts';
import { noteKnownIds } from './known-ids.ts';
import { MessageImport } from './message-import.ts';
import { nearestTagColour } from './tag-colours.ts';

/** Mail of other programs that is to come in. */
export type ImportRequest = {
  readonly mails: readonly ForeignMail[];
  /** The mailbox here for an account of the other program. */
  accountIdOf(account: ForeignAccount): AccountId;
  /** The mailbox for mail that belongs to no account. */
  readonly otherMail: AccountId;
  /** Nothing is written; the report says what would come. */
  readonly isPlan?: boolean;
  readonly signal?: AbortSignal;
  /** Told in bytes read. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** Messages after which others get their turn. */
const messagesAtATime = 64;

/**
 * Brings mail of other programs in, with its folders and marks. Nothing of it is written where it came from. What is
 * here already, byte for byte or as the same letter, stays as it is. A file that cannot be read is left out and told.
 * Fails only where the store fails; what had come by then is stored.
 */
export async function importMail(
  store: Store,
  request: ImportRequest,
): Promise<Result<ImportReport, Failure>> {
  const tally = new ImportTally();
  try {
    for (const mail of request.mails) await importOne(store, request, mail, tally);
    return ok(tally.report(request.mails));
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

async function importOne(
  store: Store,
  request: ImportRequest,
  mail: ForeignMail,
  tally: ImportTally,
): Promise<void> {
  const { isPlan = false, signal } = request;
  const accounts = new Map(mail.accounts.map((account) => [account.key, request.accountIdOf(account)]));
  const mailboxOf = (folder: ForeignFolder | null) =>
    accounts.get(folder?.accountKey ?? '') ?? request.otherMail;
  const places = new FolderPlaces(store);
  const tagsBefore = new Set(store.tags.all().map(({ name }) => name));
  if (!isPlan) {
    await noteAccounts(store, mail, accounts);
    await makeFolders(mail, places, mailboxOf);
  }
  for (const one of mail.leftOut) tally.leaveOut(one, mailboxOf(one.folder));
  await using coming = new MessageImport({ store, places, tally, isPlan });
  const total = mail.sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let before = 0;
  let count = 0;
  for (const source of inOrder(mail)) {
    for await (const entry of entriesOf(source)) {
      if (signal?.aborted) break;
      if (entry.kind === 'left-out') tally.leaveOut(entry, mailboxOf(entry.folder));
      else {
        await coming.take(entry, mailboxOf(entry.folder));
        request.onProgress?.(before + entry.endBytes, total);
      }
      count += 1;
      // Where nothing is new nothing waits for the disk, and others would not get their turn.
      if (count % messagesAtATime === 0) await breathe();
    }
    before += source.sizeBytes;
    tally.isStopped ||= signal?.aborted === true;
    if (tally.isStopped) break;
  }
  await coming.flush();
  for (const account of mail.accounts) {
    const ids = mail.knownIds.filter(({ accountKey }) => accountKey === account.key);
    const accountId = accounts.get(account.key) ?? request.otherMail;
    tally.accounts.push(await noteKnownIds(store, { account, accountId, ids, isPlan }));
  }
  const accountOf = (key: string | null) => (key === null ? null : (accounts.get(key) ?? null));
  const rules = await importRules({ store, places, mailboxOf, accountOf, isPlan }, mail.filters);
  tally.filters.push(...rules);
  if (!isPlan) await colourTags(store, mail, tagsBefore);
}

async function noteAccounts(
  store: Store,
  mail: ForeignMail,
  accounts: ReadonlyMap<string, AccountId>,
): Promise<void> {
  const noted = new Set(store.maildrops.all().map(({ accountId }) => accountId));
  for (const { key, host, port, user, address } of mail.accounts) {
    const accountId = accounts.get(key);
    if (accountId !== undefined && !noted.has(accountId))
      await store.maildrops.note(accountId, { host, port, user, address });
  }
}

/** Makes the folders of the other program, also the empty ones. */
async function makeFolders(
  mail: ForeignMail,
  places: FolderPlaces,
  mailboxOf: (folder: ForeignFolder) => AccountId,
): Promise<void> {
  for (const folder of mail.folders)
    if (folder.role !== 'outbox') await places.placeOf(mailboxOf(folder), folder);
}

/** Gives tags that came with this mail the colour that is nearest to theirs. */
async function colourTags(store: Store, mail: ForeignMail, before: ReadonlySet<string>): Promise<void> {
  const tags = store.tags.all();
  const coloured = tags.map((tag) => {
    const colour = before.has(tag.name) ? undefined : mail.tagColours.get(tag.name);
    return colour === undefined ? tag : { ...tag, color: nearestTagColour(colour) };
  });
  if (coloured.some((tag, index) => tag !== tags[index])) await store.tags.save(coloured);
}

/** Sources with the Inbox first and the Trash last: a message in several folders stays in the first. */
function inOrder(mail: ForeignMail): MailSource[] {
  return mail.sources.toSorted((a, b) => rankOf(a.folder) - rankOf(b.folder));
}

/** The messages of a source. What the system does not let us read ends this source, and is told. */
async function* entriesOf(source: MailSource): AsyncGenerator<ForeignMessage | LeftOut> {
  try {
    yield* source.entries();
  } catch (error) {
    yield unreadable(source.place, error, source.folder);
  }
}
