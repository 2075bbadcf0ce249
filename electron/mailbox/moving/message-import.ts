import { createHash, type Hash, hash as hashOnce } from 'node:crypto';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { ledgerKey } from '../../../shared/ledger-key.ts';
import { summariseHeaders } from '../../message/headers/header-summary.ts';
import { unreadable } from '../../other-programs/files/mail-files.ts';
import type { ForeignMessage } from '../../other-programs/found-mail/foreign-mail.ts';
import type { Store } from '../../store/store.ts';
import { likeness } from '../maildrop/essence.ts';
import { type FolderPlaces, tagName, tagOf } from './folder-places.ts';
import type { FolderReport, ImportTally } from './import-report.ts';

/** Messages up to this size are read once and kept until they are written. Bytes. */
const keptBytes = 1 << 20;

type Tools = {
  readonly store: Store;
  readonly places: FolderPlaces;
  readonly tally: ImportTally;
  readonly isPlan: boolean;
};

type Writer = ReturnType<Store['writer']>;

/** One mailbox that mail comes into. */
type Target = {
  readonly accountId: AccountId;
  readonly writer: Writer;
  /** Mail was there before, so that the same letter may be there with other lines in its headers. */
  readonly mayBeHere: boolean;
  /** The folder that each message of this import lies in, by hash; its id once it is stored. */
  readonly seen: Map<string, { readonly path: string; id: MessageId | null }>;
  /** Tags for messages that are being written. */
  readonly waiting: Map<string, string[]>;
  readonly usedIds: Set<string>;
};

/** The bytes of a message; `kept` is null where there are too many of them. */
type Bytes = { readonly sha256: string; readonly sizeBytes: number; readonly kept: Buffer | null };

/** Takes messages of other programs into the store, each once, and counts them. */
export class MessageImport {
  readonly #tools: Tools;
  readonly #targets = new Map<AccountId, Target>();
  readonly #tagging: Promise<unknown>[] = [];

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Takes a message in. Rejects with a StoreError; a file that cannot be read is counted as left out. */
  async take(message: ForeignMessage, accountId: AccountId): Promise<void> {
    const { tally } = this.#tools;
    const { folder, place } = message;
    if (folder.role === 'outbox') {
      tally.leaveOut({ kind: 'left-out', place, folder, why: 'unsent' }, accountId);
      return;
    }
    let bytes: Bytes;
    try {
      bytes = read(message);
    } catch (error) {
      tally.leaveOut(unreadable(place, error, folder), accountId);
      return;
    }
    const report = tally.folder(accountId, folder);
    report.read += 1;
    if (!message.marks.isRead) report.unread += 1;
    const target = this.#targetOf(accountId);
    const path = folder.path.join('/');
    const seen = target.seen.get(bytes.sha256);
    const known = seen === undefined ? await this.#findHere(target, bytes) : null;
    if (seen === undefined && known === null) {
      target.seen.set(bytes.sha256, { path, id: null });
      report.new += 1;
      if (!this.#tools.isPlan) await this.#write(target, message, bytes, report);
      return;
    }
    report.here += 1;
    if (seen === undefined) target.seen.set(bytes.sha256, { path, id: known });
    else if (seen.path !== path) this.#tag(target, message, bytes, report);
  }

  #targetOf(accountId: AccountId): Target {
    const known = this.#targets.get(accountId);
    if (known !== undefined) return known;
    const { store } = this.#tools;
    const writer = store.writer(accountId);
    const target: Target = {
      accountId,
      writer,
      mayBeHere: store.messages.hasAny(accountId),
      seen: new Map(),
      waiting: new Map(),
      usedIds: new Set(),
    };
    writer.onCommitted((batch) => {
      for (const { messageId, sha256 } of batch) {
        const seen = target.seen.get(sha256);
        if (seen !== undefined) seen.id = messageId;
        const tags = target.waiting.get(sha256);
        target.waiting.delete(sha256);
        if (tags !== undefined) this.#addTags(messageId, tags);
      }
    });
    this.#targets.set(accountId, target);
    return target;
  }

  /** The message that is here already: the same bytes, or the same letter with other lines of programs in its headers. */
  async #findHere({ accountId, mayBeHere }: Target, bytes: Bytes): Promise<MessageId | null> {
    if (!mayBeHere) return null;
    const { messages } = this.#tools.store;
    const same = messages.findByHash(accountId, bytes.sha256);
    if (same !== null || bytes.kept === null) return same;
    for (const { messageId } of messages.alike(accountId, summariseHeaders(bytes.kept), bytes.sizeBytes)) {
      const stored = await messages.read(messageId);
      if (!stored.ok) continue;
      const isSame =
        likeness(bytes.kept, stored.value) !== 'other' || likeness(stored.value, bytes.kept) === 'moved';
      if (isSame) return messageId;
    }
    return null;
  }

  async #write(target: Target, message: ForeignMessage, bytes: Bytes, report: FolderReport): Promise<void> {
    const { accountId, writer } = target;
    const { isRead, isStarred, isReplied, isForwarded, tags } = message.marks;
    const folder = await this.#tools.places.placeOf(accountId, message.folder);
    writer.begin({
      uidl: this.#idFor(target, message),
      occurrence: 1,
      announcedSizeBytes: bytes.sizeBytes,
      isPartial: message.isPartial,
      ...(message.receivedAt === null ? {} : { receivedAt: message.receivedAt }),
      marks: { folder, isRead, isStarred, isReplied, isForwarded, tags: tags.map(tagName) },
    });
    if (bytes.kept !== null) await writer.chunk(bytes.kept);
    else if (!(await this.#copy(target, message, bytes, report))) return;
    await writer.end({ doubtful: false });
  }

  /** Copies a large message, which is read a second time. False where it can no longer be read. */
  async #copy(
    { accountId, writer, seen }: Target,
    message: ForeignMessage,
    { sha256 }: Bytes,
    report: FolderReport,
  ): Promise<boolean> {
    const pieces = message.pieces()[Symbol.iterator]();
    for (;;) {
      let next: IteratorResult<Buffer>;
      try {
        next = pieces.next();
      } catch (error) {
        writer.abandon();
        seen.delete(sha256);
        report.read -= 1;
        report.new -= 1;
        this.#tools.tally.leaveOut(unreadable(message.place, error, message.folder), accountId);
        return false;
      }
      if (next.done === true) return true;
      await writer.chunk(next.value);
    }
  }

  /** The id on the server. What is known here of a message there counts more than what another program says. */
  #idFor({ accountId, usedIds }: Target, { uidl }: ForeignMessage): string | null {
    if (uidl === null || usedIds.has(uidl)) return null;
    usedIds.add(uidl);
    return this.#tools.store.ledger(accountId).entry(ledgerKey(uidl, 1)) === null ? uidl : null;
  }

  /** A message in a second folder gets a tag with the name of that folder, and the marks that it has there. */
  #tag(target: Target, { folder, marks }: ForeignMessage, { sha256 }: Bytes, report: FolderReport): void {
    const name = tagOf(folder);
    const tags = [...(name === null ? [] : [name]), ...marks.tags.map(tagName)];
    if (name !== null) report.tagged += 1;
    if (tags.length === 0 || this.#tools.isPlan) return;
    const id = target.seen.get(sha256)?.id ?? null;
    if (id !== null) this.#addTags(id, tags);
    else target.waiting.set(sha256, [...(target.waiting.get(sha256) ?? []), ...tags]);
  }

  #addTags(id: MessageId, tags: readonly string[]): void {
    const write = this.#tools.store.marks.setTags({ kind: 'ids', ids: [id] }, { add: tags });
    // One that fails is met when all have been waited for.
    write.catch(() => undefined);
    this.#tagging.push(write);
  }

  /** Waits until everything is durable. */
  async flush(): Promise<void> {
    for (const { writer } of this.#targets.values()) await writer.flush();
    await Promise.all(this.#tagging.splice(0));
  }

  /** Lets the mailboxes go. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { writer } of this.#targets.values()) await writer[Symbol.asyncDispose]();
  }
}

/** Reads a message once. Throws what the file system throws. */
function read(message: ForeignMessage): Bytes {
  const kept: Buffer[] = [];
  let hash: Hash | null = null;
  let sizeBytes = 0;
  for (const piece of message.pieces()) {
    sizeBytes += piece.length;
    if (hash === null && sizeBytes > keptBytes) {
      hash = createHash('sha256');
      for (const one of kept.splice(0)) hash.update(one);
    }
    if (hash === null) kept.push(piece);
    else hash.update(piece);
  }
  if (hash !== null) return { sha256: hash.digest('hex'), sizeBytes, kept: null };
  const [first, ...others] = kept;
  const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(kept);
  // Hashing a short message at once costs half.
  return { sha256: hashOnce('sha256', bytes, 'hex'), sizeBytes, kept: bytes };
}
