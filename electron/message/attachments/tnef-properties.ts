/** The MAPI properties of a TNEF stream. [MS-OXTNEF] §2.1.3.4. */

/** One value of a property, still raw. */
export type Property = { readonly id: number; readonly type: number; readonly value: Buffer };

/** Ids of the properties that are read. [MS-OXPROPS]. */
export const property = {
  subject: 0x0037,
  messageClass: 0x001a,
  senderName: 0x0c1a,
  senderAddress: 0x5d01,
  senderEmail: 0x0c1f,
  sentAt: 0x0039,
  displayTo: 0x0e04,
  attachMethod: 0x3705,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  attachData: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
  internetCodePage: 0x3fde,
} as const;

/** Sizes of the property types that have a fixed one; two- and four-byte values take up four. [MS-OXTNEF] §2.1.3.4. */
const fixedSizes: Record<number, number> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
/** A string of letters of 16 bits. */
export const unicodeType = 0x1f;
/** A message or another object within the property. */
export const objectType = 0x0d;
const variableTypes = new Set([0x0d, 0x1e, unicodeType, 0x102]);

/** Reads little-endian numbers and slices, and throws a RangeError past the end, which ends the reading. */
export class Cursor {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  u16(): number {
    this.at += 2;
    return this.bytes.readUInt16LE(this.at - 2);
  }

  u32(): number {
    this.at += 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }

  slice(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('cut TNEF stream');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  padded(length: number): Buffer {
    const slice = this.slice(length);
    this.at += (4 - (length % 4)) % 4;
    return slice;
  }
}

function skipName(cursor: Cursor): void {
  cursor.slice(16);
  if (cursor.u32() === 0) cursor.u32();
  else cursor.padded(cursor.u32());
}

/** The MAPI properties of one attribute, as far as they can be read. [MS-OXTNEF] §2.1.3.4. */
export function readProperties(bytes: Buffer): Property[] {
  const found: Property[] = [];
  const cursor = new Cursor(bytes);
  try {
    const count = Math.min(cursor.u32(), 5000);
    for (let index = 0; index < count; index++) {
      const rawType = cursor.u16();
      const id = cursor.u16();
      if (id >= 0x8000) skipName(cursor);
      const type = rawType & 0x0fff;
      const size = fixedSizes[type];
      const isMany = (rawType & 0x1000) !== 0 || variableTypes.has(type);
      const values = isMany ? Math.min(cursor.u32(), 10_000) : 1;
      if (size === undefined && !variableTypes.has(type)) break;
      for (let at = 0; at < values; at++) {
        const value = size === undefined ? cursor.padded(cursor.u32()) : cursor.slice(size);
        if (at === 0 || isMany) found.push({ id, type, value });
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A stream that ends early still gives what came before.
  }
  return found;
}

/** Text of a string property or attribute; 8-bit ones in the charset that `decode` applies. */
export function textOf(
  value: Buffer | null,
  isUtf16: boolean,
  decode: (bytes: Buffer) => string,
): string | null {
  if (value === null) return null;
  const text = isUtf16 ? value.toString('utf16le') : decode(value);
  return text.replace(/\0[\s\S]*$/, '') || null;
}
