import type { MessageId } from '../../../shared/ids.ts';
import { noLedgerKey } from '../../../shared/ledger-key.ts';
import { tagChange } from '../index/journal-snapshot.ts';
import type { SqlValue } from '../index/sql.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { addTag } from '../index/tags.ts';
import { fromKey, sortDate, subjectKey } from '../index/text-keys.ts';
import { mostTries } from '../ledger/known-entries.ts';
import { ledgerStateNumber, ledgerStates, nextLedgerState } from '../ledger/ledger-states.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import type { CommitItem } from './commit-item.ts';
import { noteRulesDue } from './rules-due.ts';

type Tools = Pick<StoreTools, 'sql' | 'folders' | 'messages' | 'journals'>;

/** The table of the ledger's transitions for one event, as SQL: a query a message less than to ask first. */
function stateAfter(event: 'stored' | 'partly-stored'): string {
  const cases = ledgerStates.map((state) => {
    // A state the event does not apply to (the beginning of what is stored whole) stays as it is.
    const to = nextLedgerState(state, event) ?? state;
    return `when ${ledgerStateNumber(state)} then ${ledgerStateNumber(to)}`;
  });
  return `case state ${cases.join(' ')} end`;
}

function noteOf(event: 'stored' | 'partly-stored'): { readonly first: number; readonly onConflict: string } {
  return {
    first: ledgerStateNumber(nextLedgerState(null, event) ?? 'seen'),
    // Other bytes than before under a key are another message, whose age begins now.
    onConflict: `on conflict do update set state = ${stateAfter(event)}, message_id = excluded.message_id,
      changed_steady = excluded.changed_steady, listed = excluded.listed,
      tries = iif(excluded.tries = 0, 0, tries + excluded.tries),
      stored_steady = iif(message_id is not null and message_id is not excluded.message_id,
        excluded.stored_steady, coalesce(stored_steady, excluded.stored_steady))`,
  };
}

const whole = noteOf('stored');
const partial = noteOf('partly-stored');

/** How much of the hope for a whole copy a message takes away. */
function triesOf({ isDoubtful, isFinal = false }: CommitItem): number {
  if (!isDoubtful) return 0;
  return isFinal ? mostTries : 1;
}

/**
 * The rows of one group's new messages and of its entries in the ledger, gathered and written together. Use it within
 * one transaction, and write before anything else reads or changes these tables.
 */
export class NewRows {
  readonly segment: OpenSegment;
  readonly #tools: Tools;
  #messages: SqlValue[] = [];
  #envelopes: SqlValue[] = [];
  #tags: SqlValue[] = [];
  #marked: MessageId[] = [];
  #notes: SqlValue[] = [];
  #fetched: MessageId[] = [];
  #note = whole;

  constructor(tools: Tools, segment: OpenSegment) {
    this.#tools = tools;
    this.segment = segment;
  }

  /** Adds the rows of a message that is new here. */
  addMessage(item: CommitItem): void {
    const { summary, marks } = item;
    const id = item.placement.messageId;
    if (item.ledgerKey !== noLedgerKey) this.#fetched.push(id);
    this.#messages.push(
      id,
      this.segment.accountNo,
      this.#tools.folders.idFor(marks.folder ?? 'inbox', this.segment.accountId),
      Number(marks.isRead ?? false),
      Number(marks.isStarred ?? false),
      Number(item.isPartial),
      Number(item.isDoubtful),
      item.sizeBytes,
      sortDate(summary.sentAt, item.receivedAt),
      item.receivedAt,
      id,
      fromKey(summary.from.name, summary.from.address),
      subjectKey(summary.subject),
      this.segment.id,
      item.recordOffset,
      item.dataOffset,
      item.lengthBytes,
      Buffer.from(item.sha256, 'hex'),
      Number(marks.isReplied ?? false),
      Number(marks.isForwarded ?? false),
    );
    for (const tag of marks.tags ?? []) this.#tags.push(id, tag);
    if (Object.keys(marks).length > 0) this.#marked.push(id);
    this.#envelopes.push(id, summary.subject, summary.from.name, summary.from.address, summary.sentAt);
  }

  /** Adds the entry that says that a message of the server is stored here. Steady time, milliseconds. */
  noteInLedger(item: CommitItem, now: number): void {
    this.#addNote(item, item.placement.messageId, now, now);
  }

  /** Adds the entry of a message that was deleted here; in doubt, it has no time, so that nothing removes it there. */
  noteDeleted(item: CommitItem, now: number): void {
    this.#addNote(item, null, now, item.isDoubtful ? null : now);
  }

  #addNote(item: CommitItem, messageId: MessageId | null, now: number, storedAt: number | null): void {
    const note = item.isPartial ? partial : whole;
    if (note !== this.#note) this.#writeNotes();
    this.#note = note;
    this.#notes.push(
      this.segment.accountNo,
      item.ledgerKey,
      note.first,
      messageId,
      item.sizeBytes,
      now,
      now,
      storedAt,
      item.listedBytes,
      triesOf(item),
    );
  }

  /** Writes what has been gathered. Throws what SQLite says. */
  write(): void {
    this.#tools.messages.insert(this.#messages);
    this.#messages = [];
    this.#tools.sql.insert('envelope(id, subject, from_name, from_address, sent_at)', 5, this.#envelopes);
    this.#envelopes = [];
    this.#writeTags();
    this.#noteMarks();
    noteRulesDue(this.#tools, this.#fetched);
    this.#fetched = [];
    this.#writeNotes();
  }

  #noteMarks(): void {
    if (this.#marked.length === 0) return;
    this.#tools.journals.noteStates({
      sql: 'select value from json_each(?)',
      values: [JSON.stringify(this.#marked)],
    });
    this.#marked = [];
  }

  #writeTags(): void {
    const { sql, journals } = this.#tools;
    if (this.#tags.length === 0) return;
    const names = new Set(this.#tags.filter((value) => typeof value === 'string'));
    const fresh = [...names].filter((name) => addTag(sql, name));
    if (fresh.length > 0) journals.noteProgram(tagChange({ sql }));
    sql.insert('message_tag(message_id, tag)', 2, this.#tags, 'on conflict do nothing');
    this.#tags = [];
  }

  #writeNotes(): void {
    this.#tools.sql.insert(
      'ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady, listed, tries)',
      10,
      this.#notes,
      this.#note.onConflict,
    );
    this.#notes = [];
  }
}
