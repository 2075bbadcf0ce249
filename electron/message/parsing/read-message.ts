import type { Attachment } from '../../../shared/message.ts';
import { type CarriedFile, measureFile, unnamedInvitation } from '../attachments/attachment.ts';
import { readRtf } from '../attachments/rtf-text.ts';
import { gatherBody, type Reading } from '../body/body.ts';
import { indexText } from '../body/index-text.ts';
import { readTextPart } from '../body/text-part.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { readInvitation } from '../calendar/invitation.ts';
import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { holdsTricks } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { topCharset } from '../headers/header-summary.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import { defaultLimits, type Part, type PartLimits, partsOf, type Warning } from '../structure/part.ts';
import { buildPartTree } from '../structure/part-tree.ts';
import { previewOf } from '../text/preview.ts';
import type { Stretch } from '../text/stretch.ts';
import { baseOf, pointedParts } from './inline-parts.ts';
import { messageContext } from './message-context.ts';
import { readMessageHeaders } from './message-headers.ts';
import type { ParsedMessage, ParseOptions } from './parsed-message.ts';
import { subjectOf, untypedProtection } from './protected-message.ts';

const maximumAttachments = 1000;
const shownSourceBytes = 1_000_000;

/** A message of which nothing but its headers and its source is shown: for what our own reading fails on. */
export function readAsSource(source: ByteSource, options: ParseOptions, reason: string): ParsedMessage {
  const { root } = buildPartTree(source, { ...defaultLimits, parts: 1, depth: 0 });
  const context = messageContext(root, options);
  const body = plainStretch(sourceText(source, context));
  return {
    ...readMessageHeaders(root, context),
    text: body.text,
    textIsFlowed: false,
    textIsDelSp: false,
    html: null,
    invitation: null,
    attachments: [],
    pointed: [],
    base: null,
    preview: previewOf(body),
    indexText: body.text ?? '',
    charsets: [],
    warnings: [
      { code: 'reading-failed', detail: reason },
      { code: 'shown-as-source', detail: '' },
    ],
    protection: null,
    piece: null,
    isSource: true,
  };
}

/** The source of a message as text, for when nothing better can be shown. */
function sourceText(source: ByteSource, context: CharsetContext): string {
  const bytes = source.read(0, Math.min(source.length, shownSourceBytes));
  return decodeText(bytes, { declared: null }, context).text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}

type Readable = {
  readonly body: Stretch | null;
  readonly files: readonly CarriedFile[];
  readonly isSource: boolean;
};

/** The body. Without one, the text of a report or of RTF stands in for it; failing that, the bare source. */
function readBody(source: ByteSource, root: Part, reading: Reading): Readable {
  const { body, files } = gatherBody(root, reading);
  if (body !== null) return { body, files, isSource: false };
  const reported = [...partsOf(root, false)].find((part) =>
    /^message\/(?:(?:global-)?delivery-status|(?:global-)?disposition-notification|global-headers|partial|external-body|feedback-report)$|^text\/(?!calendar|x-amp)|^application\/(?:x-)?rtf$/.test(
      part.type,
    ),
  );
  if (reported && reported.children.length === 0) {
    const bytes = decodedBytes(reported, shownSourceBytes);
    const rtf = readRtf(bytes);
    if (rtf.text !== null || rtf.html !== null)
      return { body: { ...rtf, isFlowed: false, isDelSp: false }, files, isSource: false };
    const { text } = readTextPart(reported, reading.context, shownSourceBytes).read;
    if (/\S/.test(text)) return { body: plainStretch(text), files, isSource: false };
  }
  const isEmpty = [...partsOf(root, false)].every((part) => part.children.length > 0 || isBlankPart(part));
  if (files.length > 0 || isEmpty) return { body, files, isSource: false };
  reading.warnings.push({ code: 'shown-as-source', detail: '' });
  return { body: plainStretch(sourceText(source, reading.context)), files, isSource: true };
}

/** Whether a part holds nothing but blanks. */
function isBlankPart({ source, start, end }: Part): boolean {
  return !/\S/.test(source.read(start, Math.min(end, start + 65_536)).toString('latin1'));
}

function plainStretch(text: string): Stretch {
  return { text, html: null, isFlowed: false, isDelSp: false };
}

/** Whether an invitation is also there as a named file: many programs send it in both ways. */
function isSecondInvitation(attachment: Attachment, all: readonly Attachment[]): boolean {
  if (attachment.type !== 'text/calendar' || attachment.name !== unnamedInvitation) return false;
  return all.some((other) => other !== attachment && other.sha256 === attachment.sha256);
}

function tooMany(files: readonly CarriedFile[]): Warning[] {
  return files.length > maximumAttachments
    ? [{ code: 'attachments-left-out', detail: `${files.length - maximumAttachments}` }]
    : [];
}

/** A warning where characters were taken out of the sender's name: somebody had put them there to deceive. */
function senderTricks(root: Part, context: CharsetContext): Warning[] {
  const from = firstField(root.fields, 'from') ?? '';
  const isTricky = holdsTricks(from.slice(0, 2000), topCharset(root.fields), context);
  return isTricky ? [{ code: 'hidden-characters', detail: '' }] : [];
}

/** Reads a whole message. Synchronous; holds of it only what it gives back and one text part at a time. */
export function readMessage(source: ByteSource, options: ParseOptions = {}): ParsedMessage {
  const limits: PartLimits = { ...defaultLimits, ...options.limits };
  const { root, warnings } = buildPartTree(source, limits);
  const context = messageContext(root, options);
  const reading: Reading = {
    context,
    heldBytes: limits.heldBytes,
    charsets: [],
    warnings: [...warnings],
    spare: [],
    calendar: null,
    protection: null,
    piece: null,
  };
  const { body: ownBody, files, isSource } = readBody(source, root, reading);
  const invitation = reading.calendar === null ? null : readInvitation(reading.calendar);
  // A calendar that comes without a word tells in its description what it is about.
  const body = ownBody ?? (invitation?.description ? plainStretch(invitation.description) : null);
  const shown = files.slice(0, maximumAttachments);
  const measured = shown.map(measureFile);
  const attachments = measured.filter((attachment) => !isSecondInvitation(attachment, measured));
  const words = indexText(body, root, context, limits.heldBytes);
  const headers = readMessageHeaders(root, context);
  return {
    ...headers,
    subject: subjectOf(root, headers.subject, context),
    text: body?.text?.trimEnd() || null,
    textIsFlowed: body?.isFlowed ?? false,
    textIsDelSp: body?.isDelSp ?? false,
    html: body?.html ?? null,
    invitation: invitation?.card ?? null,
    attachments,
    pointed: pointedParts(shown, body?.html ?? null),
    base: body?.html == null ? null : baseOf(root),
    // A digest has no words of its own: those of its messages tell what it is.
    preview: previewOf(body) || previewOf(plainStretch(words)),
    indexText: words,
    charsets: reading.charsets,
    warnings: [...reading.warnings, ...tooMany(files), ...senderTricks(root, context)],
    protection: reading.protection ?? untypedProtection(body, files),
    piece: reading.piece,
    isSource,
  };
}
