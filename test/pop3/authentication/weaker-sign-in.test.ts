import { describe, expect } from 'vitest';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const weaker = { kind: 'weaker-sign-in', step: 'sign-in', canRetry: false };
const scramHasWorked = { quirks: { scram: true } } as const;
const plainResponse = Buffer.from('\0ann\0secret').toString('base64');

describe('a server where SCRAM has worked', () => {
  wireTest('gets no password when it offers PLAIN only', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN LOGIN|USER|.
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...scramHasWorked }))).toEqual(weaker);
  });

  wireTest('gets no password when it knows no CAPA any more', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: -ERR unknown command
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...scramHasWorked }))).toEqual(weaker);
  });

  wireTest('gets no password when it offers SCRAM and says then that it knows none', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL SCRAM-SHA-256 PLAIN|.
      C: <any>
      S: -ERR unrecognized authentication mechanism
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...scramHasWorked }))).toEqual(weaker);
  });

  wireTest('gets it in the way that the person chose by hand', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: AUTH PLAIN ${plainResponse}
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, ...scramHasWorked, mechanism: 'PLAIN' });
    expect(session.mechanismUsed).toBe('PLAIN');
  });
});
