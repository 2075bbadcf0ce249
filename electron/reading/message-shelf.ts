import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId, Mailbox, MessageId, MessageSummary } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { MessageFile } from '../message/bytes/byte-source.ts';
import { type MessageRequest, type ParseReply, shownSourceBytes } from '../message/parsing/parse-job.ts';
import type { ParsePool } from '../message/parsing/parse-pool.ts';
import type { BodyLink } from '../message/safety/safe-body.ts';
import type { Store } from '../store/store.ts';

/** Pages that can still be asked for; older ones belong to messages nobody looks at any more. */
const mostPages = 64;
/** Files that can still be read; each opened nested message is one. */
const mostFiles = 500;
/** Ids of messages that are files, far above any row of the index. */
const firstFileId = 2 ** 52;
/** Pictures that pages hold, all pages together; the oldest pages with pictures go first. Bytes. */
const mostPictureBytes = 64_000_000;

/** A page in the message scheme: a body, and what may be loaded beside it. */
export type Page = {
  readonly messageId: MessageId;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly links: readonly BodyLink[];
  /** Remote images the person has allowed for this page; any other address is not fetched. */
  readonly allowsRemote: boolean;
  /** Pictures made for this page alone, in order. */
  readonly pictures?: readonly Uint8Array[];
};

/** What is asked of a parse thread, without the place of the message. */
export type ShelfJob = MessageRequest extends infer Request
  ? Request extends MessageRequest
    ? Omit<Request, 'source'>
    : never
  : never;

/** Messages that can be read, stored here or only a file, and the pages made of them. */
export class MessageShelf {
  readonly #store: Store;
  readonly #pool: Pick<ParsePool, 'parse'>;
  readonly #drawingPool: Pick<ParsePool, 'parse'>;
  readonly #temporaryFolder: string;
  readonly #files = new Map<MessageId, MessageFile & { readonly changedAt: number }>();
  readonly #fileCharsets = new Map<MessageId, string>();
  readonly #pages = new Map<string, Page>();
  #nextFileId = firstFileId;

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

  /** Takes a file in as a message that is not stored. */
  async addFile(path: string): Promise<Result<MessageId, Failure>> {
    const known = await stat(path).catch(() => null);
    if (known === null || !known.isFile()) return failed({ kind: 'not-found', canRetry: false });
    const id = this.#nextFileId as MessageId;
    this.#nextFileId += 1;
    this.#files.set(id, { path, offset: 0, length: known.size, changedAt: known.mtimeMs });
    const [oldest] = this.#files.keys();
    if (this.#files.size > mostFiles && oldest !== undefined) {
      this.#files.delete(oldest);
      this.#fileCharsets.delete(oldest);
    }
    return ok(id);
  }

  /** Whether a message is a file and not in the store. */
  isFile(id: MessageId): boolean {
    return id >= firstFileId;
  }

  /** The character set the person chose for a message; a file's is remembered while the program runs. */
  charset(id: MessageId): string | null {
    return this.isFile(id) ? (this.#fileCharsets.get(id) ?? null) : this.#store.choices.of(id).charset;
  }

  /** Remembers the person's choice; null leaves it to the reader again. Rejects as the store does. */
  async chooseCharset(id: MessageId, charset: string | null): Promise<void> {
    if (!this.isFile(id)) await this.#store.choices.set(id, { charset });
    else if (charset === null) this.#fileCharsets.delete(id);
    else this.#fileCharsets.set(id, charset);
  }

  /** Where the bytes of a message are; null where there is no such message. */
  place(id: MessageId): MessageFile | null {
    const file = this.#files.get(id);
    if (file !== undefined) return file;
    const stored = this.#store.messages.file(id);
    return stored === null ? null : { path: stored.path, offset: stored.offset, length: stored.lengthBytes };
  }

  /** The row of a message; for a file, what its parsed headers make of one. */
  summary(
    id: MessageId,
    parsed: { subject: string; from: readonly Mailbox[]; sentAt: number | null } | null,
  ) {
    const stored = this.isFile(id) ? null : this.#store.messages.find(id);
    if (stored !== null) return stored;
    const place = this.place(id);
    // A message without a readable date came when its file did.
    const changedAt = this.#files.get(id)?.changedAt ?? 0;
    return place === null ? null : fileSummary(id, place.length, changedAt, parsed);
  }

  /** The first bytes of a message's source, and whether there is more. */
  async source(id: MessageId): Promise<Result<{ bytes: Buffer; isCut: boolean }, Failure>> {
    const place = this.place(id);
    if (place === null) return failed({ kind: 'not-found', canRetry: false });
    const source = await this.#sourceAt(place);
    const now = this.place(id);
    return source.ok || now === null || isSamePlace(place, now) ? source : this.#sourceAt(now);
  }

  async #sourceAt(place: MessageFile): Promise<Result<{ bytes: Buffer; isCut: boolean }, Failure>> {
    try {
      await using file = await open(place.path, 'r');
      const bytes = Buffer.alloc(Math.min(place.length, shownSourceBytes));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, place.offset);
      return ok({ bytes: bytes.subarray(0, bytesRead), isCut: place.length > shownSourceBytes });
    } catch (error) {
      return failed({
        kind: 'unreadable-file',
        what: (error as Error).message,
        step: 'open',
        canRetry: true,
      });
    }
  }

  /**
   * Has a message read on a parse thread, in the character set that the person chose for it; null where there is no
   * such message. A compaction may move its bytes between the question and the reading: then it is read again where
   * it is now.
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

  /** Puts a page up under a random token. */
  putPage(token: string, page: Page): void {
    this.#pages.set(token, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    let pictureBytes = 0;
    for (const [other, { pictures = [] }] of [...this.#pages].reverse()) {
      for (const picture of pictures) pictureBytes += picture.length;
      if (pictures.length > 0 && pictureBytes > mostPictureBytes) this.#pages.delete(other);
    }
  }

  /** A token nobody can guess; the host of the page's address. */
  newToken(): string {
    return randomBytes(20).toString('hex');
  }

  /** The page under a token. */
  page(token: string): Page | undefined {
    return this.#pages.get(token);
  }

  /** Writes a part's decoded bytes to a new file. */
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

  /** A part's decoded bytes, for parts small enough to be shown; null where there is no such part. */
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

function isSamePlace(one: MessageFile, other: MessageFile): boolean {
  return one.path === other.path && one.offset === other.offset && one.length === other.length;
}

function fileSummary(
  id: MessageId,
  sizeBytes: number,
  changedAt: number,
  parsed: { subject: string; from: readonly Mailbox[]; sentAt: number | null } | null,
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
    isPartial: false,
    isDoubtful: false,
    attachmentCount: 0,
    threadId: 0,
    threadCount: 1,
    tags: [],
  };
}
