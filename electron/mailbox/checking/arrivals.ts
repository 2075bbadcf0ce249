import type { Account } from '../../../shared/account.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { CommittedMessage } from '../../store/intake/commit-group.ts';
import type {
  EndedMessage,
  IncomingMessage,
  LinkedMessage,
  MessageWriter,
} from '../../store/intake/message-writer.ts';
import type { LedgerEntry } from '../../store/ledger/ledger.ts';
import type { Store } from '../../store/store.ts';
import type { SizeMemory } from '../leaving/size-memory.ts';
import type { SizeFact } from '../leaving/size-rule.ts';
import { headersLikeness, isPieceOf, likeness } from '../maildrop/essence.ts';
import { KnownLetters } from '../maildrop/known-letters.ts';
import type { Download } from './wanted-downloads.ts';

/*
 * Messages on their way from the session into the store.
 * - What comes much shorter or longer than LIST said is stored as doubtful, if the other messages do not show that this
 *   is the server's habit. What is known of the habit grows while messages come, so all are judged again at the end.
 * - Where mail of the account is here already, each message is held until its end and compared with what is here: the
 *   lines that servers write into their letters, or a trace of a move, make no second copy.
 */

/** A message longer than this is stored as it comes, and compared by its hash alone. Bytes. */
const mostHeldBytes = 8 * 1024 * 1024;

type Arriving = {
  readonly download: Download;
  /** Pieces of a message that is held until its end; null where they go into the store at once. */
  held: Uint8Array[] | null;
  receivedBytes: number;
  lines: number;
  /** The last bytes so far. */
  tail: Buffer;
  /** Bytes have come after the headers. */
  hasBody: boolean;
};

/** What ends headers without a body. */
const noBytes = Buffer.alloc(0);
const emptyLine = Buffer.from('\r\n\r\n');

/** How a message ended; see `RetrievalOutcome`. */
type ArrivalEnd = { readonly doubtful: boolean; readonly saidBytes: number | null };

type ArrivalTools = {
  readonly store: Store;
  readonly account: Account;
  readonly sizes: SizeMemory;
  readonly writer: MessageWriter;
};

/** A message whose size was not the listed one. */
type OffSize = {
  readonly fact: SizeFact;
  isDoubted: boolean;
  messageId: CommittedMessage['messageId'] | null;
};

/** Takes messages from a session, judges them, and writes them. One message at a time. */
export class Arrivals {
  readonly #tools: ArrivalTools;
  readonly #mayBeHere: boolean;
  readonly #letters: KnownLetters;
  readonly #before = new Map<LedgerKey, LedgerEntry>();
  readonly #listed = new Map<LedgerKey, number>();
  readonly #offSize = new Map<LedgerKey, OffSize>();
  readonly #unproven = new Set<LedgerKey>();
  #arriving: Arriving | null = null;
  #hasOtherLetters = false;
  #ending: Promise<void> | null = null;

  constructor(tools: ArrivalTools) {
    this.#tools = tools;
    this.#mayBeHere = tools.store.messages.hasAny(tools.account.id);
    this.#letters = new KnownLetters(tools.store.messages, tools.account.id);
    tools.writer.onCommitted((batch) => {
      for (const message of batch) this.#committed(message);
    });
  }

  /** Linked to what is here without having its bytes: no reason to delete them on the server. */
  get unproven(): ReadonlySet<LedgerKey> {
    return this.#unproven;
  }

  /** Whether an id was found to stand for another message than before. */
  get hasOtherLetters(): boolean {
    return this.#hasOtherLetters;
  }

  /** A message begins. */
  begin(download: Download): void {
    if (this.#mayBeHere) {
      const entry = this.#tools.store.ledger(this.#tools.account.id).entry(download.key);
      if (entry !== null && download.isLasting) this.#before.set(download.key, entry);
      this.#listed.set(download.key, download.sizeBytes);
    }
    const isHeld = this.#mayBeHere && this.#isCompared(download) && download.sizeBytes <= mostHeldBytes;
    this.#arriving = {
      download,
      held: isHeld ? [] : null,
      receivedBytes: 0,
      lines: 0,
      tail: noBytes,
      hasBody: false,
    };
    if (!isHeld) this.#tools.writer.begin(incoming(download));
  }

  /** A beginning is compared only with what is known under its own id. */
  #isCompared({ key, isPartial }: Download): boolean {
    return !isPartial || this.#before.get(key)?.messageId != null;
  }

  /** Takes the next bytes; see `MessageWriter.chunk`. */
  chunk(bytes: Uint8Array): void | Promise<void> {
    const arriving = this.#mustBeArriving();
    const { writer, sizes } = this.#tools;
    arriving.receivedBytes += bytes.length;
    if (!sizes.isExact) {
      arriving.lines += linesIn(bytes);
      arriving.hasBody ||= beginsBody(arriving.tail, bytes);
      arriving.tail = lastBytes(arriving.tail, bytes);
    }
    if (arriving.held === null) return writer.chunk(bytes);
    arriving.held.push(bytes);
    if (arriving.receivedBytes > mostHeldBytes) return this.#letGo(arriving);
  }

  async #letGo(arriving: Arriving): Promise<void> {
    const { writer } = this.#tools;
    const pieces = arriving.held ?? [];
    arriving.held = null;
    writer.begin(incoming(arriving.download));
    for (const piece of pieces) await writer.chunk(piece);
  }

  /** Ends the last message of a session that breaks off: nobody waits for it but `ended`. */
  endLater(end: ArrivalEnd): void {
    this.#ending = Promise.resolve(this.end(end));
    // Met by `ended`.
    this.#ending.catch(() => undefined);
  }

  /** Resolves when the message of `endLater` is in the writer. Rejects with the store's error. */
  async ended(): Promise<void> {
    await this.#ending;
  }

  /** Ends the message; see `MessageWriter.end`. */
  end({ doubtful, saidBytes }: ArrivalEnd): void | Promise<void> {
    const arriving = this.#mustBeArriving();
    this.#arriving = null;
    const isJudged = !doubtful && !arriving.download.isPartial;
    const isDoubtful = doubtful || (isJudged && this.#isOdd(arriving, saidBytes));
    // An end that is not certain is so each time; only what is too short may come whole.
    const outcome = { doubtful: isDoubtful, isFinal: doubtful };
    if (arriving.held === null) return this.#tools.writer.end(outcome);
    return this.#endHeld(arriving, Buffer.concat(arriving.held), outcome);
  }

  #isOdd({ download, receivedBytes, lines, tail, hasBody }: Arriving, said: number | null): boolean {
    const { sizes } = this.#tools;
    const { sizeBytes, key } = download;
    if (sizeBytes === 0) return false;
    const isBare = receivedBytes === 0 || (!hasBody && tail.equals(emptyLine));
    const fact = {
      listed: sizeBytes,
      received: receivedBytes,
      lines: sizes.isExact ? null : lines,
      said,
      isBare,
    };
    const isDoubted = !sizes.add(fact);
    if (receivedBytes !== sizeBytes) this.#offSize.set(key, { fact, isDoubted, messageId: null });
    return isDoubted;
  }

  #endHeld({ download }: Arriving, bytes: Buffer, outcome: EndedMessage): void | Promise<void> {
    const before = this.#before.get(download.key);
    if (before !== undefined && (before.isPartial || before.isDoubtful || download.isPartial))
      return this.#endBeside(before, download, bytes, outcome);
    return this.#endWhole(download, bytes, outcome);
  }

  /**
   * A copy that is a beginning, or in doubt, gives its row to the whole of the same message only. Another message under
   * the same id gets a row of its own.
   */
  async #endBeside(
    before: LedgerEntry,
    download: Download,
    bytes: Buffer,
    outcome: EndedMessage,
  ): Promise<void> {
    const { store, account } = this.#tools;
    const stored = before.messageId === null ? null : await store.messages.read(before.messageId);
    if (stored?.ok === true && !isOfSameLetter({ before, download, outcome }, bytes, stored.value)) {
      this.#hasOtherLetters ||= !before.isDoubtful;
      await store.ledger(account.id).takeForOthers([download.key]);
    }
    await (download.isPartial
      ? this.#write(download, bytes, outcome)
      : this.#endWhole(download, bytes, outcome));
  }

  #endWhole(download: Download, bytes: Buffer, outcome: EndedMessage): void | Promise<void> {
    if (outcome.doubtful && !(outcome.isFinal ?? false)) return this.#endDoubted(download, bytes, outcome);
    const candidates = outcome.doubtful ? [] : this.#letters.candidates(bytes);
    if (candidates.length === 0) return this.#write(download, bytes, outcome);
    return this.#compare(download, bytes, candidates);
  }

  /** The letter of a certain copy once more, while LIST says another size of it, brings no doubt: the size drifts. */
  async #endDoubted(download: Download, bytes: Buffer, outcome: EndedMessage): Promise<void> {
    const before = this.#before.get(download.key);
    const isResized = before?.listedBytes != null && before.listedBytes !== download.sizeBytes;
    const isCertain = isResized && !before.isDoubtful && !before.isPartial && before.messageId !== null;
    const stored = isCertain ? await this.#tools.store.messages.read(before.messageId) : null;
    if (stored?.ok !== true || likeness(bytes, stored.value) !== 'same')
      return this.#endOdd(download, bytes, outcome);
    this.#offSize.delete(download.key);
    const copy = this.#letters.candidates(bytes).find(({ messageId }) => messageId === before?.messageId);
    await (copy === undefined || bytes.equals(stored.value)
      ? this.#write(download, bytes, { doubtful: false })
      : this.#tools.writer.link(incoming(download), copy));
  }

  /** A letter of an odd size that is here already needs no second copy, but its size proves nothing. */
  async #endOdd(download: Download, bytes: Buffer, outcome: EndedMessage): Promise<void> {
    const known = await this.#letters.among(this.#letters.candidates(bytes), bytes);
    if (known === null) return void (await this.#write(download, bytes, outcome));
    await this.#spare(download, known.copy);
  }

  async #spare(download: Download, copy: LinkedMessage): Promise<void> {
    this.#offSize.delete(download.key);
    this.#unproven.add(download.key);
    await this.#tools.writer.link({ ...incoming(download), listedBytes: -download.sizeBytes }, copy);
  }

  async #compare(download: Download, bytes: Buffer, candidates: readonly LinkedMessage[]): Promise<void> {
    const { account, writer } = this.#tools;
    const known = await this.#letters.among(candidates, bytes);
    // The writer links equal bytes by itself.
    if (known === null || known.isEqual) return this.#write(download, bytes, { doubtful: false });
    if (known.kind === 'same') {
      await writer.link(incoming(download), known.copy);
      return;
    }
    // Where nothing is to leave the server, the copy that is here is enough.
    if (account.retention.kind !== 'keep')
      return this.#write(download, bytes, { doubtful: false, replaces: known.copy.messageId });
    await this.#spare(download, known.copy);
  }

  #write(download: Download, bytes: Buffer, outcome: EndedMessage): void | Promise<void> {
    const { writer } = this.#tools;
    writer.begin(incoming(download));
    const room = writer.chunk(bytes);
    return room instanceof Promise ? room.then(() => writer.end(outcome)) : writer.end(outcome);
  }

  /** Drops the message under way. */
  abandon(): void {
    if (this.#arriving?.held === null) this.#tools.writer.abandon();
    this.#arriving = null;
  }

  /** These are in doubt whatever their sizes say. */
  doubt(keys: readonly LedgerKey[]): void {
    for (const key of keys) this.#offSize.delete(key);
  }

  #committed({ ledgerKey, messageId, isPartial, isNew }: CommittedMessage): void {
    const off = this.#offSize.get(ledgerKey);
    if (off !== undefined) off.messageId = messageId;
    const before = this.#before.get(ledgerKey);
    if (before === undefined || before.messageId === null || (before.isDoubtful && isNew)) return;
    if (before.messageId !== messageId) this.#hasOtherLetters ||= !before.isDoubtful;
    else if (before.lastListedBytes !== null && !isPartial)
      this.#tools.sizes.addDrift(Math.abs((this.#listed.get(ledgerKey) ?? 0) - before.lastListedBytes));
  }

  /**
   * Judges sizes by all that have come, and keeps what was learned. Answers the keys that are certain after all, and
   * those that are not. To be called when everything is durable.
   */
  async settle(): Promise<{ readonly certain: LedgerKey[]; readonly doubted: LedgerKey[] }> {
    const { sizes, store } = this.#tools;
    const certain: LedgerKey[] = [];
    const doubted: LedgerKey[] = [];
    for (const [key, { fact, isDoubted, messageId }] of this.#offSize) {
      if (messageId === null || sizes.explains(fact) === !isDoubted) continue;
      await store.marks.setDoubtful([messageId], !isDoubted);
      (isDoubted ? certain : doubted).push(key);
    }
    await sizes.keep();
    return { certain, doubted };
  }

  #mustBeArriving(): Arriving {
    if (this.#arriving === null) throw new Error('no message is arriving');
    return this.#arriving;
  }
}

/** A message that came under an id, and what was known of that id. */
type Beside = {
  readonly before: LedgerEntry;
  readonly download: Download;
  readonly outcome: EndedMessage;
};

/** Whether what comes under an id may be the letter of the copy that is known under it. */
function isOfSameLetter({ before, download, outcome }: Beside, came: Buffer, stored: Uint8Array): boolean {
  if (!before.isDoubtful) return headersLikeness(came, stored) !== 'other';
  // Of two in doubt the longer one stays, if it holds the other.
  if (outcome.doubtful) return isPieceOf(stored, came) || isPieceOf(came, stored);
  const isSameListing = download.isTrusted && before.listedBytes === download.sizeBytes;
  return isSameListing || download.isPartial || isPieceOf(stored, came);
}

function incoming({ uidl, occurrence, sizeBytes, isPartial }: Download): IncomingMessage {
  // Not spread from one another: that is done for each message, and takes longer than all else here.
  return sizeBytes > 0
    ? { uidl, occurrence, announcedSizeBytes: sizeBytes, listedBytes: sizeBytes, isPartial }
    : { uidl, occurrence, announcedSizeBytes: sizeBytes, isPartial };
}

/** Whether these bytes bring something behind the empty line that ends the headers. */
function beginsBody(before: Buffer, more: Uint8Array): boolean {
  const bytes = Buffer.concat([before, more]);
  const end = bytes.indexOf(emptyLine);
  return end >= 0 && end + emptyLine.length < bytes.length;
}

/** The last bytes of a message that has gone on. */
function lastBytes(before: Buffer, more: Uint8Array): Buffer {
  if (more.length >= emptyLine.length) return Buffer.from(more.subarray(-emptyLine.length));
  return Buffer.concat([before, more]).subarray(-emptyLine.length);
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
