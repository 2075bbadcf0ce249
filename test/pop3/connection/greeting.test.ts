import { describe, expect, test } from 'vitest';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { scriptedServer } from '../../servers/scripted.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

describe('a greeting is taken', () => {
  const greetings: readonly (readonly [string, string, string])[] = [
    ['in the usual form', '+OK POP3 ready\r\n', 'POP3 ready'],
    ['in lower case', '+ok ready\r\n', 'ready'],
    ['in mixed case', '+Ok ready\r\n', 'ready'],
    ['without words', '+OK\r\n', ''],
    ['with a tab after the token', '+OK\tready\r\n', 'ready'],
    ['with a dash after the token', '+OK-ready\r\n', '-ready'],
    ['after a banner line', 'Authorised use only\r\n+OK ready\r\n', 'ready'],
    ['after twenty banner lines', `${'notice\r\n'.repeat(20)}+OK ready\r\n`, 'ready'],
    ['after an empty line', '\r\n+OK ready\r\n', 'ready'],
    ['after three empty lines', '\r\n\r\n\r\n+OK ready\r\n', 'ready'],
    ['with control characters, which are not shown', '+OK a\x1b[31mred\x07\r\n', 'a [31mred'],
    ['with bidirectional controls, which are not shown', '+OK a\u202eb\r\n', 'a b'],
    ['in UTF-8', '+OK gr\u00fc\u00df dich\r\n', 'gr\u00fc\u00df dich'],
    ['of 2,000 characters, of which 512 are shown', `+OK ${'x'.repeat(2000)}\r\n`, 'x'.repeat(512)],
  ];
  for (const [name, bytes, words] of greetings)
    wireTest(name, async ({ server }) => {
      const pop3 = await server`
        S!: ${bytes}
        C: USER ann
        S: +OK
        C: PASS secret
        S: +OK
        C: <close>
      `;
      await using session = await openPop3Session({ ...pop3.account, quirks: { capa: false } });
      expect(session.greeting).toBe(words);
    });
});

describe('a greeting is refused', () => {
  const refusals: readonly (readonly [string, string, object])[] = [
    [
      'when the mailbox is busy',
      '-ERR [IN-USE] try later',
      { kind: 'mailbox-busy', responseCode: 'IN-USE', canRetry: true },
    ],
    ['when the server is full', '-ERR too many connections', { kind: 'mailbox-busy', canRetry: true }],
    [
      'when the server has trouble',
      '-ERR [SYS/TEMP] back soon',
      { kind: 'server-trouble', responseCode: 'SYS/TEMP', canRetry: true },
    ],
    [
      'when the server has trouble for good',
      '-ERR [SYS/PERM] gone',
      { kind: 'server-trouble', responseCode: 'SYS/PERM', canRetry: false },
    ],
    ['when it only says no', '-ERR go away', { kind: 'server-refused', canRetry: true }],
    ['when it says +ERR', '+ERR go away', { kind: 'server-refused', canRetry: true }],
  ];
  for (const [name, line, failure] of refusals)
    wireTest(name, async ({ server }) => {
      const pop3 = await server`
        S: ${line}
        C: <close>
      `;
      expect(await endOf(openPop3Session(pop3.account))).toEqual({
        step: 'greeting',
        serverText: line.slice(5),
        ...failure,
      });
    });
});

describe('what is not POP3 is called by its name', () => {
  const others: readonly (readonly [string, string, object])[] = [
    [
      'a web server',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      { found: 'http', serverText: 'HTTP/1.1 400 Bad Request' },
    ],
    ['a web page', '<!DOCTYPE html>\r\n', { found: 'http', serverText: '<!DOCTYPE html>' }],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', { found: 'ssh', serverText: 'SSH-2.0-OpenSSH_9.2' }],
    ['IMAP', '* OK IMAP4rev1 ready\r\n', { found: 'imap', serverText: '* OK IMAP4rev1 ready' }],
    ['SMTP', '220 mail.example ESMTP\r\n', { found: 'smtp', serverText: '220 mail.example ESMTP' }],
  ];
  for (const [name, bytes, facts] of others)
    test(name, async () => {
      await using pop3 = await scriptedServer`
        S!: ${bytes}
        C: <close>
      `;
      expect(await endOf(openPop3Session(pop3.account))).toEqual({
        kind: 'not-pop3',
        step: 'greeting',
        canRetry: false,
        ...facts,
      });
    });

  wireTest('TLS on the plain port', async ({ server }) => {
    const pop3 = await server`
      S!: \x15\x03\x01\x00\x02\x02\x28
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'not-pop3',
      found: 'tls',
      step: 'greeting',
      canRetry: false,
    });
  });

  wireTest('something that talks on without a status', async ({ server }) => {
    const pop3 = await server`
      S!: ${'bla\r\n'.repeat(21)}
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'not-pop3',
      found: 'unknown',
      step: 'greeting',
      canRetry: false,
      serverText: 'bla',
    });
  });

  wireTest('silence', async ({ server }) => {
    const pop3 = await server`
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, timeouts: { silenceMs: 100 } }))).toEqual({
      kind: 'not-pop3',
      found: 'silence',
      step: 'greeting',
      canRetry: true,
    });
  });
});

describe('a greeting that does not come to its end', () => {
  wireTest('is a lost connection when the server hangs up at once', async ({ server }) => {
    const pop3 = await server`
      S: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'connection-lost',
      step: 'greeting',
      canRetry: true,
    });
  });

  wireTest('is a lost connection when the server hangs up within the line', async ({ server }) => {
    const pop3 = await server`
      S!: +OK rea
      S: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'connection-lost',
      serverText: '+OK rea',
      step: 'greeting',
      canRetry: true,
    });
  });

  wireTest('is a timeout when the line stops in the middle', async ({ server }) => {
    const pop3 = await server`
      S!: +OK rea
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, timeouts: { silenceMs: 100 } }))).toEqual({
      kind: 'timeout',
      timeoutMs: 100,
      step: 'greeting',
      canRetry: true,
    });
  });

  wireTest('in several status lines is taken, and the session goes on', async ({ server }) => {
    const pop3 = await server`
      S!: +OK mail.example ready|+OK be welcome|+OK <1@mail.example>|
      C: CAPA
      S: +OK|USER|UIDL|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|USER|UIDL|.
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    expect([session.capabilities.lines, session.mechanismUsed]).toEqual([['USER', 'UIDL'], 'USER']);
  });

  wireTest('that stops half-way is a timeout, not another protocol', async ({ server }) => {
    const pop3 = await server`
      S!: +OK rea
      C: <close>
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, timeouts: { silenceMs: 150 } }))).toEqual({
      kind: 'timeout',
      timeoutMs: 150,
      step: 'greeting',
      canRetry: true,
    });
  });

  test('is cut at 64 KiB', async () => {
    await using pop3 = await scriptedServer`
      S!: ${'x'.repeat(70_000)}
      C: <close>
    `;
    expect(await endOf(openPop3Session(pop3.account))).toEqual({
      kind: 'protocol',
      step: 'greeting',
      canRetry: true,
    });
  });
});

describe('before the greeting', () => {
  test('a port where nobody listens is refused', async () => {
    const pop3 = await scriptedServer`
      C: <close>
    `;
    const { account } = pop3;
    await pop3[Symbol.asyncDispose]();
    expect(await endOf(openPop3Session(account))).toEqual({
      kind: 'refused',
      step: 'connect',
      canRetry: true,
    });
  });

  test('a name that does not exist is told as such', async () => {
    const lookup = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const account = {
      host: 'pop.invalid',
      port: 110,
      security: 'none',
      plaintextConsent: true,
      user: 'ann',
      mechanism: 'auto',
    } as const;
    expect(
      await endOf(openPop3Session({ ...account, credential: { kind: 'password', password: 'x' }, lookup })),
    ).toEqual({
      kind: 'host-not-found',
      step: 'look-up',
      canRetry: false,
    });
  });

  test('a resolver that never answers is ended by the deadline', async () => {
    const lookup = async () => await new Promise<never>(() => undefined);
    const account = {
      host: 'pop.invalid',
      port: 110,
      security: 'none',
      plaintextConsent: true,
      user: 'ann',
      mechanism: 'auto',
    } as const;
    const opening = openPop3Session({
      ...account,
      credential: { kind: 'password', password: 'x' },
      lookup,
      timeouts: { connectMs: 50 },
    });
    expect(await endOf(opening)).toEqual({ kind: 'timeout', timeoutMs: 50, step: 'look-up', canRetry: true });
  });

  wireTest('the second address is used when the first does not answer', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: <close>
    `;
    const lookup = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ];
    await using session = await openPop3Session({
      ...pop3.account,
      host: 'mail.test',
      lookup,
      quirks: { capa: false },
    });
    expect(session.state).toBe('transaction');
  });

  const bad: readonly (readonly [string, object, object])[] = [
    ['a line break in the name', { user: 'ann\r\nDELE 1' }, { field: 'user' }],
    ['a NUL in the name', { user: 'a\0b' }, { field: 'user' }],
    [
      'a line break in the password',
      { credential: { kind: 'password', password: 'a\nb' } },
      { field: 'password' },
    ],
    ['a NUL in the password', { credential: { kind: 'password', password: 'a\0' } }, { field: 'password' }],
    [
      'a line break in the token',
      { credential: { kind: 'oauth', accessToken: 'a\rb' } },
      { field: 'accessToken' },
    ],
  ];
  for (const [name, change, facts] of bad)
    test(`${name} never reaches the wire`, async () => {
      await using pop3 = await scriptedServer`
        S: +OK
      `;
      expect(await endOf(openPop3Session({ ...pop3.account, ...change }))).toEqual({
        kind: 'bad-input',
        what: 'holds a line break or a NUL',
        step: 'sign-in',
        canRetry: false,
        ...facts,
      });
      expect(pop3.heard).toEqual([]);
    });

  test('nothing is said without encryption unless the person has agreed', async () => {
    await using pop3 = await scriptedServer`
      S: +OK
    `;
    expect(await endOf(openPop3Session({ ...pop3.account, plaintextConsent: false }))).toEqual({
      kind: 'plaintext-not-allowed',
      step: 'connect',
      canRetry: false,
    });
  });
});
