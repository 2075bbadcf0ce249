import { createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { CertificateProblem } from '../../../shared/failure.ts';
import { type DerElement, derElement, derElements } from './der.ts';

/** What a person may want to know of a connection's encryption, and what an exception would pin. */
export type CertificateFacts = {
  readonly subject: string;
  readonly issuer: string;
  /** Last moment of validity, ISO 8601; empty when it cannot be read. */
  readonly validTo: string;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
  readonly keySha256: string;
};

const read = new WeakMap<TLSSocket, X509Certificate>();

/** The certificate of a connection's other end; undefined before the handshake and after the close. */
export function peerCertificate(socket: TLSSocket): X509Certificate | undefined {
  // Node 20 gives it out only once: a second reading finds nothing.
  const certificate = read.get(socket) ?? socket.getPeerX509Certificate();
  if (certificate !== undefined) read.set(socket, certificate);
  return certificate;
}

/** Longest name shown, characters; the certificate of a false server may hold anything. */
const nameLimit = 256;

/** Reads the facts from a certificate the server has sent. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const validTo = new Date(certificate.validTo);
  return {
    subject: shownName(certificate.subject),
    issuer: shownName(certificate.issuer),
    validTo: Number.isNaN(validTo.getTime()) ? '' : validTo.toISOString(),
    keySha256: createHash('sha256').update(publicKeyInfo(certificate)).digest('hex'),
  };
}

/** One line without control or bidirectional characters; node puts one attribute on each line. */
function shownName(name: string | undefined): string {
  return (name ?? '')
    .slice(0, nameLimit)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ', ')
    .trim();
}

/** The parts of the signed half of a certificate, without its version. RFC 5280 §4.1. */
function signedParts(certificate: X509Certificate): readonly DerElement[] {
  const [signed] = derElements(derElement(certificate.raw).content);
  const parts = derElements(signed?.content ?? Buffer.alloc(0));
  return parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
}

/** The key as it stands in the certificate; read here because not every TLS library can export every sort of key. */
function publicKeyInfo(certificate: X509Certificate): Uint8Array {
  const key = signedParts(certificate)[5];
  if (key === undefined) throw new Error('the certificate has no public key');
  return key.whole;
}

/** The AlgorithmIdentifier of the certificate's own signature. RFC 5280 §4.1.1.2. */
export function signatureAlgorithm(certificate: X509Certificate): DerElement | undefined {
  return signedParts(certificate)[1];
}

/**
 * Whether the certificate names the host the person configured: an address by an IP entry, a name by a DNS entry
 * whose star, if any, is the whole first label. RFC 7817 §3.
 */
export function namesHost(certificate: X509Certificate, host: string): boolean {
  const address = bareAddress(host);
  if (address !== null) return certificate.checkIP(address) !== undefined;
  const name = serverName(host);
  return name !== '' && certificate.checkHost(name, { partialWildcards: false }) !== undefined;
}

/** The address a host is, without the brackets or the zone of IPv6; null when it is a name. */
export function bareAddress(host: string): string | null {
  const address = host.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  return isIP(address) === 0 ? null : address;
}

/** A host name as certificates and SNI hold it: in ASCII, without the dot at its end. RFC 5890, RFC 6066 §3. */
export function serverName(host: string): string {
  return domainToASCII(host.replace(/\.$/, ''));
}

const problems: Readonly<Record<string, CertificateProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
};

/** Names the problem behind the code with which the TLS library refused a chain. */
export function chainProblem(code: string): CertificateProblem {
  return problems[code] ?? 'other';
}
