import type { AccountId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import type { ServerRowState } from '../../../shared/server-view.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { LedgerState } from '../../store/ledger/ledger-states.ts';
import type { Store } from '../../store/store.ts';
import { SizeMemory } from '../leaving/size-memory.ts';
import { hashPrefix, identify } from '../maildrop/identify.ts';
import type { NewRow } from './server-rows.ts';

/**
 * What is on the server, each message beside what is known of it here. The ledger learns of the listing too, but nothing
 * that is missing from it counts as gone. Throws what the session and the store throw.
 */
export async function listServerRows(
  store: Store,
  accountId: AccountId,
  session: Pop3Session,
): Promise<NewRow[]> {
  const ledger = store.ledger(accountId);
  const listed = await identify(session, () => ledger.listedIds(hashPrefix));
  const found = (await ledger.reconcile(listed, { isComplete: false, ...new SizeMemory(ledger).facts }))
    .value;
  const entries = ledger.entries();
  const held = new Map(entries.map((entry) => [entry.key, entry.messageId]));
  const elsewhere = new Set(entries.flatMap(({ key, isElsewhere }) => (isElsewhere ? [key] : [])));
  const damaged = new Set(found.damaged);
  // All stored copies at once: asked for one by one, 100,000 of them would take half a minute.
  const ids = listed.flatMap((message) => held.get(message.key) ?? []);
  const summaries = new Map(store.messages.summaries(ids).map((summary) => [summary.id, summary]));
  return listed.map((message, index) => {
    // Do not rely on a copy that cannot be read, or of which only the number and the size agree.
    const isHeld = message.isLasting && !damaged.has(index);
    const messageId = isHeld ? (held.get(message.key) ?? null) : null;
    const summary = messageId === null ? null : (summaries.get(messageId) ?? null);
    const known = found.states[index];
    const state =
      messageId === null ? absentState(known, elsewhere.has(message.key)) : heldState(summary, known);
    return { ...message, messageId, headers: summary, state };
  });
}

/** New is what the next check would fetch, however often it has been seen. */
function absentState(known: LedgerState | undefined, isElsewhere: boolean): ServerRowState {
  if (known === 'seen') return 'new';
  return isElsewhere ? 'known-elsewhere' : 'only-on-server';
}

function heldState(summary: MessageSummary | null, known: LedgerState | undefined): ServerRowState {
  return known === 'partial' || summary?.isPartial === true ? 'partial' : 'stored';
}
