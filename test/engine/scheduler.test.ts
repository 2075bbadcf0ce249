import { expect, test } from 'vitest';
import { CheckScheduler, type SchedulerTools } from '../../electron/engine/scheduler.ts';
import type { Account } from '../../shared/account.ts';
import type { CheckProgress, CheckRecord } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';

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
  const progress = new Map<AccountId, (told: CheckProgress) => void>();
  const started: string[] = [];
  const mistakes: string[] = [];
  const scheduler = new CheckScheduler({
    accounts: () => accounts,
    check: (account, signal, onProgress) => {
      started.push(account.id);
      progress.set(account.id, onProgress);
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
  const reach = (accountId: AccountId, phase: CheckProgress['phase']) =>
    progress.get(accountId)?.({
      accountId,
      phase,
      done: 0,
      total: 0,
      doneBytes: 0,
      totalBytes: 0,
      bytesPerSecond: 0,
      startedAt: 0,
    });
  return { scheduler, timers, started, mistakes, end, reach };
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

test('a second request before a check has signed in is answered by that check', async () => {
  const { scheduler, started, end, timers, reach } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  scheduler.checkNow(first);
  reach(first, 'connecting');
  scheduler.checkNow(first);
  await end('a', null);
  expect([started, timers.map((timer) => timer.at)]).toEqual([['a'], [600_000]]);
});

test('requests while a check knows the mailbox from before are answered by one more check', async () => {
  const { scheduler, started, end, timers, reach } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  reach(first, 'closing');
  scheduler.checkNow(first);
  scheduler.checkNow(first);
  await end('a', null);
  const waiting = timers.length;
  await end('a', null);
  expect([started, waiting, timers.map((timer) => timer.at)]).toEqual([['a', 'a'], 0, [600_000]]);
});

test('a request while a check runs that then fails, or is stopped, starts nothing', async () => {
  const { scheduler, started, end, reach } = fixture([accountOf('a'), accountOf('b')]);
  for (const id of [first, 'b' as AccountId]) {
    scheduler.checkNow(id);
    reach(id, 'downloading');
    scheduler.checkNow(id);
  }
  await end('a', { kind: 'offline', canRetry: true });
  await scheduler.stop('b' as AccountId);
  expect(started).toEqual(['a', 'b']);
});

test('new settings are tried although a check with the old ones was running, and failed', async () => {
  const { scheduler, started, end } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  scheduler.renew(first);
  scheduler.checkNow(first);
  await end('a', { kind: 'authentication', canRetry: false });
  await end('a', null);
  expect([started, scheduler.stateOf(first).trouble]).toEqual([['a', 'a'], null]);
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
