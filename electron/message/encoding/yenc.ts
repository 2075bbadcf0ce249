import type { ByteSource, Range } from '../bytes/byte-source.ts';
import { readLines } from '../bytes/line-reader.ts';

const escapeByte = 0x3d;

/** Decodes the lines between `=ybegin` (and `=ypart`) and `=yend` of yEnc data. */
export function* decodeYencLines(source: ByteSource, range: Range): Generator<Buffer> {
  for (const { bytes: line } of readLines(source, range)) {
    const out = Buffer.allocUnsafe(line.length);
    let length = 0;
    for (let at = 0; at < line.length; at++) {
      const byte = line[at] ?? 0;
      if (byte !== escapeByte) out[length++] = byte - 42;
      else if (at + 1 < line.length) out[length++] = (line[++at] ?? 0) - 64 - 42;
    }
    yield out.subarray(0, length);
  }
}
