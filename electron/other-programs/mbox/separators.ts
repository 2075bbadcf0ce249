import { type ByteSource, findBytes } from '../../message/bytes/byte-source.ts';

const lf = 0x0a;
const cr = 0x0d;
const fromSpace = Buffer.from('From ');
const lineAndFrom = Buffer.from('\nFrom ');
/** How much of a separator, and of the line behind it, is looked at. Bytes. */
const lineBytes = 512;

const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const time = '\\d{1,2}:\\d{2}(?::\\d{2})?';
const zone = '(?: +(?:[A-Z]{1,5}|[+-]\\d{4}|\\([A-Z]{1,5}\\)))*';
/** `Sat Jan  3 09:00:00 2004` with zones in any place, or `Sat, 3 Jan 2004 09:00:00 +0000`. */
const datePattern = `${weekday} +(?:${month} +\\d{1,2} +${time}${zone} +\\d{4}|\\d{1,2} +${month} +\\d{4} +${time})${zone}`;
/** No sender, or one word, and a date. RFC 4155, Appendix A. */
const dated = new RegExp(`^From +(?:\\S+ +)?(${datePattern})(?: +remote from .*)?\\s*$`);
const dateParts = new RegExp(`(?:(${month}) +(\\d{1,2})|(\\d{1,2}) +(${month}) +(\\d{4})) +(${time})`);
const header = /^(?:[!-9;-~]+[ \t]*:|>?From )/;

/**
 * How the separators of an mbox look. Many programs do not quote `From ` at the start of a line, so a date is asked of a
 * separator where the first one has a date, and a header behind it.
 */
export type SeparatorForm = 'dated' | 'bare';

/** The form of the separators of an mbox, by its first line. */
export function separatorForm(mbox: ByteSource): SeparatorForm {
  return dated.test(lineAt(mbox, 0)) ? 'dated' : 'bare';
}

/** The line at an offset without its end, as Latin-1; cut where it is very long. */
export function lineAt(source: ByteSource, start: number): string {
  const text = source.read(start, start + lineBytes).toString('latin1');
  const end = text.indexOf('\n');
  return (end === -1 ? text : text.slice(0, end)).replace(/\r$/, '');
}

/** Offset behind the line at an offset. */
export function lineEnd(source: ByteSource, position: number): number {
  const found = findBytes(source, Buffer.of(lf), position, source.length);
  return found === -1 ? source.length : found + 1;
}

/** Whether a separator stands at an offset, where a line begins. */
export function isSeparatorAt(source: ByteSource, position: number, form: SeparatorForm): boolean {
  if (!source.read(position, position + fromSpace.length).equals(fromSpace)) return false;
  if (form === 'dated' && !dated.test(lineAt(source, position))) return false;
  const next = lineEnd(source, position);
  const behind = lineAt(source, next);
  return next >= source.length || position === 0 || behind === '' || header.test(behind);
}

/** The time that a separator names, milliseconds since the epoch; null where it names none. A time without a zone is UTC. */
export function separatorTime(line: string): number | null {
  const named = dated.exec(line)?.[1];
  if (named === undefined) return null;
  const parts = dateParts.exec(named);
  const year = parts?.[5] ?? /\b(\d{4})\b(?!.*\b\d{4}\b)/.exec(named.replace(/[+-]\d{4}/g, ''))?.[1];
  const offset = /[+-]\d{4}/.exec(named)?.[0] ?? '+0000';
  const at = Date.parse(
    `${parts?.[2] ?? parts?.[3]} ${parts?.[1] ?? parts?.[4]} ${year} ${parts?.[6]} ${offset}`,
  );
  return Number.isNaN(at) ? null : at;
}

/** Start of the next separator that follows a blank line, or the end. */
export function nextSeparator(source: ByteSource, from: number, form: SeparatorForm): number {
  if (isSeparatorAt(source, from, form)) return from;
  let found = findBytes(source, lineAndFrom, from, source.length);
  while (found !== -1) {
    const isApart = isBlankBefore(source, found) || isBeforeMozillaLines(source, found + 1);
    if (isApart && isSeparatorAt(source, found + 1, form)) return found + 1;
    found = findBytes(source, lineAndFrom, found + 1, source.length);
  }
  return source.length;
}

/** Thunderbird's own lines follow: where a message was cut off, no blank line is before its separator. */
function isBeforeMozillaLines(source: ByteSource, position: number): boolean {
  return /^X-(?:Mozilla-Status|Account-Key):/.test(lineAt(source, lineEnd(source, position)));
}

function byteAt(source: ByteSource, offset: number): number | undefined {
  return source.read(offset, offset + 1)[0];
}

function isBlankBefore(source: ByteSource, lineFeed: number): boolean {
  const before = lineFeed > 0 && byteAt(source, lineFeed - 1) === cr ? lineFeed - 2 : lineFeed - 1;
  return before < 0 || byteAt(source, before) === lf;
}

/** Offset of the first line that is not blank. */
export function skipBlankLines(source: ByteSource, from: number): number {
  let position = from;
  for (;;) {
    const byte = byteAt(source, position);
    if (byte !== lf && (byte !== cr || byteAt(source, position + 1) !== lf)) return position;
    position += 1;
  }
}

/**
 * End of a message whose last blank line belongs to the separator behind it. Thunderbird on Linux ends that line with
 * CRLF, and the lines of the message with LF.
 */
export function withoutLastBlankLine(source: ByteSource, start: number, end: number): number {
  const last = source.read(Math.max(start, end - 3), end).toString('latin1');
  if (last.endsWith('\n\r\n')) return end - 2;
  return last.endsWith('\n\n') ? end - 1 : end;
}
