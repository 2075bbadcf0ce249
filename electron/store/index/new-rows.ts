import type { MessageId } from '../../../shared/model.ts';
import { ledgerStateNumber, ledgerStates, nextLedgerState } from '../ledger/ledger-states.ts';
import { noteRulesDue } from '../lists/rules.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import type { CommitItem } from './commit-item.ts';
import { folderNumbers } from './folder-numbers.ts';
import type { Sql, SqlValue } from './sql.ts';
import { fromKey, subjectKey } from './text-keys.ts';

/** A Date more than a day ahead of the clock is not believed; such a message sorts by the time it was received. */
export function sortDate(sentAt: number | null, receivedAt: number): number {
  return sentAt === null || sentAt > receivedAt + 86_400_000 ? receivedAt : sentAt;
}

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
    onConflict: `on conflict do update set state = ${stateAfter(event)}, message_id = excluded.message_id,
      changed_steady = excluded.changed_steady, stored_steady = coalesce(stored_steady, excluded.stored_steady)`,
  };
}

const whole = noteOf('stored');
const partial = noteOf('partly-stored');

/**
 * The rows of one group's new messages and of its entries in the ledger, gathered and written together. Use it within
 * one transaction, and write before anything else reads or changes these tables.
 */
export class NewRows {
  readonly segment: OpenSegment;
  readonly #sql: Sql;
  #messages: SqlValue[] = [];
  #envelopes: SqlValue[] = [];
  #notes: SqlValue[] = [];
  #fetched: MessageId[] = [];
  #note = whole;

  constructor(sql: Sql, segment: OpenSegment) {
    this.#sql = sql;
    this.segment = segment;
  }

  /** Adds the rows of a message that is new here. */
  addMessage(item: CommitItem): void {
    const { summary, marks } = item;
    const id = item.placement.messageId;
    if (item.ledgerKey !== '') this.#fetched.push(id);
    this.#messages.push(
      id,
      this.segment.accountNo,
      folderNumbers[marks.folder ?? 'inbox'],
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
    );
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
    );
  }

  /** Writes what has been gathered. Throws what SQLite says. */
  write(): void {
    this.#sql.insert(
      `message(id, account_no, folder, is_read, is_starred, is_partial, is_doubtful, size, sort_date, received_at,
        thread_id, from_key, subject_key, segment_id, record_offset, data_offset, length, sha256)`,
      18,
      this.#messages,
    );
    this.#messages = [];
    this.#sql.insert('envelope(id, subject, from_name, from_address, sent_at)', 5, this.#envelopes);
    this.#envelopes = [];
    noteRulesDue(this.#sql, this.#fetched);
    this.#fetched = [];
    this.#writeNotes();
  }

  #writeNotes(): void {
    this.#sql.insert(
      'ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady)',
      8,
      this.#notes,
      this.#note.onConflict,
    );
    this.#notes = [];
  }
}
