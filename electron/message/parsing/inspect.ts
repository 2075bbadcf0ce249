import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import type { Invitation, MessagePiece } from '../../../shared/message-view.ts';
import type { CharsetDecision } from '../body/body.ts';
import type { Protection } from '../body/protection.ts';
import type { MessageFile } from '../bytes/byte-source.ts';
import { sanitiseHtml } from '../safety/sanitise-html.ts';
import type { Warning } from '../structure/part.ts';
import { unflowed } from '../text/readable-text.ts';
import { parseMessage } from './parse.ts';
import type { ParseOptions } from './parsed-message.ts';

/** A message as the reader would show it, as plain data for a person or a test to look at. */
export type Inspection = {
  readonly subject: string;
  readonly from: readonly EmailAddress[];
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
  /** ISO 8601, UTC; null when there is no readable date. */
  readonly date: string | null;
  /** Why there is no date, or what is doubtful about it. */
  readonly dateProblem: string | null;
  readonly text: string | null;
  /** Sanitised. */
  readonly html: string | null;
  readonly attachments: readonly {
    readonly part: string;
    readonly name: string;
    readonly type: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly contentId: string | null;
    readonly inline: boolean;
  }[];
  /** The first calendar entry, when there is one. */
  readonly invitation: Invitation | null;
  /** How it is locked or signed; nothing is opened or checked. */
  readonly protection: Protection | null;
  /** Which piece it is of a message sent in several. */
  readonly piece: MessagePiece | null;
  readonly charsets: readonly CharsetDecision[];
  readonly warnings: readonly Warning[];
};

function listed({ isInline, ...attachment }: Attachment): Inspection['attachments'][number] {
  return { ...attachment, inline: isInline };
}

/** Reads a message and cleans its HTML as the reader does; `cid:` images keep their addresses. */
export async function inspectMessage(
  source: Uint8Array | MessageFile,
  options: ParseOptions = {},
): Promise<Inspection> {
  const message = await parseMessage(source, options);
  const known = new Set(message.attachments.map((attachment) => attachment.contentId));
  const safe =
    message.html === null
      ? null
      : sanitiseHtml(message.html, {
          contentIdUrl: (id) => (known.has(id) ? `cid:${id}` : null),
          remoteImages: 'block',
        });
  return {
    subject: message.subject,
    from: message.from,
    to: message.to,
    cc: message.cc,
    date: message.sentAt === null ? null : new Date(message.sentAt).toISOString(),
    dateProblem: message.dateProblem,
    text:
      message.text !== null && message.textIsFlowed
        ? unflowed(message.text, message.textIsDelSp)
        : message.text,
    html: safe?.html ?? null,
    attachments: message.attachments.map(listed),
    invitation: message.invitation,
    protection: message.protection,
    piece: message.piece,
    charsets: message.charsets,
    warnings: [...message.warnings, ...(safe?.warnings ?? []).map((code) => ({ code, detail: 'html' }))],
  };
}
