import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Ledger, LedgerEntry } from '../../store/ledger/ledger.ts';
import type { Store } from '../../store/store.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';
import type { PlannedDeletion } from './planned-deletion.ts';
import type { SizeMemory } from './size-memory.ts';
import { byDate, mostProofs, type ProofAllowance, verifyCopies } from './verify-copies.ts';

/*
 * The proof that what is to leave the server is what is here. An id alone is none: it may stand for another message
 * by now, whatever the server promises.
 * - What this session fetched is here; where its bytes were here already, they are read once more from the disk.
 * - Else the size listed now must be the one that was listed then, on a server whose sizes mean something.
 * - Where sizes mean nothing, or what is known is second-hand, the headers by TOP must be those of the copy.
 * - Where that cannot be asked, or does not agree, the message is fetched once more, and the bytes decide.
 */

/** What deletions are proved with. */
export type ProofTools = {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly session: Pop3Session;
  readonly sizes: SizeMemory;
  readonly listed: readonly IdentifiedMessage[];
  /** Ledger keys of the listing whose ids mean little. */
  readonly untrusted: ReadonlySet<LedgerKey>;
  /** Ledger keys whose headers on the server were found to be those of the copy, in this session. */
  readonly verified: ReadonlySet<LedgerKey>;
  /** Whether an id has another size than before, and it is not known yet whether all ids have begun anew. */
  readonly areIdsDoubted: boolean;
  /** Ledger keys that the server said it had deleted before. They are not fetched only to be deleted once more. */
  readonly kept: ReadonlySet<LedgerKey>;
  /** How many headers may still be asked for. */
  readonly allowance: ProofAllowance;
  /** Ledger keys that this session has stored, whole and without doubt, and those of them that are new here. */
  readonly wholeKeys: ReadonlySet<LedgerKey>;
  readonly newKeys: ReadonlySet<LedgerKey>;
  /** Fetches messages once more; those that come whole are then among `wholeKeys`. */
  fetchAgain(messages: readonly IdentifiedMessage[]): Promise<void>;
};

type Candidate = { readonly deletion: PlannedDeletion; readonly entry: LedgerEntry };
type Held = Candidate & { readonly messageId: MessageId };

/** Those deletions that are proved. What a person or a rule chose needs none. Throws the session's or the store's error. */
export async function proveDeletions(
  tools: ProofTools,
  deletions: readonly PlannedDeletion[],
): Promise<PlannedDeletion[]> {
  const proved = new Set<PlannedDeletion>();
  const toAsk: Held[] = [];
  const toFetch: Held[] = [];
  const strangers: LedgerKey[] = [];
  for (const deletion of deletions) {
    const entry = isChosen(deletion) ? null : tools.ledger.entry(deletion.key);
    if (entry === null) {
      if (isChosen(deletion)) proved.add(deletion);
      continue;
    }
    const { messageId } = entry;
    const verdict = judge(tools, { deletion, entry });
    if (verdict === 'proved') proved.add(deletion);
    else if (messageId === null) {
      if (verdict === 'fetch') strangers.push(deletion.key);
    } else if (verdict === 'read') {
      if ((await tools.store.messages.read(messageId)).ok) proved.add(deletion);
    } else (verdict === 'ask' ? toAsk : toFetch).push({ deletion, entry, messageId });
  }
  // Deleted here, and another message by now: it is to be fetched like any that is new.
  if (strangers.length > 0) await tools.ledger.takeForOthers(strangers);
  toAsk.sort((one, other) => byDate(one.entry, other.entry));
  const { unproved, others } = await askHeaders(tools, tools.allowance.take(toAsk), proved);
  toFetch.push(...unproved);
  await fetchAgain(tools, toFetch.slice(0, mostProofs), proved);
  // Said to be another message, and not fetched: it waits its turn like any that is new.
  const unfetched = [...others].filter((key) => !tools.wholeKeys.has(key));
  if (unfetched.length > 0) await tools.ledger.takeForOthers(unfetched);
  if ([...proved].some(({ key }) => others.has(key))) {
    tools.sizes.noteWrongTop();
    await tools.sizes.keep();
  }
  return deletions.filter((deletion) => proved.has(deletion));
}

const isChosen = ({ ground }: PlannedDeletion): boolean =>
  ground.kind === 'chosen' || ground.kind === 'by-rule';

type Verdict = 'proved' | 'read' | 'ask' | 'fetch';

function judge(tools: ProofTools, { deletion, entry }: Candidate): Verdict {
  const { key, sizeBytes } = deletion;
  if (tools.wholeKeys.has(key)) return tools.newKeys.has(key) ? 'proved' : 'read';
  const { listedBytes, messageId, isChosen } = entry;
  if (messageId === null)
    return !tools.untrusted.has(key) && isWishFor(entry, sizeBytes) ? 'proved' : 'fetch';
  // A person who deletes a copy in doubt, or a beginning, has perhaps not seen all of it: the whole comes first.
  if (!isChosen && (entry.isDoubtful || entry.isPartial)) return 'fetch';
  if (tools.verified.has(key)) return 'proved';
  if (listedBytes === null) return 'ask';
  if (Math.abs(listedBytes - sizeBytes) > tools.sizes.driftBytes) return 'fetch';
  if (tools.areIdsDoubted || tools.untrusted.has(key)) return 'ask';
  return listedBytes === sizeBytes && tools.sizes.kind !== 'unknown' ? 'proved' : 'ask';
}

/**
 * Whether a person's wish means this message, of which no copy is here. The wish is bound to the id and the size that
 * were seen. One that came from deleting the copy here stands only where that copy was whole.
 */
function isWishFor(
  { sizeBytes, listedBytes, storedSteadyMs, isChosen }: LedgerEntry,
  nowBytes: number,
): boolean {
  const thenBytes = listedBytes ?? sizeBytes;
  return (isChosen || storedSteadyMs !== null) && thenBytes === nowBytes;
}

/** Compares the headers on the server with those of the copies; answers those that do not agree or cannot be had, and
 * the keys of those that do not agree. */
async function askHeaders(
  tools: ProofTools,
  asked: readonly Held[],
  proved: Set<PlannedDeletion>,
): Promise<{ readonly unproved: readonly Held[]; readonly others: ReadonlySet<LedgerKey> }> {
  const { agreed, others, hasTop } = await verifyCopies(
    tools,
    asked.map(({ deletion, messageId }) => ({ ...deletion, messageId })),
  );
  for (const { deletion } of asked) if (agreed.has(deletion.key)) proved.add(deletion);
  // Fetched again, a copy that is alike and not equal would prove nothing either.
  const isOdd = ({ listedBytes, lastListedBytes }: LedgerEntry) =>
    listedBytes === null && lastListedBytes !== null;
  const isFetched = ({ deletion, entry }: Held) => hasTop || !(tools.kept.has(deletion.key) || isOdd(entry));
  const unproved = asked.filter((one) => !proved.has(one.deletion) && isFetched(one));
  return { unproved, others };
}

/** Fetches messages once more. One that turns out to be another stays, and the wish to delete it ends. */
async function fetchAgain(
  tools: ProofTools,
  fetched: readonly Held[],
  proved: Set<PlannedDeletion>,
): Promise<void> {
  if (fetched.length === 0) return;
  const { store, ledger, listed, wholeKeys } = tools;
  const keys = new Set(fetched.map(({ deletion }) => deletion.key));
  await tools.fetchAgain(listed.filter(({ key }) => keys.has(key)));
  const others: LedgerKey[] = [];
  for (const { deletion, messageId } of fetched) {
    const now = ledger.entry(deletion.key)?.messageId ?? null;
    if (now !== messageId) others.push(deletion.key);
    else if (wholeKeys.has(deletion.key) && (await store.messages.read(messageId)).ok) proved.add(deletion);
  }
  await ledger.takeBackDeletion(others);
}
