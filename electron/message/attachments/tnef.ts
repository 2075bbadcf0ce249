import { headOf, type TnefHead } from './tnef-head.ts';
import {
  Cursor,
  objectType,
  type Property,
  property,
  readProperties,
  textOf,
  unicodeType,
} from './tnef-properties.ts';

/** A file or message taken from a TNEF stream (winmail.dat). Names are decoded, not cleaned. */
export type TnefFile = {
  readonly name: string | null;
  readonly type: string | null;
  readonly contentId: string | null;
  readonly bytes: Buffer;
  /** What a message that is attached holds; absent for any other file. */
  readonly content?: TnefContent;
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
  /** What it says of itself: of a message that is attached nothing else tells. */
  readonly head: TnefHead;
  /** Something of it could not be read, or has no place among the rest: the stream itself is worth keeping. */
  readonly isInDoubt: boolean;
};

const signature = 0x223e9f78;
const maximumFiles = 500;
const maximumDepth = 5;

/** The low 16 bits tell an attribute; some programs write no type into the high ones. */
const attribute = {
  body: 0x800c,
  attachTitle: 0x8010,
  attachData: 0x800f,
  attachStart: 0x9002,
  attachProperties: 0x9005,
  messageProperties: 0x9003,
  codePage: 0x9007,
} as const;

type Draft = { title: Buffer | null; data: Buffer | null; properties: Property[] };

function fileOf(draft: Draft, decode: (bytes: Buffer) => string): TnefFile | null {
  const find = (id: number): Property | undefined => draft.properties.find((one) => one.id === id);
  const text = (id: number): string | null => {
    const found = find(id);
    return found ? textOf(found.value, found.type === unicodeType, decode) : null;
  };
  const held = find(property.attachData);
  // Of a message that is attached the object counts: beside it Outlook writes a sentence for programs that know no objects.
  const isObject = held?.type === objectType || find(property.attachMethod)?.value[0] === 5;
  const bytes = (isObject ? held?.value : null) ?? draft.data ?? held?.value ?? null;
  if (bytes === null) return null;
  const title = textOf(draft.title, false, decode);
  return {
    name: text(property.longName) ?? title ?? text(property.shortName) ?? text(property.displayName),
    type: text(property.mimeType)?.toLowerCase() ?? null,
    contentId: text(property.contentId)?.replace(/^<|>$/g, '') ?? null,
    bytes,
  };
}

function saysSomething({ head, text, html, rtf }: TnefContent): boolean {
  return head.subject !== null || head.members.length > 0 || [text, html, rtf].some((one) => one !== null);
}

/** A message that is attached, as a file of its own; its bytes are made when the words are known (tnef-files.ts). */
function attachedMessage(file: TnefFile, content: TnefContent): TnefFile {
  const name = content.head.subject ?? file.name ?? 'message';
  return { ...file, name, type: 'message/rfc822', content };
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
  isCut: boolean;
};

/** Sorts the attributes of a stream into those of the message and those of each attachment. */
function readAttributes(bytes: Buffer): Attributes {
  const drafts: Draft[] = [];
  const message: Property[] = [];
  const read = { drafts, message, body: null as Buffer | null, codePage: 0, isCut: false };
  const cursor = new Cursor(bytes);
  cursor.slice(6);
  try {
    while (cursor.at + 11 <= bytes.length) {
      cursor.slice(1);
      const id = cursor.u32() & 0xffff;
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
    read.isCut = true;
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
  const { drafts, message, body, codePage, isCut } = readAttributes(bytes);
  const find = (id: number): Property | undefined => message.find((one) => one.id === id);
  const files: TnefFile[] = [];
  let isInDoubt = isCut;
  for (const draft of drafts) {
    const file = fileOf(draft, (raw) => decode(raw, codePage));
    if (!file) {
      isInDoubt = true;
      continue;
    }
    const inner = depth < maximumDepth ? innerStream(file.bytes) : null;
    const content = inner && decodeTnef(inner, decode, depth + 1);
    if (content === null) files.push(file);
    else {
      if (saysSomething(content)) files.push(attachedMessage(file, content));
      files.push(...content.files);
      isInDoubt ||= content.isInDoubt;
    }
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
    isInDoubt: isInDoubt || files.length > maximumFiles,
    head: headOf(message, (raw) => decode(raw, codePage)),
  };
}
