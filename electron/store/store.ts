import type { StoreNotice } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ListPage, ListSort, SearchCoverage } from '../../shared/message-list.ts';
import type { AccountId, MessageId, MessageSummary } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { StoreContext, type Summarise } from './index/context.ts';
import { lockStore, markClosed } from './index/open-index.ts';
import { findByHash, messageOf, summariesOf } from './index/rows.ts';
import type { Sql } from './index/sql.ts';
import { failureOf } from './index/store-error.ts';
import type { CommitListener } from './intake/group-line.ts';
import { MessageWriter } from './intake/message-writer.ts';
import { Ledger } from './ledger/ledger.ts';
import { type Maildrop, type NotedMaildrop, notedMaildrops, noteMaildrop } from './ledger/maildrop-note.ts';
import { choices } from './lists/choices.ts';
import { history } from './lists/history.ts';
import { MessageLists } from './lists/list-messages.ts';
import { type MarkChange, Marks } from './lists/marks.ts';
import { rulesDue } from './lists/rules-due.ts';
import { smallLists } from './lists/small-lists.ts';
import { deleteForever, trashIds, trashIdsAmong } from './lists/trash.ts';
import { ParsedMessages } from './search/parsed.ts';
import { messageFile, messageStream, readMessage } from './segments/read-message.ts';
import { SegmentBook } from './segments/segment-book.ts';
import { nodeFiles } from './segments/segment-file.ts';
import { removeAccount, storageState } from './upkeep/accounts.ts';
import { backUpWhenDue, makeBackup } from './upkeep/backup.ts';
import { type CompactionOutcome, compactAccount } from './upkeep/compaction.ts';
import type { Progress } from './upkeep/recovery.ts';
import { openOrPutAside, putRight, type StoreOptions } from './upkeep/start-up.ts';
import { type Verification, verifyStore } from './upkeep/verify.ts';
import { backUpWhole, type ExtraFile, noteWholeBackup } from './upkeep/whole-backup.ts';

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
    return ok(
      Object.assign(
        new StoreCore({ context, book, lock, notice }),
        smallLists(context),
        history(context),
        rulesDue(context),
        choices(context),
      ),
    );
  } catch (error) {
    sql?.close();
    lock?.close();
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

/** An open store: the only writer of its folder until it is closed. */
export type Store = StoreCore &
  ReturnType<typeof smallLists> &
  ReturnType<typeof history> &
  ReturnType<typeof choices> &
  ReturnType<typeof rulesDue>;

class StoreCore {
  readonly #context: StoreContext;
  readonly #book: SegmentBook;
  readonly #lock: Sql;
  readonly #lists: MessageLists;
  readonly #marks: Marks;
  readonly #parsed: ParsedMessages;
  readonly #listeners = new Set<CommitListener>();
  readonly #writers = new Set<MessageWriter>();
  #isClosed = false;

  /** What was put right at the start, or null. */
  readonly notice: StoreNotice | null;

  constructor(parts: { context: StoreContext; book: SegmentBook; lock: Sql; notice: StoreNotice | null }) {
    this.#context = parts.context;
    this.#book = parts.book;
    this.#lock = parts.lock;
    this.notice = parts.notice;
    this.#lists = new MessageLists(parts.context);
    this.#marks = new Marks(parts.context);
    this.#parsed = new ParsedMessages(parts.context);
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

  /** Keeps where an account's mail comes from, so that it is known again. Throws what the file system throws. */
  noteMaildrop(accountId: AccountId, maildrop: Maildrop): void {
    noteMaildrop(this.#context, accountId, maildrop);
  }

  /** Where the mail of each account came from, as far as it is known. */
  maildrops(): NotedMaildrop[] {
    return notedMaildrops(this.#context);
  }

  /** A page of a place, filtered and sorted. */
  listMessages(query: Parameters<MessageLists['list']>[0]): ListPage {
    return this.#lists.list(query);
  }

  /** Every id of a place in order. */
  listIds(query: Parameters<MessageLists['ids']>[0]): readonly MessageId[] {
    return this.#lists.ids(query);
  }

  /** Numbers for every place. */
  placeCounts(): ReturnType<MessageLists['placeCounts']> {
    return this.#lists.placeCounts();
  }

  /** Finds messages; the same as listing the place `search`. */
  search(
    query: string,
    options: { readonly offset?: number; readonly limit?: number; readonly sort?: ListSort } = {},
  ): ListPage {
    return this.#lists.list({
      place: { kind: 'search', query },
      offset: options.offset ?? 0,
      limit: options.limit ?? 50,
      ...(options.sort === undefined ? {} : { sort: options.sort }),
    });
  }

  /** One message with everything that is known of it, or null. */
  message(id: MessageId): ReturnType<typeof messageOf> {
    return messageOf(this.#context, id);
  }

  /** Rows of these messages, in this order. */
  summaries(ids: readonly MessageId[]): MessageSummary[] {
    return summariesOf(this.#context, ids);
  }

  /** A message of the account with these bytes, or null. */
  findByHash(accountId: AccountId, sha256: string): MessageId | null {
    return findByHash(this.#context, accountId, sha256);
  }

  /** The exact bytes of a message, checked against their hash. */
  readMessage(id: MessageId): ReturnType<typeof readMessage> {
    return readMessage(this.#context, id);
  }

  /** The bytes of a message as a stream; null when there is no such message. */
  messageStream(id: MessageId): ReturnType<typeof messageStream> {
    return messageStream(this.#context, id);
  }

  /** Where the bytes of a message lie; null when there is no such message. */
  messageFile(id: MessageId): ReturnType<typeof messageFile> {
    return messageFile(this.#context, id);
  }

  /** Marks messages read or unread. */
  setRead(selection: Parameters<Marks['change']>[0], isRead: boolean): ReturnType<Marks['change']> {
    return this.#marks.change(selection, { isRead });
  }

  /** Stars messages or takes the stars away. */
  setStarred(selection: Parameters<Marks['change']>[0], isStarred: boolean): ReturnType<Marks['change']> {
    return this.#marks.change(selection, { isStarred });
  }

  /** Puts tags on messages and takes others off. */
  setTags(
    selection: Parameters<Marks['change']>[0],
    tags: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): ReturnType<Marks['change']> {
    return this.#marks.change(selection, { addTags: tags.add, removeTags: tags.remove });
  }

  /** Moves messages to a folder. */
  moveTo(
    selection: Parameters<Marks['change']>[0],
    folder: NonNullable<MarkChange['folder']>,
  ): ReturnType<Marks['change']> {
    return this.#marks.change(selection, { folder });
  }

  /** Any of the above at once. */
  mark(selection: Parameters<Marks['change']>[0], change: MarkChange): ReturnType<Marks['change']> {
    return this.#marks.change(selection, change);
  }

  /** Puts back what a change of marks changed; null when it is too long ago. */
  undo(token: string): ReturnType<Marks['undo']> {
    return this.#marks.undo(token);
  }

  /** The ids of a selection. */
  idsOf(selection: Parameters<Marks['change']>[0]): MessageId[] {
    return this.#marks.idsOf(selection);
  }

  /** Says that the ends of these messages came to be in doubt after they were stored: they stay on the server. */
  markDoubtful(ids: readonly MessageId[]): void {
    this.#marks.markDoubtful(ids);
  }

  /** Messages nobody has parsed yet, the newest first. */
  unparsedMessages(limit: number): MessageId[] {
    return this.#parsed.unparsedMessages(limit);
  }

  /** Fills in what a parser found in one message. */
  setParsed(id: MessageId, parsed: Parameters<ParsedMessages['setParsedMany']>[0][number]['parsed']): void {
    this.#parsed.setParsedMany([{ id, parsed }]);
  }

  /** Fills in what a parser found, in one transaction; answers the accounts of the messages. */
  setParsedMany(parsed: Parameters<ParsedMessages['setParsedMany']>[0]): readonly AccountId[] {
    return this.#parsed.setParsedMany(parsed);
  }

  /** How much of the mail a search can find by now. */
  searchCoverage(): SearchCoverage {
    return this.#parsed.searchCoverage();
  }

  /** Whether `mergeWords` should be called before more is filled in. */
  get areWordsScattered(): boolean {
    return this.#parsed.areWordsScattered;
  }

  /** Puts pieces of the word index together, a few milliseconds long; answers whether there is more to do. */
  mergeWords(): boolean {
    return this.#parsed.mergeWords();
  }

  /** Says that a message cannot be parsed. */
  setUnparsable(id: MessageId, warning: { readonly code: string; readonly detail: string }): void {
    this.#parsed.setUnparsable(id, warning);
  }

  /** Deletes what is in the Trash for good, of one account or of all. */
  emptyTrash(accountId: AccountId | null): Promise<{ readonly count: number }> {
    return deleteForever(this.#context, this.#book, trashIds(this.#context, accountId));
  }

  /** Deletes those of the messages for good that are in the Trash; the others stay as they are. */
  deleteFromTrash(ids: readonly MessageId[]): Promise<{ readonly count: number }> {
    return deleteForever(this.#context, this.#book, trashIdsAmong(this.#context, ids));
  }

  /** Deletes messages for good, wherever they are. */
  deleteForever(ids: readonly MessageId[]): Promise<{ readonly count: number }> {
    return deleteForever(this.#context, this.#book, ids);
  }

  /** Leaves dead records of an account, or of all, behind. Damaged segments and those being written are left alone. */
  async compact(accountId: AccountId | null): Promise<CompactionOutcome> {
    const outcome = { freedBytes: 0, segments: 0 };
    for (const id of accountId === null ? this.accountIds() : [accountId]) {
      const one = await compactAccount(this.#context, this.#book, id);
      outcome.freedBytes += one.freedBytes;
      outcome.segments += one.segments;
    }
    return outcome;
  }

  /** Re-reads every record and compares the hashes; names what is damaged. */
  verify(progress: Progress = () => undefined): Promise<Verification> {
    return verifyStore(this.#context, progress);
  }

  /** Copies marks, ledger and lists into the backup folder now; answers the path. */
  backUp(): string {
    return makeBackup(this.#context);
  }

  /** The same, once a day; cheap to ask. Answers whether a copy was made. */
  backUpWhenDue(): boolean {
    return backUpWhenDue(this.#context);
  }

  /** Writes the whole store into one tar file that does not exist yet; `extra` are files to go with it (settings). */
  backUpWhole(
    target: string,
    extra: readonly ExtraFile[] = [],
    progress: Progress = () => undefined,
  ): ReturnType<typeof backUpWhole> {
    return backUpWhole(this.#context, target, extra, progress);
  }

  /** Remembers that a whole backup has come to its place, for the person to know how old the last one is. */
  noteWholeBackup(): void {
    noteWholeBackup(this.#context);
  }

  /** Space the mail takes. */
  storageState(): ReturnType<typeof storageState> {
    return storageState(this.#context);
  }

  /** Removes an account's mail, ledger and history for good. */
  removeAccount(accountId: AccountId): Promise<void> {
    return removeAccount(this.#context, this.#book, accountId);
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
