import { aroundFiles, type EmbeddedFile, findEmbeddedFiles } from '../attachments/embedded-files.ts';
import { type ByteSource, memorySource, readChunks } from '../bytes/byte-source.ts';
import { type DecodedText, decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { longestMended, mendBase64 } from '../encoding/damaged-base64.ts';
import type { Base64Report, TransferEncoding } from '../encoding/transfer-encoding.ts';
import { trueTextEncoding } from '../encoding/true-encoding.ts';
import { plainParameter } from '../headers/parameters.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import type { Part, Warning } from '../structure/part.ts';

/** Text longer than this is shown in part; the whole is in the source. Bytes. */
const maximumTextBytes = 12_000_000;

/** The text of a part, the files that were written into it, and what was noticed. */
export type TextPart = {
  readonly read: DecodedText;
  readonly declared: string | null;
  readonly files: readonly EmbeddedFile[];
  readonly warnings: readonly Warning[];
};

/** The charset that HTML declares of itself, in `<meta>` or an XML declaration, or null. */
function metaCharset(bytes: Buffer): string | null {
  const front = bytes.toString('latin1', 0, 4096);
  return (
    /<meta[^>]{1,300}charset\s*=\s*["']?\s*([\w:-]{2,40})/i.exec(front)?.[1] ??
    /^\s*<\?xml[^>]{1,200}encoding\s*=\s*["']([\w:-]{2,40})/i.exec(front)?.[1] ??
    null
  );
}

function joinRanges(source: ByteSource, files: readonly EmbeddedFile[]): Buffer {
  const ranges = aroundFiles({ start: 0, end: source.length }, files);
  const chunks: Buffer[] = [];
  let size = 0;
  for (const range of ranges)
    for (const chunk of readChunks(source, range.start, range.end)) {
      if (size < maximumTextBytes) chunks.push(chunk.subarray(0, maximumTextBytes - size));
      size += chunk.length;
    }
  return Buffer.concat(chunks);
}

/** A part's decoded body, and the words that stand unencoded after it. Both belong to the message. */
type Decoded = { readonly source: ByteSource; readonly after: Buffer };

const wordsPattern = /[a-z\x80-\xff]{2,}[,.]? [a-z\x80-\xff]{2,}/i;

/** A decoded body. Unencoded text in it is kept if it holds words; the rests between lines of code are not. */
function decodedWith(bytes: Buffer, open: string): Decoded {
  const after = wordsPattern.test(open) ? Buffer.from(open, 'latin1') : Buffer.alloc(0);
  return { source: memorySource(bytes), after };
}

/** The body of a part that is declared as base64 and has other lines in it. Null where it has no lines of base64. */
function mendedSource(part: Part): Decoded | null {
  if (part.end - part.start > longestMended) return null;
  const mended = mendBase64(part.source.read(part.start, part.end));
  return mended && decodedWith(mended.decoded, mended.words);
}

/** A part's decoded body: in place when nothing encodes it, else decoded into memory. */
function decodedSource(part: Part, encoding: TransferEncoding, limit: number): Decoded {
  if (encoding !== 'identity') {
    let noticed: Base64Report = { tail: '', isDamaged: part.encoding === 'base64' && encoding !== 'base64' };
    const bytes = decodedBytes({ ...part, encoding }, limit, (report) => {
      noticed = report;
    });
    return (noticed.isDamaged ? mendedSource(part) : null) ?? decodedWith(bytes, noticed.tail);
  }
  const mended = part.encoding === 'base64' ? mendedSource(part) : null;
  if (mended) return mended;
  const { source, start, end } = part;
  const view: ByteSource = {
    length: end - start,
    read: (from, to) => source.read(start + Math.max(0, from), Math.min(end, start + to)),
  };
  return { source: view, after: Buffer.alloc(0) };
}

const unwantedControls = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/g;

/** Line ends as LF, and without control characters. */
function tidy(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return lines.replace(unwantedControls, '');
}

/** Reads a text part: transfer encoding, files written into it, then the charset on what is left. Never throws. */
export function readTextPart(part: Part, context: CharsetContext, heldBytes: number): TextPart {
  const encoding = trueTextEncoding(part);
  const warnings: Warning[] = [];
  if (encoding !== part.encoding) warnings.push({ code: 'encoding-wrong', detail: part.path });
  const { source, after } = decodedSource(part, encoding, heldBytes);
  const isPlain = part.type !== 'text/html';
  const files = isPlain ? findEmbeddedFiles(source, { start: 0, end: source.length }) : [];
  if (source.length > maximumTextBytes) warnings.push({ code: 'text-cut', detail: part.path });
  const bytes = joinRanges(source, files);
  const declared = plainParameter(part.contentType, 'charset');
  const meta = isPlain ? null : metaCharset(bytes);
  const read = decodeText(bytes, { declared, meta }, context);
  // By itself: unencoded words may be in another charset than the encoded ones.
  const words = after.length === 0 ? '' : `\n${decodeText(after, { declared }, context).text}`;
  return { read: { ...read, text: tidy(`${read.text}${words}`) }, declared, files, warnings };
}
