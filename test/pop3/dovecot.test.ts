import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import { Transcript } from '../../electron/pop3/connection/transcript.ts';
import type { Pop3Options } from '../../electron/pop3/options.ts';
import { Pop3SessionError } from '../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../electron/pop3/session.ts';
import type { AuthMechanism } from '../../shared/account.ts';
import type { Failure } from '../../shared/failure.ts';
import { type CertificateKind, serverCertificate } from '../servers/authority.ts';
import { CollectingSink } from '../servers/collecting-sink.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { guardAgainstLeaks } from '../servers/leaks.ts';
import { maildropA } from '../servers/maildrops.ts';
import { withDovecot } from '../servers/with-dovecot.ts';

guardAgainstLeaks();

const anna = { name: 'anna@example.org', password: 'sécret pass', accessToken: 'token-of-anna' };

/** What a session with the first user over implicit TLS needs, and what the test wants otherwise. */
function options(server: DovecotServer, wishes: Partial<Pop3Options> = {}): Pop3Options {
  const [user] = server.users;
  const security = wishes.security ?? 'tls';
  return {
    host: server.host,
    port: security === 'tls' ? server.tlsPort : server.plainPort,
    security,
    plaintextConsent: security === 'none',
    user: user?.name ?? '',
    credential: { kind: 'password', password: user?.password ?? '' },
    mechanism: 'auto',
    extraAuthorities: [server.authority],
    ...wishes,
  };
}

/** What the client has said, as the log shows it. */
function saidBy(transcript: Transcript): string[] {
  return transcript.entries.filter(({ direction }) => direction === 'client').map(({ text }) => text);
}

/** Opens, says how, and quits; or gives the failure. */
async function attempt(settings: Pop3Options): Promise<string | Failure> {
  try {
    const session = await openPop3Session(settings);
    await session.quit();
    return `${session.mechanismUsed} over ${session.tls?.protocol ?? 'nothing'}`;
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    return error.failure;
  }
}

/** Fetches every message and gives it by its number. */
async function fetchAll(settings: Pop3Options): Promise<Map<number, Buffer>> {
  await using session = await openPop3Session(settings);
  const sink = new CollectingSink();
  await session.retrieve(await session.listing(), sink);
  await session.quit();
  return sink.messages;
}

function digest(message: Uint8Array | undefined): string {
  return message === undefined ? 'missing' : createHash('sha256').update(message).digest('hex');
}

describe('signing in', () => {
  const passwordWays: readonly AuthMechanism[] = [
    'USER',
    'APOP',
    'PLAIN',
    'LOGIN',
    'CRAM-MD5',
    'SCRAM-SHA-1',
    'SCRAM-SHA-256',
  ];

  withDovecot('every mechanism works over TLS, STARTTLS and, with consent, nothing', async () => {
    await using server = await startDovecot({ users: [anna] });
    const outcomes: (string | Failure)[] = [];
    for (const security of ['tls', 'starttls', 'none'] as const) {
      for (const mechanism of passwordWays) {
        // What a greeting says before STLS is forgotten, the challenge of APOP too.
        if (mechanism === 'APOP' && security === 'starttls') continue;
        outcomes.push(await attempt(options(server, { security, mechanism })));
      }
      const credential = { kind: 'oauth', accessToken: anna.accessToken } as const;
      for (const mechanism of ['XOAUTH2', 'OAUTHBEARER'] as const)
        outcomes.push(await attempt(options(server, { security, mechanism, credential })));
    }
    const ways = [...passwordWays, 'XOAUTH2', 'OAUTHBEARER'];
    expect(outcomes).toEqual([
      ...ways.map((way) => `${way} over TLSv1.3`),
      ...ways.filter((way) => way !== 'APOP').map((way) => `${way} over TLSv1.3`),
      ...ways.map((way) => `${way} over nothing`),
    ]);
  });

  withDovecot('the strongest mechanism is chosen, and the next where it is missing', async () => {
    const lists = [
      ['plain', 'login', 'scram-sha-1', 'scram-sha-256'],
      ['plain', 'scram-sha-1'],
      ['login'],
      ['plain'],
    ];
    const outcomes = lists.map(async (mechanisms) => {
      await using server = await startDovecot({ users: [anna], mechanisms });
      return await attempt(options(server));
    });
    expect(await Promise.all(outcomes)).toEqual(
      ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'LOGIN', 'PLAIN'].map((way) => `${way} over TLSv1.3`),
    );
  });

  withDovecot('a wrong password is tried once and by one mechanism only', async () => {
    await using server = await startDovecot({ users: [anna] });
    const credential = { kind: 'password', password: 'wrong' } as const;
    const transcript = new Transcript();
    const outcome = await attempt(options(server, { credential, transcript }));
    const tries = saidBy(transcript).filter((line) => line.startsWith('AUTH'));
    expect([outcome, tries]).toEqual([
      {
        kind: 'authentication',
        step: 'sign-in',
        host: server.host,
        port: server.tlsPort,
        responseCode: 'AUTH',
        serverText: '[AUTH] Authentication failed.',
        canRetry: false,
      },
      ['AUTH SCRAM-SHA-256 ••••••'],
    ]);
  });

  withDovecot('a refused token is told apart from a lost connection', async () => {
    await using server = await startDovecot({ users: [anna] });
    const credential = { kind: 'oauth', accessToken: 'expired' } as const;
    const ways = ['XOAUTH2', 'OAUTHBEARER'] as const;
    const outcomes = ways.map((mechanism) => attempt(options(server, { credential, mechanism })));
    expect(await Promise.all(outcomes)).toMatchObject(ways.map(() => ({ kind: 'authentication' })));
  });

  withDovecot('neither password nor token ever gets into the transcript', async () => {
    await using server = await startDovecot({ users: [anna] });
    const transcripts = [...passwordWays, 'XOAUTH2' as const, 'OAUTHBEARER' as const].map(
      async (mechanism) => {
        const transcript = new Transcript();
        const credential = mechanism.includes('OAUTH')
          ? ({ kind: 'oauth', accessToken: anna.accessToken } as const)
          : ({ kind: 'password', password: anna.password } as const);
        await attempt(options(server, { mechanism, credential, transcript }));
        return transcript.toText();
      },
    );
    const all = (await Promise.all(transcripts)).join('');
    const secrets = [anna.password, anna.accessToken].flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(`\0${anna.name}\0${secret}`).toString('base64').slice(0, 30),
    ]);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });
});

describe('encryption', () => {
  withDovecot('TLS 1.2 and TLS 1.3 both work, and what was agreed on is told', async () => {
    const outcomes = (['TLSv1.2', 'TLSv1.3'] as const).map(async (version) => {
      await using server = await startDovecot({ users: [anna], tlsMaxProtocol: version });
      const session = await openPop3Session(options(server));
      await session.quit();
      return [session.tls?.protocol, session.tls?.subject];
    });
    expect(await Promise.all(outcomes)).toEqual([
      ['TLSv1.2', 'CN=localhost'],
      ['TLSv1.3', 'CN=localhost'],
    ]);
  });

  const problems: [CertificateKind, string | null][] = [
    ['good', null],
    ['good-rsa', null],
    ['expired', 'expired'],
    ['not-yet-valid', 'not-yet-valid'],
    ['self-signed', 'self-signed'],
    ['untrusted', 'untrusted'],
    ['wrong-name', 'wrong-name'],
  ];
  for (const [kind, problem] of problems)
    withDovecot(
      `a certificate that is ${kind} is ${problem === null ? 'taken' : 'refused until pinned'}`,
      async () => {
        const certificate = serverCertificate(kind);
        await using server = await startDovecot({ users: [anna], certificate });
        const pinned = { pinnedKeySha256: certificate.keySha256 };
        const outcomes: (string | Failure)[] = [];
        const saidToRefused: string[] = [];
        for (const security of ['tls', 'starttls'] as const)
          for (const pin of [{}, pinned]) {
            const transcript = new Transcript();
            const outcome = await attempt(options(server, { security, transcript, ...pin }));
            outcomes.push(outcome);
            if (typeof outcome !== 'string') saidToRefused.push(...saidBy(transcript));
          }
        const signedIn = 'SCRAM-SHA-256 over TLSv1.3';
        const plain = problem === null ? signedIn : expect.objectContaining({ kind: 'certificate', problem });
        expect([outcomes, saidToRefused]).toEqual([
          [plain, signedIn, plain, signedIn],
          problem === null ? [] : ['CAPA', 'STLS'],
        ]);
      },
    );

  withDovecot('STARTTLS that the server does not have ends the attempt before anything is said', async () => {
    await using server = await startDovecot({ users: [anna], withoutTls: true });
    const transcript = new Transcript();
    const outcome = await attempt(options(server, { security: 'starttls', transcript }));
    expect([outcome, saidBy(transcript)]).toEqual([
      expect.objectContaining({ kind: 'encryption-unavailable' }),
      ['CAPA'],
    ]);
  });

  withDovecot('a server that wants encryption says so in a way that is understood', async () => {
    await using server = await startDovecot({ users: [anna], disablePlaintext: true });
    const outcome = await attempt(options(server, { security: 'none', mechanism: 'USER' }));
    expect(outcome).toMatchObject({ kind: 'plaintext-not-allowed' });
  });
});

describe('messages', () => {
  const odd: Record<string, string | Buffer> = {
    plain: 'Subject: one\r\n\r\nhello\r\n',
    dots: 'Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n. \r\n..\r\n.\r\n',
    'only a dot': '.\r\n',
    headers: 'Subject: headers only\r\n\r\n',
    '8-bit': Buffer.from('Subject: 8\r\n\r\n\xe4\xf6\xfc\xff\x80\r\n', 'latin1'),
    'bare CR': 'Subject: cr\r\n\r\na\rb\r\r\n\r.\r\n',
    'long line': `Subject: long\r\n\r\n${'x'.repeat(10_000_000)}\r\n`,
    'dot at the end of a line': 'Subject: end\r\n\r\nend.\r\nend.\r\n',
  };

  withDovecot('odd messages come in byte for byte', async () => {
    await using server = await startDovecot({ users: [{ ...anna, messages: Object.values(odd) }] });
    const messages = await fetchAll(options(server));
    expect([...messages.values()].map(digest)).toEqual(
      Object.values(odd).map((message) => digest(Buffer.from(message))),
    );
  });

  withDovecot('a thousand messages come in byte for byte, by every kind of security', async () => {
    const sent = [...maildropA(1000)];
    await using server = await startDovecot({ users: [{ ...anna, messages: sent }] });
    const expected = sent.map(digest);
    for (const security of ['tls', 'starttls', 'none'] as const) {
      const messages = await fetchAll(options(server, { security }));
      expect([...messages.values()].map(digest)).toEqual(expected);
    }
  });

  withDovecot('the listing is what an independent client sees', async () => {
    await using server = await startDovecot({ users: [{ ...anna, messages: maildropA(50) }] });
    await using session = await openPop3Session(options(server));
    const [listing, stat] = [await session.listing(), await session.stat()];
    await session.quit();
    const independent = await server.readMaildrop();
    expect(listing.map(({ number, sizeBytes, uidl }) => ({ number, size: sizeBytes, uidl }))).toEqual(
      independent,
    );
    expect(stat).toEqual({ count: 50, sizeBytes: independent.reduce((sum, { size }) => sum + size, 0) });
  });

  withDovecot('TOP gives the headers and the lines asked for', async () => {
    const message = 'Subject: top\r\n\r\nfirst\r\n.second\r\nthird\r\n';
    await using server = await startDovecot({ users: [{ ...anna, messages: [message] }] });
    await using session = await openPop3Session(options(server));
    const tops = [await session.top(1, 0), await session.top(1, 2)].map((bytes) =>
      Buffer.from(bytes).toString(),
    );
    await session.quit();
    expect(tops).toEqual(['Subject: top\r\n\r\n', 'Subject: top\r\n\r\nfirst\r\n.second\r\n']);
  });
});

describe('deleting', () => {
  /** The UIDLs left after a session that did this, and how it ended. */
  async function leftAfter(
    work: (session: Awaited<ReturnType<typeof openPop3Session>>) => Promise<unknown>,
  ): Promise<unknown> {
    await using server = await startDovecot({ users: [{ ...anna, messages: maildropA(4) }] });
    const before = await server.readMaildrop();
    const session = await openPop3Session(options(server));
    await session.listing();
    const outcome = await work(session);
    session.close();
    await session.closed;
    const after = await server.readMaildrop();
    return [outcome, after.map(({ uidl }) => before.findIndex((entry) => entry.uidl === uidl) + 1)];
  }

  withDovecot('DELE and QUIT remove exactly what was named', async () => {
    const left = await leftAfter(async (session) => {
      const { sent } = await session.delete([2, 4]);
      return [sent, await session.quit()];
    });
    expect(left).toEqual([
      [[2, 4], { outcome: 'applied' }],
      [1, 3],
    ]);
  });

  withDovecot('RSET takes deletions back', async () => {
    const left = await leftAfter(async (session) => {
      await session.delete([1, 2, 3, 4]);
      await session.rset();
      return [[...session.pendingDeletions], await session.quit()];
    });
    expect(left).toEqual([
      [[], { outcome: 'applied' }],
      [1, 2, 3, 4],
    ]);
  });

  withDovecot('a session closed without QUIT deletes nothing', async () => {
    const left = await leftAfter(async (session) => (await session.delete([1, 2, 3, 4])).sent);
    expect(left).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  withDovecot('a message that is not there is refused by itself and stops nothing', async () => {
    const left = await leftAfter(async (session) => {
      const { sent, refused } = await session.delete([1, 9, 2]);
      return [
        sent,
        refused.map(({ number, failure }) => [number, failure.kind]),
        (await session.quit()).outcome,
      ];
    });
    expect(left).toEqual([
      [[1, 2], [[9, 'server-refused']], 'applied'],
      [3, 4],
    ]);
  });
});

withDovecot('a maildrop that another session holds is busy, not refused', async () => {
  await using server = await startDovecot({
    users: [{ ...anna, messages: maildropA(1) }],
    extra: 'protocol pop3 {\n  pop3_lock_session = yes\n}\nmail_max_userip_connections = 1',
  });
  await using holder = await openPop3Session(options(server));
  const outcome = await attempt(options(server));
  await holder.quit();
  // Which code it is depends on Dovecot's version; the words are the same.
  const responseCode = expect.stringMatching(/^(IN-USE|SYS\/TEMP)$/);
  expect(outcome).toMatchObject({ kind: 'mailbox-busy', canRetry: true, responseCode });
});
