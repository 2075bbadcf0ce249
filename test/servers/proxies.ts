import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { ProxyServer } from '../../shared/proxy.ts';

/** What a proxy on loopback does. */
export type LocalProxyOptions = {
  /** Ports on loopback by the names that only the proxy knows, as `host:port`. */
  readonly places: Readonly<Record<string, number>>;
  /** Who may sign in; nobody has to where it is left out. */
  readonly user?: { readonly name: string; readonly password: string };
};

/** A proxy on loopback that notes what it was asked for. */
export type LocalProxy = AsyncDisposable & {
  readonly proxy: ProxyServer;
  /** Each target as it came, with `name` or `address` for its form. */
  readonly asked: string[];
};

/** A SOCKS5 proxy with the sign-in of RFC 1929. It looks names up itself. RFC 1928. */
export async function socksProxy({ places, user }: LocalProxyOptions): Promise<LocalProxy> {
  const asked: string[] = [];
  const server = createServer((socket) => void serveSocks(socket).catch(() => socket.destroy()));
  async function serveSocks(socket: Socket): Promise<void> {
    socket.on('error', () => undefined); // the other end may hang up at any time
    const take = reader(socket);
    const [, methodCount = 0] = await take(2);
    const methods = await take(methodCount);
    const method = user === undefined ? 0 : methods.includes(2) ? 2 : 0xff;
    socket.write(Buffer.from([5, method]));
    if (method === 0xff) return void socket.end();
    if (user !== undefined) {
      const [, nameLength = 0] = await take(2);
      const name = (await take(nameLength)).toString();
      const [passwordLength = 0] = await take(1);
      const isRight = (await take(passwordLength)).toString() === user.password && name === user.name;
      socket.write(Buffer.from([1, isRight ? 0 : 1]));
      if (!isRight) return void socket.end();
    }
    const [, , , form] = await take(4);
    const [nameLength = 0] = form === 3 ? await take(1) : [4];
    const host = form === 3 ? (await take(nameLength)).toString() : [...(await take(nameLength))].join('.');
    const port = (await take(2)).readUInt16BE();
    asked.push(`${form === 3 ? 'name' : 'address'} ${host}:${port}`);
    const place = places[`${host}:${port}`];
    const reply = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (place === undefined) {
      reply(4);
      socket.end();
      return;
    }
    const onward = connect(place, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    await once(onward, 'connect');
    reply(0);
    join(socket, onward);
  }
  return listening(server, 'socks5', asked, user?.name ?? '');
}

/** An HTTP proxy that makes tunnels by CONNECT, with Basic sign-in. RFC 9110 §9.3.6. */
export async function connectProxy({ places, user }: LocalProxyOptions): Promise<LocalProxy> {
  const asked: string[] = [];
  const server = createHttpServer();
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => undefined); // the other end may hang up at any time
    const given = Buffer.from(
      (request.headers['proxy-authorization'] ?? '').replace(/^Basic /, ''),
      'base64',
    );
    if (user !== undefined && given.toString() !== `${user.name}:${user.password}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    asked.push(`name ${request.url}`);
    const place = places[request.url ?? ''];
    if (place === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const onward = connect(place, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, onward);
    });
    onward.on('error', () => socket.destroy());
  });
  return listening(server, 'http', asked, user?.name ?? '');
}

function join(one: Socket, other: Socket): void {
  one.pipe(other);
  other.pipe(one);
  one.on('close', () => other.destroy());
  other.on('close', () => one.destroy());
}

/** Reads a socket by exact lengths. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    for (;;) {
      if (length === 0) return Buffer.alloc(0);
      const bytes: Buffer | null = socket.read(length);
      if (bytes !== null) return bytes;
      await once(socket, 'readable');
      if (socket.readableEnded) throw new Error('the other end hung up');
    }
  };
}

async function listening(
  server: Server,
  kind: ProxyServer['kind'],
  asked: string[],
  user: string,
): Promise<LocalProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    proxy: { kind, host: '127.0.0.1', port, user },
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
