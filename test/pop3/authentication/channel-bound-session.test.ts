import { describe, expect, test } from 'vitest';
import { Pop3SessionError } from '../../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import { authorityPem } from '../../servers/authority.ts';
import { type BoundServerOptions, startBoundPop3 } from '../../servers/bound-pop3.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';

guardAgainstLeaks();

/** Signs in and says how, or the kind of failure. */
async function signIn(
  server: Partial<BoundServerOptions>,
  password = 'secret',
  quirks: ServerQuirks = {},
): Promise<string> {
  await using running = await startBoundPop3({
    mechanism: 'SCRAM-SHA-256-PLUS',
    password: 'secret',
    version: 'TLSv1.3',
    ...server,
  });
  try {
    const session = await openPop3Session({
      host: '127.0.0.1',
      port: running.port,
      security: 'tls',
      plaintextConsent: false,
      user: 'anna',
      credential: { kind: 'password', password },
      mechanism: 'auto',
      extraAuthorities: [authorityPem()],
      quirks,
    });
    await session.quit();
    Object.assign(quirks, session.quirks);
    return session.mechanismUsed;
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    return error.failure.kind;
  }
}

describe('a session bound to its TLS connection', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('signs in over %s by both hashes', async (version) => {
    const mechanisms = ['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'] as const;
    const outcomes = mechanisms.map((mechanism) => signIn({ version, mechanism }));
    expect(await Promise.all(outcomes)).toEqual(mechanisms);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is not signed in over %s when somebody relays it',
    async (version) => {
      expect(await signIn({ version, isRelayed: true })).toBe('encryption-failed');
    },
  );

  test.each(['says so', 'refuses', 'refuses the proof', 'hangs up'] as const)(
    'does without where the server knows only other bindings and %s, and remembers it',
    async (knowsOtherBindings) => {
      const quirks: ServerQuirks = {};
      const server = { knowsOtherBindings };
      const ways = [await signIn(server, 'secret', quirks), await signIn(server, 'secret', quirks)];
      expect([ways, quirks]).toEqual([
        ['SCRAM-SHA-256', 'SCRAM-SHA-256'],
        { capa: true, channelBinding: false, scram: true },
      ]);
    },
  );

  test.each(['says so', 'refuses', 'refuses the proof', 'hangs up'] as const)(
    'is not given up where it has worked before and the server %s',
    async (knowsOtherBindings) => {
      const quirks: ServerQuirks = {};
      const first = await signIn({}, 'secret', quirks);
      const changed = [
        await signIn({ knowsOtherBindings }, 'secret', quirks),
        await signIn({ knowsOtherBindings }, 'secret', quirks),
      ];
      expect([first, changed, quirks.channelBinding]).toEqual([
        'SCRAM-SHA-256-PLUS',
        ['weaker-sign-in', 'weaker-sign-in'],
        true,
      ]);
    },
  );

  test('with a wrong password fails as any other sign-in', async () => {
    expect(await signIn({}, 'guess')).toBe('authentication');
  });
});
