import { createHash } from 'node:crypto';
import { type LedgerKey, ledgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';
import type { RetrievalSink } from '../../pop3/maildrop/retrieval-sink.ts';
import type { Pop3Session } from '../../pop3/session.ts';

/** One message of the open session with what it is known by beyond it. */
export type IdentifiedMessage = ListedMessage & {
  /** Message number; lives and dies with the session. */
  readonly number: number;
  /** `uidl#occurrence`, as the ledger knows it. */
  readonly key: LedgerKey;
  /** Whether the identity outlives the session. A number and a size may mean another message the next time. */
  readonly isLasting: boolean;
};

/**
 * The listing with a lasting identity for each message: its UIDL, else a hash of its headers (TOP n 0) and size. Where
 * the server has neither, the number and size of this session stand in. Such a message is fetched each time, and equal
 * bytes are linked. What an earlier session said of that number is not believed.
 */
export async function identify(session: Pop3Session): Promise<IdentifiedMessage[]> {
  const entries = await session.listing();
  const nameless = entries.filter((entry) => entry.uidl === null);
  const hashes = nameless.length === 0 ? new Map<number, string>() : await hashHeaders(session, nameless);
  let isAsGiven = true;
  const uidls = entries.map(({ number, sizeBytes, uidl }) => {
    if (uidl !== null && isPlain(uidl)) return uidl;
    isAsGiven = false;
    return uidl === null ? `hash:${hashes.get(number) ?? `unknown-${number}`}:${sizeBytes}` : keepable(uidl);
  });
  // The session has counted the server's own ids; what was put in their place has to be counted with them.
  const occurrences = isAsGiven ? null : occurrencesOf(uidls);
  return entries.map((entry, index) => {
    const uidl = uidls[index] ?? '';
    const occurrence = occurrences?.[index] ?? entry.occurrence;
    const isLasting = entry.uidl !== null || hashes.has(entry.number);
    const { number, sizeBytes } = entry;
    return { number, uidl, occurrence, key: ledgerKey(uidl, occurrence), sizeBytes, isLasting };
  });
}

function occurrencesOf(uidls: readonly string[]): number[] {
  const counts = new Map<string, number>();
  return uidls.map((uidl) => {
    const count = (counts.get(uidl) ?? 0) + 1;
    counts.set(uidl, count);
    return count;
  });
}

/** Longest id that is kept as it is; the standard allows 70. RFC 1939 §7. */
const longestKeptId = 150;

/** Whether an id can be kept as it is; nearly all can. */
function isPlain(uidl: string): boolean {
  return uidl.length <= longestKeptId && /^[\x21-\x7e]+$/.test(uidl);
}

/**
 * The id as it can be kept, shown and typed. NUL ends a text for SQLite, and other control characters end a line for a
 * terminal: an id with such characters, or of absurd length, is replaced by its hash, which lasts as long.
 */
function keepable(uidl: string): string {
  if (uidl.length <= longestKeptId && !/[\p{Cc}\p{Zs}]/u.test(uidl)) return uidl;
  return `odd:${createHash('sha256').update(uidl, 'latin1').digest('hex').slice(0, 40)}`;
}

async function hashHeaders(
  session: Pop3Session,
  entries: readonly { readonly number: number }[],
): Promise<Map<number, string>> {
  const hashes = new Map<number, string>();
  let current = createHash('sha256');
  const sink: RetrievalSink = {
    begin: () => {
      current = createHash('sha256');
    },
    chunk: (bytes) => {
      current.update(bytes);
    },
    end: ({ number }) => {
      hashes.set(number, current.digest('hex').slice(0, 40));
    },
    refused: () => undefined, // A message without headers keeps its number as its name for this session.
  };
  await session.topMany(
    entries.map(({ number }) => ({ number, lines: 0 })),
    sink,
  );
  return hashes;
}
