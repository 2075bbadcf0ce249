import { expect, test } from 'vitest';
import { Secrets } from '../../../electron/pop3/connection/secrets.ts';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import type { Pop3Options } from '../../../electron/pop3/options.ts';
import { Pop3SessionError } from '../../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

/** Everything a failed sign-in leaves behind: the failure and the log, as one text. */
async function tracesOf(settings: Pop3Options): Promise<string> {
  const transcript = new Transcript();
  try {
    await openPop3Session({ ...settings, transcript });
    return 'signed in';
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    return `${JSON.stringify(error.failure)}\n${error.message}\n${transcript.toText()}`;
  }
}

wireTest(
  'a server that repeats the password in its refusal does not bring it into the log',
  async ({ server }) => {
    const pop3 = await server`
    S: +OK ready
    C: CAPA
    S: -ERR
    C: USER ann
    S: +OK
    C: PASS secret
    S: -ERR [AUTH] no such command: PASS secret
    C: <close>
  `;
    const traces = await tracesOf(pop3.account);
    expect([traces.includes('PASS ••••••'), traces.includes('secret')]).toEqual([true, false]);
  },
);

wireTest('nor one that repeats the encoded password', async ({ server }) => {
  const pop3 = await server`
    S: +OK ready
    C: CAPA
    S: +OK|SASL PLAIN|.
    C: AUTH PLAIN AGFubgBzZWNyZXQ=
    S: -ERR [AUTH] bad argument AGFubgBzZWNyZXQ=
    C: <close>
  `;
  const traces = await tracesOf({ ...pop3.account, mechanism: 'PLAIN' });
  expect([traces.includes('bad argument ••••••'), traces.includes('AGFubgBzZWNyZXQ')]).toEqual([true, false]);
});

wireTest('nor one that repeats it long after the sign-in, in any case or form', async ({ signedIn }) => {
  const transcript = new Transcript();
  const { session } = await signedIn({ transcript })`
    C: NOOP
    S: +OK last words: PASS SECRET
    C: LIST 1
    S: -ERR who is AGFubgBzZWNyZXQ= (736563726574)
    C: CAPA
    S: +OK list|X-PASS secret|.
    C: LANG de
    S: -ERR kein secret hier
    C: QUIT
    S: +OK bye, c2VjcmV0
  `;
  const typed = [await session.raw('NOOP'), await session.raw('LIST 1'), await session.raw('CAPA')];
  const refused = await session.lang('de').catch((error: unknown) => JSON.stringify(error));
  await session.quit();
  const traces = [...typed, String(refused), transcript.toText()].join('\n');
  expect({
    left: ['secret', 'zZWNyZXQ', '736563726574', 'c2VjcmV0'].filter((form) =>
      traces.toLowerCase().includes(form.toLowerCase()),
    ),
    lines: transcript.entries
      .filter(({ direction }) => direction === 'server')
      .map(({ text }) => text)
      .slice(-5),
  }).toEqual({
    left: [],
    lines: [
      '+OK last words: PASS ••••••',
      '-ERR who is AGFubgB••••••Q= (••••••)',
      '+OK list',
      '-ERR kein •••••• hier',
      '+OK bye, ••••••',
    ],
  });
});

test.each([
  ['whole', 'correct horse battery', 'no correct horse battery here', 'no •••••• here'],
  ['its first half', 'correct horse battery', 'no correct horse', 'no ••••••'],
  ['its second half', 'correct horse battery', 'cut: orse battery', 'cut: ••••••'],
  ['twice', 'hunter2x', 'hunter2x and HUNTER2X', '•••••• and ••••••'],
  ['percent-encoded', 'päss wörd', 'p%C3%A4ss%20w%C3%B6rd', '••••••'],
  ['a word of it that anything may hold', 'message1', '3 messages', '3 messages'],
  ['nothing of it', 'correct horse battery', '+OK 3 messages (1200 octets)', '+OK 3 messages (1200 octets)'],
  ['a short one at the end', 'abcd', '-ERR abcd', '-ERR ••••••'],
  ['a word too short to hide', 'abc', 'abc', 'abc'],
])('hides a password in a line with %s', (_what, password, line, shown) => {
  expect(new Secrets([password]).hideIn(line)).toBe(shown);
});

test('hides a password in base64 wherever it begins', () => {
  const secrets = new Secrets(['opensesame']);
  const lines = ['', 'a', 'ab', 'abc', '\0ann\0', '\0anna\0'].map((before) =>
    secrets.hideIn(Buffer.from(`${before}opensesame`).toString('base64')),
  );
  expect(lines.filter((line) => !line.includes('••••••') || line.replace('••••••', '').length > 16)).toEqual(
    [],
  );
});
