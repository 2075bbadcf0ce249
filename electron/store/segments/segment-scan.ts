import { createHash } from 'node:crypto';
import { readExactly, type SegmentFile } from './segment-file.ts';
import { blockBytes, decodeHeader, headerLengthAt, paddingBytes, type RecordFacts } from './tar-record.ts';

/** A record found in a segment. */
export type FoundRecord = RecordRange & {
  /** Whether the data has the hash that the header says. */
  readonly isSound: boolean;
  /** The first bytes of the data, at most 16 KB; all of it for a note. */
  readonly head: Uint8Array;
};

/** One step through a segment: a record, or a stretch without one. */
export type ScanStep =
  | { readonly kind: 'record'; readonly record: FoundRecord }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number };

const headBytes = 16 * 1024;
const readBytes = 1024 * 1024;

async function readAtMost(file: SegmentFile, position: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let done = 0;
  while (done < count) {
    const got = await file.read(bytes.subarray(done), position + done);
    if (got === 0) break;
    done += got;
  }
  return bytes.subarray(0, done);
}

async function readFacts(
  file: SegmentFile,
  offset: number,
): Promise<{ facts: RecordFacts; headerBytes: number } | null> {
  const first = await readAtMost(file, offset, 4 * blockBytes);
  const length = headerLengthAt(first);
  if (length === null) return null;
  if (length <= first.length) return decodeHeader(first);
  const whole = await readExactly(file, offset, length);
  return whole === null ? null : decodeHeader(whole);
}

/** Where a record lies, from its header alone; its data is neither read nor checked. */
export type RecordRange = {
  readonly facts: RecordFacts;
  readonly recordOffset: number;
  readonly dataOffset: number;
  readonly endOffset: number;
};

/** Reads the header at `offset`; null when none is there, or the record is cut short. */
export async function readRange(
  file: SegmentFile,
  offset: number,
  fileBytes: number,
): Promise<RecordRange | null> {
  const header = await readFacts(file, offset);
  if (header === null) return null;
  const { facts } = header;
  const dataOffset = offset + header.headerBytes;
  const endOffset = dataOffset + facts.lengthBytes + paddingBytes(facts.lengthBytes);
  return endOffset > fileBytes ? null : { facts, recordOffset: offset, dataOffset, endOffset };
}

/** Reads the record that begins at `offset`; null when none does, or it is cut short. */
export async function readRecord(
  file: SegmentFile,
  offset: number,
  fileBytes: number,
): Promise<FoundRecord | null> {
  const range = await readRange(file, offset, fileBytes);
  if (range === null) return null;
  const { facts, dataOffset } = range;
  const hash = createHash('sha256');
  const headLength =
    facts.kind === 'ledger-note' ? facts.lengthBytes : Math.min(headBytes, facts.lengthBytes);
  const head = new Uint8Array(headLength);
  for (let done = 0; done < facts.lengthBytes; ) {
    const part = await readExactly(file, dataOffset + done, Math.min(readBytes, facts.lengthBytes - done));
    if (part === null) return null;
    hash.update(part);
    if (done < headLength) head.set(part.subarray(0, headLength - done), done);
    done += part.length;
  }
  const isSound = hash.digest('hex') === facts.sha256;
  return { ...range, isSound, head };
}

/** The next place where a record may begin: a block with a right checksum that announces a pax header. */
async function nextHeader(file: SegmentFile, from: number, fileBytes: number): Promise<number | null> {
  for (let at = from; at < fileBytes; at += readBytes) {
    const part = await readAtMost(file, at, Math.min(readBytes, fileBytes - at));
    for (let inner = 0; inner + blockBytes <= part.length; inner += blockBytes)
      if (headerLengthAt(part.subarray(inner)) !== null) return at + inner;
  }
  return null;
}

/**
 * Reads a segment from `from` to its end: every record, sound or not, and every gap where the headers are damaged,
 * after which reading goes on at the next header. Zeros at the end are no gap: a tar file ends with them.
 */
export async function* scanSegment(
  file: SegmentFile,
  from: number,
  fileBytes: number,
): AsyncGenerator<ScanStep> {
  let at = from;
  while (at < fileBytes) {
    const record = await readRecord(file, at, fileBytes);
    if (record !== null) {
      yield { kind: 'record', record };
      at = record.endOffset;
      continue;
    }
    const next = await nextHeader(file, at + blockBytes, fileBytes);
    const to = next ?? fileBytes;
    if (next !== null || !(await isZero(file, at, fileBytes))) yield { kind: 'gap', from: at, to };
    at = to;
  }
}

async function isZero(file: SegmentFile, from: number, to: number): Promise<boolean> {
  for (let at = from; at < to; at += readBytes) {
    const part = await readAtMost(file, at, Math.min(readBytes, to - at));
    if (part.some((byte) => byte !== 0)) return false;
  }
  return true;
}
