import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { rasterSizeOf } from '../../../electron/message/safety/raster-type.ts';
import {
  fetchRemoteImage,
  type RemoteImageTools,
  usualImageTools,
} from '../../../electron/message/safety/remote-image.ts';
import { isPublicAddress } from '../../../electron/network/public-address.ts';
import { authorityPem, serverCertificate } from '../../servers/authority.ts';

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const picture = Buffer.concat([pixel.subarray(0, 6), Buffer.from([40, 0, 30, 0]), pixel.subarray(10)]);

/** An image server on loopback that notes every request. */
async function imageServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const { certificate, key } = serverCertificate('good', ['pictures.example', 'localhost', '127.0.0.1']);
  const requests: IncomingMessage[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const tools: RemoteImageTools = {
    ...usualImageTools,
    resolve: async () => ['127.0.0.1'],
    isAllowedAddress: (address) => address === '127.0.0.1' || isPublicAddress(address),
    maximumBytes: 10_000,
    certificateAuthority: authorityPem(),
  };
  return {
    url: `https://pictures.example:${port}`,
    requests,
    tools,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const failure = (kind: string) => ({ ok: false, failure: kind });

describe('fetching a remote image', () => {
  test('asks without cookie, referrer or anything that tells who reads', async () => {
    await using server = await imageServer((_request, response) => response.end(picture));
    const outcome = await fetchRemoteImage(`${server.url}/a.gif?x=1#part`, server.tools);
    expect({ outcome, url: server.requests[0]?.url, headers: server.requests[0]?.headers }).toEqual({
      outcome: { ok: true, value: { type: 'image/gif', bytes: picture } },
      url: '/a.gif?x=1',
      headers: {
        host: new URL(server.url).host,
        accept: 'image/*',
        'user-agent': 'Mozilla/5.0',
        connection: 'close',
      },
    });
  });

  test('follows five redirects, and no more', async () => {
    await using server = await imageServer((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(picture);
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const five = await fetchRemoteImage(`${server.url}/5`, server.tools);
    const six = await fetchRemoteImage(`${server.url}/6`, server.tools);
    expect([five.ok, six]).toEqual([true, failure('too-many-redirects')]);
  });

  test('looks at the address again after a redirect', async () => {
    await using server = await imageServer((_request, response) =>
      response.writeHead(302, { location: 'https://inside.example/a.gif' }).end(),
    );
    const resolve = async (host: string) => (host === 'inside.example' ? ['192.168.1.1'] : ['127.0.0.1']);
    expect(await fetchRemoteImage(server.url, { ...server.tools, resolve })).toEqual(failure('not-public'));
  });

  test('connects to the address it has judged, whatever the name answers a second time', async () => {
    await using server = await imageServer((_request, response) => response.end(picture));
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return asked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
    };
    const outcome = await fetchRemoteImage(server.url, { ...server.tools, resolve });
    expect([outcome.ok, asked]).toEqual([true, ['pictures.example']]);
  });

  test('refuses a name with one closed address among open ones', async () => {
    const resolve = async () => ['93.184.216.34', '10.0.0.1'];
    expect(await fetchRemoteImage('https://mixed.example/', { ...usualImageTools, resolve })).toEqual(
      failure('not-public'),
    );
  });

  test.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'http://169.254.169.254/latest/meta-data',
  ])('refuses %s', async (url) => {
    const resolve = async () => ['127.0.0.1', '::1'];
    expect(await fetchRemoteImage(url, { ...usualImageTools, resolve })).toEqual(failure('not-public'));
  });

  test.each(['ftp://a.example/', 'file:///etc/passwd', 'data:image/gif;base64,', 'x'])(
    'does not know %s',
    async (url) => {
      expect(await fetchRemoteImage(url)).toEqual(failure('address'));
    },
  );

  test.each([
    ['not-found', (response: ServerResponse) => response.writeHead(404).end(picture)],
    [
      'not-an-image',
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'image/png' }).end('<svg/>'),
    ],
    ['tracker', (response: ServerResponse) => response.end(pixel)],
    [
      'too-large',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 20_000 }).write(picture),
    ],
    ['too-large', (response: ServerResponse) => response.end(Buffer.alloc(20_000))],
    [
      'address',
      (response: ServerResponse) => response.writeHead(302, { location: 'ftp://a.example/' }).end(),
    ],
  ] as const)('answers %s', async (kind, answer) => {
    await using server = await imageServer((_request, response) => answer(response));
    expect(await fetchRemoteImage(server.url, server.tools)).toEqual(failure(kind));
  });

  test('gives up on a server that sends for ever', async () => {
    await using server = await imageServer((_request, response) => response.writeHead(200).write(picture));
    expect(await fetchRemoteImage(server.url, { ...server.tools, timeoutMs: 150 })).toEqual(
      failure('too-slow'),
    );
  });

  test('refuses a server whose certificate is not trusted', async () => {
    await using server = await imageServer((_request, response) => response.end(picture));
    const { certificateAuthority: _none, ...tools } = server.tools;
    expect([await fetchRemoteImage(server.url, tools), server.requests]).toEqual([
      failure('unreachable'),
      [],
    ]);
  });
});

describe('public addresses', () => {
  test('are the ones of the open internet only', () => {
    const open = ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '2a00:1450:4010::8a'];
    const closed = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255
      192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1
      255.255.255.255 :: ::1 ::ffff:8.8.8.8 ::8.8.8.8 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:db8::1
      2002:808:808::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 localhost 8.8.8 x`;
    const judged = [...open, ...closed.split(/\s+/)].filter(isPublicAddress);
    expect(judged).toEqual(open);
  });
});

describe('the size of an image', () => {
  const bytes = (hex: string) => Buffer.from(hex.replace(/ /g, ''), 'hex');

  test.each([
    ['png', '89504e470d0a1a0a 0000000d 49484452 00000003 00000004', { width: 3, height: 4 }],
    ['gif', '474946383961 0300 0400', { width: 3, height: 4 }],
    ['jpeg', 'ffd8 ffe0 0004 0000 ffc0 0011 08 0004 0003', { width: 3, height: 4 }],
    [
      'webp, lossy',
      '52494646 00000000 57454250 56503820 00000000 000000 9d012a 0300 0400',
      { width: 3, height: 4 },
    ],
    ['webp, lossless', '52494646 00000000 57454250 5650384c 00000000 2f 02c00000', { width: 3, height: 4 }],
    [
      'webp, extended',
      '52494646 00000000 57454250 56503858 00000000 00000000 020000 030000',
      { width: 3, height: 4 },
    ],
    ['bmp', '424d 00000000 00000000 00000000 28000000 03000000 fcffffff', { width: 3, height: 4 }],
    ['half a png', '89504e470d0a1a0a 0000', null],
    ['text', '3c737667', null],
  ])('is read from %s', (_name, hex, size) => {
    expect(rasterSizeOf(bytes(hex))).toEqual(size);
  });
});
