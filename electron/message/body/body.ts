import type { MessagePiece } from '../../../shared/message-view.ts';
import {
  type CarriedFile,
  contentIdOf,
  fileOfPart,
  sentName,
  typeByName,
} from '../attachments/attachment.ts';
import { type EmbeddedFile, findBinhexFiles } from '../attachments/embedded-files.ts';
import { filesOfTnef, isTnef } from '../attachments/tnef-files.ts';
import { memorySource } from '../bytes/byte-source.ts';
import type { CharsetContext, CharsetReason } from '../charset/charset-choice.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { plainParameter } from '../headers/parameters.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import type { Part, Warning } from '../structure/part.ts';
import { decodedBytes } from '../structure/part-tree.ts';
import { combinePieces, isBlankPiece, type Piece } from '../text/stretch.ts';
import { readTextPart } from './text-part.ts';

/** Which charset a part was read in, and why. */
export type CharsetDecision = {
  readonly part: string;
  readonly declared: string | null;
  readonly used: string;
  readonly how: CharsetReason;
};

/** How a message is protected; the reader does not decrypt or verify, it says what it sees. */
export type Protection = { readonly kind: 'signed' | 'encrypted'; readonly protocol: string };

/** What is known of a message while its parts are walked through. */
export type Reading = {
  readonly context: CharsetContext;
  readonly heldBytes: number;
  readonly charsets: CharsetDecision[];
  readonly warnings: Warning[];
  /** Bodies that count only when the message has no other: those inside winmail.dat. */
  readonly spare: Piece[];
  calendar: string | null;
  protection: Protection | null;
  piece: MessagePiece | null;
};

/** What a part gives to the reader: stretches of the body and files. */
type Gathered = { readonly pieces: Piece[]; readonly files: CarriedFile[] };

const nothing = (): Gathered => ({ pieces: [], files: [] });

/** Files written into the text of a part, as attachments numbered under it. */
export function embeddedFiles(
  part: Part,
  files: readonly EmbeddedFile[],
  context: CharsetContext,
): CarriedFile[] {
  return files.map((file, index) => {
    const name = cleanAttachmentName(decodeHeaderText(file.rawName, null, context));
    return {
      part: `${part.path}.${index + 1}`,
      name,
      type: typeByName(name),
      contentId: null,
      contentLocation: null,
      open: file.decode,
    };
  });
}

/** The files inside a part that is BinHex as a whole, numbered under it; none where it is something else. */
export function binhexFiles(part: Part, context: CharsetContext, heldBytes: number): CarriedFile[] {
  if (!/^application\/(?:x-)?(?:mac-)?binhex(?:40)?$/.test(part.type)) return [];
  const source = memorySource(decodedBytes(part, heldBytes));
  return embeddedFiles(part, findBinhexFiles(source, { start: 0, end: source.length }), context);
}

const looksLikeHtml = /^\s*(?:<!doctype html|<html[\s>])/i;

/** Markup from the first letter to the last, without the frame of a page: mail of shops' programs is sent like that. */
function isHtmlFragment(text: string): boolean {
  const front = /^\s*<(?:div|p|table|center|span|font|body|head)(?:\s[^<>]{0,2000})?>/i;
  return front.test(text) && /<\/(?:div|p|table|center|span|font|body|html)>\s*$/i.test(text.slice(-200));
}

/** The words of enriched text without its commands; two line ends in a row are one that is meant. RFC 1896. */
function enrichedWords(text: string): string {
  return text
    .replace(/<param>[^<]{0,2000}<\/param>/gi, '')
    .replace(/\n(\n*)/g, (_all, more: string) => (more === '' ? ' ' : more))
    .replace(/<<|<[^<>]{1,60}>/g, (command) =>
      command === '<<' ? '<' : /^<(?:nl|np)>$/i.test(command) ? '\n' : '',
    );
}

/** Reads a text part as a stretch of the body. */
function gatherText(part: Part, reading: Reading): Gathered {
  const { read, declared, files, warnings } = readTextPart(part, reading.context, reading.heldBytes);
  reading.charsets.push({ part: part.path, declared, used: read.charset, how: read.how });
  reading.warnings.push(...warnings);
  const found = embeddedFiles(part, files, reading.context);
  if (read.text === '' && found.length === 0) return nothing();
  const isMislabelled =
    part.type === 'text/plain' &&
    (isHtmlFragment(read.text) ||
      (looksLikeHtml.test(read.text) && /<\/(?:html|body|p|div)>/i.test(read.text)));
  if (isMislabelled) reading.warnings.push({ code: 'html-labelled-plain', detail: part.path });
  if (part.type === 'text/html' || isMislabelled)
    return { pieces: [{ text: null, html: read.text, isFlowed: false, isDelSp: false }], files: found };
  const isMarked = part.type === 'text/enriched' || part.type === 'text/richtext';
  const text = isMarked ? enrichedWords(read.text) : read.text;
  const isFlowed = plainParameter(part.contentType, 'format')?.toLowerCase() === 'flowed';
  const isDelSp = isFlowed && plainParameter(part.contentType, 'delsp')?.toLowerCase() === 'yes';
  return { pieces: [{ text, html: null, isFlowed, isDelSp }], files: found };
}

const bodyTypes = new Set(['text/plain', 'text/html', 'text/enriched', 'text/richtext']);
/** Other forms of the same body that no reader of ours shows. */
const unshownForms = new Set(['text/x-amp-html', 'text/watch-html', 'text/vnd.wap.wml']);

type Place = { readonly isRelated: boolean; readonly isAlternative: boolean; readonly isWhole: boolean };

/** A part without children: a stretch of the body, a file, or both when a shown text also has a name. */
function gatherLeaf(part: Part, reading: Reading, place: Place): Gathered {
  if (place.isAlternative && unshownForms.has(part.type)) return nothing();
  if (part.type === 'text/calendar')
    reading.calendar ??= readTextPart(part, reading.context, reading.heldBytes).read.text;
  noteProtection(part, reading);
  notePiece(part, reading);
  if (isTnef(part)) {
    const opened = filesOfTnef(part, reading.context, reading.heldBytes);
    if (opened?.body) reading.spare.push(opened.body);
    if (opened) return { pieces: [], files: [...opened.files] };
    reading.warnings.push({ code: 'tnef-unreadable', detail: part.path });
  }
  const unpacked = binhexFiles(part, reading.context, reading.heldBytes);
  if (unpacked.length > 0) return { pieces: [], files: unpacked };
  const isAttached = part.disposition?.main === 'attachment';
  const isNamed = sentName(part, reading.context) !== null;
  const isPointedAt = place.isRelated && contentIdOf(part) !== null && part.type !== 'text/html';
  const isCoded = part.encoding === 'uuencode' || part.encoding === 'yenc';
  const isBody =
    bodyTypes.has(part.type) && !isPointedAt && !(isCoded && isNamed) && (!isAttached || place.isWhole);
  const file = fileOfPart(part, reading.context);
  if (!isBody) return { pieces: [], files: [file] };
  const gathered = gatherText(isCoded ? { ...part, encoding: 'identity' } : part, reading);
  return isNamed || isAttached ? { ...gathered, files: [file, ...gathered.files] } : gathered;
}

function noteProtection(part: Part, reading: Reading): void {
  // Servers that take structures apart leave this part of an OpenPGP message as a plain attachment.
  if (part.type === 'application/pgp-encrypted')
    reading.protection ??= { kind: 'encrypted', protocol: part.type };
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(part.type)) return;
  const type = plainParameter(part.contentType, 'smime-type')?.toLowerCase();
  // Packed but neither locked nor signed.
  if (type === 'compressed-data') return;
  const isSigned = part.children.length > 0 || type === 'signed-data';
  reading.protection ??= { kind: isSigned ? 'signed' : 'encrypted', protocol: 'application/pkcs7-mime' };
}

function notePiece(part: Part, reading: Reading): void {
  if (part.type !== 'message/partial') return;
  const count = (name: string): number | null => {
    const digits = /^\s*(\d{1,6})\s*$/.exec(plainParameter(part.contentType, name) ?? '')?.[1];
    return digits === undefined ? null : Number(digits);
  };
  reading.piece ??= { number: count('number') ?? 1, total: count('total') };
}

/** OpenPGP written straight into the text, as programs did before there was MIME. RFC 9580 §6.2, §7. */
export function inlineProtection(text: string | null): Protection | null {
  const kind = /^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m.exec((text ?? '').slice(0, 100_000));
  if (kind === null) return null;
  return { kind: kind[1] === undefined ? 'encrypted' : 'signed', protocol: 'openpgp-inline' };
}

/** The forms of one body: the plain text and the HTML of them, the last of each that says anything. RFC 2046 §5.1.4. */
function gatherAlternative(part: Part, reading: Reading): Gathered {
  const place = { isRelated: false, isAlternative: true, isWhole: false };
  // Beside a plain text what has no type is a rest of some form that a stray delimiter has cut off.
  const isTyped = (child: Part): boolean => firstField(child.fields, 'content-type') !== null;
  const hasPlain = part.children.some((child) => child.type === 'text/plain' && isTyped(child));
  const isForm = (child: Part): boolean => !child.isOutside && (isTyped(child) || !hasPlain);
  const outside = part.children
    .filter((child) => !isForm(child))
    .map((child) => gather(child, reading, place));
  const forms = part.children.filter(isForm).map((child) => gather(child, reading, place));
  const pieces = forms.flatMap((form) => (form.pieces.length > 0 ? [combinePieces(form.pieces)] : []));
  const spoken = pieces.filter((piece) => !isBlankPiece(piece));
  const html = spoken.findLast((piece) => piece.html !== null);
  const texts = spoken.filter((piece) => piece.html === null);
  // Of several plain texts beside HTML the longest: what a scanner has added is shorter than what a person wrote.
  const longest = texts.toSorted((a, b) => (b.text?.length ?? 0) - (a.text?.length ?? 0))[0];
  // Without HTML they are no forms of one another: a sender has mistaken the kind of multipart.
  const text = html || texts.length < 2 ? longest : combinePieces(texts);
  const piece: Piece | undefined = html
    ? { ...(text ?? html), text: text?.text ?? html.text, html: html.html }
    : (text ?? pieces[0]);
  return {
    pieces: [...(piece ? [piece] : []), ...outside.flatMap((form) => form.pieces)],
    files: [...forms, ...outside].flatMap((form) => form.files),
  };
}

function gatherAll(part: Part, reading: Reading, place: Place): Gathered {
  const all = part.children.map((child) => gather(child, reading, place));
  return { pieces: all.flatMap((one) => one.pieces), files: all.flatMap((one) => one.files) };
}

/**
 * Lines among the headers of a part, when its sender has forgotten the empty line: they are words of the body. One that
 * only a CR ends runs into the header before it.
 */
function strayWords(part: Part, reading: Reading): Piece[] {
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
  const stray = part.path === '' || place.isWhole ? [] : strayWords(part, reading);
  return stray.length === 0 ? gathered : { pieces: [...stray, ...gathered.pieces], files: gathered.files };
}

function gatherChildren(part: Part, reading: Reading, place: Place): Gathered {
  const inside = { ...place, isAlternative: false, isWhole: false };
  noteProtection(part, reading);
  switch (part.type) {
    case 'multipart/alternative':
      return gatherAlternative(part, reading);
    case 'multipart/appledouble': {
      // The second part is the file; the first is what only a Macintosh of its time could use. RFC 1740.
      const { pieces, files } = gatherAll(part, reading, inside);
      const own = files.filter(({ type }) => type !== 'application/applefile');
      return { pieces, files: own.length > 0 ? own : files };
    }
    case 'multipart/related':
      return gatherAll(part, reading, { ...inside, isRelated: true });
    case 'multipart/signed':
    case 'multipart/encrypted':
      reading.protection ??= {
        kind: part.type === 'multipart/signed' ? 'signed' : 'encrypted',
        protocol: plainParameter(part.contentType, 'protocol')?.toLowerCase() ?? '',
      };
      return gatherAll(part, reading, { ...inside, isRelated: false });
    default:
      return gatherAll(part, reading, { ...inside, isRelated: false });
  }
}

/** Walks a message's parts and gives its body, in order, and the files it carries. */
export function gatherBody(
  root: Part,
  reading: Reading,
): { readonly body: Piece | null; readonly files: readonly CarriedFile[] } {
  const gathered = gather(root, reading, { isRelated: false, isAlternative: false, isWhole: true });
  const isSilent = gathered.pieces.every(isBlankPiece);
  const pieces = isSilent && reading.spare.length > 0 ? reading.spare : gathered.pieces;
  return { body: pieces.length > 0 ? combinePieces(pieces) : null, files: gathered.files };
}
