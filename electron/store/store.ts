import type { StoreNotice } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { AccountRegister } from './index/accounts.ts';
import { Commits } from './index/commits.ts';
import { FolderRegister } from './index/folders.ts';
import { Journals } from './index/journals.ts';
import { KnownHashes } from './index/known-hashes.ts';
import { MessageTable } from './index/message-table.ts';
import { lockStore, refuseNewer, writeClosedFile } from './index/open-index.ts';
import { Revision } from './index/revision.ts';
import { SegmentTable } from './index/segment-table.ts';
import { Settings } from './index/settings.ts';
import type { Sql } from './index/sql.ts';
import { StoreClock } from './index/store-clock.ts';
import { failureOf } from './index/store-error.ts';
import type { StoreTools } from './index/store-tools.ts';
import { Vocabulary } from './index/vocabulary.ts';
import type { CommitListener } from './intake/group-line.ts';
import type { Summarise } from './intake/header-summary.ts';
import { MessageWriter } from './intake/message-writer.ts';
import { ParsedMessages } from './intake/parsed-messages.ts';
import { markOutdated } from './intake/read-again.ts';
import { rulesDue } from './intake/rules-due.ts';
import { knownElsewhere } from './ledger/known-elsewhere.ts';
import { maildrops } from './ledger/known-maildrops.ts';
import { knownServers } from './ledger/known-servers.ts';
import { Ledger } from './ledger/ledger.ts';
import { perhapsHere } from './ledger/perhaps-here.ts';
import { unfetchedMessages } from './ledger/unfetched-messages.ts';
import { messageChoices, remotePictures } from './lists/choices.ts';
import { doubtfulMessages } from './lists/doubtful-messages.ts';
import { folderList } from './lists/folders.ts';
import { history } from './lists/history.ts';
import { MessageLists } from './lists/list-messages.ts';
import { Marks } from './lists/marks.ts';
import { messages } from './lists/messages.ts';
import { ruleList } from './lists/rules.ts';
import { savedSearches, tagList } from './lists/small-lists.ts';
import { trash } from './lists/trash.ts';
import { WordIndex } from './search/word-index.ts';
import { SegmentBook } from './segments/segment-book.ts';
import { nodeFiles } from './segments/segment-file.ts';
import { removeStaging } from './upkeep/staging.ts';
import { openOrPutAside, putRight, type StoreOptions } from './upkeep/start-up.ts';
import { upkeep } from './upkeep/upkeep.ts';

/*
 * How mail is kept.
 *
 * The segments are the truth: `mail/<account>/000001.tar`, pax tar files that are only appended to. What a person did is
 * in the journals beside them (index/journals). The index (`index.sqlite`) can be made from both again. Only histories
 * and what was learned about servers stand in it alone, and have copies in `backup/`.
 *
 * A message is stored when three things have happened, in this order: its record is in the segment
 * (segments/segment-appender), the segment is synced, and one transaction of the index has its row and its ledger entry
 * (intake/commit-group). Messages go through that in groups (intake/group-line). Nobody hears of a message before, and
 * nothing is deleted on a server before.
 *
 * Bytes behind the last committed record do not count. The next start reads them and takes in whole records (upkeep:
 * start-up, recovery, adopt). They may be written again; nothing else ever is. Dead records stay until a compaction
 * copies the others into a new segment (upkeep/compaction).
 *
 * Some facts of the ledger have no record of a message to carry them: the same bytes under a second id, and deletions
 * here. They are small records of their own, the ledger notes (segments/ledger-note).
 *
 * The ledger is what a server is known to have. Its states and transitions are one table (ledger/ledger-states). Ages
 * count in steady time, which a wrong clock cannot move (index/steady-clock).
 *
 * Lists sort in covering indexes. A search joins the hits of the full-text index with the order of a list
 * (lists/list-messages, search/search-sql). Words are folded and stemmed before SQLite gets them (search/word-forms).
 *
 * The rooms import one way: segments know no SQL; index has the connection, the migrations and the only writer of the
 * rows of messages; ledger and search stand on it; intake takes mail in; lists show it; upkeep keeps it in order.
 *
 * A store is used by its facets (`store.lists`, `store.marks`, `store.ledger(accountId)`, …). A write answers a promise
 * with the number of its commit (index/commits). A read answers at once.
 */

function noSummary(): ReturnType<Summarise> {
  return { subject: '', from: { name: '', address: '' }, sentAt: null };
}

/**
 * Opens a store, made when there is none. Fails with `store-busy` (another process has it), `folder-read-only`,
 * `disk-full`, `store-damaged` or `store-newer`. An index that is missing or damaged is rebuilt from the segments on the way.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store, Failure>> {
  let lock: Sql | null = null;
  let sql: Sql | null = null;
  try {
    refuseNewer(options.folder, options.migrations);
    lock = lockStore(options.folder);
    await removeStaging(options.folder);
    const { index, damagedPath } = openOrPutAside(options);
    sql = index.sql;
    const tools = toolsOf(options, sql);
    const summarise = options.summarise ?? noSummary;
    const notice = await putRight(tools, summarise, options, { index, damagedPath });
    markOutdated(tools);
    return ok(new Store({ tools, summarise, lock, notice }));
  } catch (error) {
    sql?.close();
    lock?.close();
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

function toolsOf(options: StoreOptions, sql: Sql): StoreTools {
  const { folder, files = nodeFiles } = options;
  const settings = new Settings(sql);
  const segments = new SegmentTable(sql);
  const accounts = new AccountRegister(sql);
  const folders = new FolderRegister(sql, accounts);
  const clock = new StoreClock(sql, settings, options.clock ?? Date.now);
  const revision = new Revision();
  return {
    folder,
    files,
    sql,
    settings,
    clock,
    accounts,
    folders,
    messages: new MessageTable(sql, folders),
    segments,
    book: new SegmentBook({ folder, files }, segments, options.sealAtBytes),
    journals: new Journals({ folder, sql, clock, accounts, folders }),
    hashes: new KnownHashes(sql),
    revision,
    vocabulary: new Vocabulary({ sql, revision }),
    commits: new Commits(),
  };
}

/** An open store: the only writer of its folder until it is closed. */
export class Store {
  readonly #tools: StoreTools;
  readonly #summarise: Summarise;
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
  /** Folders that a person makes. */
  readonly folders: ReturnType<typeof folderList>;
  /** Deleting for good. */
  readonly trash: ReturnType<typeof trash>;
  /** What parsing finds in messages. */
  readonly parsed: ParsedMessages;
  /** The full-text index. */
  readonly words: WordIndex;
  readonly tags: ReturnType<typeof tagList>;
  readonly searches: ReturnType<typeof savedSearches>;
  readonly rules: ReturnType<typeof ruleList>;
  /** Messages for which rules have not been carried out yet. */
  readonly rulesDue: ReturnType<typeof rulesDue>;
  readonly history: ReturnType<typeof history>;
  readonly choices: ReturnType<typeof messageChoices>;
  readonly remotePictures: ReturnType<typeof remotePictures>;
  readonly servers: ReturnType<typeof knownServers>;
  readonly elsewhere: ReturnType<typeof knownElsewhere>;
  readonly maildrops: ReturnType<typeof maildrops>;
  /** Messages on servers that could not be fetched. */
  readonly unfetched: ReturnType<typeof unfetchedMessages>;
  /** Messages of which the person is told that they may not be whole. */
  readonly doubtful: ReturnType<typeof doubtfulMessages>;
  /** Messages of servers that seem to be here already. */
  readonly perhapsHere: ReturnType<typeof perhapsHere>;
  /** Backups, verifying, compaction, space, removing an account. */
  readonly upkeep: ReturnType<typeof upkeep>;

  constructor(parts: {
    tools: StoreTools;
    summarise: Summarise;
    lock: Sql;
    notice: StoreNotice | null;
  }) {
    const { tools } = parts;
    this.#tools = tools;
    this.#summarise = parts.summarise;
    this.#lock = parts.lock;
    this.notice = parts.notice;
    this.lists = new MessageLists(tools);
    this.messages = messages(tools);
    this.marks = new Marks(tools);
    this.folders = folderList(tools, this.marks);
    this.trash = trash(tools);
    this.words = new WordIndex(tools);
    this.parsed = new ParsedMessages(tools, this.words);
    this.tags = tagList(tools);
    this.searches = savedSearches(tools);
    this.rules = ruleList(tools);
    this.rulesDue = rulesDue(tools);
    this.history = history(tools);
    this.choices = messageChoices(tools);
    this.remotePictures = remotePictures(tools);
    this.servers = knownServers(tools);
    this.elsewhere = knownElsewhere(tools);
    this.maildrops = maildrops(tools);
    this.unfetched = unfetchedMessages(tools);
    this.doubtful = doubtfulMessages(tools);
    this.perhapsHere = perhapsHere(tools);
    this.upkeep = upkeep(tools, this.words);
  }

  /** Folder of the store. */
  get folder(): string {
    return this.#tools.folder;
  }

  /** Grows with every change that a list could show. */
  get revision(): number {
    return this.#tools.revision.current;
  }

  /** Milliseconds of a clock that neither runs back nor leaps: what ages are counted in. */
  steadyNow(): number {
    return this.#tools.clock.steadyNow();
  }

  /** A writer for an account's messages; close it when the session is over. */
  writer(accountId: AccountId): MessageWriter {
    const writer = new MessageWriter(this.#tools, accountId, {
      summarise: this.#summarise,
      onCommitted: (batch, commit) => {
        for (const listener of this.#listeners) listener(batch, commit);
      },
      onClosed: () => {
        this.#writers.delete(writer);
        if (this.#writers.size === 0) this.#tools.hashes.forget();
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
    return new Ledger(this.#tools, accountId);
  }

  /**
   * Waits until what a person did up to now is on the disk. Call it before anything on a server is changed for it.
   * Rejects with the error of the file system.
   */
  syncJournals(): Promise<void> {
    return this.#tools.journals.sync();
  }

  /** Accounts that have anything here. */
  accountIds(): AccountId[] {
    return this.#tools.accounts.ids();
  }

  /** Finishes what is being written and lets the folder go. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const writer of this.#writers) await writer.close().catch(() => undefined);
    try {
      this.#tools.clock.keep();
    } catch (error) {
      if (failureOf(error) === null) throw error;
    }
    await this.#tools.journals.close();
    this.#tools.sql.close();
    try {
      writeClosedFile(this.#tools.folder);
    } catch (error) {
      if (failureOf(error) === null) throw error;
    }
    this.#lock.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
