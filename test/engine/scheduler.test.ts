import { expect, test } from 'vitest';
import { CheckScheduler, type SchedulerTools } from '../../electron/engine/scheduler.ts';
import type { CheckRecord } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Account, AccountId } from '../../shared/model.ts';

const accountOf = (id: string, part: Partial<Account> = {}): Account => ({
  id: id as AccountId,
  name: id,
  address: 'a@example.org',
  server: { host: 'h', port: 1, security: 'tls', user: 'u', mechanism: 'auto', plaintextConsent: false },
  retention: { kind: 'keep' },
  checkEveryMinutes: 10,
  checkAtStart: true,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
  isSample: false,
  ...part,
});

/** A scheduler whose time stands still until told, and whose checks end when told. */
function fixture(accounts: Account[], tools: Partial<SchedulerTools> = {}) {
  const timers: { at: number; act: () => void }[] = [];
  const running = new Map<AccountId, (failure: Failure | null) => Promise<void>>();
  const started: string[] = [];
  const mistakes: string[] = [];
  const scheduler = new CheckScheduler({
    accounts: () => accounts,
    check: (account, signal) => {
      started.push(account.id);
      return new Promise((resolve) => {
        const end = (failure: Failure | null, outcome: CheckRecord['outcome']) =>
          resolve({
            accountId: account.id,
            startedAt: 0,
            endedAt: 0,
            stored: 0,
            storedBytes: 0,
            deletedOnServer: 0,
            skipped: 0,
            onServer: 0,
            outcome,
            failure,
          });
        signal.addEventListener('abort', () => end(null, 'stopped'));
        running.set(account.id, async (failure) => {
          end(failure, failure === null ? 'done' : 'failed');
          await new Promise((settled) => setImmediate(settled));
        });
      });
    },
    now: () => 0,
    after: (delayMs, act) => {
      const timer = { at: delayMs, act };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    onProgress: () => undefined,
    onEnded: () => undefined,
    onChanged: () => undefined,
    logMistake: (error) => `${mistakes.push((error as Error).message)}`,
    ...tools,
  });
  const end = (id: string, failure: Failure | null) => running.get(id as AccountId)?.(failure);
  return { scheduler, timers, started, mistakes, end };
}

const first = 'a' as AccountId;

test('at start the accounts that ask for it are checked side by side, the others get their timer', () => {
  const { scheduler, started, timers } = fixture([
    accountOf('a'),
    accountOf('b'),
    accountOf('c', { checkAtStart: false, checkEveryMinutes: 5 }),
    accountOf('d', { checkAtStart: false, checkEveryMinutes: 0 }),
  ]);
  scheduler.start();
  expect([started, timers.map((timer) => timer.at)]).toEqual([['a', 'b'], [300_000]]);
});

test('a second request while a check runs starts nothing', async () => {
  const { scheduler, started, end, timers } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  scheduler.checkNow(first);
  await end('a', null);
  expect([started, timers.map((timer) => timer.at)]).toEqual([['a'], [600_000]]);
});

test('a busy mailbox is tried again after growing waits, and the trouble is told', async () => {
  const { scheduler, end, timers } = fixture([accountOf('a')]);
  const waits: number[] = [];
  const busy: Failure = { kind: 'mailbox-busy', canRetry: true };
  scheduler.checkNow(first);
  for (let failures = 0; failures < 3; failures += 1) {
    await end('a', busy);
    const timer = timers.pop();
    waits.push(timer?.at ?? 0);
    timer?.act();
  }
  expect([waits, scheduler.stateOf(first).trouble]).toEqual([[30_000, 60_000, 120_000], busy]);
  await end('a', null);
  expect([scheduler.stateOf(first).trouble, timers.map((timer) => timer.at)]).toEqual([null, [600_000]]);
});

test('a wrong password is never tried again by itself', async () => {
  const { scheduler, end, timers } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  await end('a', { kind: 'authentication', canRetry: false });
  expect([timers, scheduler.stateOf(first).trouble?.kind]).toEqual([[], 'authentication']);
});

test('stopping and closing end the running check and leave no timer', async () => {
  const { scheduler, started, timers } = fixture([accountOf('a'), accountOf('b')]);
  scheduler.start();
  await scheduler.stop(first);
  await scheduler.close();
  scheduler.checkNow(first);
  expect([started, timers]).toEqual([['a', 'b'], []]);
});

test('a check that breaks by a mistake of ours is logged, told, and followed by the next', async () => {
  const ended: (Failure | null)[] = [];
  const { scheduler, timers, mistakes } = fixture([accountOf('a')], {
    check: () => {
      throw new Error('unexpected');
    },
    onEnded: ({ failure }) => ended.push(failure),
  });
  scheduler.checkNow(first);
  await scheduler.stop(first);
  const afterOne = timers.map((timer) => timer.at);
  timers.pop()?.act();
  await scheduler.stop(first);
  const internal = (reference: string): Failure => ({ kind: 'internal', reference, canRetry: true });
  expect([afterOne, timers.map((timer) => timer.at), ended, mistakes]).toEqual([
    [600_000],
    [600_000],
    [internal('1'), internal('2')],
    ['unexpected', 'unexpected'],
  ]);
});

test('listeners that break keep no check from ending and none from being planned', async () => {
  const broken = (name: string) => () => {
    throw new Error(name);
  };
  const { scheduler, end, timers, mistakes } = fixture([accountOf('a')], {
    onEnded: broken('ended'),
    onChanged: broken('changed'),
  });
  scheduler.checkNow(first);
  await end('a', null);
  expect([timers.map((timer) => timer.at), scheduler.stateOf(first).trouble, mistakes]).toEqual([
    [600_000],
    null,
    ['changed', 'ended', 'changed'],
  ]);
});
