import { describe, expect, test } from 'vitest';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import type { Pop3Options } from '../../../electron/pop3/options.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { scriptedServer } from '../../servers/scripted.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const plainResponse = Buffer.from('\0ann\0secret').toString('base64');
const noCapa = { quirks: { capa: false } } as const;

describe('signing in', () => {
  wireTest('takes USER and PASS where CAPA names no mechanism', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|USER|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|USER|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.mechanismUsed).toBe('USER');
  });

  wireTest('sends the first answer on the line of AUTH', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN LOGIN|.
      C: AUTH PLAIN ${plainResponse}
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN LOGIN|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.mechanismUsed).toBe('PLAIN');
  });

  wireTest(
    'waits to be asked when the first answer makes the line longer than 255 bytes',
    async ({ server }) => {
      const password = 'p'.repeat(200);
      const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: AUTH PLAIN
      S: +\x20
      C: ${Buffer.from(`\0ann\0${password}`).toString('base64')}
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: <close>
    `;
      await using session = await openPop3Session({
        ...pop3.account,
        credential: { kind: 'password', password },
      });
      expect(session.mechanismUsed).toBe('PLAIN');
    },
  );

  wireTest('waits to be asked by a server that lists no mechanisms', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH PLAIN
      S: +
      C: ${plainResponse}
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, ...noCapa, mechanism: 'PLAIN' });
    expect(session.mechanismUsed).toBe('PLAIN');
  });

  wireTest('gives LOGIN its name and password when asked in base64', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL LOGIN|.
      C: AUTH LOGIN
      S: + VXNlcm5hbWU6
      C: YW5u
      S: + UGFzc3dvcmQ6
      C: c2VjcmV0
      S: +OK
      C: CAPA
      S: +OK|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.mechanismUsed).toBe('LOGIN');
  });

  wireTest('gives LOGIN its name and password when asked in plain words', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH LOGIN
      S: + Username:
      C: YW5u
      S: + Password:
      C: c2VjcmV0
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, ...noCapa, mechanism: 'LOGIN' });
    expect(session.mechanismUsed).toBe('LOGIN');
  });

  wireTest('digests the timestamp for APOP', async ({ server }) => {
    const pop3 = await server`
      S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>
      C: APOP mrose c4c9334bac560ecc979e58001b3e22fb
      S: +OK
      C: <close>
    `;
    const credential = { kind: 'password', password: 'tanstaaf' } as const;
    await using session = await openPop3Session({
      ...pop3.account,
      ...noCapa,
      user: 'mrose',
      credential,
      mechanism: 'APOP',
    });
    expect(session.mechanismUsed).toBe('APOP');
  });

  wireTest('answers the challenge of CRAM-MD5', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH CRAM-MD5
      S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
      C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
      S: +OK
      C: <close>
    `;
    const credential = { kind: 'password', password: 'tanstaaftanstaaf' } as const;
    await using session = await openPop3Session({
      ...pop3.account,
      ...noCapa,
      user: 'tim',
      credential,
      mechanism: 'CRAM-MD5',
    });
    expect(session.mechanismUsed).toBe('CRAM-MD5');
  });

  const oauth: Partial<Pop3Options> = { credential: { kind: 'oauth', accessToken: 'token' } };

  wireTest('gives XOAUTH2 its token on the line of AUTH', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN XOAUTH2|.
      C: AUTH XOAUTH2 ${Buffer.from('user=ann\x01auth=Bearer token\x01\x01').toString('base64')}
      S: +OK
      C: CAPA
      S: +OK|.
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, ...oauth });
    expect(session.mechanismUsed).toBe('XOAUTH2');
  });

  wireTest('gives XOAUTH2 its token in two steps', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH XOAUTH2
      S: +
      C: ${Buffer.from('user=ann\x01auth=Bearer token\x01\x01').toString('base64')}
      S: +OK
      C: <close>
    `;
    await using session = await openPop3Session({
      ...pop3.account,
      ...oauth,
      ...noCapa,
      mechanism: 'XOAUTH2',
    });
    expect(session.mechanismUsed).toBe('XOAUTH2');
  });

  wireTest('closes the exchange in due form when a token is refused', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL XOAUTH2|.
      C: <any>
      S: + eyJzdGF0dXMiOiI0MDAifQ==
      C: ${''}
      S: -ERR [AUTH] it has expired
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...oauth }))).toEqual({
      kind: 'authentication',
      responseCode: 'AUTH',
      serverText: '[AUTH] it has expired',
      step: 'sign-in',
      canRetry: false,
    });
  });

  wireTest('sends a name and a password in UTF-8', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER jürgen
      S: +OK
      C: PASS größe
      S: +OK
      C: <close>
    `;
    const account = {
      ...pop3.account,
      ...noCapa,
      user: 'jürgen',
      credential: { kind: 'password', password: 'größe' },
    } as const;
    await using session = await openPop3Session(account);
    expect(session.mechanismUsed).toBe('USER');
  });

  wireTest('keeps the blanks of a password', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS ${' a b '}
      S: +OK
      C: <close>
    `;
    const account = {
      ...pop3.account,
      ...noCapa,
      credential: { kind: 'password', password: ' a b ' },
    } as const;
    await using session = await openPop3Session(account);
    expect(session.state).toBe('transaction');
  });

  wireTest('turns on UTF8 before signing in where it is announced', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|UTF8|USER|.
      C: UTF8
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|UTF8|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: true, utf8: true });
  });

  wireTest('goes on without UTF8 when it is announced and refused, and remembers', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|UTF8|USER|.
      C: UTF8
      S: -ERR no
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|UTF8|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.quirks).toEqual({ capa: true, utf8: false });
  });
});

describe('an initial response that the server overlooks', () => {
  wireTest('is said again on the next line: PLAIN', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: AUTH PLAIN ${plainResponse}
      S: +
      C: ${plainResponse}
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect([session.mechanismUsed, session.quirks]).toEqual([
      'PLAIN',
      { capa: true, initialResponse: false },
    ]);
  });

  for (const [mechanism, message] of [
    ['XOAUTH2', 'user=ann\x01auth=Bearer token\x01\x01'],
    ['OAUTHBEARER', 'n,a=ann,\x01host=127.0.0.1\x01port=PORT\x01auth=Bearer token\x01\x01'],
  ] as const)
    wireTest(
      `is said again on the next line: ${mechanism}, chosen by hand, not named by CAPA`,
      async ({ server }) => {
        const pop3 = await server`
        S: +OK
        C: CAPA
        S: +OK|SASL PLAIN|.
        C: <any>
        S: +
        C: <any>
        S: +OK
        C: CAPA
        S: +OK|SASL PLAIN|.
        C: <close>
      `;
        await using session = await openPop3Session({
          ...pop3.account,
          mechanism,
          credential: { kind: 'oauth', accessToken: 'token' },
        });
        const response = Buffer.from(message.replace('PORT', String(pop3.account.port))).toString('base64');
        const said = pop3.heard.filter((line) => line !== 'CAPA');
        expect([session.mechanismUsed, said]).toEqual([
          mechanism,
          [`AUTH ${mechanism} ${response}`, response],
        ]);
      },
    );
});

describe('a refused sign-in', () => {
  const refusals: readonly (readonly [string, object])[] = [
    ['[AUTH] no', { kind: 'authentication', responseCode: 'AUTH', canRetry: false }],
    ['invalid user name or password', { kind: 'authentication', canRetry: false }],
    ['no', { kind: 'authentication', canRetry: false }],
    ['[IN-USE] locked', { kind: 'mailbox-busy', responseCode: 'IN-USE', canRetry: true }],
    ['Unable to lock maildrop: Mailbox is locked by POP server', { kind: 'mailbox-busy', canRetry: true }],
    ['[SYS/TEMP] later', { kind: 'server-trouble', responseCode: 'SYS/TEMP', canRetry: true }],
    ['[SYS/PERM] never', { kind: 'server-trouble', responseCode: 'SYS/PERM', canRetry: false }],
    ['Temporary authentication failure', { kind: 'server-trouble', canRetry: true }],
    [
      'Plaintext authentication disallowed on non-secure connections',
      { kind: 'plaintext-not-allowed', canRetry: false },
    ],
    ['Your account is not enabled for POP access', { kind: 'pop-disabled', canRetry: false }],
  ];
  for (const [words, failure] of refusals)
    wireTest(`stops at once: ${words}`, async ({ server }) => {
      const pop3 = await server`
        S: +OK
        C: CAPA
        S: +OK|USER|SASL PLAIN LOGIN|.
        C: <any>
        S: -ERR ${words}
        C: <close>
      `;
      expect(await endOf(openPop3Session(pop3.account))).toEqual({
        step: 'sign-in',
        serverText: words,
        ...failure,
      });
    });

  wireTest('tells when to come back', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: -ERR [LOGIN-DELAY] wait 90 seconds
      C: <close>
    `;
    const before = Date.now();
    const failure = await endOf(openPop3Session({ ...pop3.account, ...noCapa }));
    const { retryAt, ...rest } = failure as { retryAt: number };
    expect(retryAt).toBeGreaterThanOrEqual(before + 90_000);
    expect(rest).toEqual({
      kind: 'login-delay',
      delaySeconds: 90,
      responseCode: 'LOGIN-DELAY',
      serverText: '[LOGIN-DELAY] wait 90 seconds',
      step: 'sign-in',
      canRetry: true,
    });
  });

  wireTest('never shows the password to a server that refuses the name', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: -ERR never heard of her
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa }))).toEqual({
      kind: 'authentication',
      serverText: 'never heard of her',
      step: 'sign-in',
      canRetry: false,
    });
  });

  wireTest(
    'goes to the next way when the server does not know the mechanism after all',
    async ({ server }) => {
      const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|USER|.
      C: AUTH PLAIN ${plainResponse}
      S: -ERR unsupported authentication mechanism
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|.
      C: <close>
    `;
      await using session = await openPop3Session(pop3.account);
      expect(session.mechanismUsed).toBe('USER');
    },
  );

  wireTest(
    'is tried again in two steps when the server takes no first answer with AUTH',
    async ({ server }) => {
      const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: AUTH PLAIN ${plainResponse}
      S: -ERR syntax error: too many arguments to command
      C: AUTH PLAIN
      S: +
      C: ${plainResponse}
      S: +OK
      C: CAPA
      S: +OK|.
      C: <close>
    `;
      await using session = await openPop3Session(pop3.account);
      expect([session.mechanismUsed, session.quirks]).toEqual([
        'PLAIN',
        { capa: true, initialResponse: false },
      ]);
    },
  );

  wireTest('says so when the one mechanism wanted is not known', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH CRAM-MD5
      S: -ERR unknown command
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa, mechanism: 'CRAM-MD5' }))).toEqual({
      kind: 'mechanism-unavailable',
      serverText: 'unknown command',
      step: 'sign-in',
      canRetry: false,
    });
  });

  wireTest('is cancelled in due form when the server breaks the rules of SCRAM', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL SCRAM-SHA-256|.
      C: <any>
      S: + ${Buffer.from('r=another,s=AAAA,i=4096').toString('base64')}
      C: *
      S: -ERR cancelled
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toMatchObject({ kind: 'protocol', step: 'sign-in' });
  });

  wireTest('is what a server gets that says +OK to SCRAM without proving itself', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|SASL SCRAM-SHA-256|.
      C: <any>
      S: +OK come in
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toMatchObject({ step: 'sign-in', canRetry: false });
  });

  wireTest('ends when a server asks round in circles', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: AUTH LOGIN
      S: + VXNlcm5hbWU6
      C: YW5u
      S: + UGFzc3dvcmQ6
      C: c2VjcmV0
      S: + VXNlcm5hbWU6
      C: *
      S: -ERR
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa, mechanism: 'LOGIN' }))).toMatchObject({
      kind: 'protocol',
      step: 'sign-in',
    });
  });

  wireTest('is a lost connection when the server hangs up on the password', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa }))).toEqual({
      kind: 'connection-lost',
      step: 'sign-in',
      canRetry: true,
    });
  });

  wireTest('is a lost connection when the server resets it at the password', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: <reset>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa }))).toEqual({
      kind: 'connection-lost',
      step: 'sign-in',
      canRetry: true,
    });
  });

  wireTest('is a timeout when the server thinks for ever', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...noCapa, timeouts: { replyMs: 100 } }))).toEqual({
      kind: 'timeout',
      timeoutMs: 100,
      step: 'sign-in',
      canRetry: true,
    });
  });
});

describe('the log of signing in', () => {
  wireTest('never holds the password, not even when the server repeats it', async ({ server }) => {
    const pop3 = await server`
      S: +OK ready
      C: CAPA
      S: +OK|SASL PLAIN|.
      C: AUTH PLAIN ${plainResponse}
      S: -ERR wrong password secret or ${plainResponse}
      C: <close>
    `;
    const transcript = new Transcript();
    await endOf(openPop3Session({ ...pop3.account, transcript }));
    const said = transcript.entries.filter(({ direction }) => direction !== 'note').map(({ text }) => text);
    expect(said.slice(0, 5)).toEqual([
      '+OK ready',
      'CAPA',
      '+OK',
      'AUTH PLAIN ••••••',
      '-ERR wrong password •••••• or ••••••',
    ]);
  });

  test('shows what was sent with secrets blotted out', async () => {
    await using pop3 = await scriptedServer`
      S: +OK ready
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK in
      C: <close>
    `;
    const transcript = new Transcript();
    const live: string[] = [];
    const stop = transcript.onEntry(({ text }) => live.push(text));
    const session = await openPop3Session({ ...pop3.account, ...noCapa, transcript });
    stop();
    session.close();
    expect(live).toEqual([
      `connecting to 127.0.0.1:${pop3.port}`,
      'connected to 127.0.0.1',
      '+OK ready',
      'USER ann',
      '+OK',
      'PASS ••••••',
      '+OK in',
    ]);
    expect(transcript.toText()).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z -- connecting to [\s\S]*Z C: USER ann\n[\s\S]*Z S: \+OK in\n/,
    );
    expect(transcript.toText()).not.toContain('secret');
  });
});
