import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { failureOf } from '../store/store-error.ts';
import { messagesOfMbox } from './mbox.ts';

/** What came in: messages stored, and those that were here already, byte for byte. */
export type Imported = { readonly count: number; readonly skipped: number };

type Source = { readonly bytes: Uint8Array; readonly isRead: boolean; readonly isStarred: boolean };

/**
 * Reads .eml files, mbox files, Maildirs and folders of any of them into an account's inbox. Files are only read. A
 * file that cannot be read ends the import with what had come in by then stored.
 */
export async function importMail(
  store: Store,
  accountId: AccountId,
  paths: readonly string[],
): Promise<Result<Imported, Failure>> {
  let count = 0;
  let skipped = 0;
  try {
    await using writer = store.writer(accountId);
    for (const path of paths) {
      const reason = await unknownKind(path);
      if (reason !== null)
        return failed({ kind: 'unreadable-file', what: reason, step: 'store', canRetry: false });
      for await (const { bytes, isRead, isStarred } of messagesAt(path)) {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        if (store.findByHash(accountId, sha256) !== null) {
          skipped += 1;
          continue;
        }
        writer.begin({
          uidl: null,
          occurrence: 1,
          announcedSizeBytes: bytes.length,
          marks: { isRead, isStarred },
        });
        await writer.chunk(bytes);
        await writer.end({ doubtful: false });
        count += 1;
      }
    }
    await writer.flush();
    return ok({ count, skipped });
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== null && !isOfSource(error)) return failed(failure);
    if (error instanceof Error && 'code' in error)
      return failed({ kind: 'unreadable-file', what: error.message, step: 'store', canRetry: true });
    throw error;
  }
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
async function unknownKind(path: string): Promise<string | null> {
  if ((await stat(path)).isDirectory() || isMaildirFile(path) || isMessageName(path)) return null;
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
  return buffer.toString('latin1', 0, bytesRead) === 'From ' ? null : `${path} is neither .eml nor mbox`;
}

function isMessageName(path: string): boolean {
  return /\.eml$/i.test(path);
}

async function* messagesAt(path: string): AsyncGenerator<Source> {
  if ((await stat(path)).isDirectory()) {
    const names = (await readdir(path)).sort();
    for (const name of names) if (!name.startsWith('.') || name === '.') yield* messagesAt(join(path, name));
    return;
  }
  const bytes = await readFile(path);
  if (isMaildirFile(path)) yield { bytes: withCrlf(bytes), ...maildirFlags(path) };
  else if (bytes.subarray(0, 5).toString('latin1') === 'From ')
    for (const message of messagesOfMbox(bytes)) yield { bytes: message, isRead: true, isStarred: false };
  else if (isMessageName(path)) yield { bytes, isRead: true, isStarred: false };
}

/** Maildir: files of `cur` and `new`, with their flags after `:2,`. */
function isMaildirFile(path: string): boolean {
  return ['cur', 'new'].includes(basename(dirname(path)));
}

function maildirFlags(path: string): { isRead: boolean; isStarred: boolean } {
  const flags = /[:;!]2,([A-Za-z]*)$/.exec(path)?.[1] ?? '';
  return { isRead: flags.includes('S'), isStarred: flags.includes('F') };
}

/** Maildirs hold LF; a file without any CR gets the line ends that it had on the wire. */
function withCrlf(bytes: Buffer): Buffer {
  return bytes.includes(0x0d)
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
