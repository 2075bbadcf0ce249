import type { StoreTools } from '../index/store-tools.ts';
import { baseSubject } from '../index/text-keys.ts';

/** A message about to be put into its conversation. */
export type LinkedMessage = {
  readonly accountNo: number;
  readonly id: number;
  readonly messageId: string | null;
  /** Everything it refers to, oldest first. */
  readonly references: readonly string[];
  readonly subject: string;
};

/** Of a long list of references the first and these many last ones say all there is to say. */
const mostReferences = 100;
/** A Message-ID longer than this is cut: it only has to be equal to itself. */
export const longestReference = 250;

function bounded(message: LinkedMessage): string[] {
  const { references, messageId } = message;
  const chosen =
    references.length > mostReferences
      ? [...references.slice(0, 1), ...references.slice(-mostReferences)]
      : references;
  const all = messageId === null ? chosen : [messageId, ...chosen];
  return [...new Set(all.map((id) => id.trim().slice(0, longestReference)).filter((id) => id !== ''))];
}

/**
 * Which conversation a message belongs to, one message after another and in any order. As in the JWZ algorithm, messages
 * belong together when a chain of Message-ID and References joins them, whether or not all links of it are here; a
 * message that refers to nothing joins by its subject, and only where one of the two is marked as a reply. The tree
 * inside a conversation is made when it is shown (`conversations.ts`); cycles do no harm here, for only the joining is kept.
 */
export class Conversations {
  readonly #sql: StoreTools['sql'];
  readonly #messages: StoreTools['messages'];

  constructor({ sql, messages }: Pick<StoreTools, 'sql' | 'messages'>) {
    this.#sql = sql;
    this.#messages = messages;
  }

  /** The conversation of a message; must run inside a transaction. Conversations that it joins become one. */
  place(message: LinkedMessage): number {
    const references = bounded(message);
    const joined = references.length === 0 ? [] : this.#conversationsOf(message.accountNo, references);
    const bySubject = message.references.length === 0 ? this.#conversationOfSubject(message) : null;
    if (bySubject !== null && !joined.includes(bySubject)) joined.push(bySubject);
    const conversationId = joined.length === 0 ? message.id : Math.min(...joined);
    for (const other of joined) if (other !== conversationId) this.#merge(other, conversationId);
    for (const reference of references)
      this.#sql.run(
        'insert or ignore into thread_reference(account_no, reference, thread_id) values(?, ?, ?)',
        message.accountNo,
        reference,
        conversationId,
      );
    this.#keepSubject(message, conversationId);
    return conversationId;
  }

  #conversationsOf(accountNo: number, references: readonly string[]): number[] {
    const found = new Set<number>();
    for (const reference of references) {
      const conversationId = this.#sql.value<number>(
        'select thread_id as value from thread_reference where account_no = ? and reference = ?',
        accountNo,
        reference,
      );
      if (conversationId !== null) found.add(conversationId);
    }
    return [...found];
  }

  #conversationOfSubject(message: LinkedMessage): number | null {
    const { base, isReply } = baseSubject(message.subject);
    if (base.length < 3) return null;
    const known = this.#sql.get<{ thread_id: number; has_original: number }>(
      'select thread_id, has_original from thread_subject where account_no = ? and subject = ?',
      message.accountNo,
      base.slice(0, longestReference),
    );
    if (known === undefined) return null;
    // Two that are both no replies only share a subject ("Invoice"); they are two conversations.
    return isReply || known.has_original === 0 ? known.thread_id : null;
  }

  #keepSubject(message: LinkedMessage, conversationId: number): void {
    const { base, isReply } = baseSubject(message.subject);
    if (base.length < 3) return;
    this.#sql.run(
      `insert into thread_subject(account_no, subject, thread_id, has_original) values(?1, ?2, ?3, ?4)
       on conflict do update set thread_id = case when ?4 then ?3 else thread_id end,
         has_original = max(has_original, ?4)`,
      message.accountNo,
      base.slice(0, longestReference),
      conversationId,
      Number(!isReply),
    );
  }

  #merge(from: number, to: number): void {
    this.#messages.joinConversations(from, to);
    this.#sql.run('update thread_reference set thread_id = ? where thread_id = ?', to, from);
    this.#sql.run('update thread_subject set thread_id = ? where thread_id = ?', to, from);
  }
}
