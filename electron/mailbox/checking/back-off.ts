import { minuteMs, secondMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';

/*
 * When a failed check is repeated automatically. There are three answers.
 * - Soon, after growing waits: for failures that pass in a while (a lock, throttling, a broken line).
 * - As usual: for failures of the network, not of the account. A captive portal shows another certificate, or no
 *   encryption, or a web page. Nothing secret is sent there, so the timed checks go on.
 * - Not before the person has acted: after a refused password or account. Trying again could only lock the account.
 */

/** Waits before a busy mailbox is tried again: 30 s, 1, 2, 5, 10 minutes, and 10 from then on. */
const busyWaitsMs = [30 * secondMs, minuteMs, 2 * minuteMs, 5 * minuteMs, 10 * minuteMs];

/**
 * Wait after a password that the server only seems to refuse. The server may be at fault, so the password is not shown
 * more often.
 */
const doubtedWaitMs = 60 * minuteMs;

/** Failures that pass without help, unless the server says otherwise. */
const passing = new Set<Failure['kind']>([
  'mailbox-busy',
  'login-delay',
  'timeout',
  'connection-lost',
  'proxy-failed',
  'server-trouble',
  'offline',
  'refused',
  'deletion-unknown',
]);

/**
 * Milliseconds until a failed check is tried again soon; null where it is not. `failures` counts the failures in a row
 * with this one. A server's LOGIN-DELAY is waited out in full. RFC 2449 §8.1.1.
 */
export function retryDelayMs(failure: Failure, failures: number): number | null {
  if (!failure.canRetry || !passing.has(failure.kind)) return null;
  const wait = busyWaitsMs[Math.min(failures, busyWaitsMs.length) - 1] ?? 30 * secondMs;
  if (failure.kind === 'login-delay' && failure.delaySeconds !== undefined)
    return Math.max(wait, failure.delaySeconds * secondMs);
  return wait;
}

/** Milliseconds until the next automatic check; null for none. `usualMs` is the account's interval, null for none. */
export function nextCheckDelayMs(failure: Failure, failures: number, usualMs: number | null): number | null {
  if (waitsForPerson(failure)) return null;
  if (failure.kind === 'authentication') return usualMs === null ? null : Math.max(usualMs, doubtedWaitMs);
  return retryDelayMs(failure, failures) ?? usualMs;
}

/** Whether no automatic check may start until the person has looked at the account. RFC 3206 for SYS/PERM. */
export function waitsForPerson(failure: Failure): boolean {
  const { kind, step, responseCode = '', canRetry } = failure;
  if (canRetry) return false;
  switch (kind) {
    case 'authentication':
    case 'password-missing':
    case 'sign-in-again':
    case 'plaintext-not-allowed':
    case 'pop-disabled':
      return true;
    case 'server-refused':
    case 'server-trouble':
      // One message that is refused for good must not stop the others.
      return (
        step === 'greeting' || step === 'sign-in' || (step === 'list' && responseCode.startsWith('SYS/PERM'))
      );
    default:
      return false;
  }
}

/** Failures that another network may end. */
const networkKinds = new Set<Failure['kind']>([
  'offline',
  'host-not-found',
  'refused',
  'timeout',
  'connection-lost',
  'certificate',
  'encryption-failed',
  'encryption-unavailable',
  'not-pop3',
]);

/** Whether a check may work as soon as the computer has another network. */
export function mayBeTheNetwork(failure: Failure): boolean {
  return networkKinds.has(failure.kind);
}
