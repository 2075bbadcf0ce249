import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkLookUp } from '../../../electron/account/discovery/look-up.ts';

const open = new AbortController().signal;

/** A fetch that answers from a table and notes what it was asked. */
function fakeFetch(answers: Readonly<Record<string, () => Response>>) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetchLike: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    asked.push({ url, init });
    const answer = answers[url];
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer();
  };
  return { fetchLike, asked };
}

const redirect = (location: string) => () => new Response(null, { status: 302, headers: { location } });

describe('looking up documents', () => {
  test('follows a few redirects to HTTPS only, without cookies or a referrer', async () => {
    const { fetchLike, asked } = fakeFetch({
      'https://a.example/x': redirect('https://b.example/y'),
      'https://b.example/y': redirect('/z'),
      'https://b.example/z': () => new Response('<found/>'),
      'https://plain.example/x': redirect('http://plain.example/x'),
      'https://user.example/x': redirect('https://name@user.example/y'),
      'https://round.example/x': redirect('https://round.example/x'),
      'https://missing.example/x': () => new Response('gone', { status: 404 }),
    });
    const lookUp = networkLookUp({ fetchLike });
    const hosts = ['a', 'plain', 'user', 'round', 'missing', 'nobody'];
    const documents = await Promise.all(
      hosts.map((host) => lookUp.document(`https://${host}.example/x`, open)),
    );
    expect({
      documents,
      rounds: asked.filter(({ url }) => url.startsWith('https://round')).length,
      careful: asked.every(
        ({ init }) =>
          init?.credentials === 'omit' && init.referrerPolicy === 'no-referrer' && init.redirect === 'manual',
      ),
      plain: asked.some(({ url }) => url.startsWith('http:')),
    }).toEqual({
      documents: ['<found/>', null, null, null, null, null],
      rounds: 4,
      careful: true,
      plain: false,
    });
  });

  test('gives up on a document without end', async () => {
    let pieces = 0;
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pieces += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      });
    const { fetchLike } = fakeFetch({ 'https://endless.example/x': () => new Response(body()) });
    const document = await networkLookUp({ fetchLike }).document('https://endless.example/x', open);
    expect([document, pieces < 10]).toEqual([null, true]);
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
