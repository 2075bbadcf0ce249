import { createHash, type X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { peerCertificate, signatureAlgorithm } from './certificate.ts';
import { derElements } from './der.ts';

/** Bytes that tie a sign-in to one TLS connection, and how they were made. RFC 5929 §3 and §4, RFC 9266. */
export type ChannelBinding = {
  readonly type: 'tls-exporter' | 'tls-unique' | 'tls-server-end-point';
  readonly data: Uint8Array;
};

/** RFC 9266 §2: 32 bytes under this label with an empty context. */
const exporterLabel = 'EXPORTER-Channel-Binding';
const exporterBytes = 32;

/**
 * What ties a sign-in to this very TLS connection: its exported keys in TLS 1.3; before that its first Finished message,
 * which every server with SCRAM-PLUS must know (RFC 5802 §6), else the server's certificate. Null where none can be
 * had, and SCRAM must then do without. RFC 9266, RFC 5929 §3 and §4.
 */
export function channelBinding(socket: TLSSocket): ChannelBinding | null {
  try {
    if (socket.destroyed) return null;
    // Before TLS 1.3 exported keys are unique only with the extended master secret, which node does not tell.
    if (socket.getProtocol() === 'TLSv1.3' && typeof socket.exportKeyingMaterial === 'function')
      return {
        type: 'tls-exporter',
        data: socket.exportKeyingMaterial(exporterBytes, exporterLabel, Buffer.alloc(0)),
      };
    const finished = firstFinished(socket);
    if (finished !== undefined) return { type: 'tls-unique', data: finished };
    const certificate = peerCertificate(socket);
    const data = certificate === undefined ? null : endPointHash(certificate);
    return data === null ? null : { type: 'tls-server-end-point', data };
  } catch {
    // A library that cannot export, or a certificate that cannot be read, only costs the binding.
    return null;
  }
}

/** The first Finished message of the handshake: the client's, or the server's where a session was resumed. RFC 5929 §3. */
function firstFinished(socket: TLSSocket): Uint8Array | undefined {
  if (socket.getProtocol() !== 'TLSv1.2') return undefined;
  return socket.isSessionReused() ? socket.getPeerFinished() : socket.getFinished();
}

/** The name node has for the hash of each signature algorithm. RFC 8017, RFC 5758, RFC 4055. */
const signatureHashes: Readonly<Record<string, string>> = {
  // MD5 and SHA-1 are to be replaced by SHA-256. RFC 5929 §4.1.
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a8648ce3d0401': 'sha256',
  '2a864886f70d01010e': 'sha224',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};
const pss = '2a864886f70d01010a';
const pssHashes: readonly (readonly [string, string])[] = [
  ['0609608648016503040201', 'sha256'],
  ['0609608648016503040202', 'sha384'],
  ['0609608648016503040203', 'sha512'],
];

/** The certificate hashed as its own signature was; null where that has no one hash, as with Ed25519. RFC 5929 §4.1. */
export function endPointHash(certificate: X509Certificate): Uint8Array | null {
  const [algorithm, parameters] = derElements(signatureAlgorithm(certificate)?.content ?? Buffer.alloc(0));
  const name = algorithm?.content.toString('hex') ?? '';
  // The hash comes first in the parameters, before the mask generation that names one too; left out it is SHA-1.
  const [firstParameter] = name === pss ? derElements(parameters?.content ?? Buffer.alloc(0)) : [];
  const pssHash =
    pssHashes.find(([encoded]) => firstParameter?.whole.toString('hex').includes(encoded))?.[1] ?? 'sha256';
  const hash = name === pss ? pssHash : signatureHashes[name];
  return hash === undefined ? null : createHash(hash).update(certificate.raw).digest();
}
