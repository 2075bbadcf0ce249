import { type ByteSource, memorySource, readChunks } from './byte-source.ts';
import { type CharsetContext, type DecodedText, decodeText } from './charset-choice.ts';
import { aroundFiles, type EmbeddedFile, findEmbeddedFiles } from './embedded-files.ts';
import { plainParameter } from './parameters.ts';
import type { Part, Warning } from './part.ts';
import { decodedBytes } from './part-tree.ts';
import type { TransferEncoding } from './transfer-encoding.ts';

/** Text longer than this is shown in part; the whole is in the source. Bytes. */
const maximumTextBytes = 12_000_000;

/** The text of a part, the files that were written into it, and what was noticed. */
export type TextPart = {
  readonly read: DecodedText;
  readonly declared: string | null;
  readonly files: readonly EmbeddedFile[];
  readonly warnings: readonly Warning[];
};

const longBase64 = /^(?:[A-Za-z0-9+/]{60,76}\r?\n){2,}[A-Za-z0-9+/]{0,76}={0,2}\s*$/;

/** Whether a text that is declared as base64 was in fact never encoded. */
function isPlainAfterAll(front: string): boolean {
  // What follows an empty line may be a footer that a list has added to the encoded text.
  const first = front.split(/\r?\n\r?\n/)[0] ?? '';
  const foreign = first.match(/[^A-Za-z0-9+/=\s]/g)?.length ?? 0;
  const words = first.match(/[a-z] [a-z]/gi)?.length ?? 0;
  // Even a damaged body has few characters that are not base64; a text that was never encoded has many.
  if (foreign * 20 > first.length || (words > 2 && foreign > 0)) return true;
  if (words * 12 <= first.length) return false;
  const decoded = Buffer.from(first.replace(/\s/g, ''), 'base64');
  return decoded.filter((byte) => byte < 9).length * 40 > decoded.length;
}

/** The encoding that the body of a text really has: some declare one and send another. */
function trueEncoding(part: Part): TransferEncoding {
  const front = part.source.read(part.start, Math.min(part.end, part.start + 4096)).toString('latin1');
  if (part.encoding === 'base64') return isPlainAfterAll(front) ? 'identity' : 'base64';
  if (part.encoding !== 'identity' || part.end - part.start > 1_000_000) return part.encoding;
  if (!/^[A-Za-z0-9+/]{60,76}\r?\n/.test(front)) return 'identity';
  const whole = part.source.read(part.start, part.end).toString('latin1');
  return longBase64.test(whole) ? 'base64' : 'identity';
}

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
  const encoding = trueEncoding(part);
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
