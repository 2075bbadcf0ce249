import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import type { CertificateProblem, Failure } from '../../../shared/failure.ts';
import {
  bareAddress,
  type CertificateFacts,
  certificateFacts,
  chainProblem,
  namesHost,
  peerCertificate,
  serverName,
} from './certificate.ts';
import { trustedContext } from './trusted-authorities.ts';

/** A connected socket that is to be encrypted, and whom to expect at its other end. */
export type SecureSocketOptions = {
  readonly socket: Socket;
  /** What the person configured; the certificate must name it, whatever address it led to. */
  readonly host: string;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** More authorities to trust, PEM. */
  readonly extraAuthorities?: readonly string[];
  /** The one key accepted, in spite of its certificate; any other key is then refused, a well-certified one too. */
  readonly pinnedKeySha256?: string;
  /** The connection spoke POP3 before (STLS), so that plain text now is a broken handshake and not a wrong port. */
  readonly isUpgrade?: boolean;
  readonly signal?: AbortSignal;
};

/** What is known of an encrypted connection. */
export type TlsFacts = CertificateFacts & {
  /** TLSv1.2 or TLSv1.3. */
  readonly protocol: string;
  readonly cipher: string;
};

/** Encryption did not come about, or came about with somebody who could not be trusted; the socket is destroyed. */
export class TlsError extends Error {
  readonly failure: Failure;
  /** What the refused certificate says, so that a person can be asked about its key. */
  readonly facts: TlsFacts | null;

  constructor(failure: Failure, facts: TlsFacts | null, options?: ErrorOptions) {
    super(failure.kind === 'certificate' ? `certificate: ${failure.problem}` : failure.kind, options);
    this.name = 'TlsError';
    this.failure = failure;
    this.facts = facts;
  }
}

/**
 * Encrypts a connection and makes sure of who is at the other end; sends nothing but the handshake. RFC 8314 §3.
 * Rejects with TlsError, or with the signal's reason when it is aborted; the socket is then destroyed.
 */
export async function secureSocket(
  options: SecureSocketOptions,
): Promise<{ readonly socket: tls.TLSSocket; readonly facts: TlsFacts }> {
  const { socket: plain, host, minVersion = 'TLSv1.2', signal } = options;
  plain.on('error', heardElsewhere);
  try {
    signal?.throwIfAborted();
    const secureContext = await trustedContext(minVersion, options.extraAuthorities);
    signal?.throwIfAborted();
    if (plain.destroyed) throw handshakeError(new Error('closed before the handshake'), true);
    const socket = await shakeHands(options, {
      socket: plain,
      secureContext,
      minVersion,
      // An address is no server name. RFC 6066 §3.
      ...(bareAddress(host) === null ? { servername: serverName(host) } : {}),
      // The chain is looked at below, where a refused one can still be described.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    return { socket, facts: trustedFacts(socket, options) };
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

/** Stays on both sockets: an error that comes when nobody else listens must not end the program. */
function heardElsewhere(): void {
  // The close that follows is what the session acts on.
}

function shakeHands(options: SecureSocketOptions, settings: tls.ConnectionOptions): Promise<tls.TLSSocket> {
  const { signal, socket: plain } = options;
  return new Promise((resolve, reject) => {
    const socket = tls.connect(settings);
    const settle = (finish: () => void): void => {
      signal?.removeEventListener('abort', onAbort);
      plain.off('error', onError);
      socket.off('secureConnect', onSecure).off('close', onClose).off('error', onError);
      finish();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        socket.destroy();
        reject(error);
      });
    const onSecure = (): void => settle(() => resolve(socket));
    const onError = (error: Error): void => fail(handshakeError(error, options.isUpgrade === true));
    const onClose = (): void => fail(handshakeError(new Error('closed during the handshake'), true));
    const onAbort = (): void => fail(signal?.reason);
    plain.on('error', onError);
    socket.on('error', heardElsewhere).on('error', onError);
    socket.on('secureConnect', onSecure).on('close', onClose);
    signal?.addEventListener('abort', onAbort);
  });
}

/** Errors of OpenSSL and BoringSSL when the answer to a handshake is not TLS. */
const plainTextCodes =
  /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|INVALID_OUTER_RECORD|UNKNOWN_PROTOCOL/;

function handshakeError(cause: Error, isUpgrade: boolean): TlsError {
  const code = 'code' in cause ? String(cause.code) : '';
  if (!isUpgrade && plainTextCodes.test(`${code} ${cause.message.toUpperCase().replaceAll(' ', '_')}`))
    return new TlsError({ kind: 'not-pop3', found: 'plain', step: 'encrypt', canRetry: false }, null, {
      cause,
    });
  // A connection that broke may hold next time. A disagreement of the two sides will not change by itself.
  const canRetry = !code.startsWith('ERR_SSL') && code !== 'EPROTO';
  return new TlsError({ kind: 'encryption-failed', step: 'encrypt', canRetry }, null, { cause });
}

/** The facts of a connection that may be used; throws TlsError and destroys it when it may not. */
function trustedFacts(socket: tls.TLSSocket, options: SecureSocketOptions): TlsFacts {
  try {
    const certificate = peerCertificate(socket);
    if (certificate === undefined)
      throw new TlsError({ kind: 'encryption-failed', step: 'encrypt', canRetry: false }, null);
    const facts: TlsFacts = {
      protocol: socket.getProtocol() ?? '',
      cipher: socket.getCipher().name,
      ...certificateFacts(certificate),
    };
    const problem = certificateProblem(socket, certificate, facts, options);
    if (problem === null) return facts;
    const { keySha256, subject, validTo } = facts;
    const failure = { kind: 'certificate', problem, keySha256, subject, validTo, step: 'encrypt' } as const;
    throw new TlsError({ ...failure, canRetry: false }, facts);
  } catch (error) {
    socket.destroy();
    if (error instanceof TlsError) throw error;
    throw new TlsError({ kind: 'encryption-failed', step: 'encrypt', canRetry: false }, null, {
      cause: error,
    });
  }
}

function certificateProblem(
  socket: tls.TLSSocket,
  certificate: X509Certificate,
  facts: TlsFacts,
  { host, pinnedKeySha256 }: SecureSocketOptions,
): CertificateProblem | null {
  if (pinnedKeySha256 !== undefined)
    return facts.keySha256 === pinnedKeySha256.toLowerCase() ? null : 'pin-mismatch';
  if (!socket.authorized) return chainProblem(String(socket.authorizationError ?? ''));
  return namesHost(certificate, host) ? null : 'wrong-name';
}
