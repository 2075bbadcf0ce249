import type { Attachment, EmailAddress, MessageSummary } from './message.ts';

/* What the reading pane shows of one message. */

/** Everything the reading pane shows around a body; the body itself is a page of its own at `bodyUrl`. */
export type MessageView = {
  readonly summary: MessageSummary;
  readonly from: readonly EmailAddress[];
  readonly sender: EmailAddress | null;
  readonly replyTo: readonly EmailAddress[];
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
  readonly dateProblem: string | null;
  /** Page with the cleaned body, in a scheme only the message view may load. */
  readonly bodyUrl: string;
  /** How many places of the searched text are marked in the body. */
  readonly found: number;
  readonly shows: 'html' | 'text' | 'source';
  readonly hasHtml: boolean;
  readonly hasText: boolean;
  readonly attachments: readonly AttachmentView[];
  readonly remote: {
    readonly blocked: number;
    readonly hosts: readonly string[];
    readonly isAllowed: boolean;
  };
  /** Codes of things worth saying: `reply-to-elsewhere`, `name-holds-address`, `mixed-script`, `unparsed`, `doubtful`… */
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
  /** SPF, DKIM, DMARC as the receiving server reported them, and what they say of the sender's domain. */
  readonly authentication: {
    readonly verdict: 'confirmed' | 'failed' | 'unknown';
    readonly domain: string;
    readonly results: readonly { readonly method: string; readonly result: string }[];
  } | null;
  readonly charset: { readonly used: string; readonly chosen: string | null };
  /** Calendar invitation shown as a card. */
  readonly invitation: Invitation | null;
  /** How the message is locked or signed; nothing is opened or checked here. */
  readonly protection: {
    readonly kind: 'signed' | 'encrypted';
    readonly by: 'smime' | 'openpgp' | 'other';
    /** The locked file, to be opened with a program that has the key; null when it stands in the text. */
    readonly file: Pick<Attachment, 'part' | 'name'> | null;
  } | null;
  /** Which piece of a message this is that was sent in several; only the last one tells `total`. */
  readonly piece: MessagePiece | null;
  /** Whether the copy on the server is known to be there still. */
  readonly isOnServer: boolean;
};

/** A calendar invitation, or an answer to one, as a card. Times are milliseconds since the epoch. */
export type Invitation = {
  readonly kind: 'request' | 'publish' | 'cancel' | 'reply' | 'counter' | 'counter-declined';
  readonly summary: string;
  readonly startsAt: number | null;
  /** For whole days: a moment of the last of them. */
  readonly endsAt: number | null;
  readonly isAllDay: boolean;
  /** The name of a time zone that neither we nor the invitation explain. Its times are taken as local. */
  readonly unknownZone: string | null;
  readonly repeats: 'daily' | 'weekly' | 'monthly' | 'yearly' | 'other' | null;
  readonly location: string;
  readonly organizer: EmailAddress | null;
  readonly answer: { readonly who: string; readonly given: 'accepted' | 'declined' | 'tentative' } | null;
  /** How many more entries the calendar holds. */
  readonly others: number;
};

/** Which piece of a message in pieces this is. RFC 2046 §5.2.2. */
export type MessagePiece = { readonly number: number; readonly total: number | null };

/** An attachment card. */
export type AttachmentView = Attachment & {
  readonly canOpen: boolean;
  /** Why it is only saved; a code such as `program`, `script`, `macro`, `disk-image`, `page`. */
  readonly saveOnlyReason: string | null;
  readonly preview: 'image' | 'pdf' | 'text' | 'message' | null;
};

/** How a body is asked for. */
export type BodyView = {
  readonly format: 'auto' | 'text' | 'html' | 'source';
  readonly isDark: boolean;
  readonly allowRemoteOnce: boolean;
  /** Text to mark; empty or absent for none. */
  readonly find?: string | undefined;
};

/** What of the reading view holds on paper and in saved files, which are always light. */
export type PrintedBody = Pick<BodyView, 'format' | 'allowRemoteOnce'>;
