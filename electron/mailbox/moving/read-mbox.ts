import { type ByteSource, findBytes, readChunks, windowed } from '../../message/bytes/byte-source.ts';

const lf = 0x0a;
const cr = 0x0d;
const fromSpace = Buffer.from('From ');

/** How much of a message is in memory at a time; a line that is longer is cut for the while. */
const usualPieceBytes = 1 << 20;
/** Held in memory of the mbox, as a multiple of a piece: what is searched is mostly what is read next. */
const piecesInWindow = 4;
/** Where the end of the headers is looked for, in steps; a Content-Length behind them is not believed. */
const headerReaches = [1 << 12, 1 << 16, 1 << 20];
/** How many bytes behind a counted message may be blank lines. */
const blankReachBytes = 64;

/** A message in an mbox. */
export type MboxMessage = {
  /** Offset of its end in the mbox, bytes. */
  readonly end: number;
  /** Its bytes as they were sent, in pieces of bounded size; may be asked for again. */
  pieces(): Iterable<Buffer>;
};

/*
 * The mbox family (RFC 4155 and its four habits). Read are mboxrd, mboxo (both by taking one `>` off quoted From lines)
 * and mboxcl/mboxcl2 (by Content-Length, where it leads to the next separator or the end). A message whose lines all
 * end in LF is read with CRLF, as a server had sent it; mixed ends stay. An mbox may be larger than memory, and so may
 * a message in it.
 */

/** Finds the messages of an mbox. Bytes before the first separator are a message too if not blank. */
export function* messagesOfMbox(
  mbox: ByteSource,
  pieceBytes: number = usualPieceBytes,
): Generator<MboxMessage> {
  const near = windowed(mbox, pieceBytes * piecesInWindow);
  for (let position = 0; position < mbox.length; ) {
    const start = isSeparatorAt(near, position) ? lineEnd(near, position) : position;
    const counted = endByContentLength(mbox, near, start);
    const end = counted ?? nextSeparator(near, start);
    const stretch: Stretch =
      counted === null
        ? { start, end: withoutLastBlankLine(near, start, end), isQuoted: true }
        : { start, end, isQuoted: false };
    if (!isBlank(near, stretch)) yield { end, pieces: () => withCrlf(near, stretch, pieceBytes) };
    position = skipBlankLines(near, end);
  }
}

/** Where a message lies in a source, and whether its From lines are quoted. Offsets in bytes. */
type Stretch = { readonly start: number; readonly end: number; readonly isQuoted: boolean };

/** The bytes of a stretch in pieces, unquoted, with CRLF for LF where there is no CR in all of it. */
export function* withCrlf(
  source: ByteSource,
  { start, end, isQuoted }: Stretch,
  pieceBytes: number = usualPieceBytes,
): Generator<Buffer> {
  const addsCr = findBytes(source, Buffer.of(cr), start, end) === -1;
  let isLineStart = true;
  for (let position = start; position < end; ) {
    const read = source.read(position, Math.min(end, position + pieceBytes));
    if (read.length === 0) return;
    const piece = position + read.length < end ? wholeLines(read) : read;
    const unquoted = isQuoted ? unquote(piece, isLineStart) : piece;
    yield addsCr ? Buffer.from(unquoted.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') : unquoted;
    isLineStart = isLineEnd(piece.at(-1));
    position += piece.length;
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === lf || byte === cr;
}

/** Bytes up to their last line end, so that no From line is cut; all of them where there is none. */
function wholeLines(bytes: Buffer): Buffer {
  const end = Math.max(bytes.lastIndexOf(lf), bytes.lastIndexOf(cr)) + 1;
  return end === 0 ? bytes : bytes.subarray(0, end);
}

function unquote(bytes: Buffer, isLineStart: boolean): Buffer {
  if (!bytes.includes('>From ')) return bytes;
  const text = bytes
    .toString('latin1')
    .replace(/^>(>*From )/gm, (whole, rest: string, offset: number) =>
      offset === 0 && !isLineStart ? whole : rest,
    );
  return Buffer.from(text, 'latin1');
}

function isSeparatorAt(source: ByteSource, position: number): boolean {
  return source.read(position, position + fromSpace.length).equals(fromSpace);
}

function lineEnd(source: ByteSource, position: number): number {
  const found = findBytes(source, Buffer.of(lf), position, source.length);
  return found === -1 ? source.length : found + 1;
}

function byteAt(source: ByteSource, offset: number): number | undefined {
  return source.read(offset, offset + 1)[0];
}

/** Start of the next separator that follows a blank line, or the end. */
function nextSeparator(source: ByteSource, from: number): number {
  let found = findBytes(source, fromSpace, from, source.length);
  while (found !== -1) {
    if (found === from || (byteAt(source, found - 1) === lf && isBlankBefore(source, found - 1)))
      return found;
    found = findBytes(source, fromSpace, found + 1, source.length);
  }
  return source.length;
}

function isBlankBefore(source: ByteSource, lineFeed: number): boolean {
  const before = lineFeed > 0 && byteAt(source, lineFeed - 1) === cr ? lineFeed - 2 : lineFeed - 1;
  return before < 0 || byteAt(source, before) === lf;
}

/** End of a message that names its own length, when that end is a believable one. The far end is only glanced at. */
function endByContentLength(mbox: ByteSource, near: ByteSource, start: number): number | null {
  const headers = headersOf(near, start);
  if (headers === null) return null;
  const named = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(headers.toString('latin1'));
  if (named === null) return null;
  const end = start + headers.length + Number(named[1]);
  if (end > mbox.length) return null;
  const next = skipBlankLines(windowed(mbox, blankReachBytes), end);
  return next === mbox.length || (next > end && isSeparatorAt(mbox, next)) ? end : null;
}

/** The headers from `start` on, with the blank line that ends them. */
function headersOf(source: ByteSource, start: number): Buffer | null {
  for (const reach of headerReaches) {
    const bytes = source.read(start, start + reach);
    const ends = ['\n\n', '\r\n\r\n'].flatMap((blank) => {
      const found = bytes.indexOf(blank);
      return found === -1 ? [] : [found + blank.length];
    });
    if (ends.length > 0) return bytes.subarray(0, Math.min(...ends));
  }
  return null;
}

function skipBlankLines(source: ByteSource, from: number): number {
  let position = from;
  for (;;) {
    const byte = byteAt(source, position);
    if (byte !== lf && (byte !== cr || byteAt(source, position + 1) !== lf)) return position;
    position += 1;
  }
}

/** End of a message whose last blank line belongs to the separator behind it. */
function withoutLastBlankLine(source: ByteSource, start: number, end: number): number {
  const last = source.read(Math.max(start, end - 4), end).toString('latin1');
  if (last.endsWith('\n\n')) return end - 1;
  return last === '\r\n\r\n' ? end - 2 : end;
}

function isBlank(source: ByteSource, { start, end }: Stretch): boolean {
  for (const chunk of readChunks(source, start, end))
    if (chunk.toString('latin1').trim() !== '') return false;
  return true;
}
