import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leakHost, type Vector } from '../message/safety/vectors.ts';

/** Something that was heard: a look-up, or a connection with the first words said on it. */
export type Hit = { readonly kind: 'look-up' | 'connection'; readonly label: string; readonly said: string };

/**
 * Servers that every trick is aimed at: one that takes any connection, and, where this machine lets a program have a
 * resolver of its own, a name server that takes any question.
 */
export type Canary = AsyncDisposable & {
  readonly port: number;
  /** The program to start in place of `electron`, so that it asks the canary's name server. */
  readonly electron: string;
  /** Switches for a program that has no resolver of its own: names lead to the canary without being asked for. */
  readonly switches: readonly string[];
  readonly hearsLookUps: boolean;
  readonly hits: Hit[];
  /** The host for one trick; it is heard under its label. */
  host(label: string): string;
};

/** An address of loopback that no other name server has, nor the canary of another process. */
const resolverAddress = `127.83.${(process.pid >> 8) & 255}.${process.pid & 255}`;

/** Starts the canary for the Electron binary at `electron`. */
export async function startCanary(electron: string): Promise<Canary> {
  const hits: Hit[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    let said = '';
    const hit = (): void => {
      hits.push({ kind: 'connection', label: labelIn(said), said: said.slice(0, 80) });
      open.delete(socket);
      socket.destroy();
    };
    // The beginning of TLS names the host, and so does a whole head of HTTP; a silent connection counts when it ends.
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      if (said.startsWith('\x16') || said.includes('\r\n\r\n')) hit();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (open.has(socket)) hit();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const resolver = await startResolver(hits);
  const folder = mkdtempSync(join(tmpdir(), 'poppy-canary-'));
  return {
    port,
    hits,
    hearsLookUps: resolver !== null,
    electron: resolver === null ? electron : withOwnResolver(electron, folder),
    switches: resolver === null ? ['--host-resolver-rules=MAP *.leak.test 127.0.0.1'] : [],
    host: (label) => `${label}.leak.test:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      resolver?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A trick aimed at the canary; scripts that only say `alert(1)` call it too. */
export function aimed(vector: Vector, canary: Canary, label: string): string {
  const call = `fetch(/https:\\/\\/${canary.host(label)}\\/ran/.source)`;
  return vector.html.replaceAll('alert(1)', call).replaceAll(leakHost, canary.host(label));
}

/** Labels of all tricks that were heard, sorted, each once; where there is no label, what was said. */
export function heard(canary: Canary, counts: (hit: Hit) => boolean = () => true): string[] {
  return [...new Set(canary.hits.filter(counts).map((hit) => hit.label || hit.said))].sort();
}

function labelIn(text: string): string {
  return /([a-z0-9-]+)\.leak\.test/i.exec(text)?.[1]?.toLowerCase() ?? '';
}

/** Answers 127.0.0.1 to every question; null where port 53 or a mount of one's own is not to be had. */
async function startResolver(hits: Hit[]) {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
  } catch {
    // Not Linux, or not allowed here: connections are still heard.
    return null;
  }
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const name = nameIn(question);
    hits.push({ kind: 'look-up', label: labelIn(name), said: name });
    socket.send(answerTo(question), from.port, from.address);
  });
  return await new Promise<typeof socket | null>((resolve) => {
    socket.once('error', () => resolve(null));
    socket.bind(53, resolverAddress, () => resolve(socket));
  });
}

/** Name of the first question. RFC 1035 §4.1.2. */
function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; at < message.length; ) {
    const length = message[at] ?? 0;
    if (length === 0) break;
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  return labels.join('.');
}

/** One A record for a question of type A, no record for any other. */
function answerTo(message: Buffer): Buffer {
  const end = message.indexOf(0, 12) + 5;
  const question = message.subarray(12, end);
  const wantsAddress = message.readUInt16BE(end - 4) === 1;
  const head = Buffer.from([
    ...message.subarray(0, 2),
    0x81,
    0x80,
    0,
    1,
    0,
    wantsAddress ? 1 : 0,
    0,
    0,
    0,
    0,
  ]);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([head, question, ...(wantsAddress ? [record] : [])]);
}

/** A script that starts Electron where /etc/resolv.conf names the canary. */
function withOwnResolver(electron: string, folder: string): string {
  const resolverFile = join(folder, 'resolv.conf');
  writeFileSync(resolverFile, `nameserver ${resolverAddress}\noptions timeout:1 attempts:1\n`);
  const script = join(folder, 'electron');
  writeFileSync(
    script,
    `#!/bin/sh\nexec unshare --mount sh -c 'mount --bind ${resolverFile} /etc/resolv.conf && exec "$@"' sh '${electron}' "$@"\n`,
  );
  chmodSync(script, 0o755);
  return script;
}
