import { createHash } from 'node:crypto';

/*
 * How an entry of a journal lies in its file: a mark, the length of the body, the number of the entry, a checksum of
 * number and body, and the body. The body is the length of a JSON text, the text, and the keys of messages one after
 * another. All numbers are little endian.
 */

/** The beginning of every entry. It is looked for where an entry is damaged. */
const mark = Buffer.from('PJ1\n');
const headBytes = 24;
const sumBytes = 8;

/** How a message is named in a journal: the first bytes of its SHA-256. */
export const keyBytes = 12;

/** Longer ones are never written, so such a length is damage. */
const longestBody = 64 * 1024 * 1024;

/** An entry as it is written. `change` becomes JSON; `at` is milliseconds since the epoch. */
export type NewEntry = {
  readonly number: number;
  readonly at: number;
  readonly change: object;
  readonly keys: Uint8Array;
};

/** An entry as it was found in a file. Its checksum is right; its contents have not been looked at. */
export type FoundEntry = { readonly number: number; readonly body: Buffer };

/** What is in the bytes of a journal. */
export type FoundEntries = {
  readonly entries: readonly FoundEntry[];
  /** Where the last whole entry ends. Bytes. */
  readonly end: number;
  /** Damage lies between whole entries. */
  readonly hasGap: boolean;
  /** Length of the entries that have the number of the first one: those of the snapshot. Bytes. */
  readonly firstBytes: number;
};

function checksum(number: Uint8Array, body: Uint8Array): Buffer {
  return createHash('sha256').update(number).update(body).digest().subarray(0, sumBytes);
}

/** The bytes of an entry. */
export function encodeEntry({ number, at, change, keys }: NewEntry): Buffer {
  const text = Buffer.from(JSON.stringify({ at, ...change }));
  const body = Buffer.alloc(4 + text.length + keys.length);
  body.writeUInt32LE(text.length, 0);
  body.set(text, 4);
  body.set(keys, 4 + text.length);
  const head = Buffer.alloc(headBytes);
  head.set(mark, 0);
  head.writeUInt32LE(body.length, 4);
  head.writeDoubleLE(number, 8);
  head.set(checksum(head.subarray(8, 16), body), 16);
  return Buffer.concat([head, body]);
}

function entryAt(bytes: Buffer, at: number): { readonly entry: FoundEntry; readonly end: number } | null {
  if (at + headBytes > bytes.length || !bytes.subarray(at, at + mark.length).equals(mark)) return null;
  const length = bytes.readUInt32LE(at + 4);
  const end = at + headBytes + length;
  if (length > longestBody || end > bytes.length) return null;
  const body = bytes.subarray(at + headBytes, end);
  const sum = bytes.subarray(at + 16, at + headBytes);
  if (!checksum(bytes.subarray(at + 8, at + 16), body).equals(sum)) return null;
  return { entry: { number: bytes.readDoubleLE(at + 8), body }, end };
}

/** Finds the whole entries in the bytes of a journal, also behind damaged ones. */
export function findEntries(bytes: Buffer): FoundEntries {
  const entries: FoundEntry[] = [];
  let end = 0;
  let hasGap = false;
  let firstBytes = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = entryAt(bytes, at);
    if (found === null) {
      const next = bytes.indexOf(mark, at + 1);
      if (next < 0) break;
      at = next;
      continue;
    }
    hasGap ||= at > end;
    entries.push(found.entry);
    at = found.end;
    end = found.end;
    if (found.entry.number === entries[0]?.number) firstBytes = end;
  }
  return { entries, end, hasGap, firstBytes };
}

/** The change that an entry holds, unchecked, and the keys of its messages in lower-case hexadecimal. */
export function readEntry({ body }: FoundEntry): {
  readonly change: unknown;
  readonly keys: readonly string[];
} {
  const length = body.readUInt32LE(0);
  const keys = body.subarray(4 + length).toString('hex');
  return {
    change: JSON.parse(body.toString('utf8', 4, 4 + length)),
    keys: keys.match(new RegExp(`.{${keyBytes * 2}}`, 'g')) ?? [],
  };
}
