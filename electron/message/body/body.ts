import type { MessagePiece } from '../../../shared/message-view.ts';
import { appleSingleFile } from '../attachments/apple-single.ts';
import { type CarriedFile, contentIdOf, fileOfPart, sentName } from '../attachments/attachment.ts';
import { binhexFiles, embeddedFiles } from '../attachments/files-in-text.ts';
import { filesOfTnef, isTnef } from '../attachments/tnef-files.ts';
import type { CharsetReason } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { plainParameter } from '../headers/parameters.ts';
import type { Part, Warning } from '../structure/part.ts';
import { enrichedText } from '../text/enriched-text.ts';
import { isBlankStretch, joinStretches, type Stretch } from '../text/stretch.ts';
import { isUndeclaredHtml } from '../text/undeclared-html.ts';
import { bestHtml, isAppended } from './forms.ts';
import { clearSigned, type Protection, protectionOf } from './protection.ts';
import { readTextPart } from './text-part.ts';

/*
 * The room `body`: which parts a person reads as the body, and in which order. RFC 2046.
 * - A message without any readable part is shown as source. Nothing a sender does may lose the body.
 * - The HTML that comes out is as it was sent. Only the room `safety` makes it fit to show.
 */

/** Which charset a part was read in, and why. */
export type CharsetDecision = {
  readonly part: string;
  readonly declared: string | null;
  readonly used: string;
  readonly how: CharsetReason;
};

/** The findings so far, while the parts of a message are walked through. */
export type Reading = {
  readonly context: CharsetContext;
  readonly heldBytes: number;
  readonly charsets: CharsetDecision[];
  readonly warnings: Warning[];
  /** Bodies inside winmail.dat. They count only when the message has no other. */
  readonly spare: Stretch[];
  calendar: string | null;
  protection: Protection | null;
  piece: MessagePiece | null;
};

/** What a part gives to the reader: stretches of the body and files. */
type Gathered = { readonly stretches: Stretch[]; readonly files: CarriedFile[] };

const nothing = (): Gathered => ({ stretches: [], files: [] });

/** Reads a text part as a stretch of the body. */
function gatherText(part: Part, reading: Reading): Gathered {
  const { read, declared, files, warnings } = readTextPart(part, reading.context, reading.heldBytes);
  reading.charsets.push({ part: part.path, declared, used: read.charset, how: read.how });
  reading.warnings.push(...warnings);
  const found = embeddedFiles(part, files, reading.context);
  if (read.text === '' && found.length === 0) return nothing();
  const isMislabelled = part.type === 'text/plain' && isUndeclaredHtml(read.text);
  if (isMislabelled) reading.warnings.push({ code: 'html-labelled-plain', detail: part.path });
  if (part.type === 'text/html' || isMislabelled)
    return { stretches: [{ text: null, html: read.text, isFlowed: false, isDelSp: false }], files: found };
  const signed = part.type === 'text/plain' ? clearSigned(read.text) : null;
  if (signed !== null) reading.protection ??= { kind: 'signed', protocol: 'openpgp-inline' };
  const isMarked = part.type === 'text/enriched' || part.type === 'text/richtext';
  const text = isMarked ? enrichedText(read.text) : (signed ?? read.text);
  const isFlowed = plainParameter(part.contentType, 'format')?.toLowerCase() === 'flowed';
  const isDelSp = isFlowed && plainParameter(part.contentType, 'delsp')?.toLowerCase() === 'yes';
  return { stretches: [{ text, html: null, isFlowed, isDelSp }], files: found };
}

const bodyTypes = new Set(['text/plain', 'text/html', 'text/enriched', 'text/richtext']);
/** Other forms of the same body that no reader of ours shows. */
const unshownForms = new Set(['text/x-amp-html', 'text/watch-html', 'text/vnd.wap.wml']);

type Place = {
  /** The HTML of the multipart/related that a part is in, which may point to it; null elsewhere, and for the root. */
  readonly pointing: string | null;
  readonly isAlternative: boolean;
  readonly isWhole: boolean;
};

/** A part without children: a stretch of the body, a file, or both when a shown text also has a name. */
function gatherLeaf(part: Part, reading: Reading, place: Place): Gathered {
  if (place.isAlternative && unshownForms.has(part.type)) return nothing();
  if (part.type === 'text/calendar')
    reading.calendar ??= readTextPart(part, reading.context, reading.heldBytes).read.text;
  reading.protection ??= protectionOf(part);
  notePiece(part, reading);
  if (isTnef(part)) {
    const opened = filesOfTnef(part, reading.context, reading.heldBytes);
    if (opened?.body) reading.spare.push(opened.body);
    if (opened) return { stretches: [], files: [...opened.files] };
    reading.warnings.push({ code: 'tnef-unreadable', detail: part.path });
  }
  const unpacked = [
    ...binhexFiles(part, reading.context, reading.heldBytes),
    ...appleSingleFile(part, reading.context, reading.heldBytes),
  ];
  if (unpacked.length > 0) return { stretches: [], files: unpacked };
  const isAttached = part.disposition?.main === 'attachment';
  const isNamed = sentName(part, reading.context) !== null;
  const contentId = contentIdOf(part);
  // A text that nothing points to is body, whatever it is called by.
  const isPointedAt =
    place.pointing !== null &&
    contentId !== null &&
    part.type !== 'text/html' &&
    namesPart(place.pointing, contentId);
  const isCoded = part.encoding === 'uuencode' || part.encoding === 'yenc';
  const isBody =
    bodyTypes.has(part.type) && !isPointedAt && !(isCoded && isNamed) && (!isAttached || place.isWhole);
  const file = fileOfPart(part, reading.context);
  if (!isBody) return { stretches: [], files: [file] };
  const gathered = gatherText(isCoded ? { ...part, encoding: 'identity' } : part, reading);
  return isNamed || isAttached ? { ...gathered, files: [file, ...gathered.files] } : gathered;
}

function namesPart(html: string, contentId: string): boolean {
  return html.includes(contentId) || html.includes(encodeURIComponent(contentId));
}

function notePiece(part: Part, reading: Reading): void {
  if (part.type !== 'message/partial') return;
  const count = (name: string): number | null => {
    const digits = /^\s*(\d{1,6})\s*$/.exec(plainParameter(part.contentType, name) ?? '')?.[1];
    return digits === undefined ? null : Number(digits);
  };
  reading.piece ??= { number: count('number') ?? 1, total: count('total') };
}

/** The forms of one body: the plain text and the HTML of them, the last of each that says anything. RFC 2046 §5.1.4. */
function gatherAlternative(part: Part, reading: Reading): Gathered {
  const place = { pointing: null, isAlternative: true, isWhole: false };
  // Beside a plain text, a part without a type is the rest of a form that a stray delimiter has cut.
  const isTyped = (child: Part): boolean => firstField(child.fields, 'content-type') !== null;
  const hasPlain = part.children.some((child) => child.type === 'text/plain' && isTyped(child));
  const isForm = (child: Part): boolean => !child.isOutside && (isTyped(child) || !hasPlain);
  const outside = part.children
    .filter((child) => !isForm(child))
    .map((child) => gather(child, reading, place));
  const forms = part.children.filter(isForm).map((child) => gather(child, reading, place));
  const stretches = forms.flatMap((form) =>
    form.stretches.length > 0 ? [joinStretches(form.stretches)] : [],
  );
  const spoken = stretches.filter((stretch) => !isBlankStretch(stretch));
  const htmls = spoken.filter((stretch) => stretch.html !== null);
  const texts = spoken.filter((stretch) => stretch.html === null);
  // Of several plain texts beside HTML take the longest: a scanner adds less than a person writes.
  const longest = texts.toSorted((a, b) => (b.text?.length ?? 0) - (a.text?.length ?? 0))[0];
  const html = bestHtml(htmls, longest?.text ?? null);
  // What a gateway has appended to the forms is said in none of them.
  const appended =
    html === undefined
      ? []
      : spoken.filter((one) => one !== html && one !== longest && isAppended(one, html, longest));
  // Without HTML they are different texts: the sender has chosen the wrong kind of multipart.
  const text = html || texts.length < 2 ? longest : joinStretches(texts);
  const chosen: Stretch | undefined = html
    ? { ...(text ?? html), text: text?.text ?? html.text, html: html.html }
    : (text ?? stretches[0]);
  return {
    stretches: [...(chosen ? [chosen] : []), ...appended, ...outside.flatMap((form) => form.stretches)],
    files: [...forms, ...outside].flatMap((form) => form.files),
  };
}

/** The root is the body, and stands first; of the others, what its HTML points to belongs to it. RFC 2387 §3. */
function gatherRelated(part: Part, reading: Reading, place: Place): Gathered {
  const start = plainParameter(part.contentType, 'start')?.replace(/^[\s<]+|[\s>]+$/g, '');
  const started = part.children.find((child) => start !== undefined && contentIdOf(child) === start);
  const root = started ?? part.children[0];
  if (root === undefined) return nothing();
  const body = gather(root, reading, { ...place, pointing: null });
  const pointing = body.stretches.map((stretch) => stretch.html ?? '').join('\n');
  const all = part.children.map((child) =>
    child === root ? body : gather(child, reading, { ...place, pointing }),
  );
  const others = all.filter((one) => one !== body);
  return {
    stretches: [...body.stretches, ...others.flatMap((one) => one.stretches)],
    files: all.flatMap((one) => one.files),
  };
}

/** What is signed. A whole message that is signed with its headers is the letter itself. RFC 8551 §3.1. */
function gatherSigned(part: Part, reading: Reading, place: Place): Gathered {
  const [first, ...others] = part.children;
  const letter = first === undefined ? null : wrappedLetter(first);
  if (letter === null) return gatherAll(part, reading, place);
  const all = [letter, ...others].map((child) => gather(child, reading, place));
  return { stretches: all.flatMap((one) => one.stretches), files: all.flatMap((one) => one.files) };
}

/** The message that a signed part wraps so that its headers are signed too; null for one that is only forwarded. */
export function wrappedLetter(part: Part): Part | null {
  const isForwarded = plainParameter(part.contentType, 'forwarded')?.toLowerCase() === 'yes';
  const isAttached = part.disposition?.main === 'attachment';
  return isForwarded || isAttached ? null : part.message;
}

function gatherAll(part: Part, reading: Reading, place: Place): Gathered {
  const all = part.children.map((child) => gather(child, reading, place));
  return { stretches: all.flatMap((one) => one.stretches), files: all.flatMap((one) => one.files) };
}

/**
 * Lines among the headers of a part, when its sender has forgotten the empty line: they are words of the body. One that
 * only a CR ends runs into the header before it.
 */
function strayText(part: Part, reading: Reading): Stretch[] {
  const stray = part.fields.flatMap(({ name, value }) =>
    value.split(/\r[\r\n]*(?![ \t])/).slice(name === '' ? 0 : 1),
  );
  const text = stray.map((line) => decodeHeaderText(line, null, reading.context)).join('\n');
  return /[^\s-]/.test(text) ? [{ text, html: null, isFlowed: false, isDelSp: false }] : [];
}

function gather(part: Part, reading: Reading, place: Place): Gathered {
  const gathered =
    part.children.length === 0 ? gatherLeaf(part, reading, place) : gatherChildren(part, reading, place);
  // Those of the message itself are among its headers.
  const stray = part.path === '' || place.isWhole ? [] : strayText(part, reading);
  return stray.length === 0
    ? gathered
    : { stretches: [...stray, ...gathered.stretches], files: gathered.files };
}

function gatherChildren(part: Part, reading: Reading, place: Place): Gathered {
  const inside = { ...place, isAlternative: false, isWhole: false };
  reading.protection ??= protectionOf(part);
  switch (part.type) {
    case 'multipart/alternative':
      return gatherAlternative(part, reading);
    case 'multipart/appledouble': {
      // The second part is the file; the first is what only a Macintosh of its time could use. RFC 1740.
      const { stretches, files } = gatherAll(part, reading, inside);
      const own = files.filter(({ type }) => type !== 'application/applefile');
      return { stretches, files: own.length > 0 ? own : files };
    }
    case 'multipart/related':
      return gatherRelated(part, reading, inside);
    case 'multipart/signed':
      return gatherSigned(part, reading, { ...inside, pointing: null });
    default:
      return gatherAll(part, reading, { ...inside, pointing: null });
  }
}

/** Walks a message's parts and gives its body, in order, and the files it carries. */
export function gatherBody(
  root: Part,
  reading: Reading,
): { readonly body: Stretch | null; readonly files: readonly CarriedFile[] } {
  const gathered = gather(root, reading, { pointing: null, isAlternative: false, isWhole: true });
  const isSilent = gathered.stretches.every(isBlankStretch);
  const stretches = isSilent && reading.spare.length > 0 ? reading.spare : gathered.stretches;
  return { body: stretches.length > 0 ? joinStretches(stretches) : null, files: gathered.files };
}
