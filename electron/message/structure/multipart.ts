import { type ByteSource, findBytes, type Range } from '../bytes/byte-source.ts';
import type { LineEnds } from '../headers/header-block.ts';

/** A multipart body cut at its delimiters. */
export type Split = {
  readonly parts: readonly Range[];
  readonly preamble: Range;
  /** What follows closing delimiters. */
  readonly epilogues: readonly Range[];
};

type Delimiter = { readonly start: number; readonly next: number; readonly isClose: boolean };

/** A delimiter line is short. A longer line is text that only begins like one. Bytes. */
const lineBytes = 300;
const headerStart = /^(?:content-[a-z-]{2,40}|mime-version)[ \t]*:/i;

/** Where the line end before an offset begins: it belongs to the delimiter, not to the part. RFC 2046 §5.1.1. */
function beforeLineEnd(source: ByteSource, start: number, floor: number): number {
  const before = source.read(Math.max(floor, start - 2), start).toString('latin1');
  if (before.endsWith('\r\n')) return start - 2;
  return /[\r\n]$/.test(before) ? start - 1 : start;
}

/** The delimiter at an offset where its bytes were found, or null when the line says it is something else. */
function delimiterAt(
  source: ByteSource,
  body: Range,
  at: number,
  length: number,
  lineEnds: LineEnds,
): Delimiter | null {
  const before = at === body.start ? '\n' : source.read(at - 1, at).toString('latin1');
  const isAtLineStart = before === '\n' || before === '\r';
  const line = source.read(at + length, Math.min(body.end, at + length + lineBytes)).toString('latin1');
  // A boundary that was written with blanks at its end has them before the mark of the end too.
  const isClose = (isAtLineStart ? /^[ \t]*--[ \t\r]*(?:\n|\r|$)/ : /^--[ \t\r]*(?:\n|\r|$)/).test(line);
  const blank = (isAtLineStart ? /^[ \t]*(?:--)?[ \t]*(?:\r?\n|\r|$)/ : /^(?:--)?[ \t]*(?:\r?\n|\r|$)/).exec(
    line,
  );
  const rest = line.replace(/^--/, '').replace(/^[ \t]+/, '');
  const glued = !blank && headerStart.test(rest);
  const start = beforeLineEnd(source, at, body.start);
  if (glued && isAtLineStart) return { start, next: at + length + line.length - rest.length, isClose: false };
  if (!blank) return null;
  // Where LF ends the lines, a stray CR ends this line too: the words behind it belong to the part.
  const lineEnd = (lineEnds === 'any' ? /\r\n?|\n/ : /\r*\n|\r/).exec(line);
  const lineLength = lineEnd ? lineEnd.index + lineEnd[0].length : blank[0].length;
  const next = Math.min(body.end, at + length + lineLength);
  if (isAtLineStart) return { start, next, isClose };
  // In the middle of a line a delimiter must be certain: it closes at the line's end, or headers follow it.
  const after = line.slice(blank[0].length);
  return isClose || headerStart.test(after) ? { start: at, next, isClose } : null;
}

/** All delimiters of a boundary within a body, in order. */
function findDelimiters(
  source: ByteSource,
  body: Range,
  boundary: string,
  most: number,
  lineEnds: LineEnds,
): Delimiter[] {
  const needle = Buffer.from(`--${boundary}`, 'latin1');
  const found: Delimiter[] = [];
  let at = findBytes(source, needle, body.start, body.end);
  while (at !== -1 && found.length <= most) {
    const delimiter = delimiterAt(source, body, at, needle.length, lineEnds);
    if (delimiter) found.push(delimiter);
    at = findBytes(source, needle, Math.max(at + 1, delimiter?.next ?? 0), body.end);
  }
  return found;
}

/**
 * Cuts a multipart body at a boundary; null when no delimiter opens a part. Delimiters glued to headers or to the
 * text before them count, parts after the closing delimiter too. At most `most` parts; the last takes what is left.
 */
export function splitMultipart(
  source: ByteSource,
  body: Range,
  boundary: string,
  most: number,
  lineEnds: LineEnds,
): Split | null {
  const delimiters = findDelimiters(source, body, boundary, most, lineEnds);
  const first = delimiters[0];
  if (!first || delimiters.every((delimiter) => delimiter.isClose)) return null;
  const parts: Range[] = [];
  const epilogues: Range[] = [];
  for (const [index, delimiter] of delimiters.entries()) {
    const isLast = index === delimiters.length - 1 || parts.length + 1 >= most;
    const end = isLast ? body.end : (delimiters[index + 1]?.start ?? body.end);
    const range = { start: delimiter.next, end: Math.max(delimiter.next, end) };
    if (delimiter.isClose) epilogues.push(range);
    else parts.push(range);
    if (isLast) break;
  }
  return { parts, preamble: { start: body.start, end: Math.max(body.start, first.start) }, epilogues };
}

/** How far into a body a boundary is looked for that the header does not name. Bytes. */
const inferWithin = 400_000;

/**
 * The boundary a body really uses, when its header names none or another: the first line `--something` that headers
 * or an empty line follow and that either opens headers or comes again. Null when there is none.
 */
export function inferBoundary(source: ByteSource, body: Range): string | null {
  const text = source.read(body.start, Math.min(body.end, body.start + inferWithin)).toString('latin1');
  const pattern = /(?:^|[\r\n])--([^\s-][^\r\n]{0,180}|-{3,}[^\s-][^\r\n]{0,180})[ \t]*\r?[\r\n]([^\r\n]*)/g;
  for (let tries = 0, match = pattern.exec(text); match && tries < 200; match = pattern.exec(text), tries++) {
    const boundary = (match[1] ?? '').trimEnd();
    const isHeader = headerStart.test(match[2] ?? '');
    const again = text.indexOf(`--${boundary}`, match.index + match[0].length - (match[2] ?? '').length);
    if (
      isHeader ||
      (again !== -1 && (match[2] ?? '') === '' && /^[\r\n]--/.test(text.slice(again - 1, again + 2)))
    )
      return boundary.replace(/--$/, '');
    // A header may start on the line the match has swallowed.
    pattern.lastIndex = match.index + match[0].length - (match[2] ?? '').length - 1;
  }
  return null;
}
