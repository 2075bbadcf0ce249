import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import type { Invitation, MessagePiece } from '../../../shared/message-view.ts';
import type { PointedPart } from '../attachments/attachment.ts';
import type { CharsetDecision } from '../body/body.ts';
import type { Protection } from '../body/protection.ts';
import type { AuthenticationResults } from '../headers/authentication.ts';
import type { MailingList } from '../headers/mailing-list.ts';
import type { PartLimits, Warning } from '../structure/part.ts';

/** A message as a person reads it. Everything in it is bounded and safe to hold; `html` is not safe to show. */
export type ParsedMessage = {
  readonly subject: string;
  readonly from: readonly EmailAddress[];
  readonly sender: EmailAddress | null;
  readonly replyTo: readonly EmailAddress[];
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
  readonly bcc: readonly EmailAddress[];
  /** Date header, milliseconds since the epoch; null when it cannot be read. */
  readonly sentAt: number | null;
  /** Why there is no date, or what is doubtful about it: `missing`, `unreadable`, `impossible`, `zone-unknown`. */
  readonly dateProblem: string | null;
  /** Ids are without angle brackets. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** All headers, decoded, in order, with their names as RFC 5322 spells them in lower case. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The plain text of the body; null when the message has only HTML. */
  readonly text: string | null;
  /** Lines are joined as RFC 3676 says; `textIsDelSp` also drops the blank they are joined at. */
  readonly textIsFlowed: boolean;
  readonly textIsDelSp: boolean;
  /** The HTML of the body as it was sent: sanitise before showing. */
  readonly html: string | null;
  /** What the first text/calendar part says. */
  readonly invitation: Invitation | null;
  readonly attachments: readonly Attachment[];
  /** Files that the HTML can point to, by id, name or location. */
  readonly pointed: readonly PointedPart[];
  /** What relative addresses in the HTML are relative to, as the headers say; null where they do not. */
  readonly base: string | null;
  /** The first words of the body on one line, at most 200 characters. */
  readonly preview: string;
  /** Words for the text index: body and, bounded, messages inside. */
  readonly indexText: string;
  /** ISO 639-1 code of the language of subject and body. Only reading for the index looks for it. */
  readonly language?: string;
  readonly charsets: readonly CharsetDecision[];
  readonly warnings: readonly Warning[];
  readonly authentication: AuthenticationResults | null;
  readonly list: MailingList | null;
  readonly protection: Protection | null;
  /** Set where the message is but one piece of another. */
  readonly piece: MessagePiece | null;
  /** Nothing of it could be read as a body: `text` is the message's source. */
  readonly isSource: boolean;
};

/** How a message is to be read. */
export type ParseOptions = {
  /** The charset the person has chosen for this message. */
  readonly charset?: string;
  /** The account's charset, for bytes that nothing else explains. */
  readonly fallbackCharset?: string;
  readonly limits?: Partial<PartLimits>;
};
