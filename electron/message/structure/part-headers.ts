import type { ByteSource, Range } from '../bytes/byte-source.ts';
import { cutHeaders, type HeaderField, type LineEnds, lineEndsOf } from '../headers/header-block.ts';
import { skipPreface } from '../headers/preface.ts';

/** A message or part of one, before its headers are read. */
export type Entity = {
  readonly source: ByteSource;
  readonly range: Range;
  readonly path: string;
  readonly depth: number;
  readonly defaultType: string;
  /** The outermost part of a message, whose leaf is part 1 of it. */
  readonly isMessage: boolean;
};

/** Headers, where the body begins in the source, and what ends their lines. */
export type Headers = {
  readonly fields: readonly HeaderField[];
  readonly bodyStart: number;
  readonly lineEnds: LineEnds;
};

/** How much of a part is looked at first for the end of its headers. Bytes. */
const firstLook = 16_384;

/** Text from the front of a range that holds the whole header block, if it is not beyond the limit. */
function headerText(source: ByteSource, range: Range, limit: number): string {
  for (let size = firstLook; ; size *= 8) {
    const end = Math.min(range.end, range.start + Math.min(size, limit));
    const bytes = source.read(range.start, end);
    const crlf = bytes.indexOf('\n\r\n');
    const plain = bytes.indexOf('\n\n');
    const blank = crlf === -1 || (plain !== -1 && plain < crlf) ? plain : crlf;
    // Some text after the empty line is kept: it may show that the headers go on.
    if (blank !== -1 || bytes.subarray(0, 2).includes(0x0a) || end === range.end || size >= limit)
      return bytes.toString('latin1');
  }
}

const mimeField = /^(?:content-|mime-version$)/;

/** Reads the headers of an entity, and for a message also the rest of them after a stray empty line. */
export function readPartHeaders(entity: Entity, headerBytes: number, warn: (code: string) => void): Headers {
  const { source, range } = entity;
  const preface = entity.isMessage
    ? skipPreface(source.read(range.start, Math.min(range.end, range.start + 4096)))
    : 0;
  const start = range.start + preface;
  const text = headerText(source, { start, end: range.end }, headerBytes);
  const lineEnds = lineEndsOf(text);
  const block = cutHeaders(text, lineEnds);
  if (block.isCut) warn('headers-cut');
  if (block.isBlankLineMissing && block.fields.length > 0) warn('blank-line-missing');
  const isComplete = block.fields.some((field) => field.name === 'content-type');
  // A part whose headers come after an empty line has none before it.
  const mayGoOn = entity.isMessage ? block.fields.length > 0 : block.fields.length === 0 && entity.depth > 0;
  if (mayGoOn && !isComplete && !block.isBlankLineMissing) {
    const blank =
      /^(?:[ \t]*(?:\r\n?|\n)){0,20}/.exec(text.slice(block.bodyStart, block.bodyStart + 400))?.[0].length ??
      0;
    const rest = text.slice(block.bodyStart + blank);
    const more = cutHeaders(rest, lineEnds);
    const isFirstMime = /^content-(?:type|transfer-encoding|disposition)[ \t]*:/i.test(rest);
    const hasMime =
      (isFirstMime || (entity.isMessage && blank === 0 && /^[!-9;-~]{1,80}[ \t]*:/.test(rest))) &&
      more.fields.some((field) => mimeField.test(field.name));
    if (hasMime && !more.isBlankLineMissing && more.fields.length < 40) {
      warn('blank-line-in-headers');
      return {
        fields: [...block.fields, ...more.fields],
        bodyStart: start + block.bodyStart + blank + more.bodyStart,
        lineEnds,
      };
    }
  }
  return { fields: block.fields, bodyStart: Math.min(range.end, start + block.bodyStart), lineEnds };
}
