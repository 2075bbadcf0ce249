import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSystem } from '../../../electron/engine/calls/system.ts';
import { CheckScheduler } from '../../../electron/engine/scheduler.ts';
import type { Account } from '../../../shared/account.ts';
import type { CheckRecord } from '../../../shared/account-state.ts';
import type { AccountId } from '../../../shared/ids.ts';

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const account: Account = {
  id: 'a' as AccountId,
  name: 'a',
  address: 'a@example.org',
  server: { host: 'h', port: 1, security: 'tls', user: 'u', mechanism: 'auto', plaintextConsent: false },
  retention: { kind: 'keep' },
  checkEveryMinutes: 10,
  checkAtStart: false,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
  isSample: false,
};

const stopped: CheckRecord = {
  accountId: account.id,
  startedAt: 0,
  endedAt: 0,
  stored: 0,
  storedBytes: 0,
  deletedOnServer: 0,
  skipped: 0,
  onServer: 0,
  outcome: 'stopped',
  failure: null,
};

/** The real watch over the real scheduler. A check hangs, as one does whose connection is dead, until it is stopped. */
function engine() {
  const told: string[] = [];
  const system = { networks: ['eth0 10.0.0.2'] };
  const scheduler = new CheckScheduler({
    accounts: () => [account],
    check: (_account, signal) => {
      told.push('check begins');
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          told.push('check ended');
          resolve(stopped);
        });
      });
    },
    now: Date.now,
    steadyNow: () => performance.now(),
    signInWaitMs: () => 0,
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    onProgress: () => undefined,
    onEnded: () => undefined,
    onChanged: () => undefined,
    logMistake: String,
  });
  const downloads = {
    stop: async () => {
      told.push('downloads ended');
    },
  };
  const watch = watchSystem(
    { scheduler, downloads },
    { cut: () => told.push('server views ended') },
    () => new Set(system.networks),
  );
  scheduler.start();
  return { told, system, watch, scheduler };
}

/** Time passes while no timer of the program runs. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

test('within five seconds after waking, sessions are ended and what is due begins', async () => {
  const { told, watch } = engine();
  await vi.advanceTimersByTimeAsync(minuteMs);
  sleep(30 * minuteMs);
  await vi.advanceTimersByTimeAsync(5_000);
  watch.close();
  expect(told).toEqual(['server views ended', 'downloads ended', 'check begins']);
});

test('where the system tells of waking, they begin at once; a check from before the sleep is made anew', async () => {
  const { told, watch, scheduler } = engine();
  await vi.advanceTimersByTimeAsync(minuteMs);
  scheduler.checkNow(account.id);
  await vi.advanceTimersByTimeAsync(1_000);
  watch.suspended();
  sleep(30 * minuteMs);
  watch.resumed();
  await vi.advanceTimersByTimeAsync(0);
  watch.close();
  expect(told).toEqual([
    'check begins',
    'server views ended',
    'downloads ended',
    'check ended',
    'check begins',
  ]);
});

test('a network that goes ends sessions and checks within five seconds; one that comes leaves them alone', async () => {
  const { told, system, watch, scheduler } = engine();
  scheduler.checkNow(account.id);
  system.networks = ['eth0 10.0.0.2', 'tun0 10.8.0.1'];
  await vi.advanceTimersByTimeAsync(5_000);
  const afterComing = [...told];
  system.networks = ['tun0 10.8.0.1'];
  await vi.advanceTimersByTimeAsync(5_000);
  watch.close();
  expect([afterComing, told.slice(1)]).toEqual([
    ['check begins'],
    ['server views ended', 'downloads ended', 'check ended', 'check begins'],
  ]);
});
