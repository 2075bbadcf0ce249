import { setImmediate as turn } from 'node:timers/promises';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { noLedgerKey } from '../../../shared/ledger-key.ts';
import { carryOutRules } from '../../mailbox/rules/rules-after-download.ts';
import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';
import type { MessageShelf } from '../../reading/message-shelf.ts';
import { StoreError } from '../../store/index/store-error.ts';
import type { CommittedMessage } from '../../store/intake/commit-group.ts';
import type { Store } from '../../store/store.ts';
import { findingOf } from './finding.ts';
import { IndexOrder } from './index-order.ts';
import { WritePace } from './write-pace.ts';

/** With the parse workers at once: enough that they never wait, little enough that mail which arrives is soon next. */
const mostReading = 32;
const mostReadingBytes = 400_000;
/** How long the engine writes at a stretch: a list that is asked for meanwhile waits so long. */
const stretchMs = 10;
/** What a message costs beside its text, in characters of text; and how many of them a slow machine writes in 1 ms. */
const messageUnits = 2000;
const firstUnitsPerMs = 3000;

type IndexerTools = {
  readonly store: Store;
  readonly shelf: MessageShelf;
  /** Lists that show these accounts are out of date. */
  onIndexed(accountIds: readonly AccountId[]): void;
  /** A rule says that this message is not to be announced. */
  onSilenced(id: MessageId): void;
  /** The store could not take what was found; it is tried again when more mail comes or at the next start. */
  onTrouble(error: unknown): void;
};

type Finding = {
  readonly id: MessageId;
  readonly isArrival: boolean;
  readonly message: ParsedMessage;
  readonly lengthBytes: number;
};
type Reading = { readonly isArrival: boolean; readonly bytes: number };

/**
 * Fills in what only parsing can tell: previews, conversations, words, attachments. It works in the background.
 *
 * - What has just arrived goes before what is left from earlier (`index-order.ts`). After a restart the indexer takes
 *   up where it left off.
 * - The parse workers read ahead. Findings are written a few milliseconds at a time, so nobody who asks the engine for
 *   something has to wait for the index.
 * - Once a message is written, the rules look at it (`mailbox/rules/rules-after-download`). Rules that were still due
 *   when the program ended are carried out after the next start.
 */
export class Indexer {
  readonly #tools: IndexerTools;
  readonly #order: IndexOrder;
  readonly #pace = new WritePace(stretchMs, firstUnitsPerMs);
  /** Fetched since the start and not yet looked at by the rules. */
  readonly #arrived = new Map<MessageId, CommittedMessage>();
  readonly #reading = new Map<MessageId, Reading>();
  #found: Finding[] = [];
  #units = 0;
  #working: Promise<void> | null = null;
  #isClosed = false;
  #hasAskedForRules = false;
  #wakes = 0;
  #tell: () => void = () => undefined;
  readonly #waiting = new Set<{ readonly accountId: AccountId; readonly resolve: () => void }>();

  constructor(tools: IndexerTools) {
    this.#tools = tools;
    this.#order = new IndexOrder((limit) => tools.store.parsed.unparsed(limit));
  }

  /** Messages have become durable: they are looked at soon. */
  noteCommitted(batch: readonly CommittedMessage[]): void {
    const byAccount = new Map<AccountId, MessageId[]>();
    for (const message of batch) {
      if (!message.isNew) continue;
      if (message.ledgerKey !== noLedgerKey) this.#arrived.set(message.messageId, message);
      const ids = byAccount.get(message.accountId) ?? [];
      byAccount.set(message.accountId, ids);
      ids.push(message.messageId);
    }
    for (const [accountId, ids] of byAccount) this.#order.noteArrived(accountId, ids);
    this.wake();
  }

  /** Starts working unless it does already. */
  wake(): void {
    this.#wakes += 1;
    this.#tell();
    if (!this.#isClosed && this.#working === null) this.#working = this.#run();
  }

  /** Waits until all that was fetched for an account has been indexed, or cannot be for now. */
  arrivalsIndexed(accountId: AccountId): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ accountId, resolve });
      this.#tellWaiting(this.#working === null);
    });
  }

  /** Stops after what is being written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#tell();
    await this.#working;
  }

  async #run(): Promise<void> {
    try {
      let heard: number;
      do {
        heard = this.#wakes;
        await this.#work();
        // What came while it was ending would else lie there until more comes.
      } while (heard !== this.#wakes && !this.#isClosed);
    } catch (error) {
      this.#tools.onTrouble(error);
    } finally {
      this.#working = null;
      this.#tellWaiting(true);
    }
  }

  async #work(): Promise<void> {
    if (!this.#hasAskedForRules) await this.#tools.store.rulesDue.parseAgain();
    this.#hasAskedForRules = true;
    while (!this.#isClosed) {
      this.#readAhead();
      if (this.#isWriteDue()) {
        await this.#write();
        await turn();
        if (this.#tools.store.words.areScattered) await this.#mergeWords();
      } else if (this.#reading.size > 0) await this.#news();
      else if (!(await this.#mergeWords())) return;
    }
  }

  /** One step of putting the word index together; answers whether there is more of it to do. */
  async #mergeWords(): Promise<boolean> {
    if (this.#isClosed) return false;
    const hasMore = (await this.#tools.store.words.merge()).value;
    await turn();
    return hasMore;
  }

  /** Resolves at the next finding or arrival. */
  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  #readAhead(): void {
    let bytes = 0;
    for (const reading of this.#reading.values()) bytes += reading.bytes;
    while (this.#reading.size < mostReading && bytes < mostReadingBytes) {
      const next = this.#order.take();
      if (next === null) return;
      const reading = { isArrival: next.isArrival, bytes: this.#tools.shelf.place(next.id)?.length ?? 0 };
      bytes += reading.bytes;
      this.#reading.set(next.id, reading);
      void this.#read(next.id, reading);
    }
  }

  async #read(id: MessageId, { isArrival, bytes: lengthBytes }: Reading): Promise<void> {
    try {
      const message = await this.#parse(id, lengthBytes);
      if (message === null && this.#isOfNow({ id, lengthBytes })) await this.#release(id);
      else if (message === null) this.#order.release(id);
      else {
        this.#found.push({ id, isArrival, message, lengthBytes });
        this.#units += message.indexText.length + messageUnits;
      }
    } catch (error) {
      // The store does not take it: not asked for again before the next start.
      this.#tools.onTrouble(error);
    }
    this.#reading.delete(id);
    this.#tell();
  }

  async #parse(id: MessageId, lengthBytes: number): Promise<ParsedMessage | null> {
    const { store, shelf } = this.#tools;
    const reply = await shelf.parse(id, { job: 'index' });
    if (this.#isClosed || reply === null) return null;
    if (reply.kind === 'parsed') return reply.message;
    const detail = reply.kind === 'unparsed' ? reply.reason : reply.kind;
    if (reply.kind === 'unparsed' && reply.reason === 'unreadable-file')
      await this.#noteUnreadable(id, reply.detail);
    else if (this.#isOfNow({ id, lengthBytes }))
      await store.parsed.setUnparsable(id, { code: 'unparsed', detail });
    return null;
  }

  /** Whether a message still has the bytes that were read; the rest of it may have come in the place of its beginning. */
  #isOfNow({ id, lengthBytes }: Pick<Finding, 'id' | 'lengthBytes'>): boolean {
    return (this.#tools.shelf.place(id)?.length ?? lengthBytes) === lengthBytes;
  }

  /**
   * The store looks whether the message is damaged, which may be healed, and it is indexed then. Throws where it is not
   * (its file was only not to be had), or where that cannot be written down.
   */
  async #noteUnreadable(id: MessageId, what: string): Promise<void> {
    const { store } = this.#tools;
    const bytes = await store.messages.read(id);
    if (store.messages.find(id)?.isDamaged ?? true) return;
    throw new StoreError(
      bytes.ok ? { kind: 'unreadable-file', what, step: 'open', canRetry: true } : bytes.failure,
    );
  }

  /** When there is enough for one stretch, nothing more to come, or all that has just arrived. */
  #isWriteDue(): boolean {
    if (this.#found.length === 0) return false;
    if (this.#units >= this.#pace.units || this.#reading.size === 0) return true;
    const areArrivalsIn =
      !this.#order.hasArrivals && ![...this.#reading.values()].some((reading) => reading.isArrival);
    return areArrivalsIn && this.#found.some((finding) => finding.isArrival);
  }

  async #write(): Promise<void> {
    const start = performance.now();
    const taken = this.#found;
    const units = this.#units;
    // More may be found while this is being written.
    this.#found = [];
    this.#units = 0;
    const found = taken.filter((finding) => this.#isOfNow(finding));
    const accounts = await this.#setParsed(found).catch((error: unknown) => {
      this.#found = [...taken, ...this.#found];
      this.#units += units;
      throw error;
    });
    this.#pace.note(units, performance.now() - start);
    // What was read too early comes again with the backlog.
    for (const { id } of taken) this.#order.release(id);
    await this.#obeyRules(found);
    for (const { id } of found) this.#arrived.delete(id);
    this.#tools.onIndexed(accounts);
    this.#tellWaiting(false);
  }

  async #setParsed(found: readonly Finding[]): Promise<readonly AccountId[]> {
    const parsed = found.map(({ id, message }) => ({ id, parsed: findingOf(message) }));
    return (await this.#tools.store.parsed.setMany(parsed)).value;
  }

  async #obeyRules(found: readonly Finding[]): Promise<void> {
    await carryOutRules({ store: this.#tools.store, onSilenced: this.#tools.onSilenced }, found, (id) =>
      this.#arrived.has(id),
    );
  }

  async #release(id: MessageId): Promise<void> {
    this.#arrived.delete(id);
    await this.#tools.store.rulesDue.done([id]);
    this.#order.release(id);
  }

  #tellWaiting(isEnd: boolean): void {
    if (this.#waiting.size === 0) return;
    const busy = new Set([...this.#arrived.values()].map((message) => message.accountId));
    for (const waiting of this.#waiting) {
      if (!isEnd && busy.has(waiting.accountId)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}
