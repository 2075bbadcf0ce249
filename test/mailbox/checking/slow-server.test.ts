import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { ProgressCounter } from '../../../electron/mailbox/checking/check-progress.ts';
import type { CheckProgress } from '../../../shared/account-state.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import {
  accountAt,
  freshStore,
  id,
  opening,
  quit,
  retrieve,
  serverSaying,
  subjectsIn,
} from '../maildrop-fixture.ts';

guardAgainstLeaks();

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The conversation of one new letter, in which the answer to a command waits until it is let go. */
const slowAt = (command: string): string =>
  `${opening(['u1 24'])}${retrieve(1, 'late')}${quit}`.replace(
    `C: ${command}\n`,
    `C: ${command}\n    S: <wait answer>\n`,
  );

/** A check that has been waiting for the answer to a command for so long. */
async function waitingFor(command: string, seconds: number) {
  const fresh = await freshStore();
  const server = await serverSaying(slowAt(command));
  const reports: CheckProgress[] = [];
  const stop = new AbortController();
  const check = checkMail(fresh.tools, accountAt(server), {
    signal: stop.signal,
    rules: [],
    onProgress: (progress) => reports.push(progress),
  });
  while (!server.heard.includes(command)) await turn();
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  const said = reports.at(-1);
  return {
    ...{ server, check, stop, store: fresh.store },
    said: `${said?.phase}${said?.isSlow === true ? ', slow' : ''}`,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    },
  };
}

const commands = [
  ['PASS secret', 'signing-in, slow'],
  ['LIST', 'listing, slow'],
  ['UIDL', 'listing, slow'],
  ['RETR 1', 'downloading, slow'],
  ['QUIT', 'closing, slow'],
] as const;

test.each(commands)(
  'the answer to %s may take 75 seconds; meanwhile it is told what is waited for',
  async (command, words) => {
    await using waiting = await waitingFor(command, 75);
    vi.useRealTimers();
    waiting.server.release('answer');
    const record = await waiting.check;
    expect([waiting.said, record.outcome, subjectsIn(waiting.store)]).toEqual([words, 'done', ['late']]);
  },
);

test.each(commands)('a check that waits for the answer to %s is stopped at once', async (command) => {
  await using waiting = await waitingFor(command, 40);
  vi.useRealTimers();
  waiting.stop.abort();
  const record = await waiting.check;
  // Before QUIT everything has come.
  expect([record.outcome, record.failure]).toEqual([command === 'QUIT' ? 'done' : 'stopped', null]);
});

test('a server is told to be slow after five silent seconds, and no more once it speaks', () => {
  const told: string[] = [];
  using progress = new ProgressCounter(id, Date.now, ({ phase, isSlow, done }) =>
    told.push(`${phase} ${done}${isSlow ? ' slow' : ''}`),
  );
  vi.advanceTimersByTime(60_000);
  progress.enter('signing-in');
  vi.advanceTimersByTime(4_900);
  progress.enter('downloading', { count: 3, bytes: 3000 });
  vi.advanceTimersByTime(4_900);
  progress.addBytes(1000);
  vi.advanceTimersByTime(5_100);
  progress.addMessage();
  vi.advanceTimersByTime(30_000);
  progress.addMessage();
  expect(told).toEqual([
    'waiting 0',
    'signing-in 0',
    'downloading 0',
    'downloading 0 slow',
    'downloading 1',
    'downloading 1 slow',
    'downloading 2',
  ]);
});
