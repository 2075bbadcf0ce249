import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { failureOf } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { readExactly, segmentPath } from '../segments/segment-file.ts';
import { findByHash, messageOf, type StoredMessage, summariesOf } from './message-rows.ts';

/** What a letter is looked for by; `sentAt` in milliseconds since the epoch. */
type SearchedLetter = {
  readonly subject: string;
  readonly from: { readonly address: string };
  readonly sentAt: number | null;
};

type CopyRow = { readonly id: number; readonly length: number; readonly sha256: Uint8Array };

/** A stored message and its bytes in short. */
type StoredCopy = {
  readonly messageId: MessageId;
  readonly lengthBytes: number;
  readonly sha256: string;
};

type Tools = Pick<StoreTools, 'folder' | 'files' | 'sql' | 'accounts' | 'folders' | 'messages' | 'hashes'>;

/**
 * Where the bytes of a message lie: `lengthBytes` from `offset` in the file at `path`. Valid until the next compaction.
 */
export type MessageFile = { readonly path: string; readonly offset: number; readonly lengthBytes: number };

type Place = {
  readonly account_no: number;
  readonly number: number;
  readonly data_offset: number;
  readonly length: number;
  readonly sha256: Uint8Array;
};

function placeOf(tools: Pick<StoreTools, 'sql'>, id: MessageId): Place | undefined {
  return tools.sql.get<Place>(
    `select m.account_no, s.number, m.data_offset, m.length, m.sha256
     from message m join segment s on s.id = m.segment_id where m.id = ?`,
    id,
  );
}

/** The file and range of a message; null when the message does not exist. */
function messageFile(tools: Tools, id: MessageId): MessageFile | null {
  const place = placeOf(tools, id);
  if (place === undefined) return null;
  return {
    path: segmentPath(tools.folder, tools.accounts.idOf(place.account_no), place.number),
    offset: place.data_offset,
    lengthBytes: place.length,
  };
}

/** The bytes of a message as a stream, for any size; null when the message does not exist. */
function messageStream(tools: Tools, id: MessageId): Readable | null {
  const file = messageFile(tools, id);
  if (file === null) return null;
  // A file range has at least one byte.
  if (file.lengthBytes === 0) return Readable.from([]);
  return createReadStream(file.path, { start: file.offset, end: file.offset + file.lengthBytes - 1 });
}

function notFound(): { readonly ok: false; readonly failure: Failure } {
  return failed({ kind: 'not-found', canRetry: false });
}

function damaged(
  tools: Pick<StoreTools, 'messages' | 'hashes'>,
  id: MessageId,
  path: string,
): { ok: false; failure: Failure } {
  try {
    tools.messages.setDamaged([id], true);
    tools.hashes.noteDamage();
  } catch (error) {
    // The note only helps the next check. On a full disk it has to wait.
    if (failureOf(error) === null) throw error;
  }
  return failed({ kind: 'store-damaged', what: path, step: 'open', canRetry: false });
}

/** The exact bytes of a message, checked against their hash. Use `messageStream` for large ones. */
async function readMessage(tools: Tools, id: MessageId): Promise<Result<Uint8Array, Failure>> {
  const place = placeOf(tools, id);
  const where = messageFile(tools, id);
  if (place === undefined || where === null) return notFound();
  try {
    const file = await tools.files.open(where.path, 'read');
    try {
      const bytes = await readExactly(file, where.offset, where.lengthBytes);
      const isSound = bytes !== null && createHash('sha256').update(bytes).digest().equals(place.sha256);
      return isSound ? ok(bytes) : damaged(tools, id, where.path);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return damaged(tools, id, where.path);
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

/** Letters of one moment or one subject that are found, where the caller names no other limit. */
const mostAlike = 20;
/** How far two copies of a letter differ in length by the lines that servers add. Bytes. */
const mostAddedBytes = 8192;

/** How many copies are found at most, and by how many bytes their lengths may differ. */
type AlikeLimits = { readonly most?: number; readonly addedBytes?: number };

/** See `messages.alike`. Without a date every envelope is looked at, which such mail is rare enough for. */
function alike(
  tools: Tools,
  accountId: AccountId,
  summary: SearchedLetter,
  bytes: number,
  { most = mostAlike, addedBytes = mostAddedBytes }: AlikeLimits = {},
): StoredCopy[] {
  const accountNo = tools.accounts.knownNumber(accountId) ?? -1;
  const near = `m.account_no = ? and m.is_partial = 0 and m.is_damaged = 0 and m.is_doubtful = 0 and m.length between ? and ? limit ?`;
  const rows =
    summary.sentAt === null
      ? tools.sql.all<CopyRow>(
          `select m.id, m.length, m.sha256 from envelope e join message m on m.id = e.id
           where e.subject = ? and e.from_address = ? and ${near}`,
          ...[summary.subject, summary.from.address, accountNo, bytes - addedBytes, bytes + addedBytes, most],
        )
      : tools.sql.all<CopyRow>(
          `select m.id, m.length, m.sha256 from message m
           where m.folder in (select id from folder) and m.sort_date = ? and ${near}`,
          ...[summary.sentAt, accountNo, bytes - addedBytes, bytes + addedBytes, most],
        );
  return rows.map(({ id, length, sha256 }) => ({
    messageId: id as MessageId,
    lengthBytes: length,
    sha256: Buffer.from(sha256).toString('hex'),
  }));
}

/** Single messages: their rows and their bytes. */
export function messages(tools: Tools) {
  return {
    /** One message with all that is known of it, or null. */
    find: (id: MessageId): StoredMessage | null => messageOf(tools, id),

    /** Rows of these messages, in this order. Messages that no longer exist are left out. */
    summaries: (ids: readonly MessageId[]): MessageSummary[] => summariesOf(tools, ids),

    /** A message of the account with these bytes, or null. Lower-case hexadecimal. */
    findByHash: (accountId: AccountId, sha256: string): MessageId | null =>
      findByHash(tools, accountId, sha256),

    /** Whole and certain messages of the account that could be copies of one with this summary and length; bytes. */
    alike: (
      accountId: AccountId,
      summary: SearchedLetter,
      bytes: number,
      limits?: AlikeLimits,
    ): StoredCopy[] => alike(tools, accountId, summary, bytes, limits),

    /** Whether the account has any message here. */
    hasAny: (accountId: AccountId): boolean =>
      tools.sql.value<number>(
        'select exists(select 1 from message where account_no = ?) as value',
        tools.accounts.knownNumber(accountId) ?? -1,
      ) === 1,

    /** The exact bytes of a message, checked against their hash. Use `stream` for large ones. */
    read: (id: MessageId): Promise<Result<Uint8Array, Failure>> => readMessage(tools, id),

    /** The bytes of a message as a stream; null when the message does not exist. */
    stream: (id: MessageId): Readable | null => messageStream(tools, id),

    /** Where the bytes of a message lie; null when the message does not exist. */
    file: (id: MessageId): MessageFile | null => messageFile(tools, id),
  };
}
