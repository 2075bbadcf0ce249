import { Base64Stream } from './base64-stream.ts';

/*
 * The room `encoding`: from transfer encodings to the bytes that were encoded.
 * - Bytes come out exact, piece by piece. Nothing throws on broken input.
 * - A label is checked against the bytes (true-encoding.ts): some senders declare one encoding and send another.
 */

/** How the bytes of a part were made fit for mail. */
export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'uuencode' | 'yenc';

/** The encoding that a Content-Transfer-Encoding header names, in any spelling; unknown ones leave the bytes alone. RFC 2045 §6. */
export function transferEncodingOf(value: string | null): TransferEncoding {
  const name = (value ?? '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^a-z0-9]/g, '');
  if (name.startsWith('base64') || name === 'b64' || name === 'base') return 'base64';
  if (/^quoted?printable|^qp$/.test(name)) return 'quoted-printable';
  if (/^x?uu(?:e|encode|encoded)$/.test(name)) return 'uuencode';
  return /^x?yenc$/.test(name) ? 'yenc' : 'identity';
}

const equalsSign = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Decodes whole lines of quoted-printable; a stray `=` is kept as it stands, blanks at line ends are transport dirt. RFC 2045 §6.7. */
function decodeQuoted(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === equalsSign) {
      const high = hexDigit(bytes[at + 1]);
      const low = hexDigit(bytes[at + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        at += 2;
        continue;
      }
      const soft = endOfBlanks(bytes, at + 1);
      if (soft === bytes.length) break;
      if (bytes[soft] === lineFeed) at = soft;
      else if (bytes[soft] === carriageReturn) at = bytes[soft + 1] === lineFeed ? soft + 1 : soft;
      else out[length++] = byte;
    } else if (byte === 0x20 || byte === 0x09) {
      const end = endOfBlanks(bytes, at);
      if (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn)
        for (let blank = at; blank < end; blank++) out[length++] = bytes[blank] ?? 0;
      at = end - 1;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

function endOfBlanks(bytes: Buffer, from: number): number {
  let end = from;
  while (end < bytes.length && (bytes[end] === 0x20 || bytes[end] === 0x09)) end++;
  return end;
}

/** Where a chunk of quoted-printable may be cut without cutting an escape or the blanks before a line end. */
function quotedCut(bytes: Buffer): number {
  const cut = beforeBlanks(bytes, bytes.length);
  const escapeAt = bytes.subarray(Math.max(0, cut - 3), cut).lastIndexOf(equalsSign);
  return escapeAt === -1 ? cut : beforeBlanks(bytes, Math.max(0, cut - 3) + escapeAt);
}

function beforeBlanks(bytes: Buffer, end: number): number {
  let cut = end;
  while (cut > 0 && [0x20, 0x09, carriageReturn].includes(bytes[cut - 1] ?? 0)) cut--;
  return cut;
}

/**
 * Findings once all of a base64 text has been read. `tail` is the unencoded text in it or after it, 64 KB at most: a
 * list's footer, or words that the sender never encoded. `isDamaged` says that something in it was not base64.
 */
export type Base64Report = { readonly tail: string; readonly isDamaged: boolean };

function* decodeBase64(
  chunks: Iterable<Buffer>,
  report?: (noticed: Base64Report) => void,
): Generator<Buffer> {
  const stream = new Base64Stream();
  for (const chunk of chunks) yield stream.write(chunk);
  yield stream.end();
  report?.({ tail: stream.tail, isDamaged: stream.isDamaged });
}

function* decodeQuotedChunks(chunks: Iterable<Buffer>): Generator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  for (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    // A run of blanks longer than any line is not transport dirt, and must not pile up.
    const cut = bytes.length - quotedCut(bytes) > 70_000 ? bytes.length : quotedCut(bytes);
    carry = bytes.subarray(cut);
    yield decodeQuoted(bytes.subarray(0, cut));
  }
  yield decodeQuoted(carry);
}

/**
 * The decoded bytes of a part, piece by piece. Never throws on broken ones. uuencode and yEnc have files of their own. `report` is called at the end of base64.
 */
export function decodeTransfer(
  chunks: Iterable<Buffer>,
  encoding: TransferEncoding,
  report?: (noticed: Base64Report) => void,
): Iterable<Buffer> {
  if (encoding === 'base64') return decodeBase64(chunks, report);
  if (encoding === 'quoted-printable') return decodeQuotedChunks(chunks);
  return chunks;
}
