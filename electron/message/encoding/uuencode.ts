import type { ByteSource, Range } from '../bytes/byte-source.ts';
import { readLines } from '../bytes/line-reader.ts';

/** Decodes the lines between `begin` and `end` of uuencoded data; a line cut short is read as padded with blanks. */
export function* decodeUuLines(source: ByteSource, range: Range): Generator<Buffer> {
  let out = Buffer.allocUnsafe(65_536);
  let length = 0;
  for (const { bytes: line } of readLines(source, range)) {
    const size = ((line[0] ?? 0x20) - 0x20) & 0x3f;
    if (line.length === 0 || size === 0) continue;
    if (length + 66 > out.length) {
      yield out.subarray(0, length);
      out = Buffer.allocUnsafe(65_536);
      length = 0;
    }
    const end = length + size;
    for (let at = 1; length < end; at += 4) {
      const digit = (offset: number): number => ((line[at + offset] ?? 0x20) - 0x20) & 0x3f;
      const bits = (digit(0) << 18) | (digit(1) << 12) | (digit(2) << 6) | digit(3);
      out[length++] = bits >> 16;
      if (length < end) out[length++] = bits >> 8;
      if (length < end) out[length++] = bits;
    }
  }
  yield out.subarray(0, length);
}

/** Whether a line can be one of uuencoded data: its first character tells its length, give or take lost blanks. */
export function isUuLine(line: Buffer): boolean {
  const size = ((line[0] ?? 0) - 0x20) & 0x3f;
  const expected = Math.ceil(size / 3) * 4 + 1;
  return (
    line.length > 0 &&
    line.length <= expected + 2 &&
    line.length >= Math.min(2, expected) &&
    line.every((byte) => byte >= 0x20 && byte <= 0x60)
  );
}
