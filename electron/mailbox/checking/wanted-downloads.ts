import type { Account } from '../../../shared/account.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';

/** A message to fetch, whole or only its beginning. */
export type Download = IdentifiedMessage & { readonly isPartial: boolean };

/** Everything not surely held here, newest first: what is new, back, cut off or damaged, or has no lasting identity. */
export function wantedDownloads(
  account: Account,
  listed: readonly IdentifiedMessage[],
  states: readonly string[],
  damaged: ReadonlySet<number>,
): Download[] {
  const wanted: Download[] = [];
  for (let index = listed.length - 1; index >= 0; index -= 1) {
    const message = listed[index];
    if (message === undefined) continue;
    if (message.isLasting && states[index] !== 'seen' && !damaged.has(index)) continue;
    const isPartial = account.partialAboveBytes > 0 && message.sizeBytes > account.partialAboveBytes;
    wanted.push({ ...message, isPartial });
  }
  return wanted;
}
