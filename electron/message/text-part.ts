import { type ByteSource, memorySource, readChunks } from './byte-source.ts';
import { type CharsetContext, type DecodedText, decodeText } from './charset-choice.ts';
import { aroundFiles, type EmbeddedFile, findEmbeddedFiles } from './embedded-files.ts';
import { plainParameter } from './parameters.ts';
import type { Part, Warning } from './part.ts';
import { decodedBytes } from './part-tree.ts';
import type { TransferEncoding } from './transfer-encoding.ts';
import { trueTextEncoding } from './true-encoding.ts';

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

/** A view of a part's decoded body: in place when nothing encodes it, else decoded into memory. */
function decodedSource(part: Part, encoding: TransferEncoding, limit: number): ByteSource {
  if (encoding !== 'identity') return memorySource(decodedBytes({ ...part, encoding }, limit));
  const { source, start, end } = part;
  return {
    length: end - start,
    read: (from, to) => source.read(start + Math.max(0, from), Math.min(end, start + to)),
  };
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
  const source = decodedSource(part, encoding, heldBytes);
  const isPlain = part.type !== 'text/html';
  const files = isPlain ? findEmbeddedFiles(source, { start: 0, end: source.length }) : [];
  if (source.length > maximumTextBytes) warnings.push({ code: 'text-cut', detail: part.path });
  const bytes = joinRanges(source, files);
  const declared = plainParameter(part.contentType, 'charset');
  const meta = isPlain ? null : metaCharset(bytes);
  const read = decodeText(bytes, { declared, meta }, context);
  return { read: { ...read, text: tidy(read.text) }, declared, files, warnings };
}
