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
  const clock = { wall: 0, steady: 0 };
  const wait = { ms: 0 };
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
    now: () => clock.wall,
    steadyNow: () => clock.steady,
    signInWaitMs: () => wait.ms,
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
      isSlow: false,
      startedAt: 0,
    });
  return { scheduler, timers, started, mistakes, end, reach, clock, wait };
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

test('a paused account is checked only when a person asks, and its timers begin again when it goes on', async () => {
  const accounts = [accountOf('a', { isPaused: true }), accountOf('b')];
  const { scheduler, started, timers, end } = fixture(accounts);
  scheduler.start();
  await end('b', null);
  scheduler.checkNow(first);
  await end('a', { kind: 'offline', canRetry: true });
  const whilePaused = [[...started], timers.length];
  accounts[0] = accountOf('a', { isPaused: false });
  scheduler.renew(first);
  expect([whilePaused, timers.length]).toEqual([[['b', 'a'], 1], 2]);
});

test('what could not begin without the keyring is checked when it opens, and nothing else', async () => {
  const { scheduler, started, end } = fixture([
    accountOf('a'),
    accountOf('b'),
    accountOf('c', { isPaused: true }),
  ]);
  for (const id of ['a', 'b', 'c']) scheduler.checkNow(id as AccountId);
  await end('a', { kind: 'keyring-unavailable', canRetry: true });
  await end('b', { kind: 'offline', canRetry: true });
  await end('c', { kind: 'keyring-unavailable', canRetry: true });
  const before = started.length;
  scheduler.useKeyring();
  expect(started.slice(before)).toEqual(['a']);
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

const minutes = 60_000;
const settle = () => new Promise((settled) => setImmediate(settled));

test('what a person has to mend is not tried again, what a strange network does is tried at the usual interval', async () => {
  const { scheduler, end, timers } = fixture([accountOf('a')]);
  const waits: [string, number | undefined][] = [];
  const certificate: Failure = {
    kind: 'certificate',
    problem: 'untrusted',
    step: 'encrypt',
    canRetry: false,
  };
  for (const failure of [
    { kind: 'server-trouble', responseCode: 'SYS/PERM', step: 'sign-in', canRetry: false },
    { kind: 'server-refused', step: 'sign-in', canRetry: false },
    { kind: 'pop-disabled', step: 'sign-in', canRetry: false },
    { kind: 'authentication', hasOtherReasons: true, step: 'sign-in', canRetry: false },
    { kind: 'authentication', isHangUp: true, step: 'sign-in', canRetry: true },
    { kind: 'server-trouble', responseCode: 'SYS/PERM', step: 'download', canRetry: false },
    { kind: 'server-trouble', responseCode: 'SYS/TEMP', step: 'sign-in', canRetry: true },
    certificate,
    { kind: 'encryption-unavailable', step: 'encrypt', canRetry: false },
    { kind: 'encryption-failed', step: 'encrypt', canRetry: false },
    { kind: 'not-pop3', found: 'http', step: 'greeting', canRetry: false },
    { kind: 'host-not-found', step: 'look-up', canRetry: false },
    { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false },
  ] satisfies Failure[]) {
    scheduler.checkNow(first);
    await end('a', failure);
    waits.push([failure.kind, timers[0]?.at]);
  }
  expect(waits).toEqual([
    ['server-trouble', undefined],
    ['server-refused', undefined],
    ['pop-disabled', undefined],
    ['authentication', undefined],
    ['authentication', 60 * minutes],
    ['server-trouble', 10 * minutes],
    ['server-trouble', 30_000],
    ['certificate', 10 * minutes],
    ['encryption-unavailable', 10 * minutes],
    ['encryption-failed', 10 * minutes],
    ['not-pop3', 10 * minutes],
    ['host-not-found', 10 * minutes],
    ['mechanism-unavailable', 10 * minutes],
  ]);
});

test('the card of a strange certificate stays until a check works, and the next timed check runs by itself', async () => {
  const { scheduler, end, timers, started } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  await end('a', { kind: 'certificate', problem: 'untrusted', canRetry: false });
  timers.pop()?.act();
  const during = scheduler.stateOf(first).trouble?.kind;
  await end('a', null);
  expect([started, during, scheduler.stateOf(first).trouble]).toEqual([['a', 'a'], 'certificate', null]);
});

test('after waking, what is due starts at once and the rest waits for what is left of its interval', () => {
  const { scheduler, timers, started, clock } = fixture([
    accountOf('a', { checkAtStart: false }),
    accountOf('b', { checkAtStart: false, checkEveryMinutes: 60 }),
  ]);
  scheduler.start();
  clock.steady = 3 * minutes;
  clock.wall = 33 * minutes;
  scheduler.wake(3 * minutes);
  const left = timers.map(({ at }) => at);
  timers[0]?.act();
  expect([left, started]).toEqual([[0, 27 * minutes], ['a']]);
});

test('a clock that was set back while the computer slept makes nobody wait longer than before', () => {
  const { scheduler, timers, clock } = fixture([accountOf('a', { checkAtStart: false })]);
  scheduler.start();
  clock.steady = 4 * minutes;
  clock.wall = -600 * minutes;
  scheduler.wake(4 * minutes);
  expect(timers.map(({ at }) => at)).toEqual([6 * minutes]);
});

test('a check from before the sleep is made anew, one that began after waking and one that is stopped are not', async () => {
  const { scheduler, started, clock, timers } = fixture([accountOf('a'), accountOf('b'), accountOf('c')]);
  scheduler.checkNow(first);
  scheduler.checkNow('c' as AccountId);
  clock.steady = 10;
  scheduler.checkNow('b' as AccountId);
  scheduler.wake(5);
  await scheduler.stop('c' as AccountId);
  await settle();
  expect([started, timers.map(({ at }) => at)]).toEqual([['a', 'c', 'b', 'a'], [10 * minutes]]);
});

test('with another network, what failed because of the old one is tried at once, and nothing else', async () => {
  const { scheduler, started, end } = fixture(['a', 'b', 'c', 'd'].map((id) => accountOf(id)));
  scheduler.start();
  await end('a', { kind: 'offline', canRetry: true });
  await end('b', { kind: 'certificate', problem: 'untrusted', canRetry: false });
  await end('c', { kind: 'mailbox-busy', canRetry: true });
  await end('d', { kind: 'authentication', canRetry: false });
  scheduler.useNetwork({ isLost: false });
  expect(started).toEqual(['a', 'b', 'c', 'd', 'a', 'b']);
});

test('a check over a network that is gone begins anew', async () => {
  const { scheduler, started, clock } = fixture([accountOf('a')]);
  scheduler.checkNow(first);
  clock.steady = 10;
  scheduler.useNetwork({ isLost: false });
  await settle();
  const kept = [...started];
  scheduler.useNetwork({ isLost: true });
  await settle();
  expect([kept, started]).toEqual([['a'], ['a', 'a']]);
});

test('no check begins by itself sooner than the server allows; a person may ask for one', async () => {
  const { scheduler, started, end, timers, wait } = fixture([accountOf('a', { checkEveryMinutes: 1 })]);
  wait.ms = 5 * minutes;
  scheduler.start();
  const atStart = timers.map(({ at }) => at);
  scheduler.checkNow(first);
  await end('a', { kind: 'mailbox-busy', canRetry: true });
  const quick = timers.map(({ at }) => at);
  timers[0]?.act();
  wait.ms = 0;
  timers[0]?.act();
  expect([atStart, quick, started]).toEqual([[5 * minutes], [5 * minutes], ['a', 'a']]);
});
