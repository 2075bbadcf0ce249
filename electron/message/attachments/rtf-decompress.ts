/** Words that every compressed RTF may point back to. [MS-OXRTFCP] §2.1.3.1.1. */
const initialDictionary =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor ' +
  'MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
  '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

const compressed = 0x75465a4c;
const uncompressed = 0x414c454d;
const windowSize = 4096;
/** A body of more is not written by a person. Bytes. */
const maximumBytes = 8_000_000;

/** Unpacks the RTF body of a TNEF stream, as far as it goes. Null for bytes that are not compressed RTF. [MS-OXRTFCP]. */
export function decompressRtf(bytes: Buffer): Buffer | null {
  if (bytes.length < 16) return null;
  const size = Math.min(bytes.readUInt32LE(4), maximumBytes);
  const magic = bytes.readUInt32LE(8);
  if (magic === uncompressed) return bytes.subarray(16, 16 + size);
  if (magic !== compressed) return null;
  const window = Buffer.alloc(windowSize);
  let writeAt = window.write(initialDictionary, 'latin1');
  // No input byte makes more than nine bytes of output, so a small input cannot ask for much.
  const out = Buffer.alloc(Math.min(size, bytes.length * 9));
  let length = 0;
  const put = (byte: number): void => {
    out[length++] = byte;
    window[writeAt] = byte;
    writeAt = (writeAt + 1) % windowSize;
  };
  for (let at = 16; at < bytes.length && length < out.length; ) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length && length < out.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        put(bytes[at++] ?? 0);
        continue;
      }
      const reference = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      at += 2;
      const offset = reference >> 4;
      if (offset === writeAt) return out.subarray(0, length);
      for (let step = 0; step < (reference & 15) + 2 && length < out.length; step++)
        put(window[(offset + step) % windowSize] ?? 0);
    }
  }
  return out.subarray(0, length);
}
