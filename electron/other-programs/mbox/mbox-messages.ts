import { type ByteSource, findBytes, readChunks, windowed } from '../../message/bytes/byte-source.ts';
import {
  headersAt,
  type Letter,
  letterIn,
  type Stretch,
  type TakeOwnLines,
  usualPieceBytes,
} from '../files/letter.ts';
import {
  isSeparatorAt,
  lineAt,
  lineEnd,
  nextSeparator,
  type SeparatorForm,
  separatorForm,
  separatorTime,
  skipBlankLines,
  withoutLastBlankLine,
} from './separators.ts';

/** Held in memory of the mbox, as a multiple of a piece: what is searched is mostly what is read next. */
const piecesInWindow = 4;
/** How many bytes behind a counted message may be blank lines. */
const blankReachBytes = 64;
/** Ways to write the name of the header; a text is only made of headers that have one. */
const lengthNames = ['Content-L', 'content-l', 'Content-l', 'CONTENT-L'].map((name) => Buffer.from(name));
const lineAndFrom = Buffer.from('\nFrom ');
const lineAndQuotedFrom = Buffer.from('\n>From ');

/** A message in an mbox. */
export type MboxMessage = Letter & {
  /** Offsets in the mbox, bytes. */
  readonly start: number;
  readonly end: number;
  /** The time that its separator names, milliseconds since the epoch. */
  readonly separatorTime: number | null;
};

/** How an mbox is read. */
export type MboxReading = {
  readonly pieceBytes?: number;
  /** Takes the lines that a program wrote into the headers. */
  readonly takeOwnLines?: TakeOwnLines;
};

/*
 * The mbox family (RFC 4155 and its four habits). Read are mboxrd, mboxo (both by taking one `>` off quoted From lines)
 * and mboxcl/mboxcl2 (by Content-Length, where it leads to the next separator or the end). A message without a CRLF is
 * read with CRLF for LF, as a server had sent it; mixed ends stay. An mbox may be larger than memory, and so may a
 * message in it.
 */

/** Finds the messages of an mbox. Bytes before the first separator are a message too if not blank. */
export function* messagesOfMbox(
  mbox: ByteSource,
  { pieceBytes = usualPieceBytes, takeOwnLines }: MboxReading = {},
): Generator<MboxMessage> {
  const near = windowed(mbox, pieceBytes * piecesInWindow);
  const form = separatorForm(near);
  let isCountedQuoted: boolean | null = null;
  for (let position = 0; position < mbox.length; ) {
    const isSeparated = isSeparatorAt(near, position, form);
    const start = isSeparated ? lineEnd(near, position) : position;
    const counted = endByContentLength(mbox, near, start, form);
    const end = counted ?? nextSeparator(near, start, form);
    if (counted !== null) isCountedQuoted ??= quotesCounted(mbox, form);
    const stretch: Stretch =
      counted === null
        ? { start, end: withoutLastBlankLine(near, start, end), isQuoted: true }
        : { start, end, isQuoted: isCountedQuoted === true };
    if (!isBlank(near, stretch))
      yield {
        ...letterIn(near, stretch, takeOwnLines ?? null, pieceBytes),
        start: position,
        end,
        separatorTime: isSeparated ? separatorTime(lineAt(near, position)) : null,
      };
    position = skipBlankLines(near, end);
  }
}

/**
 * Whether messages with a Content-Length have quoted From lines (mboxcl) or not (mboxcl2). One message does not tell; a
 * bare From line within any of them says that this mbox quotes nothing.
 */
function quotesCounted(mbox: ByteSource, form: SeparatorForm): boolean {
  const near = windowed(mbox, usualPieceBytes);
  let hasQuoted = false;
  for (let position = 0; position < mbox.length; ) {
    const start = isSeparatorAt(near, position, form) ? lineEnd(near, position) : position;
    const counted = endByContentLength(mbox, near, start, form);
    const end = counted ?? nextSeparator(near, start, form);
    if (counted !== null) {
      if (findBytes(near, lineAndFrom, start, end) !== -1) return false;
      hasQuoted ||= findBytes(near, lineAndQuotedFrom, start, end) !== -1;
    }
    position = skipBlankLines(near, end);
  }
  return hasQuoted;
}

/** End of a message that names its own length, when that end is a believable one. The far end is only glanced at. */
function endByContentLength(
  mbox: ByteSource,
  near: ByteSource,
  start: number,
  form: SeparatorForm,
): number | null {
  const headers = headersAt(near, { start, end: mbox.length });
  if (headers === null || !lengthNames.some((name) => headers.includes(name))) return null;
  const named = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(headers.toString('latin1'));
  if (named === null) return null;
  const end = start + headers.length + Number(named[1]);
  if (end > mbox.length) return null;
  const glance = windowed(mbox, blankReachBytes);
  const next = skipBlankLines(glance, end);
  return next === mbox.length || (next > end && isSeparatorAt(glance, next, form)) ? end : null;
}

const blanks: readonly number[] = [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20];

function isBlank(source: ByteSource, { start, end }: Stretch): boolean {
  for (const chunk of readChunks(source, start, end))
    for (const byte of chunk) if (!blanks.includes(byte)) return false;
  return true;
}
