import type { Folder } from './folder.ts';
import type { AccountId, MessageId } from './ids.ts';

/* What is known of one stored message. */

/** A name and an address as a header gives them; either may be empty. */
export type EmailAddress = { readonly name: string; readonly address: string };

/** What the list shows of one stored message. */
export type MessageSummary = {
  readonly id: MessageId;
  readonly accountId: AccountId;
  readonly folder: Folder;
  readonly subject: string;
  readonly from: EmailAddress;
  readonly to: readonly EmailAddress[];
  /** Date header, milliseconds since the epoch; null when it cannot be read. */
  readonly sentAt: number | null;
  /** When it was stored here, milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly sizeBytes: number;
  readonly preview: string;
  readonly isRead: boolean;
  readonly isStarred: boolean;
  readonly isReplied: boolean;
  readonly isForwarded: boolean;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  readonly attachmentCount: number;
  readonly conversationId: number;
  readonly conversationCount: number;
  readonly tags: readonly string[];
};

/** One part of a message that is not its text. */
export type Attachment = {
  /** Path in the part tree, as in IMAP: "2" or "1.3". */
  readonly part: string;
  /** Cleaned file name; never empty. */
  readonly name: string;
  /** MIME type, lower case. */
  readonly type: string;
  readonly sizeBytes: number;
  /** SHA-256 of the decoded bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly contentId: string | null;
  /** Shown inside the body by a cid: reference. */
  readonly isInline: boolean;
};
