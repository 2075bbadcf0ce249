import { createHash } from 'node:crypto';
import { type LedgerKey, ledgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';
import type { MaildropEntry } from '../../pop3/maildrop/maildrop-table.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { withoutOwnLines } from './essence.ts';
import { fetchHeaders } from './fetch-headers.ts';

/** One message of the open session, with an identity for later sessions. */
export type IdentifiedMessage = ListedMessage & {
  /** Message number. It is valid only in this session. */
  readonly number: number;
  /** `uidl#occurrence`, as the ledger knows it. */
  readonly key: LedgerKey;
  /** Whether the identity outlives the session. A number with a size may mean another message the next time. */
  readonly isLasting: boolean;
  /**
   * Whether the id means this message alone. Message numbers and shared ids pass to other messages when a message
   * leaves.
   */
  readonly isTrusted: boolean;
};

/**
 * The listing with a lasting identity for each message: its UIDL, else a hash of its headers (TOP n 0) and size. Where
 * the server has neither, the number and size in this session are used. Such a message is fetched each time, and equal
 * bytes are linked. Facts that an earlier session noted under that number are not believed.
 */
export async function identify(session: Pop3Session, known?: KnownHashes): Promise<IdentifiedMessage[]> {
  const entries = await session.listing();
  const nameless = entries.filter((entry) => entry.uidl === null);
  const hashes =
    nameless.length === 0 ? new Map<number, HashedHeaders>() : await hashHeaders(session, nameless);
  const nameOf = hashes.size === 0 ? hashName : namesBefore(hashes, entries, known?.() ?? []);
  let isAsGiven = true;
  const uidls = entries.map(({ number, sizeBytes, uidl }) => {
    if (uidl !== null && isPlain(uidl)) return uidl;
    isAsGiven = false;
    if (uidl !== null) return keepable(uidl);
    const { hash, ownBytes } = hashes.get(number) ?? { hash: `unknown-${number}`, ownBytes: 0 };
    return nameOf(hash, sizeBytes - ownBytes);
  });
  // The session has counted the server's own ids. Ids that replace them have to be counted with them.
  const doubted = untrusted(entries);
  const occurrences = isAsGiven ? null : occurrencesOf(uidls);
  return entries.map((entry, index) => {
    const uidl = uidls[index] ?? '';
    const occurrence = occurrences?.[index] ?? entry.occurrence;
    const isLasting = entry.uidl !== null || hashes.has(entry.number);
    const isTrusted = !doubted.has(entry.uidl);
    const { number, sizeBytes } = entry;
    return { number, uidl, occurrence, key: ledgerKey(uidl, occurrence), sizeBytes, isLasting, isTrusted };
  });
}

/** Answers the ids with a hash that earlier listings had, if any. It is asked only where the server has no ids. */
type KnownHashes = () => readonly string[];

/** How an id begins that is made of the headers. */
export const hashPrefix = 'hash:';

const hashName = (hash: string, sizeBytes: number): string => `${hashPrefix}${hash}:${sizeBytes}`;

/**
 * Names for hashed messages. Some servers list another size of a message at each time. A message keeps the name that it
 * had before, if at least as many messages with its headers were known as are listed now. The names that were seen last
 * count, and the larger message has the larger size.
 */
function namesBefore(
  hashes: ReadonlyMap<number, HashedHeaders>,
  entries: readonly MaildropEntry[],
  known: readonly string[],
): typeof hashName {
  const listed = new Map<string, string[]>();
  for (const { number, sizeBytes } of entries) {
    const { hash, ownBytes } = hashes.get(number) ?? { hash: '', ownBytes: 0 };
    listed.set(hash, [...(listed.get(hash) ?? []), hashName(hash, sizeBytes - ownBytes)]);
  }
  const before = new Map<string, string[]>();
  for (const name of known) {
    const hash = name.split(':')[1] ?? '';
    before.set(hash, [...(before.get(hash) ?? []), name]);
  }
  const names = new Map<string, string>();
  for (const [hash, now] of listed) {
    const then = (before.get(hash) ?? []).slice(0, now.length).sort(bySize);
    const isComplete = then.length === now.length;
    if (isComplete)
      for (const [index, name] of now.sort(bySize).entries()) names.set(name, then[index] ?? name);
  }
  return (hash, sizeBytes) => {
    const name = hashName(hash, sizeBytes);
    return names.get(name) ?? name;
  };
}

const sizeIn = (name: string): number => Number(name.split(':')[2]);

const bySize = (one: string, other: string): number => sizeIn(one) - sizeIn(other);

/**
 * The ids that prove little. An id may be a message number, or may stand for several messages. Once a message has left,
 * such an id says nothing about another one.
 */
function untrusted(entries: readonly MaildropEntry[]): ReadonlySet<string | null> {
  const areNumbers = entries.every(({ number, uidl }) => uidl === String(number));
  return new Set(entries.flatMap(({ uidl, occurrence }) => (areNumbers || occurrence > 1 ? [uidl] : [])));
}

function occurrencesOf(uidls: readonly string[]): number[] {
  const counts = new Map<string, number>();
  return uidls.map((uidl) => {
    const count = (counts.get(uidl) ?? 0) + 1;
    counts.set(uidl, count);
    return count;
  });
}

/** Longest id that is kept as it is. The standard allows 70. RFC 1939 §7. */
const longestKeptId = 150;

/** Whether an id can be kept as it is. Nearly all can. */
function isPlain(uidl: string): boolean {
  return uidl.length <= longestKeptId && /^[\x21-\x7e]+$/.test(uidl);
}

/**
 * The id in a form that can be kept, shown and typed. NUL ends a text for SQLite, and other control characters end a
 * line for a terminal. An id with such characters, or an absurdly long one, is replaced by its hash. The hash lasts as
 * long.
 */
function keepable(uidl: string): string {
  if (uidl.length <= longestKeptId && !/[\p{Cc}\p{Zs}]/u.test(uidl)) return uidl;
  return `odd:${createHash('sha256').update(uidl, 'latin1').digest('hex').slice(0, 40)}`;
}

/** Hash of headers without the lines that servers write themselves. Those lines are `ownBytes` long. */
type HashedHeaders = { readonly hash: string; readonly ownBytes: number };

async function hashHeaders(
  session: Pop3Session,
  entries: readonly { readonly number: number }[],
): Promise<Map<number, HashedHeaders>> {
  const hashes = new Map<number, HashedHeaders>();
  const numbers = entries.map(({ number }) => number);
  // A message that the server refuses is left out. It keeps its number as its name for this session.
  await fetchHeaders(session, numbers, (number, bytes) => {
    const { headers, ownBytes } = withoutOwnLines(Buffer.from(bytes));
    hashes.set(number, { hash: createHash('sha256').update(headers).digest('hex').slice(0, 40), ownBytes });
  });
  return hashes;
}
