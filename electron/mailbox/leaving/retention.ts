import { dayMs } from '../../../shared/durations.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import { megabyte } from '../../../shared/sizes.ts';

/** One message of the listing that is known here, as far as retention cares. */
export type RetainedMessage = {
  /** Message number of the session. */
  readonly number: number;
  readonly key: LedgerKey;
  /** When it was sent, else received, else stored; null where no copy is here. Milliseconds since the epoch. */
  readonly dateMs: number | null;
  readonly sizeBytes: number;
  /** When it was stored here in the store's steady time, milliseconds; null when it is not wholly stored. */
  readonly storedAtMs: number | null;
  /** Its framing was in doubt: only a person may delete it on the server. */
  readonly isDoubtful: boolean;
};

/**
 * Which messages the account's policy removes from the server now. `listed` is the server's listing.
 * The newest and the oldest are told by their dates: numbers say nothing of age on many servers. Where no copy tells a
 * date, a message counts as old, and the others stay the longer. Only messages wholly and surely stored here are ever
 * named. Days are counted in steady time, so that a clock that was set wrong removes nothing early.
 */
export function messagesToRemove(
  listed: readonly RetainedMessage[],
  policy: RetentionPolicy,
  steadyNowMs: number,
): LedgerKey[] {
  const removable = (message: RetainedMessage) => message.storedAtMs !== null && !message.isDoubtful;
  const keys = (chosen: readonly RetainedMessage[]) => chosen.filter(removable).map((message) => message.key);
  switch (policy.kind) {
    case 'keep':
      return [];
    case 'remove-when-stored':
      return keys(listed);
    case 'remove-after-days':
      return keys(
        listed.filter(
          ({ storedAtMs }) => storedAtMs !== null && steadyNowMs - storedAtMs >= policy.days * dayMs,
        ),
      );
    case 'keep-newest':
      return keys(byAge(listed).slice(0, Math.max(0, listed.length - policy.count)));
    case 'keep-under':
      return keys(byAge(listed).slice(0, firstThatFits(byAge(listed), policy.megabytes * megabyte)));
  }
}

/** Oldest first; ties by message number. */
function byAge(listed: readonly RetainedMessage[]): readonly RetainedMessage[] {
  const dateOf = ({ dateMs }: RetainedMessage) => dateMs ?? Number.NEGATIVE_INFINITY;
  return [...listed].sort((a, b) => compare(dateOf(a), dateOf(b)) || a.number - b.number);
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Index of the oldest message from which on everything fits into the limit. */
function firstThatFits(listed: readonly RetainedMessage[], limitBytes: number): number {
  let total = 0;
  for (let index = listed.length - 1; index >= 0; index -= 1) {
    total += listed[index]?.sizeBytes ?? 0;
    if (total > limitBytes) return index + 1;
  }
  return 0;
}
