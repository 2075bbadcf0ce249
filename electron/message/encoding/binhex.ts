import { type ByteSource, type Range, readChunks } from '../bytes/byte-source.ts';

/*
 * BinHex 4.0, how files of a Macintosh were sent before MIME: a header, the data fork and the resource fork in one row
 * of bytes, its repetitions shortened, six bits a character, between two colons. RFC 1741.
 */

const digits = new Int8Array(256).fill(-1);
for (const [value, character] of [
  ...'!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr',
].entries())
  digits[character.charCodeAt(0)] = value;

const repeatByte = 0x90;
/** Repetitions can blow a message up a hundredfold; nobody sends a larger file in this form. Bytes. */
const largestFile = 100_000_000;
/** What the header takes beside the name. Bytes. */
const headerBytes = 22;
const longestName = 63;

function* sixBitBytes(source: ByteSource, range: Range): Generator<number> {
  let bits = 0;
  let count = 0;
  for (const chunk of readChunks(source, range.start, range.end))
    for (const character of chunk) {
      const digit = digits[character] ?? -1;
      if (digit < 0) continue;
      bits = ((bits << 6) | digit) & 0xffff;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      yield (bits >> count) & 0xff;
    }
}

/** The bytes of a stretch with their repetitions written out: a mark and 0 is the mark itself. */
function* repeatedBytes(source: ByteSource, range: Range): Generator<number> {
  let last = 0;
  let isMarked = false;
  for (const byte of sixBitBytes(source, range)) {
    if (!isMarked && byte === repeatByte) isMarked = true;
    else if (!isMarked || byte === 0) {
      last = isMarked ? repeatByte : byte;
      isMarked = false;
      yield last;
    } else {
      isMarked = false;
      for (let more = 1; more < byte; more++) yield last;
    }
  }
}

/** The data fork of a file and its name, one character per byte; null where no header is. Between the colons. */
export function readBinhex(
  source: ByteSource,
  range: Range,
): { readonly rawName: string; decode(): Generator<Buffer> } | null {
  const front: number[] = [];
  for (const byte of repeatedBytes(source, range)) if (front.push(byte) >= longestName + headerBytes) break;
  const head = Buffer.from(front);
  const nameLength = head[0] ?? 0;
  const start = nameLength + headerBytes;
  if (nameLength === 0 || nameLength > longestName || head.length < start) return null;
  const size = Math.min(largestFile, head.readUInt32BE(nameLength + 12));
  function* decode(): Generator<Buffer> {
    let at = 0;
    let out = Buffer.allocUnsafe(65_536);
    let length = 0;
    for (const byte of repeatedBytes(source, range)) {
      if (at++ < start) continue;
      if (at > start + size) break;
      out[length++] = byte;
      if (length < out.length) continue;
      yield out;
      out = Buffer.allocUnsafe(65_536);
      length = 0;
    }
    yield out.subarray(0, length);
  }
  return { rawName: head.toString('latin1', 1, nameLength + 1), decode };
}
