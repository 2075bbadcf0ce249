import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { scram } from '../../../electron/pop3/authentication/scram.ts';
import { channelBinding, endPointHash } from '../../../electron/pop3/connection/channel-binding.ts';
import { secureSocket } from '../../../electron/pop3/connection/tls.ts';
import { authorityPem, serverCertificate } from '../../servers/authority.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { ScramServer } from '../../servers/scram-server.ts';
import { tlsServer } from '../../servers/tls-server.ts';

guardAgainstLeaks();

type Version = 'TLSv1.2' | 'TLSv1.3';

function sample(name: string): X509Certificate {
  return new X509Certificate(readFileSync(new URL(`./certificates/${name}.pem`, import.meta.url)));
}

/** Both ends of one TLS connection. */
async function bothEnds(version: Version, certificate = serverCertificate()) {
  const accepted: TLSSocket[] = [];
  const server = await tlsServer((socket) => void accepted.push(socket.resume()), certificate, {
    minVersion: version,
    maxVersion: version,
  });
  const { socket } = await secureSocket({
    socket: await server.connect(),
    host: 'localhost',
    extraAuthorities: [authorityPem()],
  });
  // The server is done with a TLS 1.3 handshake only when the client's last part has come.
  const [serverSocket = (await once(server.server, 'secureConnection'))[0] as TLSSocket] = accepted;
  return {
    client: socket,
    server: serverSocket,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** What the server itself knows of the connection, made without the engine's code. */
function serverBinding(socket: TLSSocket, type: string): { type: string; data: Uint8Array } {
  if (type === 'tls-exporter')
    return { type, data: socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)) };
  return { type, data: socket.getPeerFinished() ?? Buffer.alloc(0) };
}

/** Runs one SCRAM exchange between the two and gives its last message, without the signature. */
async function signIn(
  hash: 'sha1' | 'sha256',
  binding: ReturnType<typeof channelBinding>,
  server: ScramServer,
): Promise<string> {
  const mechanism = scram({ hash, user: 'anna', password: 'secret', binding: binding ?? 'none' });
  const clientFinal = await mechanism.respond(server.first(await mechanism.respond(null)));
  const serverFinal = server.final(clientFinal);
  const text = Buffer.from(serverFinal).toString();
  if (text.startsWith('e=')) return text;
  await mechanism.respond(serverFinal);
  mechanism.verify();
  return `${mechanism.name} bound by ${binding?.type}`;
}

test.each([
  ['TLSv1.3', 'sha256', 'SCRAM-SHA-256-PLUS bound by tls-exporter'],
  ['TLSv1.3', 'sha1', 'SCRAM-SHA-1-PLUS bound by tls-exporter'],
  ['TLSv1.2', 'sha256', 'SCRAM-SHA-256-PLUS bound by tls-unique'],
  ['TLSv1.2', 'sha1', 'SCRAM-SHA-1-PLUS bound by tls-unique'],
] as const)('over %s SCRAM with %s is %s', async (version, hash, expected) => {
  await using ends = await bothEnds(version);
  const binding = channelBinding(ends.client);
  const server = new ScramServer(hash, 'secret', serverBinding(ends.server, binding?.type ?? ''));
  expect(await signIn(hash, binding, server)).toBe(expected);
});

test('a sign-in that somebody relays from another TLS connection is refused', async () => {
  await using near = await bothEnds('TLSv1.3');
  await using far = await bothEnds('TLSv1.3');
  const server = new ScramServer('sha256', 'secret', serverBinding(far.server, 'tls-exporter'));
  expect(await signIn('sha256', channelBinding(near.client), server)).toBe('e=channel-bindings-dont-match');
});

test('a library that cannot export keys costs only the binding', async () => {
  await using ends = await bothEnds('TLSv1.3');
  const broken = Object.create(ends.client, {
    exportKeyingMaterial: {
      value: () => {
        throw new Error('not supported');
      },
    },
  }) as TLSSocket;
  expect(channelBinding(broken)).toBe(null);
});

test('a closed connection has no binding', async () => {
  await using ends = await bothEnds('TLSv1.2');
  ends.client.destroy();
  await once(ends.client, 'close');
  expect(channelBinding(ends.client)).toBe(null);
});

test('the end point is hashed as its certificate was signed, but never with SHA-1', () => {
  const algorithms = {
    'ecdsa-sha384': 'sha384',
    'rsa-sha512': 'sha512',
    'rsa-sha1': 'sha256',
    'pss-sha384': 'sha384',
  };
  const hashed = Object.keys(algorithms).map((name) => endPointHash(sample(name)));
  expect(hashed).toEqual(
    Object.entries(algorithms).map(([name, hash]) => createHash(hash).update(sample(name).raw).digest()),
  );
});

test('a certificate whose signature has no hash of its own gives no binding', () => {
  expect(endPointHash(sample('ed25519'))).toBe(null);
});
