import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkLookUp } from '../../../electron/account/discovery/look-up.ts';
import { authorityPem, serverCertificate } from '../../servers/authority.ts';

const open = new AbortController().signal;

type Page = { readonly status: number; readonly location?: string; readonly body?: string };

/**
 * A small internet on loopback: one HTTPS server that answers for every name, by `host path`. Names lead to it by way
 * of addresses that are public or private as the test wants.
 */
async function smallInternet(pages: Readonly<Record<string, Page | (() => Page)>>) {
  const asked: string[] = [];
  const { certificate, key } = serverCertificate();
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const name = `${request.headers.host?.replace(/:\d+$/, '')} ${request.url}`;
    asked.push(name);
    const found = pages[name];
    const page = typeof found === 'function' ? found() : (found ?? { status: 404 });
    response.writeHead(page.status, page.location === undefined ? {} : { location: page.location });
    if (page.body === 'endless') {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    } else response.end(page.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

describe('looking up documents', () => {
  test('follows a few redirects to HTTPS only', async () => {
    const net = await smallInternet({
      'localhost /a': { status: 302, location: '/b' },
      'localhost /b': { status: 301, location: 'c?d' },
      'localhost /c?d': { status: 200, body: '<found/>' },
      'localhost /plain': { status: 302, location: 'http://localhost/a' },
      'localhost /round': { status: 302, location: '/round' },
      'localhost /name': { status: 302, location: 'https://name@localhost/c?d' },
    });
    const lookUp = networkLookUp({
      resolve: async () => ['127.0.0.1'],
      isPublic: () => true,
      authorities: [authorityPem()],
    });
    const paths = ['a', 'plain', 'round', 'name', 'missing'];
    const documents = await Promise.all(
      paths.map((path) => lookUp.document(`https://localhost:${net.port}/${path}`, open)),
    );
    expect([documents, net.asked.filter((one) => one.endsWith('/round')).length]).toEqual([
      ['<found/>', null, null, null, null],
      4,
    ]);
  });

  test.each([['127.0.0.1'], ['[::1]'], ['[::ffff:127.0.0.1]'], ['2130706433'], ['0x7f.1'], ['localhost']])(
    'follows no redirect to the private address %s',
    async (host) => {
      const net = await smallInternet({
        'localhost /a': () => ({ status: 302, location: `https://${host}:${net.port}/inside` }),
      });
      const lookUp = networkLookUp({ resolve: async () => ['127.0.0.1'], authorities: [authorityPem()] });
      const document = await lookUp.document(`https://localhost:${net.port}/a`, open);
      expect([document, net.asked]).toEqual([null, ['localhost /a']]);
    },
  );

  test('asks for the name of each hop once, and connects to what was judged', async () => {
    const net = await smallInternet({
      'localhost /a': { status: 302, location: '/b' },
      'localhost /b': { status: 200, body: '<inside/>' },
    });
    let asked = 0;
    const lookUp = networkLookUp({
      // Public when it is judged, private when it is asked for again: a name that is bound anew.
      resolve: async () => (asked++ === 1 ? ['127.0.0.2', '127.0.0.1'] : ['127.0.0.1']),
      isPublic: (address) => address !== '127.0.0.1',
      authorities: [authorityPem()],
    });
    const document = await lookUp.document(`https://localhost:${net.port}/a`, open);
    expect([document, asked, net.asked]).toEqual([null, 2, ['localhost /a']]);
  });

  test('gives up on a document without end', async () => {
    const net = await smallInternet({ 'localhost /endless': { status: 200, body: 'endless' } });
    const lookUp = networkLookUp({ resolve: async () => ['127.0.0.1'], authorities: [authorityPem()] });
    expect(await lookUp.document(`https://localhost:${net.port}/endless`, open)).toBe(null);
  });

  test('knows a private host by its address and by its name', async () => {
    const names: Record<string, string[]> = { mixed: ['192.0.43.10', '10.0.0.5'], outside: ['192.0.43.10'] };
    const lookUp = networkLookUp({ resolve: async (host) => names[host] ?? Promise.reject(new Error('no')) });
    const hosts = ['10.1.2.3', '::ffff:10.1.2.3', 'fd00::1', 'mixed', 'outside', '192.0.43.10', 'nowhere'];
    expect(await Promise.all(hosts.map((host) => lookUp.isPrivate(host, open)))).toEqual([
      ...[true, true, true, true],
      ...[false, false, false],
    ]);
    const silent = networkLookUp({ resolve: () => new Promise(() => undefined) });
    await expect(silent.isPrivate('late', AbortSignal.timeout(1))).rejects.toThrow();
  });
});

/** A DNS server on loopback that knows a few records; all else does not exist. RFC 1035 §4.1. */
async function dnsServer(records: Readonly<Record<string, readonly Buffer[]>>): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    let at = 12;
    const labels: string[] = [];
    for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + size));
      at += size + 1;
    }
    const question = query.subarray(12, at + 5);
    const type = query.subarray(at + 1, at + 3);
    const answers = (records[`${type.readUInt16BE(0)} ${labels.join('.')}`] ?? []).map((data) => {
      const head = Buffer.from([0xc0, 12, ...type, 0, 1, 0, 0, 0, 60, 0, data.length]);
      return Buffer.concat([head, data]);
    });
    const code = answers.length === 0 ? 3 : 0;
    const header = Buffer.from([
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      0x80 | code,
      0,
      1,
      0,
      answers.length,
      0,
      0,
      0,
      0,
    ]);
    socket.send(Buffer.concat([header, question, ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => {
    socket.close();
  });
  return `127.0.0.1:${socket.address().port}`;
}

function name(text: string): Buffer {
  const labels = text
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

const mx = (priority: number, host: string) => Buffer.concat([Buffer.from([0, priority]), name(host)]);
const srv = (priority: number, weight: number, port: number, host: string) =>
  Buffer.concat([
    Buffer.from([0, priority, 0, weight, port >> 8, port & 255]),
    host === '' ? Buffer.from([0]) : name(host),
  ]);

describe('looking up DNS', () => {
  test('puts the preferred first, and leaves out what is not offered', async () => {
    const server = await dnsServer({
      '15 example.org': [mx(20, 'second.example.org'), mx(10, 'First.Example.org')],
      '33 _pop3s._tcp.example.org': [
        srv(1, 0, 1995, 'spare.example.org'),
        srv(0, 5, 995, 'light.example.org'),
        srv(0, 50, 995, 'heavy.example.org'),
      ],
      '33 _pop3._tcp.example.org': [srv(0, 0, 0, '')],
    });
    const lookUp = networkLookUp({ dnsServers: [server] });
    expect({
      mx: await lookUp.mx('example.org', open),
      missing: await lookUp.mx('nowhere.example', open),
      srv: await lookUp.srv('_pop3s._tcp.example.org', open),
      refused: await lookUp.srv('_pop3._tcp.example.org', open),
    }).toEqual({
      mx: ['first.example.org', 'second.example.org'],
      missing: [],
      srv: [
        { host: 'heavy.example.org', port: 995 },
        { host: 'light.example.org', port: 995 },
        { host: 'spare.example.org', port: 1995 },
      ],
      refused: [],
    });
  });

  test('ends a question when the search is stopped', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      silent.close();
    });
    const stop = new AbortController();
    const lookUp = networkLookUp({ dnsServers: [`127.0.0.1:${silent.address().port}`] });
    const question = lookUp.mx('example.org', stop.signal);
    stop.abort();
    expect([await question, await lookUp.mx('example.org', stop.signal)]).toEqual([[], []]);
  });
});
