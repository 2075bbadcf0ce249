import { minuteMs, secondMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';

/** Waits before a busy mailbox is tried again: 30 s, 1, 2, 5, 10 minutes, and 10 from then on. */
const busyWaitsMs = [30 * secondMs, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs];

/** Failures after which the same attempt is worth making again by itself. */
const passing = new Set<Failure['kind']>([
  'mailbox-busy',
  'login-delay',
  'timeout',
  'connection-lost',
  'server-trouble',
  'offline',
  'refused',
  'deletion-unknown',
]);

/**
 * Milliseconds until a failed check is tried again by itself; null where only the person can help. `failures` counts
 * the failures in a row, this one included. A server's LOGIN-DELAY is waited out in full. RFC 2449 §8.1.1.
 */
export function retryDelayMs(failure: Failure, failures: number): number | null {
  if (!passing.has(failure.kind)) return null;
  const wait = busyWaitsMs[Math.min(failures, busyWaitsMs.length) - 1] ?? 30 * secondMs;
  if (failure.kind === 'login-delay' && failure.delaySeconds !== undefined)
    return Math.max(wait, failure.delaySeconds * secondMs);
  return wait;
}

/** Failures that an automatic attempt could only make worse: a locked account, a password shown to a stranger. */
const forThePerson = new Set<Failure['kind']>([
  'authentication',
  'pop-disabled',
  'password-missing',
  'certificate',
  'plaintext-not-allowed',
  'mechanism-unavailable',
  'encryption-unavailable',
]);

/** Whether no check may start by itself until the person has looked at the account. */
export function waitsForPerson(failure: Failure): boolean {
  return forThePerson.has(failure.kind);
}
