import { type ByteSource, findBytes, type Range } from '../bytes/byte-source.ts';
import { readLines } from '../bytes/line-reader.ts';
import { readBinhex } from '../encoding/binhex.ts';
import { decodeUuLines, isUuLine } from '../encoding/uuencode.ts';
import { decodeYencLines } from '../encoding/yenc.ts';

/** A file that was written into the text of a message, as before MIME. */
export type EmbeddedFile = {
  /** The name as it was sent, one character per byte. */
  readonly rawName: string;
  /** What it takes up in the text, its first and last line included. */
  readonly block: Range;
  readonly decode: () => Iterable<Buffer>;
};

const maximumFiles = 200;
const beginLine = /^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,255})/;
const uuBegin = Buffer.from('begin ');
const yBegin = Buffer.from('=ybegin ');
const binhexBegin = Buffer.from(' with BinHex');
const colon = Buffer.from(':');
const yEnd = Buffer.from('\n=yend');

function isLineStart(source: ByteSource, range: Range, at: number): boolean {
  return at === range.start || source.read(at - 1, at)[0] === 0x0a;
}

/** Offset after the line that an offset is in. */
function afterLine(source: ByteSource, at: number, end: number): number {
  const lineEnd = /\r\n?|\n/.exec(source.read(at, Math.min(end, at + 2000)).toString('latin1'));
  return lineEnd === null ? end : at + lineEnd.index + lineEnd[0].length;
}

function uuFileAt(source: ByteSource, range: Range, at: number): EmbeddedFile | null {
  const match = beginLine.exec(source.read(at, Math.min(range.end, at + 300)).toString('latin1'));
  if (!match) return null;
  const dataStart = afterLine(source, at, range.end);
  const { dataEnd, end } = endOfUuLines(source, { start: dataStart, end: range.end });
  if (dataEnd === dataStart) return null;
  return {
    rawName: (match[1] ?? '').trim(),
    block: { start: at, end },
    decode: () => decodeUuLines(source, { start: dataStart, end: dataEnd }),
  };
}

/** Where the data lines that begin a stretch end, and where the `end` line after them does if there is one. */
function endOfUuLines(source: ByteSource, range: Range): { dataEnd: number; end: number } {
  let dataEnd = range.start;
  for (const line of readLines(source, range)) {
    const text = line.bytes.toString('latin1', 0, 5).trimEnd();
    if (text === 'end') return { dataEnd, end: line.next };
    // A line that is neither data nor the end is text again: it must not vanish into the file.
    if (!isUuLine(line.bytes)) break;
    dataEnd = line.next;
  }
  return { dataEnd, end: dataEnd };
}

/** Whether bytes are hardly text: without an end mark only this tells yEnc data from words that follow a begin mark. */
function isMostlyBinary(bytes: Buffer): boolean {
  const binary = bytes.filter((byte) => byte >= 0x80 || byte < 0x09).length;
  return binary * 5 > bytes.length;
}

function yencFileAt(source: ByteSource, range: Range, at: number, lastEnd: number): EmbeddedFile | null {
  const head = source.read(at, Math.min(range.end, at + 1000)).toString('latin1');
  const match = /^=ybegin (?=[^\r\n]*\bsize=\d)[^\r\n]*?\bname=([^\r\n]*)/.exec(head);
  if (!match) return null;
  let dataStart = afterLine(source, at, range.end);
  if (source.read(dataStart, dataStart + 7).toString('latin1') === '=ypart ')
    dataStart = afterLine(source, dataStart, range.end);
  const closing = dataStart > lastEnd ? -1 : findBytes(source, yEnd, dataStart - 1, range.end);
  if (closing === -1 && !isMostlyBinary(source.read(dataStart, Math.min(range.end, dataStart + 2000))))
    return null;
  const dataEnd = closing === -1 ? range.end : closing + 1;
  const end = closing === -1 ? range.end : afterLine(source, closing + 1, range.end);
  return {
    rawName: (match[1] ?? '').trim(),
    block: { start: at, end },
    decode: () => decodeYencLines(source, { start: dataStart, end: dataEnd }),
  };
}

function binhexFileAt(source: ByteSource, range: Range, mark: number): EmbeddedFile | null {
  const line = source.read(Math.max(range.start, mark - 60), mark).toString('latin1');
  const opened = /(?:^|[\r\n])([>\s]*\([\w ]*)$/.exec(line)?.[1];
  if (opened === undefined) return null;
  const at = mark - opened.length;
  const opening = findBytes(source, colon, at, Math.min(range.end, at + 1000));
  const between = source.read(afterLine(source, mark, range.end), opening).toString('latin1');
  if (opening === -1 || /[^\s>]/.test(between)) return null;
  const closing = findBytes(source, colon, opening + 1, range.end);
  // A file whose end was cut off still has its beginning.
  const dataEnd = closing === -1 ? range.end : closing;
  const file = readBinhex(source, { start: opening + 1, end: dataEnd });
  const end = closing === -1 ? range.end : afterLine(source, closing, range.end);
  return file && { ...file, block: { start: at, end } };
}

/** The BinHex files within a stretch of text, in order. RFC 1741. */
export function findBinhexFiles(source: ByteSource, range: Range): EmbeddedFile[] {
  return findFiles(source, range, binhexBegin, binhexFileAt, false);
}

function findFiles(
  source: ByteSource,
  range: Range,
  mark: Buffer,
  fileAt: (source: ByteSource, range: Range, at: number) => EmbeddedFile | null,
  isAtLineStart = true,
): EmbeddedFile[] {
  const files: EmbeddedFile[] = [];
  let at = findBytes(source, mark, range.start, range.end);
  for (let tries = 0; at !== -1 && files.length < maximumFiles && tries < 5000; tries++) {
    const file = !isAtLineStart || isLineStart(source, range, at) ? fileAt(source, range, at) : null;
    if (file) files.push(file);
    at = findBytes(source, mark, file ? file.block.end : at + 1, range.end);
  }
  return files;
}

/** Offset of the last occurrence, as far as a bounded number of them goes; -1 when there is none. */
function lastOf(source: ByteSource, range: Range, needle: Buffer): number {
  let last = -1;
  for (let tries = 0; tries <= maximumFiles; tries++) {
    const found = findBytes(source, needle, Math.max(range.start, last + 1), range.end);
    if (found === -1) break;
    last = found;
  }
  return last;
}

/** The files that are uuencoded, yEnc or BinHex coded within a stretch of text, in order. The yEnc draft 1.3; POSIX uuencode. */
export function findEmbeddedFiles(source: ByteSource, range: Range): EmbeddedFile[] {
  const lastEnd = lastOf(source, range, yEnd);
  const yenc = findFiles(source, range, yBegin, (...place) => yencFileAt(...place, lastEnd));
  if (yenc.length > 0) return yenc;
  const uu = findFiles(source, range, uuBegin, uuFileAt);
  return uu.length > 0 ? uu : findBinhexFiles(source, range);
}

/** The stretches of a text that no file takes up. */
export function aroundFiles(range: Range, files: readonly EmbeddedFile[]): Range[] {
  const ranges: Range[] = [];
  let at = range.start;
  for (const { block } of files) {
    if (block.start > at) ranges.push({ start: at, end: block.start });
    at = block.end;
  }
  if (at < range.end) ranges.push({ start: at, end: range.end });
  return ranges;
}
