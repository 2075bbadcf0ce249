import type { Attachment, Mailbox, MessageId } from '../../shared/model.ts';
import type { StoreContext } from './context.ts';
import { sortDate } from './new-rows.ts';
import { extraStems, wordsOf } from './search-words.ts';
import { fromKey, subjectKey } from './text-keys.ts';
import { ThreadIndex } from './thread-index.ts';

/** What a parser made of a message. */
export type ParsedMessage = {
  readonly subject: string;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Milliseconds since the epoch; null when there is no readable date. */
  readonly sentAt: number | null;
  /** Message-ID without brackets, or null. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  /** References, oldest first; any number of them. */
  readonly references: readonly string[];
  readonly preview: string;
  /** Text for the index. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
};

/** Longest text that is indexed, in characters: a book of 300 pages. What follows is found by nobody. */
const mostTextLength = 600_000;

/** Names that an attachment is worth counting for in a list: parts of the body that are inline pictures are not. */
function shownAttachments(attachments: readonly Attachment[]): number {
  return attachments.filter((attachment) => !attachment.isInline).length;
}

function people(mailboxes: readonly Mailbox[]): string {
  return mailboxes.map(({ name, address }) => `${name} ${address}`).join(' ');
}

/** Fills in what a parser found: list columns, attachments, threads, words. */
export class ParsedMessages {
  readonly #context: StoreContext;
  readonly #threads: ThreadIndex;

  constructor(context: StoreContext) {
    this.#context = context;
    this.#threads = new ThreadIndex(context.sql);
  }

  /** Messages nobody has parsed yet, the newest first. */
  unparsedMessages(limit: number): MessageId[] {
    return this.#context.sql.numbers(
      'select id as value from message where is_parsed = 0 and is_damaged = 0 order by id desc limit ?',
      limit,
    ) as MessageId[];
  }

  /** Says that a message cannot be parsed; it keeps what is known and is not offered again. */
  setUnparsable(id: MessageId, warning: { readonly code: string; readonly detail: string }): void {
    const { sql } = this.#context;
    sql.transaction(() => {
      sql.run('update message set is_parsed = 1 where id = ?', id);
      sql.run('update envelope set warnings = ? where id = ?', JSON.stringify([warning]), id);
    });
    this.#context.changed();
  }

  /** Writes many parsed messages in one transaction; messages that are gone are passed over. */
  setParsedMany(parsed: readonly { readonly id: MessageId; readonly parsed: ParsedMessage }[]): void {
    if (parsed.length === 0) return;
    this.#context.sql.transaction(() => {
      for (const one of parsed) this.#write(one.id, one.parsed);
    });
    this.#context.changed();
  }

  #write(id: MessageId, parsed: ParsedMessage): void {
    const { sql } = this.#context;
    const row = sql.get<{ account_no: number; received_at: number; is_parsed: number }>(
      'select account_no, received_at, is_parsed from message where id = ?',
      id,
    );
    if (row === undefined) return;
    const threadId = this.#threads.place({
      accountNo: row.account_no,
      id,
      messageId: parsed.messageId,
      references: [...parsed.references, ...parsed.inReplyTo],
      subject: parsed.subject,
    });
    sql.run(
      `update message set is_parsed = 1, attachments = ?, sort_date = ?, from_key = ?, subject_key = ?, thread_id = ?
       where id = ?`,
      shownAttachments(parsed.attachments),
      sortDate(parsed.sentAt, row.received_at),
      fromKey(parsed.from.name, parsed.from.address),
      subjectKey(parsed.subject),
      threadId,
      id,
    );
    sql.run(
      `update envelope set subject = ?, from_name = ?, from_address = ?, recipients = ?, copies = ?, sent_at = ?,
         preview = ?, message_id = ?, in_reply_to = ?, refs = ?, attachments = ?, warnings = ? where id = ?`,
      parsed.subject,
      parsed.from.name,
      parsed.from.address,
      JSON.stringify(parsed.to),
      JSON.stringify(parsed.cc),
      parsed.sentAt,
      parsed.preview,
      parsed.messageId,
      parsed.inReplyTo.join(' ').slice(0, 2000),
      parsed.references.slice(-50).join(' ').slice(-4000),
      JSON.stringify(parsed.attachments),
      JSON.stringify(parsed.warnings),
      id,
    );
    if (row.is_parsed === 1) sql.run('delete from words where rowid = ?', id);
    this.#writeWords(id, parsed);
  }

  #writeWords(id: MessageId, parsed: ParsedMessage): void {
    const subject = wordsOf(parsed.subject);
    const body = wordsOf(parsed.text.slice(0, mostTextLength));
    this.#context.sql.run(
      `insert into words(rowid, subject, sender, recipients, attachment, body, subject_stems, body_stems)
       values(?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      subject.join(' '),
      wordsOf(people([parsed.from])).join(' '),
      wordsOf(people([...parsed.to, ...parsed.cc])).join(' '),
      wordsOf(parsed.attachments.map(({ name }) => name).join(' ')).join(' '),
      body.join(' '),
      extraStems(subject),
      extraStems(body),
    );
  }
}
