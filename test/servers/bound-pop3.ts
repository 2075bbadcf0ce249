import { createInterface } from 'node:readline';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { type CertificateKind, serverCertificate } from './authority.ts';
import { ScramServer } from './scram-server.ts';
import { type LocalServer, tlsServer } from './tls-server.ts';

/** A POP3 server that lets in by one SCRAM mechanism with channel binding only; Dovecot 2.3 has none of them. */
export type BoundServerOptions = {
  readonly mechanism: 'SCRAM-SHA-1-PLUS' | 'SCRAM-SHA-256-PLUS';
  readonly password: string;
  readonly version: SecureVersion;
  readonly certificate?: CertificateKind;
  /** Announces the mechanism but knows no sort of binding that the client has; lets in by the same without -PLUS. */
  readonly knowsOtherBindings?: 'says so' | 'refuses' | 'refuses the proof' | 'hangs up';
  /** Binds to another connection than this one, as a relay in the middle would bring about. */
  readonly isRelayed?: boolean;
};

/** What the server's own end of the connection says the binding is. RFC 9266, RFC 5929 §3. */
function ownBinding(socket: TLSSocket, { version, isRelayed }: BoundServerOptions) {
  if (version === 'TLSv1.3') {
    const label = isRelayed === true ? 'EXPORTER-Another' : 'EXPORTER-Channel-Binding';
    return { type: 'tls-exporter', data: socket.exportKeyingMaterial(32, label, Buffer.alloc(0)) };
  }
  // The client's Finished message is the first of a full handshake. RFC 5929 §3.
  const finished = isRelayed === true ? socket.getFinished() : socket.getPeerFinished();
  return { type: 'tls-unique', data: finished ?? Buffer.alloc(0) };
}

async function serve(socket: TLSSocket, options: BoundServerOptions): Promise<void> {
  const say = (text: string): void => void socket.write(`${text}\r\n`);
  const challenge = (bytes: Uint8Array): void => say(`+ ${Buffer.from(bytes).toString('base64')}`);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value ?? 'QUIT');
  const decoded = async (): Promise<Buffer> => Buffer.from(await next(), 'base64');
  say('+OK ready');
  for (let line = await next(); line !== 'QUIT'; line = await next()) {
    const [verb = '', mechanism = '', first] = line.split(' ');
    const isBound = mechanism.endsWith('-PLUS');
    if (verb === 'CAPA')
      say(`+OK\r\nSASL ${options.mechanism} ${options.mechanism.replace('-PLUS', '')}\r\nUIDL\r\n.`);
    else if (verb === 'AUTH' && isBound && options.knowsOtherBindings === 'refuses')
      say('-ERR [AUTH] authentication failure');
    else if (verb === 'AUTH' && isBound && options.knowsOtherBindings === 'hangs up') {
      say('-ERR [AUTH] authenticating: bad protocol / cancel');
      break;
    } else if (verb === 'AUTH' && isBound && options.knowsOtherBindings === 'refuses the proof') {
      challenge(new ScramServer('sha256', options.password).first(Buffer.from(first ?? '', 'base64')));
      await next();
      say('-ERR [AUTH] authenticating: bad protocol / cancel');
    } else if (verb === 'AUTH' && isBound && options.knowsOtherBindings === 'says so') {
      challenge(Buffer.from('e=unsupported-channel-binding-type'));
      await next();
      say('-ERR cancelled');
    } else if (verb === 'AUTH') {
      const hash = mechanism.includes('SHA-256') ? 'sha256' : 'sha1';
      const scram = new ScramServer(hash, options.password, isBound ? ownBinding(socket, options) : null);
      if (first === undefined) challenge(Buffer.alloc(0));
      challenge(scram.first(first === undefined ? await decoded() : Buffer.from(first, 'base64')));
      const final = scram.final(await decoded());
      challenge(final);
      const isProved = final.toString().startsWith('v=');
      say((await next()) === '' && isProved ? '+OK signed in' : '-ERR [AUTH] not signed in');
    } else say('-ERR unknown command');
  }
  socket.end('+OK bye\r\n');
}

/** Starts the server on a free port of this computer. */
export async function startBoundPop3(options: BoundServerOptions): Promise<LocalServer> {
  return await tlsServer(
    (socket) => void serve(socket, options),
    serverCertificate(options.certificate ?? 'good'),
    {
      minVersion: options.version,
      maxVersion: options.version,
    },
  );
}
