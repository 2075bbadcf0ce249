import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import type { SearchCoverage } from '../../../shared/message-list.ts';
import type { CommitNumber, Committed } from '../index/commits.ts';
import type { ParsedColumns } from '../index/message-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { fromKey, sortDate, subjectKey } from '../index/text-keys.ts';
import { fileWords } from '../search/file-words.ts';
import { MailLanguages, type WordLanguages } from '../search/mail-languages.ts';
import { textWords } from '../search/search-words.ts';
import { extraForms, umlautForms } from '../search/word-forms.ts';
import type { WordIndex } from '../search/word-index.ts';
import { Conversations } from './conversations.ts';
import { outdated, outdatedCount } from './read-again.ts';

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
  /** ISO 639-1 code of the language it is mostly written in; absent where that is not certain. */
  readonly language?: string;
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
  readonly #languages: MailLanguages;

  constructor(tools: Tools, words: WordIndex) {
    this.#tools = tools;
    this.#languages = new MailLanguages(tools);
    this.#words = words;
    this.#conversations = new Conversations(tools);
  }

  /** Messages nobody has parsed yet, the newest first, then those that an older version has parsed. */
  unparsed(limit: number): MessageId[] {
    const first = this.#tools.sql.numbers(
      'select id as value from message where is_parsed = 0 and is_damaged = 0 order by sort_date desc, id desc limit ?',
      limit,
    ) as MessageId[];
    return first.length === limit ? first : [...first, ...outdated(this.#tools, limit - first.length)];
  }

  /** Messages that have been parsed, all that can be, and those that will be read again. */
  coverage(): SearchCoverage {
    const { sql } = this.#tools;
    const count = (what: string) =>
      sql.value<number>(`select count(*) as value from message where ${what}`) ?? 0;
    const total = count('true');
    const unparsed = count('is_parsed = 0');
    const unreadable = count('is_parsed = 0 and is_damaged = 1');
    return { found: total - unparsed, total: total - unreadable, outdated: outdatedCount(this.#tools) };
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
        this.#noteLanguages(inOrder.map(({ parsed: { language } }) => language));
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

  #noteLanguages(languages: readonly (string | undefined)[]): void {
    const counts = new Map<string, number>();
    for (const language of languages)
      if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
    this.#languages.note(counts);
  }

  #writeWords(id: MessageId, parsed: MessageFindings): void {
    const languages = this.#languages.ofMessage(parsed.language ?? null);
    const subject = wordsWithForms(parsed.subject, languages);
    const body = wordsWithForms(parsed.text.slice(0, mostTextLength), languages);
    const names = wordsWithForms(parsed.attachments.map(({ name }) => name).join('\n'), languages);
    this.#tools.sql.run(
      `insert into words(rowid, subject, sender, recipients, attachment, body, subject_stems, body_stems)
       values(?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      subject.words,
      nameWords([parsed.from]),
      nameWords([...parsed.to, ...parsed.cc]),
      withFormsBehind(names.words, [...names.forms.split(' '), ...fileWords(parsed.attachments)]),
      body.words,
      subject.forms,
      body.forms,
    );
  }
}

/** A word that no query has. It stands before each form, so that no phrase reaches from one to the next. */
const border = '\ue000';

/** Words of a field that has no column for forms. Each form is a word of its own behind them. */
function withFormsBehind(words: string, forms: readonly string[]): string {
  return [words, ...forms.filter((form) => form !== '').map((form) => `${border} ${form}`)].join(' ');
}

function wordsWithForms(text: string, languages: WordLanguages): { words: string; forms: string } {
  const words = textWords(text);
  return { words: words.map(({ folded }) => folded).join(' '), forms: extraForms(text, words, languages) };
}

/** Words of names and addresses, and behind them what people type for their umlauts. */
function nameWords(mailboxes: readonly EmailAddress[]): string {
  const words = textWords(people(mailboxes));
  return withFormsBehind(words.map(({ folded }) => folded).join(' '), umlautForms(words));
}
