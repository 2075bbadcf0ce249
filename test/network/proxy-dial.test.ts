import dns from 'node:dns';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, createServer, isIP } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { networkLookUp } from '../../electron/account/discovery/look-up.ts';
import { fetchRemoteImage, usualImageTools } from '../../electron/message/safety/remote-image.ts';
import { fetchThrough } from '../../electron/network/proxied-fetch.ts';
import { dialThrough, ProxyError } from '../../electron/network/proxy-dial.ts';
import { Routes } from '../../electron/network/routes.ts';
import type { ProxyChoice } from '../../shared/proxy.ts';
import { authorityPem, serverCertificate } from '../servers/authority.ts';
import { connectProxy, type LocalProxy, type LocalProxyOptions, socksProxy } from '../servers/proxies.ts';

/** A name that the test authority certifies. */
const certifiedName = 'login.hidden.test';

/** A canary: every name that this computer looks up while a test runs. */
const lookedUp: string[] = [];
/** An address needs no question to anybody. */
const note = (host: string) => {
  if (isIP(host) === 0) lookedUp.push(host);
};
const usual = { lookup: dns.lookup, promised: dns.promises.lookup };
beforeEach(() => {
  lookedUp.length = 0;
  dns.lookup = Object.assign((...rest: Parameters<typeof dns.lookup>) => {
    note(String(rest[0]));
    return usual.lookup(...rest);
  }, usual.lookup) as typeof dns.lookup;
  dns.promises.lookup = (async (host: string, ...rest: []) => {
    note(host);
    return usual.promised(host, ...rest);
  }) as typeof dns.promises.lookup;
  syncBuiltinESMExports();
});
afterEach(() => {
  dns.lookup = usual.lookup;
  dns.promises.lookup = usual.promised;
  syncBuiltinESMExports();
  vi.unstubAllEnvs();
});

/** A server that greets, and says how often somebody came. */
async function greeter() {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on('error', () => undefined); // the other end may hang up at any time
    socket.write('+OK ready\r\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    count: () => count,
    [Symbol.dispose]: () => void server.close(),
  };
}

const kinds = [
  ['SOCKS5', socksProxy],
  ['CONNECT', connectProxy],
] as const satisfies [string, (options: LocalProxyOptions) => Promise<LocalProxy>][];
const user = { name: 'ann', password: 'пароль' };

async function greetingBy({ proxy }: LocalProxy, host: string, password: string): Promise<string> {
  const signal = AbortSignal.timeout(5_000);
  try {
    const socket = await dialThrough({ ...proxy, password }, host, 995, signal);
    const [bytes] = (await once(socket.resume(), 'data')) as [Buffer];
    socket.destroy();
    return bytes.toString().trim();
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    return error.why;
  }
}

describe.each(kinds)('a connection through a %s proxy', (_name, start) => {
  test('gives the name to the proxy and looks nothing up here', async () => {
    using server = await greeter();
    await using proxy = await start({ places: { 'pop.hidden.example:995': server.port }, user });
    const greeting = await greetingBy(proxy, 'pop.hidden.example', user.password);
    expect([greeting, proxy.asked, lookedUp]).toEqual(['+OK ready', ['name pop.hidden.example:995'], []]);
  });

  test('fails where the proxy refuses the password, does not reach the host, or is not there', async () => {
    using server = await greeter();
    const places = { 'pop.hidden.example:995': server.port };
    const proxy = await start({ places, user });
    const wrong = await greetingBy(proxy, 'pop.hidden.example', 'wrong');
    const elsewhere = await greetingBy(proxy, 'pop.other.example', user.password);
    await proxy[Symbol.asyncDispose]();
    const gone = await greetingBy(proxy, 'pop.hidden.example', user.password);
    expect([wrong, elsewhere, gone, server.count(), lookedUp]).toEqual([
      'sign-in',
      'target',
      'unreachable',
      0,
      [],
    ]);
  });

  test('ends at once when it is stopped', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const stop = new AbortController();
    await using proxy = await start({ places: {} });
    const { port } = silent.address() as AddressInfo;
    const dial = dialThrough({ ...proxy.proxy, port, password: '' }, 'a.example', 995, stop.signal);
    stop.abort('stopped');
    await expect(dial).rejects.toBe('stopped');
    silent.close();
  });

  test('is what pictures and documents take, without a question to the DNS', async () => {
    await using proxy = await start({ places: {} });
    const routes = new Routes({ chosen: () => proxy.proxy, passwordOf: async () => '' });
    const wayTo = (host: string, port: number) => routes.to(host, port);
    const lookUp = networkLookUp({ wayTo, dnsServers: ['127.0.0.1:1'] });
    const signal = AbortSignal.timeout(5_000);
    const document = await lookUp.document('https://autoconfig.hidden.example/mail/config-v1.1.xml', signal);
    const records = [
      await lookUp.mx('hidden.example', signal),
      await lookUp.srv('_pop3s._tcp.hidden.example', signal),
      await lookUp.isPrivate('pop.hidden.example', signal),
    ];
    const image = await fetchRemoteImage('https://pictures.hidden.example/a.png', {
      ...usualImageTools,
      wayTo,
    });
    const inside = await fetchRemoteImage('https://10.0.0.1/a.png', { ...usualImageTools, wayTo });
    expect({ document, records, image, inside, asked: proxy.asked, lookedUp }).toEqual({
      document: null,
      records: [[], [], false],
      image: { ok: false, failure: 'unreachable' },
      inside: { ok: false, failure: 'not-public' },
      asked: ['name autoconfig.hidden.example:443', 'name pictures.hidden.example:443'],
      lookedUp: [],
    });
  });
});

describe('the way out', () => {
  const byHand: ProxyChoice = { kind: 'socks5', host: 'proxy.example', port: 1080, user: '' };
  const isProxied = (chosen: ProxyChoice, host: string, own?: ProxyChoice) =>
    new Routes({ chosen: () => chosen, passwordOf: async () => '' }).to(host, 995, own) !== undefined;

  test('is what the account chose, else what was chosen for the program; this computer is reached directly', () => {
    expect([
      isProxied(byHand, 'pop.example.org'),
      isProxied(byHand, 'pop.example.org', { kind: 'none' }),
      isProxied({ kind: 'none' }, 'pop.example.org', byHand),
      isProxied({ kind: 'none' }, 'pop.example.org'),
      ['localhost', '127.0.0.1', '[::1]', '127.8.0.1'].map((host) => isProxied(byHand, host)),
    ]).toEqual([true, false, true, false, [false, false, false, false]]);
  });

  test('is what the environment names where the system is to say', async () => {
    using server = await greeter();
    await using proxy = await socksProxy({ places: { 'pop.hidden.example:995': server.port }, user });
    vi.stubEnv('HTTPS_PROXY', '');
    vi.stubEnv('https_proxy', '');
    vi.stubEnv(
      'ALL_PROXY',
      `socks5h://ann:${encodeURIComponent(user.password)}@127.0.0.1:${proxy.proxy.port}`,
    );
    vi.stubEnv('NO_PROXY', 'example.net');
    const routes = new Routes({ chosen: () => ({ kind: 'system' }), passwordOf: async () => '' });
    const dial = routes.to('pop.hidden.example', 995);
    const socket = await dial?.('pop.hidden.example', 995, AbortSignal.timeout(5_000));
    const [greeting] = socket === undefined ? [''] : await once(socket.resume(), 'data');
    socket?.destroy();
    expect([String(greeting), routes.to('example.net', 995)]).toEqual(['+OK ready\r\n', undefined]);
  });
});

describe('documents and requests through a proxy', () => {
  test('are encrypted to the server behind it, whose name is checked', async () => {
    const { certificate, key } = serverCertificate('good', [certifiedName]);
    const server = createHttpsServer({ cert: certificate, key }, (request, response) => {
      const sent: Buffer[] = [];
      request.on('data', (chunk: Buffer) => sent.push(chunk));
      request.on('end', () =>
        response.end(`${request.method} ${request.headers.host}${request.url} ${Buffer.concat(sent)}`),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const places = { 'pop.hidden.test:443': port, [`${certifiedName}:443`]: port };
    await using proxy = await connectProxy({ places });
    const routes = new Routes({ chosen: () => proxy.proxy, passwordOf: async () => '' });
    const wayTo = (host: string, at: number) => routes.to(host, at);
    const lookUp = networkLookUp({ wayTo, authorities: [authorityPem()] });
    const ask = fetchThrough(wayTo, [authorityPem()]);
    const body = new URLSearchParams({ code: 'a b' });
    const right = await ask(`https://${certifiedName}/token`, { method: 'POST', body });
    const wrong = await ask('https://pop.hidden.test/token').catch((error: Error) => error.message);
    const signal = AbortSignal.timeout(5_000);
    const document = await lookUp.document(`https://${certifiedName}/d.xml`, signal);
    server.close();
    server.closeAllConnections();
    expect([await right.text(), String(wrong).includes('altnames'), document, lookedUp]).toEqual([
      `POST ${certifiedName}/token code=a+b`,
      true,
      `GET ${certifiedName}/d.xml `,
      [],
    ]);
  });
});
