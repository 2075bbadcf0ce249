import { type ByteSource, type Range, readChunks } from './byte-source.ts';

/** A line without its line end, and the offset in its source where the next one begins. */
export type Line = { readonly bytes: Buffer; readonly next: number };

/** No coded line is longer; the rest of one that is longer is passed over. Bytes. */
const longestLine = 100_000;

function withoutCarriageReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}

/** The lines of a stretch of a source, read piece by piece. */
export function* readLines(source: ByteSource, range: Range): Generator<Line> {
  let carry: Buffer = Buffer.alloc(0);
  let chunkStart = range.start;
  for (const chunk of readChunks(source, range.start, range.end)) {
    let at = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, at)) {
      const rest = chunk.subarray(at, end);
      const bytes = carry.length === 0 ? rest : Buffer.concat([carry, rest]);
      carry = Buffer.alloc(0);
      at = end + 1;
      yield { bytes: withoutCarriageReturn(bytes), next: chunkStart + at };
    }
    const rest = chunk.subarray(at, at + Math.max(0, longestLine - carry.length));
    carry = carry.length === 0 ? rest : Buffer.concat([carry, rest]);
    chunkStart += chunk.length;
  }
  if (carry.length > 0) yield { bytes: withoutCarriageReturn(carry), next: chunkStart };
}
