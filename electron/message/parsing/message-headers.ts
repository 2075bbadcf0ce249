import type { EmailAddress } from '../../../shared/message.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { parseAddresses } from '../headers/addresses.ts';
import { authenticationResults } from '../headers/authentication.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { allFields, firstField } from '../headers/header-block.ts';
import { sentDate, topCharset } from '../headers/header-summary.ts';
import { mailingList } from '../headers/mailing-list.ts';
import { parseMessageId, parseMessageIds } from '../headers/message-ids.ts';
import type { Part } from '../structure/part.ts';
import type { ParsedMessage } from './parsed-message.ts';

const maximumHeaders = 500;
const mostFields = 50;
const mostPeople = 2000;

/** What the headers of a message tell. */
type ReadHeaders = Pick<
  ParsedMessage,
  | 'subject'
  | 'from'
  | 'sender'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'sentAt'
  | 'dateProblem'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'headers'
  | 'authentication'
  | 'list'
>;

/** Reads the headers of a message, given by its outermost part. */
export function readMessageHeaders(root: Part, context: CharsetContext): ReadHeaders {
  const { fields } = root;
  const declared = topCharset(fields);
  const people = (name: string): EmailAddress[] => {
    // Several fields of a name are one field that was cut: RFC 5322 §4.5.3. Nobody is left out.
    const values = allFields(fields, name).filter((value) => value !== '');
    return values
      .slice(0, mostFields)
      .flatMap((value) => parseAddresses(value, declared, context))
      .slice(0, mostPeople);
  };
  const date = sentDate(fields);
  return {
    subject: decodeHeaderText(firstField(fields, 'subject') ?? '', declared, context),
    from: people('from'),
    sender: people('sender')[0] ?? null,
    replyTo: people('reply-to'),
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    sentAt: date.at,
    dateProblem: date.problem,
    messageId: parseMessageId(firstField(fields, 'message-id')),
    inReplyTo: parseMessageIds(allFields(fields, 'in-reply-to').join(' ')),
    references: parseMessageIds(allFields(fields, 'references').join(' ')),
    headers: fields.slice(0, maximumHeaders).map(({ name, value }) => ({
      name,
      value: decodeHeaderText(value.slice(0, 20_000), declared, context),
    })),
    authentication: authenticationResults(fields),
    list: mailingList(fields),
  };
}
