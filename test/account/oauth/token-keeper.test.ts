import { describe, expect, test } from 'vitest';
import { TokenKeeper } from '../../../electron/account/oauth/token-keeper.ts';
import type { Vault } from '../../../electron/account/secrets/vault.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import { ok } from '../../../shared/result.ts';

const ada = '00000000000000aa' as AccountId;
const oauth: OAuthSettings = {
  authorizeUrl: 'https://login.example.org/authorize',
  tokenUrl: 'https://login.example.org/token',
  scope: 'pop',
  clientId: 'poppy',
  redirectUri: 'http://127.0.0.1/',
};

const place = { oauth, proxy: undefined };

/** A keeper over a provider that changes the refresh token each time; all that happens is told in order. */
function keeperOver({ keeps = 'keyring' }: { readonly keeps?: 'keyring' | 'memory-only' } = {}) {
  const told: string[] = [];
  let secret: string | null = 'refresh-0';
  let clock = 0;
  let granted = 0;
  const vault: Vault = {
    status: async () => keeps,
    get: async () => ok(secret),
    set: async (_accountId, next) => {
      told.push(`keep ${next}`);
      secret = next;
      return ok(keeps);
    },
    remove: async () => ok(null),
  };
  const fetchLike: typeof fetch = async (_url, init) => {
    const sent = new URLSearchParams(String(init?.body)).get('refresh_token');
    told.push(`renew by ${sent}`);
    granted += 1;
    return Response.json({
      access_token: `access-${granted}`,
      refresh_token: `refresh-${granted}`,
      token_type: 'Bearer',
      expires_in: 600,
    });
  };
  const keeper = new TokenKeeper({
    ...{ vault, fetchBy: () => fetchLike, now: () => clock },
    onNotKept: () => told.push('not kept'),
  });
  const use = async () => {
    const token = await keeper.accessToken(ada, place, new AbortController().signal);
    told.push(token.ok ? `use ${token.value}` : token.failure.kind);
  };
  return {
    ...{ keeper, use, told },
    at: (seconds: number) => {
      clock = seconds * 1000;
    },
    empty: () => {
      secret = null;
    },
  };
}

describe('access tokens', () => {
  test('are renewed before they end, and the new refresh token is kept before the access token is used', async () => {
    const { use, at, told } = keeperOver();
    await use();
    at(500);
    await use();
    at(550);
    await use();
    expect(told).toEqual([
      'renew by refresh-0',
      'keep refresh-1',
      'use access-1',
      'use access-1',
      'renew by refresh-1',
      'keep refresh-2',
      'use access-2',
    ]);
  });

  test('are renewed once for two sessions that ask at the same time', async () => {
    const { use, told } = keeperOver();
    await Promise.all([use(), use()]);
    expect(told).toEqual(['renew by refresh-0', 'keep refresh-1', 'use access-1', 'use access-1']);
  });

  test('are used even where the keyring refuses the refresh token, and the person is told', async () => {
    const { use, told } = keeperOver({ keeps: 'memory-only' });
    await use();
    expect(told).toEqual(['renew by refresh-0', 'keep refresh-1', 'not kept', 'use access-1']);
  });

  test('are asked for again after the server has refused one, and only then', async () => {
    const { keeper, use, told } = keeperOver();
    await use();
    keeper.refuse(ada, 'another');
    await use();
    keeper.refuse(ada, 'access-1');
    await use();
    expect(told.filter((line) => !line.startsWith('keep'))).toEqual([
      'renew by refresh-0',
      'use access-1',
      'use access-1',
      'renew by refresh-1',
      'use access-2',
    ]);
  });

  test('need the person where nothing is kept', async () => {
    const { use, empty, told } = keeperOver();
    empty();
    await use();
    expect(told).toEqual(['sign-in-again']);
  });

  test('come to a session whose neighbour was stopped while it renewed', async () => {
    const { keeper, told } = keeperOver();
    const stopped = new AbortController();
    const first = keeper.accessToken(ada, place, stopped.signal);
    const second = keeper.accessToken(ada, place, new AbortController().signal);
    stopped.abort();
    await first;
    expect([(await second).ok, told.length > 0]).toEqual([true, true]);
  });
});
