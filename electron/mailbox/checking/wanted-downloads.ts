import type { Account } from '../../../shared/account.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';

/** A message to fetch, whole or only its beginning. */
export type Download = IdentifiedMessage & { readonly isPartial: boolean };

/**
 * All messages that are not surely held here, newest first. They are new, back, cut off, damaged or doubtful, are
 * listed with another size, or have no lasting identity. `others` are keys whose messages are not the ones from before.
 */
export function wantedDownloads(
  account: Account,
  listed: readonly IdentifiedMessage[],
  { states, damaged, doubtful, resized }: Reconciliation,
  others: ReadonlySet<LedgerKey>,
): Download[] {
  // What is to be deleted there is looked at before it is, and comes only where it is another message.
  const isStaying = (index: number) => states[index] === 'stored' || states[index] === 'partial';
  const isDamagedOrResized = new Set([...damaged, ...resized]);
  const again = new Set([...damaged, ...doubtful, ...resized.filter(isStaying)]);
  const wanted: Download[] = [];
  for (let index = listed.length - 1; index >= 0; index -= 1) {
    const message = listed[index];
    if (message === undefined) continue;
    const isWanted = states[index] === 'seen' || again.has(index) || others.has(message.key);
    if (message.isLasting && !isWanted) continue;
    const isPartial = account.partialAboveBytes > 0 && message.sizeBytes > account.partialAboveBytes;
    // The beginning of a message that is here whole, though in doubt, says nothing of its end.
    const isHeld = states[index] === 'stored' && !isDamagedOrResized.has(index) && !others.has(message.key);
    if (isPartial && isHeld) continue;
    wanted.push({ ...message, isPartial });
  }
  return wanted;
}
