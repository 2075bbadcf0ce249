import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { type ByteSource, neverWaits, openMessageFile, readChunks } from '../../message/bytes/byte-source.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Store } from '../../store/store.ts';
import { messagesOfMbox, withCrlf } from './read-mbox.ts';

/** What came in: messages stored, those that were here already, byte for byte, and what was left out. */
export type Imported = {
  readonly count: number;
  readonly skipped: number;
  /** Links, pipes, sockets and devices in folders: only regular files are read. */
  readonly leftOut: number;
};

/** A file to be read. */
type MailFile = { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number };

/** A message in a file, read in pieces because it may be larger than memory. `end` is its end in the file, bytes. */
type Source = {
  readonly end: number;
  pieces(): Iterable<Buffer>;
  readonly isRead: boolean;
  readonly isStarred: boolean;
};

/** Messages up to this size are read once and kept until they are written. */
const keptBytes = 1 << 20;

/**
 * Reads .eml files, mbox files, Maildirs and folders of any of them into an account's inbox. Files are only read. A
 * file that cannot be read ends the import with what had come in by then stored. Progress is told in bytes read.
 */
export async function importMail(
  store: Store,
  accountId: AccountId,
  paths: readonly string[],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Result<Imported, Failure>> {
  const tally = { count: 0, skipped: 0, leftOut: 0 };
  try {
    const files: MailFile[] = [];
    for (const chosen of paths) {
      // A link that the person chose is followed; one in a folder may have been put there by somebody else.
      const path = await realpath(chosen);
      if (!(await isMail(path)))
        return failed({
          kind: 'unreadable-file',
          what: chosen,
          why: 'not-mail',
          step: 'store',
          canRetry: false,
        });
      for await (const file of filesAt(path)) {
        if (file.kind === 'file') files.push(file);
        else tally.leftOut += 1;
      }
    }
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await using writer = store.writer(accountId);
    let before = 0;
    for (const { path, sizeBytes } of files) {
      using source = openMessageFile({ path, offset: 0, length: sizeBytes, isLinkRefused: true });
      for (const message of messagesIn(path, source)) {
        if (await write(store, accountId, writer, message)) tally.count += 1;
        else tally.skipped += 1;
        onProgress(before + message.end, total);
      }
      before += sizeBytes;
      // Where nothing is new nothing waits for the disk, and others would not get their turn.
      await breathe();
    }
    await writer.flush();
    return ok(tally);
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== null && !isOfSource(error)) return failed(failure);
    if (error instanceof Error && 'code' in error)
      return failed({ kind: 'unreadable-file', what: error.message, step: 'store', canRetry: true });
    throw error;
  }
}

/** Writes a message; false where it is here already. It is read twice where it is large: to know it, and to write it. */
async function write(
  store: Store,
  accountId: AccountId,
  writer: ReturnType<Store['writer']>,
  message: Source,
): Promise<boolean> {
  const { isRead, isStarred } = message;
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let sizeBytes = 0;
  for (const piece of message.pieces()) {
    hash.update(piece);
    sizeBytes += piece.length;
    if (sizeBytes <= keptBytes) kept.push(piece);
  }
  if (store.messages.findByHash(accountId, hash.digest('hex')) !== null) return false;
  writer.begin({
    uidl: null,
    occurrence: 1,
    announcedSizeBytes: sizeBytes,
    marks: { isRead, isStarred },
  });
  for (const piece of sizeBytes <= keptBytes ? kept : message.pieces()) await writer.chunk(piece);
  await writer.end({ doubtful: false });
  return true;
}

/** Whether a file that was to be read is to blame, and not the store. */
function isOfSource(error: unknown): boolean {
  return (
    error instanceof Error &&
    'syscall' in error &&
    ['EACCES', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))
  );
}

/** Why a file that was named by itself cannot be mail; null where it can. In a folder such files are passed over. */
async function isMail(path: string): Promise<boolean> {
  const found = await lstat(path);
  if (found.isDirectory()) return true;
  if (!found.isFile()) return false;
  if (isMaildirFile(path) || isMessageName(path)) return true;
  await using file = await open(path, constants.O_RDONLY | neverWaits);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
  return buffer.toString('latin1', 0, bytesRead) === 'From ';
}

function isMessageName(path: string): boolean {
  return /\.eml$/i.test(path);
}

/** Regular files, and what is something else. A pipe would be waited for without end, and a link may lead in circles. */
async function* filesAt(path: string): AsyncGenerator<MailFile | { readonly kind: 'left-out' }> {
  const found = await lstat(path);
  if (found.isFile()) yield { kind: 'file', path, sizeBytes: found.size };
  else if (!found.isDirectory()) yield { kind: 'left-out' };
  else
    for (const name of (await readdir(path)).sort())
      if (!name.startsWith('.')) yield* filesAt(join(path, name));
}

function* messagesIn(path: string, source: ByteSource): Generator<Source> {
  const end = source.length;
  const asSent = { isRead: true, isStarred: false };
  if (isMaildirFile(path))
    yield {
      end,
      pieces: () => withCrlf(source, { start: 0, end, isQuoted: false }),
      ...maildirFlags(path),
    };
  else if (source.read(0, 5).toString('latin1') === 'From ')
    for (const message of messagesOfMbox(source)) yield { ...message, ...asSent };
  else if (isMessageName(path)) yield { end, pieces: () => readChunks(source, 0, end), ...asSent };
}

/** Maildir: files of `cur` and `new`, with their flags after `:2,`. */
function isMaildirFile(path: string): boolean {
  return ['cur', 'new'].includes(basename(dirname(path)));
}

function maildirFlags(path: string): { isRead: boolean; isStarred: boolean } {
  const flags = /[:;!]2,([A-Za-z]*)$/.exec(path)?.[1] ?? '';
  return { isRead: flags.includes('S'), isStarred: flags.includes('F') };
}
