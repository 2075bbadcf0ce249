import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ParsePool } from '../../../electron/message/parsing/parse-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { builtParseWorker } from './built-worker.ts';

const attempts = `
  import { spawnSync } from 'node:child_process';
  import { parentPort, Worker } from 'node:worker_threads';
  import { openSync, unlinkSync, writeFileSync } from 'node:fs';
  const codeOf = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
  parentPort.on('message', () => parentPort.postMessage({ kind: 'unparsed', reason: 'failed', detail: [
    codeOf(() => spawnSync(process.execPath, ['--version'])),
    codeOf(() => new Worker('', { eval: true })),
    codeOf(() => process.dlopen({ exports: {} }, '/nowhere.node')),
    codeOf(() => openSync(import.meta.filename + '.new', 'wx')),
    codeOf(() => writeFileSync(import.meta.filename, '')),
    codeOf(() => unlinkSync(import.meta.filename)),
    Object.keys(process.env).length,
  ].join(' ') }));
`;

test('a parse worker can start no process and no thread, load no native code, write no file and see no environment', async () => {
  const entry = join(await temporaryFolder(), 'worker.mjs');
  await writeFile(entry, attempts);
  await using pool = new ParsePool({ entry });
  expect(await pool.parse({ job: 'warm-up' })).toMatchObject({
    detail: `ERR_ACCESS_DENIED ERR_ACCESS_DENIED ERR_DLOPEN_DISABLED ${'ERR_ACCESS_DENIED '.repeat(3)}0`,
  });
});

/** A server on the loopback address that counts who reaches it. */
async function hearingServer(): Promise<AsyncDisposable & { readonly port: number; heard(): number }> {
  let heard = 0;
  const server = createServer((_request, response) => response.end());
  server.on('connection', () => {
    heard += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Every way out that Node has, to a server that hears each; `before` runs first. */
const waysOut = (port: number, before: string) => `
  import dgram from 'node:dgram';
  import dns, { lookup } from 'node:dns';
  import { lookup as promised, Resolver } from 'node:dns/promises';
  import { get } from 'node:http';
  import { get as secure } from 'node:https';
  import { connect as session } from 'node:http2';
  import { connect, createServer } from 'node:net';
  import { connect as tls } from 'node:tls';
  import { parentPort } from 'node:worker_threads';
  ${before}
  const url = 'http://127.0.0.1:${port}/';
  const done = (emitter, event) => new Promise((resolve, reject) => emitter.once(event, resolve).once('error', reject));
  const ways = {
    connect: () => done(connect(${port}, '127.0.0.1'), 'connect'),
    get: () => done(get(url), 'response'),
    secure: () => done(secure(url.replace('http', 'https')), 'response'),
    session: () => done(session(url), 'connect'),
    tls: () => done(tls(${port}, '127.0.0.1'), 'secureConnect'),
    fetch: () => fetch(url),
    datagram: () => new Promise((resolve) => dgram.createSocket('udp4').send('x', ${port}, '127.0.0.1', resolve)),
    listen: () => done(createServer().listen(0, '127.0.0.1'), 'listening'),
    lookup: () => new Promise((resolve) => lookup('localhost', resolve)),
    promised: () => promised('localhost'),
    resolve: () => new Promise((resolve) => dns.resolve4('localhost', resolve)),
    resolver: () => new Resolver().resolve4('localhost'),
    built: () => new Promise((resolve) => process.getBuiltinModule('dns').lookup('localhost', resolve)),
  };
  parentPort.on('message', async () => {
    const outcomes = [];
    for (const [name, way] of Object.entries(ways))
      await Promise.resolve().then(way).then(
        () => outcomes.push(name),
        (error) => outcomes.push((error.cause ?? error).code === 'ERR_ACCESS_DENIED' ? '' : name),
      );
    parentPort.postMessage({ kind: 'unparsed', reason: 'failed', detail: outcomes.filter(Boolean).join(' ') });
  });
`;

test('a parse worker reaches nobody and is reached by nobody', async () => {
  await using built = await builtParseWorker();
  await using server = await hearingServer();
  const folder = await temporaryFolder();
  const run = async (name: string, before: string) => {
    const entry = join(folder, `${name}.mjs`);
    await writeFile(entry, waysOut(server.port, before));
    await using pool = new ParsePool({ entry });
    const heardBefore = server.heard();
    const reply = await pool.parse({ job: 'warm-up' });
    return [reply.kind === 'unparsed' ? reply.detail : reply.kind, server.heard() > heardBefore];
  };
  const asWorker = `await import('${pathToFileURL(built.entry)}'); parentPort.removeAllListeners('message');`;
  expect({ anyThread: await run('any', ''), worker: await run('worker', asWorker) }).toEqual({
    anyThread: [
      'connect get secure session tls fetch datagram listen lookup promised resolve resolver built',
      true,
    ],
    worker: ['', false],
  });
});
