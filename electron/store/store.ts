import type { StoreNotice } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { StoreContext, type Summarise } from './index/context.ts';
import { lockStore, markClosed } from './index/open-index.ts';
import type { Sql } from './index/sql.ts';
import { failureOf } from './index/store-error.ts';
import type { CommitListener } from './intake/group-line.ts';
import { MessageWriter } from './intake/message-writer.ts';
import { Ledger } from './ledger/ledger.ts';
import { maildrops } from './ledger/maildrop-note.ts';
import { knownServers, messageChoices, remotePictures } from './lists/choices.ts';
import { history } from './lists/history.ts';
import { MessageLists } from './lists/list-messages.ts';
import { Marks } from './lists/marks.ts';
import { messages } from './lists/messages.ts';
import { ruleList } from './lists/rules.ts';
import { savedSearches, tagList } from './lists/small-lists.ts';
import { trash } from './lists/trash.ts';
import { ParsedMessages } from './search/parsed.ts';
import { WordIndex } from './search/word-index.ts';
import { SegmentBook } from './segments/segment-book.ts';
import { nodeFiles } from './segments/segment-file.ts';
import { openOrPutAside, putRight, type StoreOptions } from './upkeep/start-up.ts';
import { upkeep } from './upkeep/upkeep.ts';

/*
 * How mail is kept.
 *
 * The truth is in the segments: `mail/<account>/000001.tar`, pax tar files that are only appended to. Everything else
 * (`index.sqlite`) can be made from them again; what it knows beyond them, marks and lists, has copies in `backup/`.
 *
 * A message is stored when this has happened, in this order: its record is in the segment (segment-appender), the
 * segment is synced, and one transaction of the index has its row and its ledger entry (index-commit). Groups of
 * messages go through that together (message-writer). Nobody hears of a message before; nothing is deleted on a
 * server before.
 *
 * Bytes behind the last committed record are not there yet: the next start reads them and takes in what is whole
 * (start-up, recovery, adopt). That is why they may be written again, and nothing else ever is. Dead records stay until a
 * compaction copies the others into a new segment (compaction).
 *
 * Facts of the ledger that no record of a message can carry (the same bytes under a second id, deletions here) are
 * journals: small records of their own (journal).
 *
 * What a server is known to have is the ledger; its states and all their transitions are one table (ledger-states).
 * Ages count in steady time, which a wrong clock cannot move (steady-clock).
 *
 * Lists sort in covering indexes; a search is the hits of the full-text index and the order of a list, joined
 * (list-messages, search-sql). Words are folded and stemmed before they reach SQLite (search-words).
 *
 * A store is used by its facets (`store.lists`, `store.marks`, `store.ledger(accountId)`, …). What writes answers a
 * promise with the number of its commit (commit-number), what reads answers at once.
 */

function noSummary(): ReturnType<Summarise> {
  return { subject: '', from: { name: '', address: '' }, sentAt: null };
}

/**
 * Opens a store, made when there is none. Fails with `store-busy` (another process has it), `folder-read-only`,
 * `disk-full` or `store-damaged`. An index that is missing or damaged is rebuilt from the segments on the way.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store, Failure>> {
  let lock: Sql | null = null;
  let sql: Sql | null = null;
  try {
    lock = lockStore(options.folder);
    const { index, damagedPath } = openOrPutAside(options);
    sql = index.sql;
    const context = new StoreContext({
      folder: options.folder,
      sql,
      files: options.files ?? nodeFiles,
      clock: options.clock ?? Date.now,
      summarise: options.summarise ?? noSummary,
    });
    const book = new SegmentBook(context, options.sealAtBytes);
    const notice = await putRight(context, book, options, { index, damagedPath });
    return ok(new Store({ context, book, lock, notice }));
  } catch (error) {
    sql?.close();
    lock?.close();
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

/** An open store: the only writer of its folder until it is closed. */
export class Store {
  readonly #context: StoreContext;
  readonly #book: SegmentBook;
  readonly #lock: Sql;
  readonly #listeners = new Set<CommitListener>();
  readonly #writers = new Set<MessageWriter>();
  #isClosed = false;

  /** What was put right at the start, or null. */
  readonly notice: StoreNotice | null;
  /** Pages, ids and numbers of places, and searches. */
  readonly lists: MessageLists;
  /** Single messages: rows, bytes, and whether some bytes are here. */
  readonly messages: ReturnType<typeof messages>;
  /** Read, starred, tagged, moved, in doubt; and undoing that. */
  readonly marks: Marks;
  /** Deleting for good. */
  readonly trash: ReturnType<typeof trash>;
  /** What parsing finds in messages. */
  readonly parsed: ParsedMessages;
  /** The full-text index. */
  readonly words: WordIndex;
  readonly tags: ReturnType<typeof tagList>;
  readonly searches: ReturnType<typeof savedSearches>;
  readonly rules: ReturnType<typeof ruleList>;
  readonly history: ReturnType<typeof history>;
  readonly choices: ReturnType<typeof messageChoices>;
  readonly remotePictures: ReturnType<typeof remotePictures>;
  readonly servers: ReturnType<typeof knownServers>;
  readonly maildrops: ReturnType<typeof maildrops>;
  /** Backups, verifying, compaction, space, removing an account. */
  readonly upkeep: ReturnType<typeof upkeep>;

  constructor(parts: { context: StoreContext; book: SegmentBook; lock: Sql; notice: StoreNotice | null }) {
    const { context, book } = parts;
    this.#context = context;
    this.#book = book;
    this.#lock = parts.lock;
    this.notice = parts.notice;
    this.lists = new MessageLists(context);
    this.messages = messages(context);
    this.marks = new Marks(context);
    this.trash = trash(context, book);
    this.words = new WordIndex(context);
    this.parsed = new ParsedMessages(context, this.words);
    this.tags = tagList(context);
    this.searches = savedSearches(context);
    this.rules = ruleList(context);
    this.history = history(context);
    this.choices = messageChoices(context);
    this.remotePictures = remotePictures(context);
    this.servers = knownServers(context);
    this.maildrops = maildrops(context);
    this.upkeep = upkeep(context, book);
  }

  /** Folder of the store. */
  get folder(): string {
    return this.#context.folder;
  }

  /** Grows with every change that a list could show. */
  get revision(): number {
    return this.#context.revision;
  }

  /** Milliseconds of a clock that neither runs back nor leaps: what ages are counted in. */
  steadyNow(): number {
    return this.#context.steadyNow();
  }

  /** A writer for an account's messages; close it when the session is over. */
  writer(accountId: AccountId): MessageWriter {
    const writer = new MessageWriter(this.#context, this.#book, accountId, {
      onCommitted: (batch) => {
        for (const listener of this.#listeners) listener(batch);
      },
      onClosed: () => {
        this.#writers.delete(writer);
        if (this.#writers.size === 0) this.#context.forgetHashes();
      },
    });
    this.#writers.add(writer);
    return writer;
  }

  /** Calls the listener with every group of messages that became durable, whoever wrote them. */
  onCommitted(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The ledger of an account. */
  ledger(accountId: AccountId): Ledger {
    return new Ledger(this.#context, accountId);
  }

  /** Accounts that have anything here. */
  accountIds(): AccountId[] {
    return this.#context.accountIds();
  }

  /** Finishes what is being written and lets the folder go. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const writer of this.#writers) await writer.close().catch(() => undefined);
    try {
      this.#context.keepSteady();
    } catch (error) {
      if (failureOf(error) === null) throw error;
    }
    this.#context.sql.close();
    try {
      markClosed(this.#context.folder);
    } catch (error) {
      if (failureOf(error) === null) throw error;
    }
    this.#lock.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
