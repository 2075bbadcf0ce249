import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { oauthClientsFrom } from '../../../electron/account/oauth/oauth-clients.ts';
import { oauthOfferFor } from '../../../electron/account/oauth/oauth-offer.ts';
import { oauthProviderIds } from '../../../electron/account/oauth/oauth-provider.ts';
import { type SignInTools, signInWithProvider } from '../../../electron/account/oauth/sign-in.ts';
import { isStale, refreshTokens } from '../../../electron/account/oauth/tokens.ts';
import { isRedirectUri, type OAuthSettings } from '../../../shared/oauth.ts';

const now = () => 1_000_000;
const clients = oauthClientsFrom({
  POPPY_GOOGLE_CLIENT_ID: 'google-id',
  POPPY_GOOGLE_CLIENT_SECRET: 'not-secret',
  POPPY_MICROSOFT_CLIENT_ID: 'microsoft-id',
});
const nothingDocumented = { providerName: null, endpoints: null };

/** How an account of a known provider signs in. */
function settingsFor(host: string): OAuthSettings {
  const offer = oauthOfferFor(host, clients, nothingDocumented);
  if (offer === null || offer.client === null) throw new Error(`no registration for ${host}`);
  return { ...offer.endpoints, ...offer.client };
}
const google = settingsFor('pop.gmail.com');
const ada = 'ada@gmail.com';

/** A token endpoint that answers with one status and body, and keeps what it was sent. */
function tokenEndpoint(status: number, body: unknown) {
  const sent: Record<string, string>[] = [];
  const fetchLike: typeof fetch = async (input, init) => {
    sent.push({ url: String(input), ...Object.fromEntries(new URLSearchParams(String(init?.body))) });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  return { fetchLike, sent };
}

const granted = { access_token: 'access', token_type: 'Bearer', expires_in: 3600, refresh_token: 'refresh' };

function toolsWith(
  endpoint: { fetchLike: typeof fetch },
  openBrowser: (url: URL) => Promise<void>,
  signal = new AbortController().signal,
): SignInTools {
  return {
    texts: { done: 'Done.', refused: 'Refused.' },
    openBrowser: (url) => openBrowser(new URL(url)),
    fetchLike: endpoint.fetchLike,
    now,
    signal,
  };
}

/** Comes back from the provider with these parameters, as a browser would; hands back status and text. */
function comeBack(url: URL, parameters: Record<string, string>, host?: string, path = '/') {
  const redirect = new URL(url.searchParams.get('redirect_uri') ?? '');
  const query = new URLSearchParams(parameters);
  return new Promise<string>((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request({
      host: '127.0.0.1',
      port: redirect.port,
      path: `${path}?${query}`,
      headers: { host: redirect.host, ...headers },
    })
      .on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(`${response.statusCode} ${text}`));
      })
      .on('error', reject)
      .end();
  });
}

function stateOf(url: URL): string {
  return url.searchParams.get('state') ?? '';
}

describe('signing in with a provider', () => {
  test('goes to the browser with a proof key, comes back with a code, and trades it in', async () => {
    const endpoint = tokenEndpoint(200, granted);
    let asked: URL | undefined;
    let shown = '';
    const outcome = await signInWithProvider(
      google,
      ada,
      toolsWith(endpoint, async (url) => {
        asked = url;
        shown = await comeBack(url, { code: 'the-code', state: stateOf(url) });
      }),
    );
    const parameters = Object.fromEntries(asked?.searchParams ?? []);
    const [sent] = endpoint.sent;
    expect({
      outcome,
      shown,
      at: `${asked?.origin}${asked?.pathname}`,
      parameters: {
        ...parameters,
        redirect_uri: /^http:\/\/127\.0\.0\.1:\d+\/$/.test(parameters.redirect_uri ?? ''),
        state: (parameters.state ?? '').length,
        code_challenge: '',
      },
      isProven:
        createHash('sha256')
          .update(sent?.code_verifier ?? '')
          .digest('base64url') === parameters.code_challenge,
      sent: { ...sent, code_verifier: '', redirect_uri: sent?.redirect_uri === parameters.redirect_uri },
    }).toEqual({
      outcome: { ok: true, value: { accessToken: 'access', refreshToken: 'refresh', expiresAt: 4_600_000 } },
      shown: '200 Done.',
      at: 'https://accounts.google.com/o/oauth2/v2/auth',
      parameters: {
        response_type: 'code',
        client_id: 'google-id',
        redirect_uri: true,
        scope: 'https://mail.google.com/',
        state: 43,
        code_challenge: '',
        code_challenge_method: 'S256',
        login_hint: 'ada@gmail.com',
        access_type: 'offline',
        prompt: 'consent',
      },
      isProven: true,
      sent: {
        url: 'https://oauth2.googleapis.com/token',
        grant_type: 'authorization_code',
        code: 'the-code',
        code_verifier: '',
        redirect_uri: true,
        client_id: 'google-id',
        client_secret: 'not-secret',
      },
    });
  });

  test('is not fooled by another state, another host or another path', async () => {
    const heard: string[] = [];
    const outcome = await signInWithProvider(
      settingsFor('outlook.office365.com'),
      'ada@outlook.com',
      toolsWith(tokenEndpoint(200, granted), async (url) => {
        const right = { code: 'right', state: stateOf(url) };
        heard.push(await comeBack(url, { code: 'forged', state: 'forged' }));
        heard.push(await comeBack(url, { code: 'forged' }));
        heard.push(await comeBack(url, right, 'evil.example'));
        heard.push(await comeBack(url, right, undefined, '/elsewhere'));
        heard.push(await comeBack(url, right));
      }),
    );
    expect([heard, outcome.ok]).toEqual([['404 ', '404 ', '404 ', '404 ', '200 Done.'], true]);
  });

  test('ends quietly when the person says no, or stops', async () => {
    const endpoint = tokenEndpoint(200, granted);
    const stop = new AbortController();
    const no = await signInWithProvider(
      google,
      ada,
      toolsWith(endpoint, async (url) => {
        await comeBack(url, { error: 'access_denied', state: stateOf(url) });
      }),
    );
    const stopped = await signInWithProvider(
      google,
      ada,
      toolsWith(endpoint, async () => stop.abort(), stop.signal),
    );
    const cancelled = { ok: false, failure: { kind: 'cancelled', step: 'sign-in', canRetry: true } };
    expect([no, stopped, endpoint.sent]).toEqual([cancelled, cancelled, []]);
  });

  test('answers a page that is loaded twice, and trades the code in once', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const endpoint = tokenEndpoint(200, granted);
    const shown: string[] = [];
    const outcome = await signInWithProvider(
      google,
      ada,
      toolsWith(
        {
          fetchLike: async (...request) => {
            await held;
            return endpoint.fetchLike(...request);
          },
        },
        async (url) => {
          for (const code of ['first', 'second'])
            shown.push(await comeBack(url, { code, state: stateOf(url) }));
          letGo();
        },
      ),
    );
    expect([outcome.ok, shown, endpoint.sent.map(({ code }) => code)]).toEqual([
      true,
      ['200 Done.', '200 Done.'],
      ['first'],
    ]);
  });

  test('comes back to a fixed address where the registration names one, and says so when its port is taken', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const fixed = { ...google, redirectUri: `http://localhost:${port}/back` };
    const tools = toolsWith(tokenEndpoint(200, granted), async (url) => {
      await comeBack(url, { code: 'the-code', state: stateOf(url) }, undefined, '/back');
    });
    const taken = await signInWithProvider(fixed, ada, tools);
    busy.close();
    await once(busy, 'close');
    const free = await signInWithProvider(fixed, ada, tools);
    expect([taken.ok || taken.failure.kind, free.ok]).toEqual(['refused', true]);
  });
});

describe('what can be offered', () => {
  test('is the browser where a provider is known, with the registration of file or environment', () => {
    const file = { yahoo: { clientId: 'from-the-file' }, aol: { clientId: 7 }, google: { clientId: 'file' } };
    const known = oauthClientsFrom(
      {
        POPPY_GOOGLE_CLIENT_ID: 'environment',
        POPPY_YANDEX_CLIENT_ID: 'y',
        POPPY_YANDEX_REDIRECT_URI: 'http://127.0.0.1:8123/',
      },
      file,
    );
    const clientAt = (host: string) => oauthOfferFor(host, known, nothingDocumented)?.client ?? null;
    expect([
      clientAt('POP.gmail.com'),
      clientAt('pop.mail.yahoo.com'),
      clientAt('pop.aol.com'),
      clientAt('pop.yandex.com'),
      oauthOfferFor('constructor', known, nothingDocumented),
      oauthOfferFor('pop.example.org', known, nothingDocumented),
      oauthClientsFrom({}),
    ]).toEqual([
      { clientId: 'environment', redirectUri: 'http://127.0.0.1/' },
      { clientId: 'from-the-file', redirectUri: 'http://127.0.0.1/' },
      null,
      { clientId: 'y', redirectUri: 'http://127.0.0.1:8123/' },
      null,
      null,
      {},
    ]);
  });

  test('is what the own document of a provider names, where the table has nothing', () => {
    const endpoints = {
      authorizeUrl: 'https://login.example.org/auth',
      tokenUrl: 'https://login.example.org/token',
      scope: 'pop',
    };
    expect(oauthOfferFor('pop.example.org', {}, { providerName: 'Example', endpoints })).toEqual({
      providerName: 'Example',
      endpoints,
      client: null,
      redirectUri: 'http://127.0.0.1/',
      registerPage: null,
    });
  });

  test('asks each provider at https addresses and comes back to this computer', () => {
    const hosts = [
      'pop.gmail.com',
      'outlook.office365.com',
      'pop.mail.yahoo.com',
      'pop.aol.com',
      'pop.fastmail.com',
      'pop.mail.ru',
      'pop.yandex.com',
    ];
    const offers = hosts.map((host) => oauthOfferFor(host, {}, nothingDocumented));
    const addresses = offers.flatMap((offer) =>
      offer === null
        ? []
        : [
            offer.endpoints.authorizeUrl,
            offer.endpoints.tokenUrl,
            offer.endpoints.revokeUrl ?? '',
            offer.registerPage ?? '',
          ],
    );
    expect([
      offers.length === oauthProviderIds.length && offers.every((offer) => offer !== null),
      addresses.filter((address) => address !== '' && !address.startsWith('https://')),
      offers.filter((offer) => !isRedirectUri(offer?.redirectUri ?? '')),
    ]).toEqual([true, [], []]);
  });
});

describe('renewing a token', () => {
  async function renew(status: number, body: unknown) {
    const endpoint = tokenEndpoint(status, body);
    const tools = { fetchLike: endpoint.fetchLike, now, signal: new AbortController().signal };
    const outcome = await refreshTokens(settingsFor('outlook.office365.com'), 'old', tools);
    return outcome.ok ? outcome.value : outcome.failure;
  }

  test('keeps the old refresh token unless a new one comes', async () => {
    const { refresh_token: _, ...same } = granted;
    expect([await renew(200, granted), await renew(200, same)]).toEqual([
      { accessToken: 'access', refreshToken: 'refresh', expiresAt: 4_600_000 },
      { accessToken: 'access', refreshToken: 'old', expiresAt: 4_600_000 },
    ]);
  });

  test('asks the person again only when the provider has refused', async () => {
    const where = { host: 'login.microsoftonline.com', step: 'sign-in' };
    expect([
      await renew(400, { error: 'invalid_grant', error_description: 'refresh token old is gone' }),
      await renew(503, '<html>busy</html>'),
      await renew(200, '<html>captive portal</html>'),
    ]).toEqual([
      { kind: 'sign-in-again', ...where, canRetry: false, serverText: 'invalid_grant' },
      { kind: 'server-trouble', ...where, canRetry: true },
      { kind: 'protocol', ...where, canRetry: false },
    ]);
  });

  test('takes place a minute before the token ends', () => {
    const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 100_000 };
    expect([isStale(tokens, 39_999), isStale(tokens, 40_000)]).toEqual([false, true]);
  });
});
