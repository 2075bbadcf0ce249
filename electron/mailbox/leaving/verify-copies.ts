import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Ledger, LedgerEntry } from '../../store/ledger/ledger.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import type { Store } from '../../store/store.ts';
import { headersLikeness } from '../maildrop/essence.ts';
import { fetchHeaders } from '../maildrop/fetch-headers.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';
import type { SizeMemory } from './size-memory.ts';

/** Headers that a check asks for as proof, and messages that it fetches again for it; the others wait. */
export const mostProofs = 200;

/** How many headers one check may still ask for as proof. The others wait for the next check. */
export class ProofAllowance {
  #left = mostProofs;

  /** The first of these, as many as may be asked for; they count as asked. */
  take<Item>(items: readonly Item[]): Item[] {
    const taken = items.slice(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }
}

/** What copies are verified with. */
type VerifyingTools = {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly session: Pop3Session;
  readonly sizes: SizeMemory;
};

/** A listed message and the copy that is thought to be of it. */
type SupposedCopy = Pick<IdentifiedMessage, 'number' | 'key' | 'sizeBytes'> & {
  readonly messageId: MessageId;
};

/** What headers from TOP say of copies. A key is in neither set where the server does not give its headers. */
type Verified = {
  /** Their headers are the copies' own. */
  readonly agreed: ReadonlySet<LedgerKey>;
  /** Their headers are those of other messages. */
  readonly others: ReadonlySet<LedgerKey>;
  /** Whether TOP was of use: it was announced, or answered for one message at least. */
  readonly hasTop: boolean;
};

/** Whether the headers from TOP can be had and mean something on this server. */
function knowsTop(session: Pop3Session, sizes: SizeMemory): boolean {
  return (session.capabilities.top || session.quirks.top !== false) && !sizes.isTopWrong;
}

/** Asks the headers of messages by TOP, and compares them with those of the copies. RFC 1939 §7. */
export async function verifyCopies(
  { store, ledger, session, sizes }: VerifyingTools,
  asked: readonly SupposedCopy[],
): Promise<Verified> {
  if (asked.length === 0 || !knowsTop(session, sizes))
    return { agreed: new Set(), others: new Set(), hasTop: knowsTop(session, sizes) };
  const headers = new Map<number, Uint8Array>();
  await fetchHeaders(
    session,
    asked.map(({ number }) => number),
    (number, bytes) => headers.set(number, bytes),
  );
  const same: SupposedCopy[] = [];
  const moved: SupposedCopy[] = [];
  const others = new Set<LedgerKey>();
  for (const copy of asked) {
    const top = headers.get(copy.number);
    const stored = top === undefined ? null : await store.messages.read(copy.messageId);
    if (top === undefined || stored?.ok !== true) continue;
    const kind = headersLikeness(top, stored.value);
    if (kind === 'same') same.push(copy);
    else if (kind === 'moved') moved.push(copy);
    else others.add(copy.key);
  }
  await ledger.prove(same.map(sized));
  await ledger.spare(moved.map(sized));
  const hasTop = session.capabilities.top || headers.size > 0;
  return { agreed: new Set(same.map(({ key }) => key)), others, hasTop };
}

const sized = ({ key, sizeBytes }: SupposedCopy) => ({ key, listedBytes: sizeBytes });

/** What is known of a listing before anything is fetched. */
type KnownListing = VerifyingTools & {
  readonly allowance: ProofAllowance;
  readonly listed: readonly IdentifiedMessage[];
  readonly found: Pick<Reconciliation, 'states' | 'unproved'>;
};

/**
 * Looks at what is known under ids that prove little by themselves, before anything is fetched. Answers the keys whose
 * headers on the server are still those of the copy, those that are to be fetched, and the copies that were compared.
 */
export async function verifyKnown(tools: KnownListing): Promise<{
  readonly verified: ReadonlySet<LedgerKey>;
  readonly others: ReadonlySet<LedgerKey>;
  readonly disagreed: ReadonlyMap<LedgerKey, MessageId>;
}> {
  const asked = tools.allowance.take(doubtedCopies(tools));
  const { agreed, others: strangers, hasTop } = await verifyCopies(tools, asked);
  const others = new Set(strangers);
  // Without headers the bytes decide. A size that drifts on such a server is no reason to fetch the same again.
  for (const { key, isTrusted, lastListedBytes } of asked)
    if (!agreed.has(key) && (!isTrusted || (lastListedBytes === null && !hasTop))) others.add(key);
  const disagreed = new Map(
    asked.flatMap(({ key, messageId }) => (strangers.has(key) ? [[key, messageId] as const] : [])),
  );
  return { verified: agreed, others, disagreed };
}

type DoubtedCopy = IdentifiedMessage & SupposedCopy & Pick<LedgerEntry, 'lastListedBytes'>;

/** Copies of listed messages whose ids mean little, or whose listed sizes prove nothing. The oldest come first. */
function doubtedCopies({ ledger, listed, found }: KnownListing): DoubtedCopy[] {
  const unproved = new Set(found.unproved);
  const doubted = listed.filter((message, index) => {
    const state = found.states[index];
    return (!message.isTrusted || unproved.has(index)) && (state === 'stored' || state === 'partial');
  });
  const entryOf = entriesOf(ledger, doubted.length);
  return doubted
    .flatMap((message) => {
      const entry = entryOf(message.key);
      const messageId = entry?.messageId ?? null;
      if (entry == null || messageId === null || entry.isDoubtful) return [];
      const { lastListedBytes, dateMs } = entry;
      return [{ ...message, messageId, lastListedBytes, dateMs }];
    })
    .sort(byDate);
}

/** Looks up entries: all are read at once where many are asked for. */
function entriesOf(ledger: Ledger, count: number): (key: LedgerKey) => LedgerEntry | null | undefined {
  if (count <= mostProofs) return (key) => ledger.entry(key);
  const entries = new Map(ledger.entries().map((entry) => [entry.key, entry]));
  return (key) => entries.get(key);
}

type Dated = Pick<LedgerEntry, 'dateMs'>;

/** The order of proofs: the oldest by date first. Message numbers are no age. */
export function byDate(one: Dated, other: Dated): number {
  return (one.dateMs ?? 0) - (other.dateMs ?? 0);
}
