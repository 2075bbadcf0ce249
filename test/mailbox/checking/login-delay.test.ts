import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import type { CheckProgress } from '../../../shared/account-state.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { accountAt, freshStore, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';

guardAgainstLeaks();

/** Gmail shows its mail in windows, so a check of it goes on in a further session. */
const windows = (delaySeconds: number) =>
  [`${opening(['u1 24'])}${retrieve(1, 'one')}${quit}`, `${opening(['u1 24'])}${quit}`].map((text) =>
    text.replaceAll('UIDL|', `UIDL|LOGIN-DELAY ${delaySeconds}|`),
  );

async function checked(conversations: readonly string[], stopsWhileWaiting = false) {
  await using fresh = await freshStore();
  await using server = await serverSaying(...conversations);
  const pauses: number[] = [];
  const phases: CheckProgress['phase'][] = [];
  const stop = new AbortController();
  const tools = {
    ...fresh.tools,
    dial: async () => {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
    pause: async (ms: number, signal: AbortSignal) => {
      pauses.push(ms);
      fresh.clock.now += ms;
      if (stopsWhileWaiting) stop.abort();
      signal.throwIfAborted();
    },
  };
  const account = accountAt(server);
  const atGmail = { ...account, server: { ...account.server, host: 'pop.gmail.com' } };
  const record = await checkMail(tools, atGmail, {
    signal: stop.signal,
    rules: [],
    onProgress: ({ phase }) => phases.push(phase),
  });
  return {
    outcome: record.outcome,
    failure: record.failure?.kind,
    stored: record.stored,
    pauses,
    waits: phases.filter((phase) => phase === 'waiting').length,
  };
}

test('a further session of a check waits for the delay that the server asks for', async () => {
  expect(await checked(windows(30))).toEqual({
    outcome: 'done',
    failure: undefined,
    stored: 1,
    pauses: [30_000],
    waits: 2,
  });
});

test('a delay of more than a minute ends the check, and what has come stays', async () => {
  expect(await checked(windows(300).slice(0, 1))).toEqual({
    outcome: 'failed',
    failure: 'login-delay',
    stored: 1,
    pauses: [],
    waits: 1,
  });
});

test('Stop ends the waiting', async () => {
  expect(await checked(windows(30).slice(0, 1), true)).toEqual({
    outcome: 'stopped',
    failure: undefined,
    stored: 1,
    pauses: [30_000],
    waits: 2,
  });
});
