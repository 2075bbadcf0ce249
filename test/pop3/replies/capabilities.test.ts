import { describe, expect, test } from 'vitest';
import { noCapabilities, parseCapabilities } from '../../../electron/pop3/replies/capabilities.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

describe('the lines of CAPA', () => {
  const nothing = { ...noCapabilities, isKnown: true, user: false };
  const replies: readonly (readonly [string, string, object])[] = [
    ['none at all', '', {}],
    [
      'of the example in RFC 2449',
      'TOP\r\nUSER\r\nSASL CRAM-MD5 KERBEROS_V4\r\nLOGIN-DELAY 900\r\nPIPELINING\r\nEXPIRE 60\r\nUIDL\r\nIMPLEMENTATION Shlemazle-Plotz-v302\r\n',
      {
        top: true,
        user: true,
        sasl: ['CRAM-MD5', 'KERBEROS_V4'],
        loginDelaySeconds: 900,
        pipelining: true,
        expireDays: 60,
        uidl: true,
        implementation: 'Shlemazle-Plotz-v302',
      },
    ],
    [
      'in lower case',
      'top\r\nsasl plain login\r\nstls\r\n',
      { top: true, sasl: ['PLAIN', 'LOGIN'], stls: true },
    ],
    ['with EXPIRE NEVER', 'EXPIRE NEVER\r\n', { expireDays: 'never' }],
    ['with EXPIRE 0', 'EXPIRE 0\r\n', { expireDays: 0 }],
    [
      'with EXPIRE and LOGIN-DELAY per user',
      'EXPIRE 5 USER\r\nLOGIN-DELAY 120 USER\r\n',
      { expireDays: 5, loginDelaySeconds: 120 },
    ],
    ['with numbers that are none', 'EXPIRE soon\r\nLOGIN-DELAY -3\r\n', {}],
    ['with UTF8 USER and LANG', 'UTF8 USER\r\nLANG\r\n', { utf8: true, utf8User: true, lang: true }],
    [
      'with one SASL line for each mechanism',
      'SASL PLAIN\r\nSASL LOGIN\r\nSASL PLAIN\r\n',
      { sasl: ['PLAIN', 'LOGIN'] },
    ],
    ['with AUTH instead of SASL', 'AUTH=PLAIN\r\nAUTH LOGIN\r\n', { sasl: ['LOGIN', 'PLAIN'] }],
    ['with response codes', 'RESP-CODES\r\nAUTH-RESP-CODE\r\n', { respCodes: true, authRespCode: true }],
    ['with bare line feeds', 'UIDL\nTOP\n', { uidl: true, top: true }],
    ['with blanks and empty lines', ' UIDL \r\n\r\n  TOP\t\r\n', { uidl: true, top: true }],
  ];
  for (const [name, text, expected] of replies)
    test(name, () => {
      const { lines: _lines, ...found } = parseCapabilities(Buffer.from(text));
      const { lines: _none, ...rest } = nothing;
      expect(found).toEqual({ ...rest, ...expected });
    });

  test('are kept for the protocol panel, cleaned', () => {
    expect(parseCapabilities(Buffer.from('TOP\r\nX-ODD \x1b[1mbold\r\n')).lines).toEqual([
      'TOP',
      'X-ODD  [1mbold',
    ]);
  });
});

describe('a server', () => {
  wireTest('that hangs up on CAPA twice is tried without it, and this is remembered', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: false });
  });

  wireTest('that resets the connection at CAPA twice is tried without it', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: <reset>
      ---
      S: +OK
      C: CAPA
      S: <reset>
      ---
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: false });
  });

  wireTest('that never answers CAPA is tried once more without it', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      C: <close>
      ---
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, timeouts: { capabilitiesMs: 100 } });
    expect(session.quirks).toEqual({ capa: false });
  });

  wireTest('that says +OK to CAPA and lists nothing is tried once more without it', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK
      C: <close>
      ---
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, timeouts: { capabilitiesMs: 100 } });
    expect(session.quirks).toEqual({ capa: false });
  });

  wireTest('that refuses CAPA and then hangs up, twice, is tried without it', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: -ERR unknown command
      C: USER ann
      S: <close>
      ---
      S: +OK
      C: CAPA
      S: -ERR unknown command
      C: USER ann
      S: <close>
      ---
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: false });
  });

  wireTest('whose line breaks once at CAPA is asked again, and keeps what it can do', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: CAPA
      S: +OK|USER|UTF8|.
      C: UTF8
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|USER|UTF8|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: true, utf8: true });
  });

  wireTest('that can only be signed in to with CAPA is told as a broken line', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: USER ann
      S: -ERR unknown command
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'connection-lost',
      step: 'capabilities',
      canRetry: true,
    });
  });

  wireTest('that hangs up on the password is not tried once more', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: -ERR unknown command
      C: USER ann
      S: +OK
      C: PASS secret
      S: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'connection-lost',
      step: 'sign-in',
      canRetry: true,
    });
  });

  wireTest('that is known to hang up on CAPA is not asked', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, quirks: { capa: false } });
    expect(session.capabilities).toEqual(noCapabilities);
  });

  wireTest('that fails both with CAPA and without it is told as it is', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: CAPA
      S: <close>
      ---
      S: +OK
      C: USER ann
      S: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'connection-lost',
      step: 'sign-in',
      canRetry: true,
    });
  });

  wireTest('is believed in its later CAPA', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|PIPELINING|UIDL|USER|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|TOP|EXPIRE 3|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    const { pipelining, uidl, top, expireDays } = session.capabilities;
    expect({ pipelining, uidl, top, expireDays }).toEqual({
      pipelining: false,
      uidl: false,
      top: true,
      expireDays: 3,
    });
  });

  wireTest('that refuses its later CAPA is believed in its earlier one', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|TOP|USER|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: -ERR not now
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.capabilities.top).toBe(true);
  });

  wireTest('whose CAPA has no end in sight is left', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S!: +OK|${'X-MORE\r\n'.repeat(2100)}
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'too-large',
      limitBytes: 16384,
      step: 'capabilities',
      canRetry: false,
    });
  });
});
