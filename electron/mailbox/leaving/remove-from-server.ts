import type { Account } from '../../../shared/model.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import type { ProgressCounter } from '../checking/check-progress.ts';
import type { CheckTally } from '../checking/check-tally.ts';
import type { IdentifiedMessage } from '../checking/identify.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import { messagesToRemove } from './retention.ts';

/**
 * A listing that is not believed may stay so for good (an index made anew, most of the mail deleted elsewhere), and a
 * maildrop that is never emptied turns mail away: what has been here this long is removed all the same.
 */
const unbelievedWaitMs = 24 * 60 * 60 * 1000;

type Removal = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly session: Pop3Session;
  readonly listed: readonly IdentifiedMessage[];
  readonly found: Reconciliation;
  readonly tally: CheckTally;
  readonly progress: ProgressCounter;
};

/**
 * Sends DELE for what retention and the person want gone. Everything named here is in the ledger, committed, before
 * the first DELE: `delete-pending` is written down first, so that a session that breaks off is taken up by the next.
 */
export async function removeFromServer(removal: Removal): Promise<void> {
  const { tools, account, session, listed, found, tally, progress } = removal;
  const ledger = tools.store.ledger(account.id);
  if (account.retention.kind !== 'keep') {
    const now = tools.store.steadyNow();
    const waitMs = found.suspicion === 'none' ? 0 : unbelievedWaitMs;
    const entries = new Map(ledger.entries().map((entry) => [entry.key, entry]));
    const known = listed.map(({ key, sizeBytes, isLasting }) => {
      const entry = entries.get(key);
      const isSame = isLasting || tally.wholeKeys.has(key);
      const isStored = isSame && entry?.state === 'stored' && !entry.isDamaged;
      const storedAtMs = isStored ? entry.storedSteadyMs : null;
      return {
        key,
        sizeBytes,
        storedAtMs: storedAtMs !== null && now - storedAtMs >= waitMs ? storedAtMs : null,
        isDoubtful: entry?.isDoubtful ?? true,
      };
    });
    await ledger.markDeletePending(messagesToRemove(known, account.retention, now));
  }
  // A copy that came to be damaged since is none to delete the original for; it was asked for again before this.
  const pending = new Set(
    ledger.inState('delete-pending').flatMap(({ key, isDamaged }) => (isDamaged ? [] : [key])),
  );
  if (pending.size === 0) return;
  const doomed = listed.filter((message) => pending.has(message.key));
  if (doomed.length === 0) return;
  progress.enter('deleting', { count: doomed.length, bytes: 0 });
  const keys = new Map(doomed.map(({ number, key }) => [number, key]));
  const { sent, refused } = await session.delete([...keys.keys()]);
  tally.sentKeys = sent.flatMap((number) => keys.get(number) ?? []);
  const [first] = refused;
  if (first !== undefined) tally.trouble ??= first.failure;
}
