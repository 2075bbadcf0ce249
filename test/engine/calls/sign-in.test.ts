import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account, ServerSettings } from '../../../shared/account.ts';
import { isOAuthEndpoint } from '../../../shared/oauth.ts';
import { failed } from '../../../shared/result.ts';
import { builtParseWorker } from '../../message/parsing/built-worker.ts';
import { AuthorizationServer } from '../../servers/authorization-server.ts';
import { TokenServer, type TokenServerOptions } from '../../servers/token-pop3.ts';
import { letter, memoryVault, type RunningEngine, runningEngine } from '../running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

const texts = { done: 'Done.', refused: 'Refused.' };
const letters = ['One', 'Two', 'Three'].map((subject) => `${letter(subject)}\r\n`);

/** A provider with its mail server, and a running Poppy. */
async function world(options: Partial<TokenServerOptions> = {}, vault = memoryVault()) {
  const provider = await new AuthorizationServer().listen();
  const mail = await new TokenServer({
    ...{ mechanism: 'XOAUTH2', accessTokens: provider.accessTokens, letters, ...options },
  }).listen();
  const engine = await runningEngine(built.entry, vault);
  const server: ServerSettings = {
    ...{ host: '127.0.0.1', port: mail.port, security: 'none', user: 'ann@example.org' },
    ...{ mechanism: 'auto', plaintextConsent: true, oauth: provider.settings },
  };
  return {
    ...{ provider, mail, engine, vault, server },
    choices: choicesOf(server),
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

type World = Awaited<ReturnType<typeof world>>;

function choicesOf(server: ServerSettings): Omit<Account, 'id' | 'isSample'> {
  return {
    ...{ name: 'Work', address: 'ann@example.org', server, retention: { kind: 'keep' } },
    ...{ checkEveryMinutes: 0, checkAtStart: false, partialAboveBytes: 0 },
    deleteOnServerWhenDeletedHere: false,
  };
}

/** Begins a sign-in. Answers the page that the browser is to open, and how the sign-in ends. */
async function beginSignIn({ engine, provider }: World, attempt = 'a') {
  const before = engine.events('browser/asked').length;
  const outcome = engine.answers['sign-in/begin']({
    ...{ attempt, oauth: provider.settings, address: 'ann@example.org', texts },
  });
  await engine.until(() => engine.events('browser/asked').length > before);
  return { url: engine.events('browser/asked').at(-1)?.url ?? '', outcome };
}

/** Signs in as a person would: the browser opens the page that was asked for. */
async function signIn(at: World, browse = openInBrowser) {
  const { url, outcome } = await beginSignIn(at);
  await browse(url);
  return outcome;
}

async function openInBrowser(url: string): Promise<string> {
  const page = await fetch(url);
  return page.text();
}

async function added(at: World) {
  const signed = await signIn(at);
  if (!signed.ok) throw new Error(signed.failure.kind);
  const account = await at.engine.answers['account/add']({
    ...{ choices: at.choices, password: '', grant: signed.value.grant },
  });
  if (!account.ok) throw new Error(account.failure.kind);
  await checksEnded(at.engine, 1);
  return account.value.accountId;
}

async function checksEnded(engine: RunningEngine, count: number) {
  await engine.until(() => engine.events('check/ended').length === count);
  return engine.events('check/ended').at(-1);
}

test.each(['XOAUTH2', 'OAUTHBEARER'] as const)(
  'a person signs in in the browser, tests and adds the account, and its mail comes by %s',
  async (mechanism) => {
    await using at = await world({ mechanism });
    const { engine, provider, vault, server } = at;
    let shown = '';
    const signed = await signIn(at, async (url) => {
      shown = await openInBrowser(url);
      return shown;
    });
    const grant = signed.ok ? signed.value.grant : '';
    const tested = await engine.answers['account/test']({
      ...{ attempt: 't', server, password: null, grant, accountId: null, allowsNewKey: false },
    });
    const account = await engine.answers['account/add']({ choices: at.choices, password: '', grant });
    const check = await checksEnded(engine, 1);
    const events = JSON.stringify(engine.events('account/changed'));
    const tokens = [...provider.accessTokens, ...vault.held.values()];
    expect({
      shown,
      isLoopbackPage: engine.events('browser/asked').every(({ url }) => isOAuthEndpoint(url)),
      tested: tested.ok && tested.value.mechanism,
      isKept: account.ok && vault.held.has(account.value.accountId),
      stored: check?.stored,
      grants: provider.grants,
      leaked: tokens.filter((token) => events.includes(token)),
    }).toEqual({
      shown: 'Done.',
      isLoopbackPage: true,
      tested: mechanism,
      isKept: true,
      stored: 3,
      grants: ['authorization_code'],
      leaked: [],
    });
  },
);

test('says so when the person does not agree, and when the browser is closed and the waiting stopped', async () => {
  await using at = await world();
  at.provider.person = 'denies';
  const denied = await signIn(at);
  const closed = signIn(at, async () => {
    await at.engine.answers['sign-in/stop']({ attempt: 'a' });
    return '';
  });
  const cancelled = failed({ kind: 'cancelled', step: 'sign-in', canRetry: true });
  expect([denied, await closed, at.provider.grants]).toEqual([cancelled, cancelled, []]);
});

test('two windows sign in side by side, and an answer with the state of the other changes nothing', async () => {
  await using at = await world();
  const one = await beginSignIn(at, 'one');
  const two = await beginSignIn(at, 'two');
  const redirect = await fetch(one.url, { redirect: 'manual' });
  const swapped = new URL(redirect.headers.get('location') ?? '');
  swapped.searchParams.set('state', new URL(two.url).searchParams.get('state') ?? '');
  const turnedAway = (await fetch(swapped)).status;
  const shown = [await openInBrowser(two.url), await openInBrowser(one.url)];
  const grants = (await Promise.all([one.outcome, two.outcome])).map((end) => end.ok && end.value.grant);
  expect([turnedAway, shown, new Set(grants).size, grants.every((grant) => grant !== false)]).toEqual([
    404,
    ['Done.', 'Done.'],
    2,
    true,
  ]);
});

test('a token that ends in the middle of a check is renewed, and the check goes on', async () => {
  let end: () => void = () => undefined;
  await using at = await world({
    onSent: (count, hangUp) => {
      if (count !== 2) return;
      end();
      hangUp();
    },
  });
  end = () => at.provider.accessTokens.clear();
  await added(at);
  const check = at.engine.events('check/ended').at(-1);
  const rows = await at.engine.rows();
  expect([check?.outcome, rows.length, at.provider.grants, at.mail.signIns]).toEqual([
    'done',
    3,
    ['authorization_code', 'refresh_token'],
    ['ann@example.org in', 'ann@example.org refused', 'ann@example.org in'],
  ]);
});

test('where the provider renews no more, the account waits for the person, who signs in again', async () => {
  await using at = await world();
  const { engine, provider } = at;
  const accountId = await added(at);
  provider.accessTokens.clear();
  provider.refusesRenewal = true;
  await engine.answers['check/start']({ accountId });
  const refused = await checksEnded(engine, 2);
  const [state] = await engine.answers['account/list']({});
  provider.refusesRenewal = false;
  const signed = await signIn(at);
  const taken = await engine.answers['sign-in/take-over']({
    ...{ accountId, grant: signed.ok ? signed.value.grant : '' },
  });
  const again = await checksEnded(engine, 3);
  expect([
    refused?.failure?.kind,
    state?.trouble?.kind,
    state?.nextCheckAt,
    taken.ok,
    again?.outcome,
  ]).toEqual(['sign-in-again', 'sign-in-again', null, true, 'done']);
});

test('a removed account takes its refresh token back at the provider', async () => {
  await using at = await world();
  const accountId = await added(at);
  const refreshToken = at.vault.held.get(accountId);
  await at.engine.answers['account/remove']({ accountId, keepMail: false });
  expect([at.provider.revoked, at.vault.held.size]).toEqual([[refreshToken], 0]);
});

test('a token goes to no other provider when the settings of an account change', async () => {
  await using at = await world();
  await using other = await new AuthorizationServer().listen();
  const accountId = await added(at);
  const server = { ...at.server, oauth: { ...at.server.oauth, ...other.settings } };
  const updated = await at.engine.answers['account/update']({
    ...{ accountId, choices: choicesOf(server), allowsNewKey: false },
  });
  await at.engine.answers['check/start']({ accountId });
  const check = await checksEnded(at.engine, 2);
  expect([updated.ok, check?.failure?.kind, other.grants, at.vault.held.size]).toEqual([
    true,
    'sign-in-again',
    [],
    0,
  ]);
});

test('an issuer is asked for its addresses by https only', async () => {
  await using at = await world();
  const { engine, provider } = at;
  const found = await engine.answers['sign-in/issuer']({ issuer: `${provider.origin}/` });
  const plain = await engine.answers['sign-in/issuer']({ issuer: 'http://login.example.org' });
  expect([found, plain.ok || plain.failure.kind]).toEqual([
    {
      ok: true,
      value: {
        authorizeUrl: `${provider.origin}/authorize`,
        tokenUrl: `${provider.origin}/token`,
        scope: '',
      },
    },
    'bad-input',
  ]);
});
