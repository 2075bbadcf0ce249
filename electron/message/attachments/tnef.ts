/** A file or message taken from a TNEF stream (winmail.dat). Names are decoded, not cleaned. */
export type TnefFile = {
  readonly name: string | null;
  readonly type: string | null;
  readonly contentId: string | null;
  readonly bytes: Buffer;
};

/** What a TNEF stream holds. Text is raw, with the code page the stream names for it (0 when it names none). */
export type TnefContent = {
  readonly codePage: number;
  readonly text: Buffer | null;
  readonly textIsUtf16: boolean;
  readonly html: Buffer | null;
  readonly htmlCodePage: number;
  readonly rtf: Buffer | null;
  readonly files: readonly TnefFile[];
};

type Property = { readonly id: number; readonly type: number; readonly value: Buffer };

const signature = 0x223e9f78;
const maximumFiles = 500;
const maximumDepth = 5;

const attribute = {
  body: 0x0002800c,
  attachTitle: 0x00018010,
  attachData: 0x0006800f,
  attachStart: 0x00069002,
  attachProperties: 0x00069005,
  messageProperties: 0x00069003,
  codePage: 0x00069007,
} as const;

const property = {
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
const unicodeType = 0x1f;
const variableTypes = new Set([0x0d, 0x1e, unicodeType, 0x102]);

/** Reads little-endian numbers and slices, and throws a RangeError past the end, which ends the reading. */
class Cursor {
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
function readProperties(bytes: Buffer): Property[] {
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
        if (at === 0) found.push({ id, type, value });
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A stream that ends early still gives what came before.
  }
  return found;
}

type Draft = { title: Buffer | null; data: Buffer | null; properties: Property[] };

/** Text of a string property or attribute; 8-bit ones in the charset that `decode` applies. */
function textOf(value: Buffer | null, isUtf16: boolean, decode: (bytes: Buffer) => string): string | null {
  if (value === null) return null;
  const text = isUtf16 ? value.toString('utf16le') : decode(value);
  return text.replace(/\0[\s\S]*$/, '') || null;
}

function fileOf(draft: Draft, decode: (bytes: Buffer) => string): TnefFile | null {
  const find = (id: number): Property | undefined => draft.properties.find((one) => one.id === id);
  const text = (id: number): string | null => {
    const found = find(id);
    return found ? textOf(found.value, found.type === unicodeType, decode) : null;
  };
  const bytes = draft.data ?? find(property.attachData)?.value ?? null;
  if (bytes === null) return null;
  const title = textOf(draft.title, false, decode);
  return {
    name: text(property.longName) ?? title ?? text(property.shortName) ?? text(property.displayName),
    type: text(property.mimeType)?.toLowerCase() ?? null,
    contentId: text(property.contentId)?.replace(/^<|>$/g, '') ?? null,
    bytes,
  };
}

/** The bytes of a message that is attached to the message: an interface id, then a TNEF stream of its own. */
function innerStream(bytes: Buffer): Buffer | null {
  if (bytes.length > 4 && bytes.readUInt32LE(0) === signature) return bytes;
  return bytes.length > 20 && bytes.readUInt32LE(16) === signature ? bytes.subarray(16) : null;
}

type Attributes = {
  readonly drafts: readonly Draft[];
  readonly message: readonly Property[];
  body: Buffer | null;
  codePage: number;
};

/** Sorts the attributes of a stream into those of the message and those of each attachment. */
function readAttributes(bytes: Buffer): Attributes {
  const drafts: Draft[] = [];
  const message: Property[] = [];
  const read = { drafts, message, body: null as Buffer | null, codePage: 0 };
  const cursor = new Cursor(bytes);
  cursor.slice(6);
  try {
    while (cursor.at + 11 <= bytes.length) {
      cursor.slice(1);
      const id = cursor.u32();
      const data = cursor.slice(cursor.u32());
      cursor.slice(2);
      const draft = drafts.at(-1);
      if (id === attribute.attachStart && drafts.length < maximumFiles)
        drafts.push({ title: null, data: null, properties: [] });
      else if (id === attribute.attachTitle && draft) draft.title = data;
      else if (id === attribute.attachData && draft) draft.data = data;
      else if (id === attribute.attachProperties && draft) draft.properties = readProperties(data);
      else if (id === attribute.messageProperties) message.push(...readProperties(data));
      else if (id === attribute.body) read.body = data;
      else if (id === attribute.codePage && data.length >= 4) read.codePage = data.readUInt32LE(0);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A stream that ends early still gives what came before.
  }
  return read;
}

/**
 * Decodes a TNEF stream, also one that ends early. Null for bytes that are not TNEF. `decode` reads 8-bit names in the charset of
 * a code page. Attached messages are opened and their files added. Bounded in files and depth. [MS-OXTNEF].
 */
export function decodeTnef(
  bytes: Buffer,
  decode: (bytes: Buffer, codePage: number) => string,
  depth = 0,
): TnefContent | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const { drafts, message, body, codePage } = readAttributes(bytes);
  const find = (id: number): Property | undefined => message.find((one) => one.id === id);
  const files: TnefFile[] = [];
  for (const draft of drafts) {
    const file = fileOf(draft, (raw) => decode(raw, codePage));
    if (!file) continue;
    const inner = depth < maximumDepth ? innerStream(file.bytes) : null;
    const content = inner && decodeTnef(inner, decode, depth + 1);
    files.push(...(content ? content.files : [file]));
  }
  const text = find(property.body);
  const htmlPage = find(property.internetCodePage)?.value;
  return {
    codePage,
    text: text?.value ?? body,
    textIsUtf16: text?.type === unicodeType,
    html: find(property.html)?.value ?? null,
    htmlCodePage: htmlPage && htmlPage.length >= 4 ? htmlPage.readUInt32LE(0) : 0,
    rtf: find(property.rtf)?.value ?? null,
    files: files.slice(0, maximumFiles),
  };
}
