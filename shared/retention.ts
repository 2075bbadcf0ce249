/* How long copies stay on the server. */

/** What happens to the copies on the server. Every removal waits until the message is stored here. */
export type RetentionPolicy =
  | { readonly kind: 'keep' }
  | { readonly kind: 'remove-after-days'; readonly days: number }
  | { readonly kind: 'remove-when-stored' }
  | { readonly kind: 'keep-newest'; readonly count: number }
  | { readonly kind: 'keep-under'; readonly megabytes: number };

/** Days that copies stay on the server where nobody said otherwise: long enough to notice that something went wrong. */
export const defaultRetentionDays = 14;

/** What happens to the copies of a new account until the person chooses. */
export const defaultRetention: RetentionPolicy = { kind: 'remove-after-days', days: defaultRetentionDays };

/** Every policy with the numbers it begins with, in the order they are offered. */
export const retentionChoices: readonly RetentionPolicy[] = [
  { kind: 'keep' },
  defaultRetention,
  { kind: 'remove-when-stored' },
  { kind: 'keep-newest', count: 1000 },
  { kind: 'keep-under', megabytes: 500 },
];

/** The largest numbers a policy takes; each is at least 1. */
export const retentionLimits = { days: 3650, count: 1_000_000, megabytes: 1_000_000 } as const;
