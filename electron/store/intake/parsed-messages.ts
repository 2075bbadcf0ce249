import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import type { SearchCoverage } from '../../../shared/message-list.ts';
import type { CommitNumber, Committed } from '../index/commits.ts';
import type { ParsedColumns } from '../index/message-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { fromKey, sortDate, subjectKey } from '../index/text-keys.ts';
import { extraStems, wordsOf } from '../search/search-words.ts';
import type { WordIndex } from '../search/word-index.ts';
import { Conversations } from './conversations.ts';

type Tools = Pick<StoreTools, 'sql' | 'accounts' | 'messages' | 'revision' | 'commits'>;

/** What a parser made of a message. */
export type MessageFindings = {
  readonly subject: string;
  readonly from: EmailAddress;
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
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

/** What the row of a message says before it is parsed. */
type KnownRow = ParsedColumns & {
  readonly account_no: number;
  readonly received_at: number;
  readonly is_parsed: number;
};

/** Longest text that is indexed, in characters: a book of 300 pages. What follows is found by nobody. */
const mostTextLength = 600_000;

/** Names that an attachment is worth counting for in a list: parts of the body that are inline pictures are not. */
function shownAttachments(attachments: readonly Attachment[]): number {
  return attachments.filter((attachment) => !attachment.isInline).length;
}

function people(mailboxes: readonly EmailAddress[]): string {
  return mailboxes.map(({ name, address }) => `${name} ${address}`).join(' ');
}

/** Fills in what a parser found: list columns, attachments, conversations, words. */
export class ParsedMessages {
  readonly #tools: Tools;
  readonly #conversations: Conversations;
  readonly #words: WordIndex;

  constructor(tools: Tools, words: WordIndex) {
    this.#tools = tools;
    this.#words = words;
    this.#conversations = new Conversations(tools);
  }

  /** Messages nobody has parsed yet, the newest first. */
  unparsed(limit: number): MessageId[] {
    return this.#tools.sql.numbers(
      'select id as value from message where is_parsed = 0 and is_damaged = 0 order by sort_date desc, id desc limit ?',
      limit,
    ) as MessageId[];
  }

  /** Messages that have been parsed, and all that can be. */
  coverage(): SearchCoverage {
    const { sql } = this.#tools;
    const count = (what: string) =>
      sql.value<number>(`select count(*) as value from message where ${what}`) ?? 0;
    const total = count('true');
    const unparsed = count('is_parsed = 0');
    const unreadable = count('is_parsed = 0 and is_damaged = 1');
    return { found: total - unparsed, total: total - unreadable };
  }

  /** Says that a message cannot be parsed; it keeps what is known and is not offered again. */
  async setUnparsable(
    id: MessageId,
    warning: { readonly code: string; readonly detail: string },
  ): Promise<CommitNumber> {
    const { sql } = this.#tools;
    sql.transaction(() => {
      this.#tools.messages.setParsed(id, {});
      sql.run('update envelope set warnings = ? where id = ?', JSON.stringify([warning]), id);
    });
    this.#tools.revision.changed();
    return this.#tools.commits.next();
  }

  /** Writes one parsed message; see `setMany`. */
  set(id: MessageId, parsed: MessageFindings): Promise<Committed<readonly AccountId[]>> {
    return this.setMany([{ id, parsed }]);
  }

  /**
   * Writes many parsed messages in one transaction; messages that are gone are passed over. Answers the accounts of
   * the others. The word index is left in pieces, which `words.merge` puts together when there is time.
   */
  async setMany(
    parsed: readonly { readonly id: MessageId; readonly parsed: MessageFindings }[],
  ): Promise<Committed<readonly AccountId[]>> {
    if (parsed.length === 0) return this.#tools.commits.with([]);
    const accounts = new Set<number>();
    // In the order of their ids: at each step back the word index would begin a new piece.
    const inOrder = [...parsed].sort((one, other) => one.id - other.id);
    // What a parser found can be found again: a power cut leaves the messages unparsed.
    this.#tools.sql.withoutSync(() =>
      this.#tools.sql.transaction(() => {
        for (const one of inOrder) {
          const accountNo = this.#write(one.id, one.parsed);
          if (accountNo !== null) accounts.add(accountNo);
        }
      }),
    );
    this.#words.noteWrite();
    this.#tools.revision.changed();
    return this.#tools.commits.with([...accounts].map((no) => this.#tools.accounts.idOf(no)));
  }

  /** Number of the message's account; null when the message is gone. */
  #write(id: MessageId, parsed: MessageFindings): number | null {
    const { sql } = this.#tools;
    const row = sql.get<KnownRow>(
      `select account_no, received_at, is_parsed, attachments, sort_date, from_key, subject_key, thread_id
       from message where id = ?`,
      id,
    );
    if (row === undefined) return null;
    const conversationId = this.#conversations.place({
      accountNo: row.account_no,
      id,
      messageId: parsed.messageId,
      references: [...parsed.references, ...parsed.inReplyTo],
      subject: parsed.subject,
    });
    this.#updateRow(id, row, {
      attachments: shownAttachments(parsed.attachments),
      sort_date: sortDate(parsed.sentAt, row.received_at),
      from_key: fromKey(parsed.from.name, parsed.from.address),
      subject_key: subjectKey(parsed.subject),
      thread_id: conversationId,
    });
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
    return row.account_no;
  }

  /** Most of it was right from the headers alone, and each column that is named costs an entry in several indexes. */
  #updateRow(id: MessageId, known: KnownRow, now: ParsedColumns): void {
    const changed = Object.entries(now).filter(([name, value]) => known[name as keyof KnownRow] !== value);
    this.#tools.messages.setParsed(id, Object.fromEntries(changed));
  }

  #writeWords(id: MessageId, parsed: MessageFindings): void {
    const subject = wordsOf(parsed.subject);
    const body = wordsOf(parsed.text.slice(0, mostTextLength));
    this.#tools.sql.run(
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
