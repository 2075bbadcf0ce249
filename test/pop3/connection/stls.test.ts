import { describe, expect, test } from 'vitest';
import { probePop3 } from '../../../electron/pop3/probe.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { authorityPem, serverCertificate } from '../../servers/authority.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { scriptedServer } from '../../servers/scripted.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const good = serverCertificate('good');
const selfSigned = serverCertificate('self-signed');
const withTls = { tls: { key: good.key, cert: good.certificate } };
const withImplicitTls = { tls: { ...withTls.tls, implicit: true } };
const starttls = {
  security: 'starttls',
  plaintextConsent: false,
  extraAuthorities: [authorityPem()],
} as const;

describe('STLS', () => {
  wireTest(
    'comes before everything else, and what was said before it is forgotten',
    async ({ server }) => {
      const pop3 = await server`
        S: +OK
        C: CAPA
        S: +OK|STLS|PIPELINING|SASL CRAM-MD5|.
        C: STLS
        S: +OK
        S: <tls>
        C: CAPA
        S: +OK|USER|.
        C: USER ann
        S: +OK
        C: PASS secret
        S: +OK
        C: CAPA
        S: +OK|UIDL|.
        C: <close>
      `;
      await using session = await openPop3Session({ ...pop3.account, ...starttls });
      const { pipelining, uidl } = session.capabilities;
      expect({ pipelining, uidl, method: session.mechanismUsed, protocol: session.tls?.protocol }).toEqual({
        pipelining: false,
        uidl: true,
        method: 'USER',
        protocol: 'TLSv1.3',
      });
    },
    withTls,
  );

  wireTest(
    'is tried with a server that has no CAPA',
    async ({ server }) => {
      const pop3 = await server`
        S: +OK
        C: CAPA
        S: -ERR what
        C: STLS
        S: +OK
        S: <tls>
        C: CAPA
        S: -ERR what
        C: USER ann
        S: +OK
        C: PASS secret
        S: +OK
        C: <close>
      `;
      await using session = await openPop3Session({ ...pop3.account, ...starttls });
      expect(session.tls === null).toBe(false);
    },
    withTls,
  );

  wireTest('that is not announced ends the attempt with nothing said', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|USER|SASL PLAIN|.
      C: <close>
    `;
    const failure = await endOf(openPop3Session({ ...pop3.account, ...starttls }));
    expect([failure, pop3.heard]).toEqual([
      { kind: 'encryption-unavailable', step: 'encrypt', canRetry: false },
      ['CAPA'],
    ]);
  });

  wireTest('that is refused ends the attempt with nothing said', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|.
      C: STLS
      S: -ERR not today
      C: <close>
    `;
    const failure = await endOf(openPop3Session({ ...pop3.account, ...starttls }));
    expect([failure, pop3.heard]).toEqual([
      { kind: 'encryption-unavailable', serverText: 'not today', step: 'encrypt', canRetry: false },
      ['CAPA', 'STLS'],
    ]);
  });

  wireTest(
    'with a reply behind it that was sent before the encryption ends the attempt',
    async ({ server, delivery }) => {
      const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|.
      C: STLS
      S!: +OK|+OK injected|
    `;
      const failure = await endOf(openPop3Session({ ...pop3.account, ...starttls }));
      expect([failure, pop3.heard.slice(0, 2)]).toMatchObject([
        { kind: 'encryption-failed', step: 'encrypt' },
        ['CAPA', 'STLS'],
      ]);
      expect(delivery === 'byte by byte' || pop3.heard).toEqual(
        delivery === 'byte by byte' || ['CAPA', 'STLS'],
      );
    },
  );

  wireTest('with an empty line behind it ends the attempt', async ({ server, delivery }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|.
      C: STLS
      S!: +OK||
    `;
    const failure = await endOf(
      openPop3Session({ ...pop3.account, ...starttls, timeouts: { connectMs: 300 } }),
    );
    // Byte by byte it is the handshake that waits in vain for more.
    expect(failure).toMatchObject({
      kind: delivery === 'as written' ? 'encryption-failed' : 'timeout',
      step: 'encrypt',
    });
  });

  wireTest('after which the server hangs up ends the attempt', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|.
      C: STLS
      S: +OK
      S: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, ...starttls }))).toMatchObject({
      kind: 'encryption-failed',
      step: 'encrypt',
    });
  });

  wireTest('after which the server says nothing ends at the deadline', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|.
      C: STLS
      S: +OK
      S: <wait the end>
    `;
    const failure = await endOf(
      openPop3Session({ ...pop3.account, ...starttls, timeouts: { connectMs: 300 } }),
    );
    pop3.release('the end');
    expect(failure).toEqual({ kind: 'timeout', timeoutMs: 300, step: 'encrypt', canRetry: true });
  });

  wireTest(
    'with a certificate nobody vouches for ends the attempt',
    async ({ server }) => {
      const pop3 = await server`
        S: +OK
        C: CAPA
        S: +OK|STLS|.
        C: STLS
        S: +OK
        S: <tls>
        C: <close>
      `;
      expect(await endOf(openPop3Session({ ...pop3.account, ...starttls }))).toMatchObject({
        kind: 'certificate',
        problem: 'self-signed',
        keySha256: selfSigned.keySha256,
        step: 'encrypt',
      });
    },
    { tls: { key: selfSigned.key, cert: selfSigned.certificate } },
  );

  wireTest('is not used where the account says no encryption', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|STLS|USER|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect(session.tls).toBeNull();
  });
});

describe('TLS from the first byte', () => {
  wireTest(
    'carries a whole session',
    async ({ server }) => {
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
        C: QUIT
        S: +OK
        C: <close>
      `;
      const options = {
        ...pop3.account,
        security: 'tls',
        plaintextConsent: false,
        extraAuthorities: [authorityPem()],
      } as const;
      const steps: string[] = [];
      const session = await openPop3Session({ ...options, onStep: (step) => steps.push(step) });
      expect([await session.quit(), steps]).toEqual([
        { outcome: 'applied' },
        ['look-up', 'encrypt', 'greeting', 'capabilities', 'sign-in', 'capabilities'],
      ]);
    },
    withImplicitTls,
  );

  test('on a port that speaks plain POP3 is told as such', async () => {
    await using pop3 = await scriptedServer`
      S: +OK ready
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, security: 'tls' }))).toMatchObject({
      kind: 'not-pop3',
      found: 'plain',
    });
  });
});

describe('a look at a server', () => {
  wireTest('tells what it can do and sends no name', async ({ server }) => {
    const pop3 = await server`
      S: +OK Poppy <1.2@test>
      C: CAPA
      S: +OK|USER|SASL PLAIN|STLS|.
      C: QUIT
      S: +OK
      C: <close>
    `;
    const found = await probePop3({ host: '127.0.0.1', port: pop3.port, security: 'none', deadlineMs: 5000 });
    expect(found).toMatchObject({
      ok: true,
      value: {
        greeting: 'Poppy <1.2@test>',
        hasApop: true,
        tls: null,
        capabilities: { stls: true, sasl: ['PLAIN'] },
      },
    });
  });

  wireTest(
    'goes through STLS',
    async ({ server }) => {
      const pop3 = await server`
        S: +OK
        C: CAPA
        S: +OK|STLS|.
        C: STLS
        S: +OK
        S: <tls>
        C: CAPA
        S: +OK|SASL PLAIN|.
        C: QUIT
        S: +OK
        C: <close>
      `;
      const options = { host: '127.0.0.1', port: pop3.port, security: 'starttls', deadlineMs: 5000 } as const;
      expect(await probePop3({ ...options, extraAuthorities: [authorityPem()] })).toMatchObject({
        ok: true,
        value: { tls: { protocol: 'TLSv1.3' }, capabilities: { sasl: ['PLAIN'] } },
      });
    },
    withTls,
  );

  wireTest('succeeds without CAPA and without an answer to QUIT', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: -ERR
      C: QUIT
      S: <close>
    `;
    expect(
      await probePop3({ host: '127.0.0.1', port: pop3.port, security: 'none', deadlineMs: 5000 }),
    ).toMatchObject({
      ok: true,
      value: { capabilities: { isKnown: false } },
    });
  });

  wireTest('ends at its deadline', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      C: <close>
    `;
    expect(
      await probePop3({ host: '127.0.0.1', port: pop3.port, security: 'none', deadlineMs: 150 }),
    ).toMatchObject({
      ok: false,
      failure: { kind: 'timeout', timeoutMs: 150 },
    });
  });

  wireTest('can be cancelled', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      C: <close>
    `;
    const controller = new AbortController();
    const { signal } = controller;
    const looking = probePop3({
      host: '127.0.0.1',
      port: pop3.port,
      security: 'none',
      deadlineMs: 5000,
      signal,
    });
    while (!pop3.heard.includes('CAPA')) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await looking).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });
});
