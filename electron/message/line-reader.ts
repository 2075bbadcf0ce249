import { type ByteSource, readChunks } from './byte-source.ts';
import type { Range } from './multipart.ts';

/** No coded line is longer; the rest of one that is longer is passed over. Bytes. */
const longestLine = 100_000;

/** The lines of a stretch of a source, without their line ends, read piece by piece. */
export function* readLines(source: ByteSource, range: Range): Generator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  for (const chunk of readChunks(source, range.start, range.end)) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    let at = 0;
    for (let end = bytes.indexOf(0x0a, at); end !== -1; end = bytes.indexOf(0x0a, at)) {
      yield bytes.subarray(at, end > at && bytes[end - 1] === 0x0d ? end - 1 : end);
      at = end + 1;
    }
    carry = bytes.subarray(at, at + longestLine);
  }
  if (carry.length > 0) yield carry.at(-1) === 0x0d ? carry.subarray(0, -1) : carry;
}
