import { constants, inflateRawSync } from 'node:zlib';
import type { BoundedReader, Finding } from './bounded-reader.ts';

/*
 * The central directory of a zip file, for documents of Office and OpenDocument. Format: APPNOTE.TXT 4.3. The end record
 * is searched from the back, so bytes before the archive and a comment behind it change nothing.
 */

/** The end record is 22 bytes, a comment at most 65,535. */
const tailBytes = 66 * 1024;
/** A comment can imitate an end record, and programs differ in which they believe. So several are looked at. */
const mostEndRecords = 8;
const mostEntries = 65_536;
const mostTextBytes = 512 * 1024;

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly at: number;
};
type Directory = { readonly entries: readonly Entry[]; readonly startsAt: number };

/** Whether a zip names macros or embedded objects in its directory; `none` where the file is no zip. */
export async function findInZip(reader: BoundedReader): Promise<Finding> {
  const start = (await reader.piece(0, Math.min(4, reader.sizeBytes)))?.toString('latin1') ?? '';
  const isZip = start === 'PK\x03\x04' || start === 'PK\x05\x06';
  const lengthBytes = Math.min(tailBytes, reader.sizeBytes);
  const tailAt = reader.sizeBytes - lengthBytes;
  const tail = await reader.piece(tailAt, lengthBytes);
  let wasRead = false;
  let tried = 0;
  for (
    let at = tail?.lastIndexOf('PK\x05\x06', undefined, 'latin1') ?? -1;
    tail !== null && at >= 0 && tried < mostEndRecords;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    tried += 1;
    const directory = await readDirectory(reader, tail.subarray(at), tailAt + at);
    if (directory === null) continue;
    wasRead = true;
    const finding = await judgeEntries(reader, directory);
    if (finding !== 'none') return finding;
  }
  return isZip && (!wasRead || tried === mostEndRecords) ? 'unclear' : 'none';
}

/** The entries that one end record leads to, or null where it leads nowhere. */
async function readDirectory(reader: BoundedReader, end: Buffer, endAt: number): Promise<Directory | null> {
  if (end.length < 22) return null;
  let sizeBytes = end.readUInt32LE(12);
  let declaredAt = end.readUInt32LE(16);
  let behindAt = endAt;
  const locator = await reader.piece(endAt - 20, 20);
  if (locator?.toString('latin1', 0, 4) === 'PK\x06\x07') {
    const record = await largeEndRecord(reader, endAt);
    if (record === null) return null;
    ({ sizeBytes, declaredAt, behindAt } = record);
  }
  // The directory ends where the end record begins. What its place differs by is the length of the bytes before.
  const places = [behindAt - sizeBytes, declaredAt];
  for (const place of places) {
    const bytes = await reader.piece(place, sizeBytes);
    if (bytes === null) continue;
    const entries = parseEntries(bytes);
    if (entries !== null) return { entries, startsAt: place - declaredAt };
  }
  return null;
}

/** The zip64 end record stands before its locator, 56 bytes long where nothing is added to it. */
async function largeEndRecord(
  reader: BoundedReader,
  endAt: number,
): Promise<{ sizeBytes: number; declaredAt: number; behindAt: number } | null> {
  const behindAt = endAt - 76;
  const record = await reader.piece(behindAt, 56);
  if (record?.toString('latin1', 0, 4) !== 'PK\x06\x06') return null;
  return {
    sizeBytes: Number(record.readBigUInt64LE(40)),
    declaredAt: Number(record.readBigUInt64LE(48)),
    behindAt,
  };
}

function parseEntries(bytes: Buffer): Entry[] | null {
  const entries: Entry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && entries.length < mostEntries) {
    if (bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') break;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes
      .toString('latin1', at + 46, at + 46 + nameBytes)
      .replace(/\\/g, '/')
      .toLowerCase();
    const method = bytes.readUInt16LE(at + 10);
    entries.push({ name, method, packedBytes: bytes.readUInt32LE(at + 20), at: bytes.readUInt32LE(at + 42) });
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.length === 0 && bytes.length > 0 ? null : entries;
}

const macroPart = /(?:^|\/)(?:vbaproject\.bin|vbadata\.xml|vbaprojectsignature[^/]*\.bin)$/;
const embeddedObject = /(?:^|\/)(?:oleobject[^/]*\.bin|embeddings\/[^/]+)$/;
/** Documents of the newer formats inside of a document, such as the numbers of a chart, are no OLE objects. */
const embeddedDocument = /\.(?:docx|xlsx|pptx|sldx)$/;
const scriptFolder = /^(?:basic|scripts)\/./;
/** The two lists that give parts their kinds, whatever a part is called. */
const partLists = new Map([
  ['[content_types].xml', /vnd\.ms-office\.vba|macroenabled/i],
  ['meta-inf/manifest.xml', /full-path\s*=\s*["'](?:basic|scripts)\//i],
]);

async function judgeEntries(reader: BoundedReader, { entries, startsAt }: Directory): Promise<Finding> {
  const names = new Set(entries.map((entry) => entry.name));
  // A plain archive may well hold a folder of scripts. Only in a document they run.
  const isDocument = [...partLists.keys()].some((name) => names.has(name)) || names.has('content.xml');
  if (entries.some(({ name }) => macroPart.test(name))) return 'program';
  if (!isDocument) return 'none';
  const runs = (name: string) =>
    scriptFolder.test(name) || (embeddedObject.test(name) && !embeddedDocument.test(name));
  if (entries.some(({ name }) => runs(name))) return 'program';
  for (const entry of entries.filter(({ name }) => partLists.has(name)).slice(0, 4)) {
    const text = await textOf(reader, entry, startsAt);
    if (text === null) return 'unclear';
    if (partLists.get(entry.name)?.test(text) === true) return 'program';
  }
  return entries.length >= mostEntries ? 'unclear' : 'none';
}

/** The unpacked bytes of an entry, or null where they are damaged or too many. */
async function textOf(reader: BoundedReader, entry: Entry, startsAt: number): Promise<string | null> {
  const at = startsAt + entry.at;
  const head = await reader.piece(at, 30);
  if (head?.toString('latin1', 0, 4) !== 'PK\x03\x04') return null;
  const bodyAt = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (entry.packedBytes > mostTextBytes) return null;
  const packed = await reader.piece(bodyAt, entry.packedBytes);
  if (packed === null) return null;
  if (entry.method === 0) return plainText(packed);
  if (entry.method !== 8) return null;
  try {
    const options = { maxOutputLength: mostTextBytes, finishFlush: constants.Z_SYNC_FLUSH };
    return plainText(inflateRawSync(packed, options));
  } catch {
    // Damaged or too long: the caller calls the file unclear.
    return null;
  }
}

/** XML may also be written in UTF-16; without the zero bytes its Latin letters read the same. */
function plainText(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '');
}
