/*
 * The room `headers`: from the front of a message to its fields, addresses, dates and parameters.
 * - Raw values have one character per byte (latin1). Only encoded-words.ts and parameters.ts make letters of them.
 * - Reading is linear in the text and never throws: a header may have megabytes.
 */

/** One header field: its name in lower case (empty for a stray line) and its unfolded value, one character per byte (latin1), undecoded. */
export type HeaderField = { readonly name: string; readonly value: string };

/** A header block cut from a message: its fields and the offset, within the given text, where the body begins. */
export type HeaderBlock = {
  readonly fields: readonly HeaderField[];
  readonly bodyStart: number;
  /** The fields ran into the body without an empty line between. */
  readonly isBlankLineMissing: boolean;
  /** Fields were left out because there were too many or they were too long. */
  readonly isCut: boolean;
};

const maximumFields = 1000;
const maximumValue = 65_536;
/** Fields that are kept however many others come before them. */
const neededFields =
  /^(?:subject|from|to|cc|bcc|sender|reply-to|date|message-id|in-reply-to|references|mime-version|content-.*)$/;
const namePattern = /^[!-9;-~]{1,200}$/;
/** Names that show a line to be a header for certain, used where a stray line must be judged. */
const knownName =
  /^(?:subject|from|to|cc|date|message-id|mime-version|content-[a-z-]+|received|return-path|reply-to|sender|references|in-reply-to|x-[a-z0-9-]+|dkim-signature|authentication-results|list-[a-z-]+)[ \t]*:/i;

/** Cuts blanks off both ends of raw text; `trim` would also cut 0xA0, which is a letter in many charsets. */
export function trimBlanks(raw: string): string {
  let start = 0;
  let end = raw.length;
  while (start < end && isBlankCode(raw.charCodeAt(start))) start++;
  while (end > start && isBlankCode(raw.charCodeAt(end - 1))) end--;
  return raw.slice(start, end);
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

/**
 * What ends the lines of a text: LF, before which CRs do not count; LF, with CRs by themselves strayed in; or any of CR,
 * LF and CRLF.
 */
export type LineEnds = 'line-feed' | 'mixed' | 'any';

type Line = { readonly start: number; readonly end: number; readonly next: number };

/** Offset of the next CR or LF, or of the end. */
function anyLineEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== 0x0d && text.charCodeAt(at) !== 0x0a) at++;
  return at;
}

/** The line that starts at an offset; lines end with LF, CRLF or, in text that is written so, also a lone CR. */
function lineAt(text: string, start: number, lineEnds: LineEnds): Line {
  if (lineEnds === 'mixed') return mixedLineAt(text, start);
  if (lineEnds === 'any') {
    const end = anyLineEnd(text, start);
    return { start, end, next: Math.min(text.length, end + (text.startsWith('\r\n', end) ? 2 : 1)) };
  }
  const found = text.indexOf('\n', start);
  if (found === -1) return { start, end: text.length, next: text.length };
  let end = found;
  while (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
  return { start, end, next: found + 1 };
}

/** More CRs in one line are no strayed line ends. */
const mostStrayEnds = 100;

/** A header that says nothing. */
const bareName = /^[!-9;-~]{1,80}:[ \t]*$/;

/**
 * A line of a text whose lines end with LF; a CR by itself ends it only at an empty line, after a header that says
 * nothing, or before a known one.
 */
function mixedLineAt(text: string, start: number): Line {
  let at = anyLineEnd(text, start);
  for (let tries = 0; tries < mostStrayEnds && at < text.length; tries++, at = anyLineEnd(text, at + 1)) {
    let after = at;
    while (text.charCodeAt(after) === 0x0d) after++;
    if (text.charCodeAt(after) === 0x0a) return { start, end: at, next: after + 1 };
    const isEmptyLine = at === start || after > at + 1;
    const isEnd = isEmptyLine || bareName.test(text.slice(start, Math.min(at, start + 100)));
    if (isEnd || knownName.test(text.slice(after, after + 60))) return { start, end: at, next: at + 1 };
  }
  const { end, next } = lineAt(text, Math.min(at, text.length), 'line-feed');
  return { start, end, next };
}

/** Offset of the colon when the line is `name:`, also with blanks before the colon as some senders write; else -1. */
function colonOf(text: string, line: Line): number {
  // Looked for in the line alone: in all of the text each line would cost as much as the text is long.
  const front = text.slice(line.start, Math.min(line.end, line.start + 201));
  const colon = line.start + front.indexOf(':');
  if (colon <= line.start) return -1;
  return namePattern.test(text.slice(line.start, colon).trimEnd()) ? colon : -1;
}

/** Whether a line that is no field is only dirt among the headers: known fields still follow before an empty line. */
function isDirt(text: string, line: Line, lineEnds: LineEnds): boolean {
  let at = line.next;
  for (let count = 0; count < 50 && at < text.length; count++) {
    const next = lineAt(text, at, lineEnds);
    if (next.end === next.start) return false;
    if (knownName.test(text.slice(next.start, Math.min(next.end, next.start + 60)))) return true;
    at = next.next;
  }
  return false;
}

function isFolded(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

/** How much of a text shows what ends its lines. Characters. */
const lineEndsWithin = 16_384;

/**
 * What ends the lines of a text, by its front: LF with or without CR, or in one that has more lone CRs than LFs, as old
 * Macintosh programs wrote it, any of the three. One that has only strayed into it does not decide.
 */
export function lineEndsOf(text: string): LineEnds {
  const front = text.slice(0, lineEndsWithin);
  const alone = front.match(/\r(?!\n)/g)?.length ?? 0;
  if (alone === 0) return 'line-feed';
  return alone > (front.match(/\n/g)?.length ?? 0) ? 'any' : 'mixed';
}

/** Whether a line is a parameter of the field before it, which its sender forgot to indent. */
function isParameterOf({ name, value }: HeaderField, line: string): boolean {
  if (!/^content-(?:type|disposition)$/.test(name) || value.length > maximumValue) return false;
  const parameter = /^([A-Za-z][A-Za-z0-9*_-]{1,40})\s*=\s*[^\s=]/.exec(line)?.[1];
  if (parameter === undefined) return false;
  return (
    value.endsWith(';') ||
    /^(?:boundary|charset|(?:file)?name|format|delsp|type|start|report-type|protocol|micalg)\b/i.test(
      parameter,
    )
  );
}

/** Whether a line among the headers is already the base64 that they announce, with no empty line before it. */
function isCodeOf(fields: readonly HeaderField[], line: string): boolean {
  if (!/^[A-Za-z0-9+/]{60,}[ \t]*(?:\r|$)/.test(line)) return false;
  return fields.some(({ name, value }) => name === 'content-transfer-encoding' && /^base64/i.test(value));
}

/** A header block that ran into the body, which begins within its last line where that holds a CR by itself. */
function withoutBody(text: string, block: HeaderBlock): HeaderBlock {
  const last = block.fields.at(-1);
  const stray = last?.value.search(/\r(?!\n)/) ?? -1;
  if (last === undefined || stray === -1) return block;
  const lineEnd = /\r*\n?$/.exec(text.slice(0, block.bodyStart).slice(-10))?.[0].length ?? 0;
  const bodyStart = block.bodyStart - lineEnd - (last.value.length - stray - 1);
  if (text.slice(bodyStart, block.bodyStart - lineEnd) !== last.value.slice(stray + 1)) return block;
  const fields = [...block.fields.slice(0, -1), { ...last, value: trimBlanks(last.value.slice(0, stray)) }];
  return { ...block, fields, bodyStart };
}

/**
 * Cuts the header fields off the front of a text that has one character per byte. Reads what senders really write:
 * LF or CR line ends, blanks before colons, stray lines, a missing empty line. RFC 5322 §2.2. Linear in the text.
 */
export function cutHeaders(text: string, lineEnds: LineEnds = lineEndsOf(text)): HeaderBlock {
  const fields: HeaderField[] = [];
  let isCut = false;
  let at = 0;
  while (at < text.length) {
    const line = lineAt(text, at, lineEnds);
    if (line.end === line.start) return { fields, bodyStart: line.next, isBlankLineMissing: false, isCut };
    const last = fields.at(-1);
    if (
      last !== undefined &&
      isParameterOf(last, text.slice(line.start, Math.min(line.end, line.start + 2000)))
    ) {
      fields[fields.length - 1] = {
        ...last,
        value: `${last.value} ${text.slice(line.start, line.end).trim()}`,
      };
      at = line.next;
      continue;
    }
    const colon = colonOf(text, line);
    if (colon === -1) {
      // A line of blanks only, with no field before it to belong to, ends the headers as an empty one does.
      if (/^[ \t]*$/.test(text.slice(line.start, line.end)) && !isDirt(text, line, lineEnds))
        return { fields, bodyStart: line.next, isBlankLineMissing: false, isCut };
      if (!isDirt(text, line, lineEnds) || isCodeOf(fields, text.slice(line.start, line.end)))
        return withoutBody(text, { fields, bodyStart: at, isBlankLineMissing: true, isCut });
      // Kept without a name: what one sender broke may be words that another reader would miss.
      if (fields.length < maximumFields)
        fields.push({ name: '', value: trimBlanks(text.slice(line.start, line.end)) });
      at = line.next;
      continue;
    }
    const name = text.slice(line.start, colon).trimEnd().toLowerCase();
    let value = text.slice(colon + 1, line.end);
    at = line.next;
    while (at < text.length && isFolded(text, at)) {
      const more = lineAt(text, at, lineEnds);
      const piece = text.slice(more.start, more.end);
      if (/^[ \t]*$/.test(piece)) {
        // A folded line of blanks is obsolete folding only when fields go on after it; else it is the empty line.
        const after = lineAt(text, more.next, lineEnds);
        if (after.end === after.start || (colonOf(text, after) === -1 && !isFolded(text, more.next))) break;
      } else if (value.length < maximumValue) value += piece;
      else isCut = true;
      at = more.next;
    }
    if (fields.length >= maximumFields && !neededFields.test(name)) isCut = true;
    else if (fields.length < maximumFields * 2) fields.push({ name, value: trimBlanks(value) });
  }
  return { fields, bodyStart: text.length, isBlankLineMissing: false, isCut };
}

/** The value of the first field of a name (lower case) that is not empty, or null. */
export function firstField(fields: readonly HeaderField[], name: string): string | null {
  let empty: string | null = null;
  for (const field of fields)
    if (field.name === name) {
      if (field.value !== '') return field.value;
      empty = '';
    }
  return empty;
}

/** The values of all fields of a name (lower case), in order. */
export function allFields(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
