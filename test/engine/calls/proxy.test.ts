import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServerSettings } from '../../../shared/account.ts';
import { accountDefaults } from '../../../shared/account.ts';
import { builtParseWorker } from '../../message/parsing/built-worker.ts';
import { connectProxy, socksProxy } from '../../servers/proxies.ts';
import { letterOf, UnrulyServer } from '../../servers/unruly.ts';
import { memoryVault, runningEngine } from '../running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

const hidden: ServerSettings = {
  ...{ host: 'pop.hidden.example', port: 110, security: 'none', user: 'ann' },
  ...{ mechanism: 'auto', plaintextConsent: true },
};

test('mail comes through the chosen proxies, and where one is gone nothing connects around it', async () => {
  await using server = await new UnrulyServer([letterOf('a', 'One'), letterOf('b', 'Two')]).listen();
  const places = { 'pop.hidden.example:110': server.port };
  const user = { name: 'ann', password: 'secret of the proxy' };
  const socks = await socksProxy({ places, user });
  await using http = await connectProxy({ places });
  const vault = memoryVault();
  await using engine = await runningEngine(built.entry, vault);
  const { answers } = engine;
  await answers['preferences/update']({ proxy: socks.proxy });
  await answers['proxy/set-password']({ proxy: socks.proxy, password: user.password });
  const choices = {
    ...accountDefaults,
    ...{ name: 'Hidden', address: 'ann@hidden.example', checkEveryMinutes: 0 },
  };
  const added = await answers['account/add']({ choices: { ...choices, server: hidden }, password: 'secret' });
  if (!added.ok) throw new Error(added.failure.kind);
  const { accountId } = added.value;
  const ended = async (count: number) => {
    await engine.until(() => engine.events('check/ended').length === count);
    return engine.events('check/ended').at(-1);
  };
  const bySocks = await ended(1);
  await socks[Symbol.asyncDispose]();
  await answers['check/start']({ accountId });
  const without = await ended(2);
  const server2 = { ...hidden, proxy: http.proxy };
  await answers['account/update']({
    ...{ accountId, choices: { ...choices, server: server2 }, allowsNewKey: false },
  });
  await answers['check/start']({ accountId });
  const byHttp = await ended(3);
  const preferences = JSON.stringify([
    await answers['preferences/read']({}),
    engine.events('account/changed'),
  ]);
  expect({
    bySocks: [bySocks?.stored, socks.asked],
    without: [without?.failure?.kind, server.sessions.length],
    byHttp: [byHttp?.outcome, http.asked],
    leaked: preferences.includes(user.password),
    isInVault: [...vault.held.values()].includes(user.password),
  }).toEqual({
    bySocks: [2, ['name pop.hidden.example:110']],
    without: ['proxy-failed', 2],
    byHttp: ['done', ['name pop.hidden.example:110']],
    leaked: false,
    isInVault: true,
  });
});
