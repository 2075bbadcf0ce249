import type { MessageId } from '../../shared/ids.ts';
import type { EmailAddress, MessageSummary } from '../../shared/message.ts';
import { summariseHeaders } from '../message/headers/header-summary.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import type { MessageShelf } from './message-shelf.ts';
import { sourceBytes } from './message-source.ts';

/** What stands over a message on paper and in a file. */
export type PrintedHead = {
  readonly subject: string;
  readonly from: readonly EmailAddress[];
  readonly to: readonly EmailAddress[];
  /** Milliseconds since the epoch; null where the Date cannot be read. */
  readonly sentAt: number | null;
};

/**
 * The row of a message, null where there is no such message. A file whose body was given up has it from its first
 * headers, which are read as they are at each intake.
 */
export async function messageRow(
  shelf: MessageShelf,
  id: MessageId,
  message: ParsedMessage | null,
): Promise<MessageSummary | null> {
  if (message !== null || !shelf.isFile(id)) return shelf.summary(id, message);
  const source = await sourceBytes(shelf, id);
  if (!source.ok) return shelf.summary(id, null);
  const charset = shelf.charset(id);
  const headers = summariseHeaders(source.value.bytes, charset === null ? {} : { charset });
  return shelf.summary(id, { ...headers, from: [headers.from] });
}

/** The printed head of a message. Where its body was given up, its row has it. */
export async function printedHead(
  shelf: MessageShelf,
  id: MessageId,
  message: ParsedMessage | null,
): Promise<PrintedHead> {
  if (message !== null) return message;
  const row = await messageRow(shelf, id, null);
  return {
    subject: row?.subject ?? '',
    from: row === null ? [] : [row.from],
    to: row?.to ?? [],
    sentAt: row?.sentAt ?? null,
  };
}
