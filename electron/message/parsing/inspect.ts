import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import type { Invitation, MessagePiece } from '../../../shared/message-view.ts';
import type { CharsetDecision } from '../body/body.ts';
import type { Protection } from '../body/protection.ts';
import type { MessageFile } from '../bytes/byte-source.ts';
import {
  type AuthenticationResults,
  type AuthenticationVerdict,
  judgeAuthentication,
} from '../headers/authentication.ts';
import { judgeSender } from '../safety/header-honesty.ts';
import { buildMessagePage } from '../safety/message-page.ts';
import { sanitiseHtml } from '../safety/sanitise-html.ts';
import { textToHtml } from '../safety/text-to-html.ts';
import type { Warning } from '../structure/part.ts';
import { unflowed } from '../text/readable-text.ts';
import { partFinder } from './inline-parts.ts';
import { parseMessage } from './parse.ts';
import type { ParsedMessage, ParseOptions } from './parsed-message.ts';

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
    /** Left out of the list of files. */
    readonly inline: boolean;
    /** The cleaned HTML draws it where it belongs. */
    readonly shownInPlace: boolean;
  }[];
  /** What the receiving server found out about the sender, as the reader judges it. */
  readonly authentication:
    | (Pick<AuthenticationVerdict, 'verdict' | 'domain'> & Pick<AuthenticationResults, 'server' | 'results'>)
    | null;
  /** Ids of the messages it follows, without brackets. */
  readonly references: readonly string[];
  /** The page that the plain text is shown as, with its style; null where there is no plain text. */
  readonly textPage: string | null;
  /** Doubts about the sender that the reader shows. */
  readonly senderFlags: readonly string[];
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
  return { ...attachment, inline: isInline, shownInPlace: isInline };
}

function judgedAuthentication({ authentication, from }: ParsedMessage): Inspection['authentication'] {
  return authentication && { ...judgeAuthentication(authentication, from), ...authentication };
}

function textPageOf({ text, textIsFlowed, textIsDelSp }: ParsedMessage): string | null {
  if (text === null) return null;
  const body = textToHtml(text, { flowed: textIsFlowed, delSp: textIsDelSp });
  return buildMessagePage(body, { kind: 'text', theme: 'light', partsSource: 'poppy-part:' });
}

function senderFlagsOf({ from, replyTo }: ParsedMessage): string[] {
  const people = from.length === 0 ? [{ name: '', address: '' }] : from;
  return [...new Set(people.flatMap((mailbox) => judgeSender({ from: mailbox, replyTo }).flags))];
}

/** Reads a message and cleans its HTML as the reader does; `cid:` images keep their addresses. */
export async function inspectMessage(
  source: Uint8Array | MessageFile,
  options: ParseOptions = {},
): Promise<Inspection> {
  const message = await parseMessage(source, options);
  const ids = new Map(message.pointed.map(({ part, contentId }) => [part, contentId ?? part]));
  const safe =
    message.html === null
      ? null
      : sanitiseHtml(message.html, {
          ...partFinder(message, (part) => `cid:${ids.get(part) ?? part}`),
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
    authentication: judgedAuthentication(message),
    references: message.references,
    textPage: textPageOf(message),
    senderFlags: senderFlagsOf(message),
    invitation: message.invitation,
    protection: message.protection,
    piece: message.piece,
    charsets: message.charsets,
    warnings: [...message.warnings, ...(safe?.warnings ?? []).map((code) => ({ code, detail: 'html' }))],
  };
}
