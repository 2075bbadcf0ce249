import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import type { Attachment, EmailAddress, MessageSummary } from '../../shared/message.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { MessageFile } from '../message/bytes/byte-source.ts';
import type { MessageRequest, ParseReply } from '../message/parsing/parse-job.ts';
import type { ParsePool } from '../message/parsing/parse-pool.ts';
import type { Store } from '../store/store.ts';
import { OpenedFiles } from './opened-files.ts';

/*
 * How one message comes to the screen.
 *
 * The shelf knows every message that can be read: those in the store, and files that the person opened. It has them
 * read by parse workers. Nothing in this room parses a message on the engine's own worker.
 *
 * Whatever the window shows of a message is a page under a random token (shown-pages). The body (message-view), the
 * preview of an attachment (preview-page) and the printable page (printable-page) are such pages. The window frames
 * them by the message scheme, and the scheme serves only a page and the pictures that belong to it (scheme-content).
 *
 * A remote picture is fetched only for a page that the person allowed it for (remote-pictures). A file that is saved
 * has its pictures inside (saved-pictures), so that it loads nothing when it is opened.
 *
 * Attachments leave by attachment-files alone, under clean names, marked as received from the internet.
 */

/** What a parse worker is asked, without the place of the message. */
export type ShelfJob = MessageRequest extends infer Request
  ? Request extends MessageRequest
    ? Omit<Request, 'source'>
    : never
  : never;

/** What the headers of an opened file say for its row. */
type FileHeaders = { subject: string; from: readonly EmailAddress[]; sentAt: number | null };

/** All messages that can be read, stored ones and opened files alike. */
export class MessageShelf {
  readonly #store: Store;
  readonly #pool: Pick<ParsePool, 'parse'>;
  readonly #drawingPool: Pick<ParsePool, 'parse'>;
  readonly #temporaryFolder: string;
  readonly #files = new OpenedFiles();

  /** `drawingPool` draws PDFs, which are slow and must not keep the next message waiting. */
  constructor(
    store: Store,
    pool: Pick<ParsePool, 'parse'>,
    drawingPool: Pick<ParsePool, 'parse'>,
    temporaryFolder: string,
  ) {
    this.#store = store;
    this.#pool = pool;
    this.#drawingPool = drawingPool;
    this.#temporaryFolder = temporaryFolder;
  }

  /** Opens a file as a message that is not stored. Fails with `not-found`. */
  addFile(path: string): Promise<Result<MessageId, Failure>> {
    return this.#files.add(path);
  }

  /** Whether a message is an opened file and not in the store. */
  isFile(id: MessageId): boolean {
    return this.#files.isFile(id);
  }

  /** The character set that the person chose for a message. A file's choice holds until the program ends. */
  charset(id: MessageId): string | null {
    return this.isFile(id) ? (this.#files.find(id)?.charset ?? null) : this.#store.choices.of(id).charset;
  }

  /** Remembers the person's choice; null takes it back. Rejects as the store does. */
  async chooseCharset(id: MessageId, charset: string | null): Promise<void> {
    if (this.isFile(id)) this.#files.chooseCharset(id, charset);
    else await this.#store.choices.set(id, { charset });
  }

  /** Where the bytes of a message are; null where there is no such message. */
  place(id: MessageId): MessageFile | null {
    const file = this.#files.find(id);
    if (file !== undefined) return file;
    const stored = this.#store.messages.file(id);
    return stored === null ? null : { path: stored.path, offset: stored.offset, length: stored.lengthBytes };
  }

  /** The exact bytes of a message. Fails with `not-found` and as the store does; throws what the file system throws. */
  async bytes(id: MessageId): Promise<Result<Uint8Array, Failure>> {
    const place = this.place(id);
    if (place === null) return failed({ kind: 'not-found', canRetry: false });
    return this.isFile(id) ? ok(await readFile(place.path)) : this.#store.messages.read(id);
  }

  /** The row of a message. For a file it is made of its headers, null where they could not be parsed. */
  summary(id: MessageId, parsed: FileHeaders | null) {
    const stored = this.isFile(id) ? null : this.#store.messages.find(id);
    if (stored !== null) return stored;
    const place = this.place(id);
    // A message without a readable date came when its file did.
    const changedAt = this.#files.find(id)?.changedAt ?? 0;
    return place === null ? null : fileSummary(id, place.length, changedAt, parsed);
  }

  /** The attachments of a message; none where it cannot be parsed. */
  async attachments(id: MessageId): Promise<readonly Attachment[]> {
    const stored = this.isFile(id) ? null : this.#store.messages.find(id);
    if (stored?.isParsed === true) return stored.attachments;
    const reply = await this.parse(id, { job: 'read' });
    return reply?.kind === 'parsed' ? reply.message.attachments : [];
  }

  /**
   * Has a parse worker read a message, in the character set that the person chose for it. Answers null where there is
   * no such message. A compaction may move its bytes meanwhile: then they are read again at their new place.
   */
  async parse(id: MessageId, asked: ShelfJob): Promise<ParseReply | null> {
    const place = this.place(id);
    if (place === null) return null;
    const charset = this.charset(id);
    const job = charset === null ? asked : { ...asked, charset };
    const pool = job.job === 'draw-pdf' ? this.#drawingPool : this.#pool;
    const reply = await pool.parse({ ...job, source: place });
    if (reply.kind !== 'unparsed' || reply.reason === 'closed') return reply;
    const now = this.place(id);
    if (now === null) return null;
    return isSamePlace(place, now) ? reply : pool.parse({ ...job, source: now });
  }

  /** Writes the decoded bytes of a part to a new file. */
  async extractTo(id: MessageId, part: string, path: string, mode: number): Promise<ParseReply> {
    return (await this.parse(id, { job: 'extract', part, path, mode })) ?? { kind: 'no-such-part' };
  }

  /** Draws the first pages of a part that is a PDF. */
  async drawPdf(id: MessageId, part: string): Promise<ParseReply> {
    return (await this.parse(id, { job: 'draw-pdf', part })) ?? { kind: 'no-such-part' };
  }

  /** Reads the beginning of a part that is a text. */
  async readText(id: MessageId, part: string): Promise<ParseReply> {
    return (await this.parse(id, { job: 'read-text', part })) ?? { kind: 'no-such-part' };
  }

  /** The decoded bytes of a part that is small enough to be shown; null where there is no such part. */
  async partBytes(id: MessageId, part: string): Promise<Buffer | null> {
    const path = join(this.#temporaryFolder, `part-${randomUUID()}`);
    const reply = await this.extractTo(id, part, path, 0o600);
    if (reply.kind !== 'extracted') return null;
    try {
      return await readFile(path);
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Whether two places are the same bytes of the same file. */
export function isSamePlace(one: MessageFile, other: MessageFile): boolean {
  return one.path === other.path && one.offset === other.offset && one.length === other.length;
}

function fileSummary(
  id: MessageId,
  sizeBytes: number,
  changedAt: number,
  parsed: FileHeaders | null,
): MessageSummary {
  return {
    id,
    accountId: '0000000000000000' as AccountId,
    folder: 'inbox',
    subject: parsed?.subject ?? '',
    from: parsed?.from[0] ?? { name: '', address: '' },
    to: [],
    sentAt: parsed?.sentAt ?? null,
    receivedAt: changedAt,
    sizeBytes,
    preview: '',
    isRead: true,
    isStarred: false,
    isReplied: false,
    isForwarded: false,
    isPartial: false,
    isDoubtful: false,
    attachmentCount: 0,
    conversationId: 0,
    conversationCount: 1,
    tags: [],
  };
}
