import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '../bytes/byte-source.ts';
import { holdsWords, isUndeclaredBase64, longestMended, usualLength } from './damaged-base64.ts';
import { decodeTransfer, type TransferEncoding } from './transfer-encoding.ts';

/** A part's body as it was sent: where it lies in its source, and what its headers say of it. */
type Coded = {
  readonly source: ByteSource;
  readonly start: number;
  readonly end: number;
  readonly encoding: TransferEncoding;
  readonly type: string;
};

function frontOf(part: Coded): string {
  return part.source.read(part.start, Math.min(part.end, part.start + 4096)).toString('latin1');
}

/** Whether a few lines are base64 in which some signs may have strayed: words come out of it, and it has none itself. */
function isShortCode(paragraph: string): boolean {
  const code = paragraph.trim();
  if (code.length < 8 || code.length > 1000 || /[^\s][ \t]+[^\s]/.test(code)) return false;
  const pure = code.replace(/\s/g, '').replace(/[^A-Za-z0-9+/=]/g, '');
  const strange = code.replace(/\s/g, '').length - pure.length;
  const isWhole = pure.length % 4 === 0 || strange > 0;
  return isWhole && strange * 8 <= pure.length && holdsWords(Buffer.from(pure, 'base64'));
}

/** Whether a text that is declared as base64 was in fact never encoded. */
function isPlainAfterAll(front: string, isText: boolean): boolean {
  // A list may have added a footer behind an empty line or a rule.
  const paragraph = front.split(/\r?\n\r?\n|\r\r|\n(?=__|--)/)[0] ?? '';
  if (isText && isShortCode(paragraph)) return false;
  const first = paragraph.length < 60 ? front : paragraph;
  const foreign = first.match(/[^A-Za-z0-9+/=\s]/g)?.length ?? 0;
  const words = first.match(/[a-z] [a-z]/gi)?.length ?? 0;
  // Even a damaged body has few characters that are not base64; a text that was never encoded has many.
  if (foreign * 20 > first.length || (words * 40 > first.length && foreign > 0)) return true;
  // Lines of one length that hold whole groups are code, whatever befell the others.
  if (!isText || usualLength(first) !== null) return false;
  const decoded = Buffer.from(first.replace(/\s/g, ''), 'base64');
  const [firstLine = '', ...more] = first.split(/\r\n?|\n/);
  // Base64 has lines of one length. Other lines that decode to nonsense are a text of short words.
  if (more.some((line) => line.trim().length > firstLine.trim().length) && !isUtf8(decoded)) return true;
  return words * 12 > first.length && decoded.filter((byte) => byte < 9).length * 40 > decoded.length;
}

/** Whether a text is quoted-printable though nothing says so: letters beyond ASCII, or attributes of its HTML, are written so. */
function isQuotedAfterAll(front: string): boolean {
  if (!/=[0-9A-F]{2}/.test(front) || /[^\x00-\x7f]/.test(front)) return false;
  const isBroken = /=\r?\n/.test(front);
  if (isBroken && /<[a-z][^<>]{0,300}=3D["'\w#]/i.test(front)) return true;
  const high = front.match(/=[89A-F][0-9A-F]/g)?.length ?? 0;
  if (high < 4) return false;
  const bytes = Buffer.concat([...decodeTransfer([Buffer.from(front)], 'quoted-printable')]);
  // The front may end within a letter.
  const isText = [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
  // Letters of other charsets stand in rows: single codes are colours, parts of addresses, or sums.
  const inRows = front.match(/(?:=[89A-F][0-9A-F]){3,}/g)?.join('').length ?? 0;
  return isText || inRows * 4 > front.length;
}

/** The encoding that the body of a text really has: some declare one and send another. */
export function trueTextEncoding(part: Coded): TransferEncoding {
  const front = frontOf(part);
  if (part.encoding === 'base64') return encodingUnderBase64(front, true);
  if (part.encoding === 'uuencode' || part.encoding === 'yenc' || part.end - part.start > longestMended)
    return part.encoding;
  if (part.encoding === 'identity' && isQuotedAfterAll(front)) return 'quoted-printable';
  if (!/^\s*[A-Za-z0-9+/]{60,76}[\r\n]/.test(front)) return part.encoding;
  return isUndeclaredBase64(part.source.read(part.start, part.end)) ? 'base64' : part.encoding;
}

/** The real encoding of a body that is declared as base64. */
function encodingUnderBase64(front: string, isText: boolean): TransferEncoding {
  // In base64 a sign of equality ends a group, or stands at the end of all.
  const codes = front.match(/=[0-9A-F]{2}/g)?.length ?? 0;
  if ((codes >= 4 && codes * 20 > front.length) || isQuotedAfterAll(front)) return 'quoted-printable';
  return isPlainAfterAll(front, isText) ? 'identity' : 'base64';
}

/** The real encoding of a file or of a message inside. A label of base64 on unencoded bytes is not believed. */
export function trueFileEncoding(part: Coded): TransferEncoding {
  if (part.encoding !== 'base64') return part.encoding;
  const front = frontOf(part);
  // A message has headers, and a header has a colon, which no base64 has.
  const hasHeader = /(?:^\s*|[\r\n])[A-Za-z-]{2,40}:/.test(front) && usualLength(front) === null;
  if (part.type.startsWith('message/') && hasHeader) return 'identity';
  return encodingUnderBase64(front, false);
}
