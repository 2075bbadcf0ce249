import { expect, test } from 'vitest';
import { retryDelayMs } from '../../../electron/mailbox/checking/back-off.ts';

test('a busy mailbox is tried again after 30 s, 1, 2, 5, 10 and 10 minutes', () => {
  const waits = [1, 2, 3, 4, 5, 6].map((failures) =>
    retryDelayMs({ kind: 'mailbox-busy', canRetry: true }, failures),
  );
  expect(waits).toEqual([30_000, 60_000, 120_000, 300_000, 600_000, 600_000]);
});

test('a longer LOGIN-DELAY of the server is waited out', () => {
  expect(retryDelayMs({ kind: 'login-delay', delaySeconds: 900, canRetry: true }, 1)).toBe(900_000);
  expect(retryDelayMs({ kind: 'login-delay', delaySeconds: 5, canRetry: true }, 1)).toBe(30_000);
});

test('what only the person can mend is not tried again', () => {
  const waits = (['authentication', 'host-not-found', 'disk-full', 'plaintext-not-allowed'] as const).map(
    (kind) => retryDelayMs({ kind, canRetry: false }, 1),
  );
  expect(waits).toEqual([null, null, null, null]);
});
