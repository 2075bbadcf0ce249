import type { Account } from './model.ts';
import { defaultRetention } from './retention.ts';
import { megabyte } from './sizes.ts';

/* An account, and what holds for a new one. */

/** What holds for a new account until the person says otherwise. */
export const accountDefaults = {
  retention: defaultRetention,
  checkEveryMinutes: 10,
  checkAtStart: true,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
} as const satisfies Partial<Account>;

/** The longest time between two checks that can be chosen: a day. Minutes. */
export const longestCheckIntervalMinutes = 1440;

/** Where "large messages come as headers only" begins when it is switched on. Bytes. */
export const defaultPartialAboveBytes = 2 * megabyte;
