import { asLedgerKey, type LedgerKey } from '../../../shared/ledger-key.ts';
/*
 * One record of a segment: a pax extended header, a ustar header and the data (POSIX.1-2001, pax interchange format).
 *
 * What the index would need to be rebuilt stands in the pax header under `SCHILY.xattr.user.poppy.*`: the one vendor
 * namespace that GNU tar, bsdtar and libarchive all take for extended attributes and so read without a warning.
 * The length of a header depends only on what is known before the first byte of a message: hash and flags have a
 * fixed width, so that they can be filled in when the message has come to its end.
 */

/** Tar works in blocks of this many bytes. */
export const blockBytes = 512;

/** What a record is: a message, or a note of ledger facts that belong to no message of their own. */
export type RecordKind = 'message' | 'ledger-note';

/** What stands in the header of a record. */
export type RecordFacts = {
  readonly kind: RecordKind;
  readonly accountId: string;
  /** `uidl#k`; empty for a message that came from no server. */
  readonly ledgerKey: LedgerKey;
  /** Lower-case hexadecimal, 64 digits. */
  readonly sha256: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  /** Size of the whole message on the server. It matters where the record is partial. */
  readonly announcedBytes: number;
  /** What LIST said of it when it was fetched, bytes; null where it came from elsewhere or from an older version. */
  readonly listedBytes: number | null;
  /** Bytes of data in this record. */
  readonly lengthBytes: number;
};

/** How a ledger note calls itself in a segment: the word is older than the name. */
const noteWord = 'journal';

const prefix = 'SCHILY.xattr.user.poppy.';
const noHash = '0'.repeat(64);

/** Bytes of a pax record, whose length counts its own digits. POSIX.1-2001, "pax Extended Header". */
function paxRecordBytes(key: string, valueBytes: number): number {
  const rest = prefix.length + key.length + valueBytes + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length = rest + String(length).length;
  return length;
}

function paxRecord(key: string, value: string, valueBytes = value.length): string {
  return `${paxRecordBytes(key, valueBytes)} ${prefix}${key}=${value}\n`;
}

/** Digits of a time: as many as the last millisecond a Date can tell has. */
const timeDigits = 15;

function paxBody(facts: RecordFacts): string {
  const flags = `${facts.isPartial ? 'p' : '-'}${facts.isDoubtful ? 'd' : '-'}`;
  return (
    (facts.kind === 'ledger-note' ? paxRecord('kind', noteWord) : '') +
    paxRecord('account', facts.accountId) +
    paxRecord('key', facts.ledgerKey, Buffer.byteLength(facts.ledgerKey)) +
    paxRecord('sha256', facts.sha256) +
    paxRecord('received', String(facts.receivedAt).padStart(timeDigits, '0')) +
    paxRecord('flags', flags) +
    (facts.isPartial ? paxRecord('announced', String(facts.announcedBytes)) : '') +
    (facts.listedBytes === null ? '' : paxRecord('listed', String(facts.listedBytes)))
  );
}

/** What every body has in common. */
const fixedPaxBytes =
  paxRecordBytes('sha256', noHash.length) +
  paxRecordBytes('received', timeDigits) +
  paxRecordBytes('flags', 2);

type HeaderFacts = Pick<
  RecordFacts,
  'kind' | 'accountId' | 'ledgerKey' | 'isPartial' | 'announcedBytes' | 'listedBytes'
>;

/** Bytes of what `paxBody` makes, without making it: it is asked for each message before its first byte. */
function paxBodyBytes(facts: HeaderFacts): number {
  return (
    fixedPaxBytes +
    (facts.kind === 'ledger-note' ? paxRecordBytes('kind', noteWord.length) : 0) +
    paxRecordBytes('account', facts.accountId.length) +
    paxRecordBytes('key', Buffer.byteLength(facts.ledgerKey)) +
    (facts.isPartial ? paxRecordBytes('announced', String(facts.announcedBytes).length) : 0) +
    (facts.listedBytes === null ? 0 : paxRecordBytes('listed', String(facts.listedBytes).length))
  );
}

function padded(lengthBytes: number): number {
  return Math.ceil(lengthBytes / blockBytes) * blockBytes;
}

/** Bytes from the start of a record to its data. Does not depend on hash, `doubtful` or length. */
export function headerBytes(facts: HeaderFacts): number {
  return 2 * blockBytes + padded(paxBodyBytes(facts));
}

/** Bytes after the data that fill its last block. */
export function paddingBytes(lengthBytes: number): number {
  return padded(lengthBytes) - lengthBytes;
}

let namedSecond = Number.NaN;
let secondName = '';

/** Many messages come within one second; its name is made once. */
function timeName(seconds: number): string {
  if (seconds !== namedSecond) {
    secondName = new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
    namedSecond = seconds;
  }
  return secondName;
}

/** Name of the record's file: when it was received (UTC) and the first digits of its hash. */
export function recordName(facts: Pick<RecordFacts, 'kind' | 'receivedAt' | 'sha256'>): string {
  return `${timeName(Math.floor(facts.receivedAt / 1000))}-${facts.sha256.slice(0, 12)}.${facts.kind === 'ledger-note' ? `${noteWord}.json` : 'eml'}`;
}

function ustarTemplate(): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write('0000600\0', 100, 'latin1');
  block.write('0000000\0', 108, 'latin1');
  block.write('0000000\0', 116, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write('0000000\0', 329, 'latin1');
  block.write('0000000\0', 337, 'latin1');
  return block;
}
const template = ustarTemplate();

/** Name, size, time and type: the fields of a header that are not as in the template. The checksum counts as spaces. */
const variableFields = [
  [0, 100],
  [124, 148],
  [156, 157],
] as const;
const templateSum = template.reduce((sum, byte) => sum + byte, 8 * 0x20);

function writeUstar(
  target: Buffer,
  at: number,
  name: string,
  sizeBytes: number,
  timeSeconds: number,
  type: 'x' | '0',
): void {
  template.copy(target, at);
  target.write(name, at, 100, 'latin1');
  writeOctal(target, at + 124, 11, sizeBytes);
  writeOctal(target, at + 136, 11, timeSeconds);
  target.write(type, at + 156, 1, 'latin1');
  let sum = templateSum;
  for (const [from, to] of variableFields) for (let i = at + from; i < at + to; i++) sum += target[i] ?? 0;
  writeOctal(target, at + 148, 6, sum);
  target[at + 154] = 0;
  target[at + 155] = 0x20;
}

function writeOctal(target: Buffer, at: number, digits: number, value: number): void {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    target[i] = 0x30 + (rest % 8);
    rest = Math.floor(rest / 8);
  }
}

let scratch = Buffer.alloc(4 * blockBytes);

/** Zeros in a buffer that is used again for the next header. */
function emptyHeader(lengthBytes: number): Buffer {
  if (scratch.length < lengthBytes) scratch = Buffer.alloc(lengthBytes);
  return scratch.subarray(0, lengthBytes).fill(0);
}

/** The whole header of a record. The buffer is good until the next call. */
export function encodeHeader(facts: RecordFacts): Buffer {
  const body = paxBody(facts);
  const bodyBytes = paxBodyBytes(facts);
  const header = emptyHeader(2 * blockBytes + padded(bodyBytes));
  const seconds = Math.max(0, Math.floor(facts.receivedAt / 1000));
  const name = recordName(facts);
  writeUstar(header, 0, `PaxHeaders/${name}`, bodyBytes, seconds, 'x');
  header.write(body, blockBytes, bodyBytes, 'utf8');
  writeUstar(header, header.length - blockBytes, name, facts.lengthBytes, seconds, '0');
  return header;
}

/** A header read back. */
export type DecodedHeader = { readonly facts: RecordFacts; readonly headerBytes: number };

type Ustar = { readonly type: string; readonly sizeBytes: number };

function readUstar(block: Uint8Array): Ustar | null {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (bytes.length < blockBytes || bytes.toString('latin1', 257, 262) !== 'ustar') return null;
  let sum = 0;
  for (let i = 0; i < blockBytes; i++) sum += i >= 148 && i < 156 ? 32 : (bytes[i] ?? 0);
  if (Number.parseInt(bytes.toString('latin1', 148, 154), 8) !== sum) return null;
  const sizeBytes = Number.parseInt(bytes.toString('latin1', 124, 135), 8);
  if (!Number.isSafeInteger(sizeBytes)) return null;
  return { type: bytes.toString('latin1', 156, 157), sizeBytes };
}

function readPax(body: Buffer): Map<string, string> | null {
  const found = new Map<string, string>();
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    if (space < 0 || space - at > 6) return null;
    const length = Number(body.toString('latin1', at, space));
    if (!Number.isSafeInteger(length) || length < 5 || at + length > body.length) return null;
    const text = body.toString('utf8', space + 1, at + length - 1);
    const equals = text.indexOf('=');
    found.set(text.slice(0, equals), text.slice(equals + 1));
    at += length;
  }
  return found;
}

function numberIn(text: string | undefined): number | null {
  const number = Number(text ?? 'none');
  return Number.isSafeInteger(number) ? number : null;
}

function factsOf(pax: Map<string, string>, lengthBytes: number): RecordFacts | null {
  const value = (key: string) => pax.get(prefix + key);
  const sha256 = value('sha256') ?? '';
  const flags = value('flags') ?? '';
  const receivedAt = Number(value('received') ?? 'none');
  if (!/^[0-9a-f]{64}$/.test(sha256) || flags.length !== 2 || !Number.isSafeInteger(receivedAt)) return null;
  return {
    kind: value('kind') === noteWord ? 'ledger-note' : 'message',
    accountId: value('account') ?? '',
    ledgerKey: asLedgerKey(value('key') ?? ''),
    sha256,
    receivedAt,
    isPartial: flags[0] === 'p',
    isDoubtful: flags[1] === 'd',
    announcedBytes: Number(value('announced') ?? lengthBytes),
    listedBytes: numberIn(value('listed')),
    lengthBytes,
  };
}

/** Longest header we write: a key of some kilobytes at most. Guards a reader against a nonsense length. */
export const longestHeaderBytes = 64 * 1024;

/** How many bytes the header at the start of `bytes` has; null when there is none. */
export function headerLengthAt(bytes: Uint8Array): number | null {
  const first = readUstar(bytes);
  if (first === null || first.type !== 'x') return null;
  const length = 2 * blockBytes + padded(first.sizeBytes);
  return length > longestHeaderBytes ? null : length;
}

/** Reads the header at the start of `bytes`; null when it is not a whole header of ours. */
export function decodeHeader(bytes: Uint8Array): DecodedHeader | null {
  const length = headerLengthAt(bytes);
  if (length === null || bytes.length < length) return null;
  const paxBytes = readUstar(bytes)?.sizeBytes ?? 0;
  const second = readUstar(bytes.subarray(length - blockBytes, length));
  if (second === null || second.type !== '0') return null;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + blockBytes, paxBytes);
  const pax = readPax(body);
  const facts = pax === null ? null : factsOf(pax, second.sizeBytes);
  return facts === null || facts.sha256 === noHash ? null : { facts, headerBytes: length };
}

/** Two blocks of zeros: how a sealed or cleanly closed tar ends. */
export const trailerBytes = 2 * blockBytes;
