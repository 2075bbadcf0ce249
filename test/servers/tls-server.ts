import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { type ServerCertificate, serverCertificate } from './authority.ts';

/** A listening server whose connections are ended with it. */
export type LocalServer = AsyncDisposable & {
  readonly port: number;
  readonly server: Server;
  /** Connects and hands over the socket, as a session would before TLS. */
  connect(): Promise<Socket>;
};

async function listening(server: Server): Promise<LocalServer> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => open.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    server,
    async connect() {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** A TLS server that calls `serve` for each connection whose handshake has succeeded. */
export function tlsServer(
  serve: (socket: TLSSocket) => void,
  certificate: ServerCertificate = serverCertificate(),
  options: TlsOptions = {},
): Promise<LocalServer> {
  const server = createTlsServer({ cert: certificate.certificate, key: certificate.key, ...options });
  server.on('secureConnection', (socket) => serve(socket.on('error', () => socket.destroy())));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return listening(server);
}

/** A server without TLS that calls `serve` for each connection. */
export function plainServer(serve: (socket: Socket) => void): Promise<LocalServer> {
  return listening(createServer(serve));
}
