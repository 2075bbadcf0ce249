import { expect } from 'vitest';
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
