import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import libmime from 'libmime';
import type { Attachment } from '../../../shared/message.ts';
import { readChunks } from '../bytes/byte-source.ts';
import { readLines } from '../bytes/line-reader.ts';
import { type CharsetContext, noContext } from '../charset/charset-context.ts';
import { decodeTransfer } from '../encoding/transfer-encoding.ts';
import { trueFileEncoding } from '../encoding/true-encoding.ts';
import { decodeUuLines, isUuLine } from '../encoding/uuencode.ts';
import { decodeYencLines } from '../encoding/yenc.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { textParameter } from '../headers/parameters.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import type { Part } from '../structure/part.ts';
import { findEmbeddedFiles } from './embedded-files.ts';

/*
 * The room `attachments`: the files that a message carries, as parts, inside texts or inside winmail.dat.
 * - Decoded bytes are exact. Size and SHA-256 are those of the decoded bytes.
 * - The name of every file is cleaned (safety/attachment-name.ts) before it leaves this room.
 * - A file inside a part has the path of that part and a number of its own: "2.1".
 */

/** Something a message carries beside its text, before its bytes are counted. */
export type CarriedFile = {
  readonly part: string;
  /** Cleaned file name. */
  readonly name: string;
  readonly type: string;
  readonly contentId: string | null;
  readonly contentLocation: string | null;
  /** The exact decoded bytes, piece by piece; may be asked for again. */
  readonly open: () => Iterable<Buffer>;
};

/** A file that the body may point to. */
export type PointedPart = {
  readonly part: string;
  readonly contentId: string | null;
  /** As it is written, without folding; null where the part names none. */
  readonly location: string | null;
  readonly name: string;
  /** Its first bytes are those of a picture that a browser draws. */
  readonly isPicture: boolean;
};

/** The extension files of a type have, without dot; empty when the type tells nothing. */
export function extensionOf(type: string): string {
  if (type === 'message/rfc822' || type === 'message/global') return 'eml';
  if (
    /^message\/(?:(?:global-)?(?:delivery-status|disposition-notification)|global-headers|feedback-report)$|^text\/rfc822-headers$/.test(
      type,
    )
  )
    return 'txt';
  if (type === 'application/octet-stream' || !type.includes('/')) return '';
  const extension = libmime.detectExtension(type);
  if (extension === 'jpeg') return 'jpg';
  return extension === 'bin' || typeof extension !== 'string' ? '' : extension;
}

/** The type that a file's name tells, for a part that is declared as mere bytes. */
export function typeByName(name: string): string {
  const type = libmime.detectMimeType(name);
  return typeof type === 'string' && type.includes('/') ? type : 'application/octet-stream';
}

/** The name of an invitation that came without one. */
export const unnamedInvitation = 'invitation.ics';

/** The name that the headers of a part give its file, decoded but not cleaned, or null. */
export function sentName(part: Part, context: CharsetContext): string | null {
  const named = (name: string, value: Part['disposition']): string | null =>
    (value && textParameter(value, name, null, context)) || null;
  return (
    named('filename', part.disposition) ??
    named('name', part.contentType) ??
    named('name', part.disposition) ??
    named('filename', part.contentType)
  );
}

/** A name for a part that has none: the subject of a message, the last word of a location, or the number of the part. */
function madeUpName(part: Part, context: CharsetContext): string {
  const subject = part.message ? firstField(part.message.fields, 'subject') : null;
  if (part.type === 'message/rfc822') return decodeHeaderText(subject ?? '', null, context) || 'message';
  const location = firstField(part.fields, 'content-location');
  const last = location ? basename(location.replace(/[?#].*$/, '')) : '';
  if (/\.\w{2,5}$/.test(last)) return last;
  if (part.type === 'text/calendar') return unnamedInvitation;
  return `part-${part.path}`;
}

/** The Content-ID of a part without its angle brackets, or null. */
export function contentIdOf(part: Part): string | null {
  const raw = firstField(part.fields, 'content-id');
  // Some programs fold a long id into encoded words, with a bracket before the first and after the last.
  const id = raw?.includes('=?') ? decodeHeaderText(raw, null, noContext).replace(/\s+/g, '') : raw;
  return id?.replace(/^[\s<]+|[\s>]+$/g, '') || null;
}

function chunksOf(part: Part): Iterable<Buffer> {
  if (part.encoding === 'uuencode' || part.encoding === 'yenc') {
    const range = { start: part.start, end: part.end };
    const [file] = findEmbeddedFiles(part.source, range);
    if (file) return file.decode();
    if (part.encoding === 'yenc') return decodeYencLines(part.source, range);
    const [first] = readLines(part.source, range);
    // A part that is not encoded as its header says is handed out as it came.
    return first && isUuLine(first.bytes)
      ? decodeUuLines(part.source, range)
      : readChunks(part.source, part.start, part.end);
  }
  return decodeTransfer(readChunks(part.source, part.start, part.end), trueFileEncoding(part));
}

/** The file that a part of the tree is. */
export function fileOfPart(part: Part, context: CharsetContext): CarriedFile {
  const sent = sentName(part, context);
  const raw = sent ?? madeUpName(part, context);
  // A text that was named without an extension was named so on purpose.
  const extension = sent !== null && part.type.startsWith('text/') ? '' : extensionOf(part.type);
  const name = sent === null && !raw.endsWith(`.${extension}`) && extension ? `${raw}.${extension}` : raw;
  return {
    part: part.path,
    name: cleanAttachmentName(name, extension),
    type: part.type,
    contentId: contentIdOf(part),
    contentLocation: firstField(part.fields, 'content-location'),
    open: () => chunksOf(part),
  };
}

/** Counts and hashes a file's bytes. Whether the body draws it is found out later. */
export function measureFile(file: CarriedFile): Attachment {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const chunk of file.open()) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  const { part, name, type, contentId } = file;
  return { part, name, type, sizeBytes, sha256: hash.digest('hex'), contentId, isInline: false };
}
