import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import type { ProxyTrouble } from '../../shared/failure.ts';
import type { ProxyServer } from '../../shared/proxy.ts';

/*
 * Connections through a proxy. The name of the host goes to the proxy as it is: nothing is looked up on this computer
 * but the proxy's own name. Where the proxy fails, the connection fails; nothing goes around it.
 */

/** A proxy gave no connection. */
export class ProxyError extends Error {
  readonly why: ProxyTrouble;

  constructor(why: ProxyTrouble, cause?: unknown) {
    super(`the proxy gave no connection: ${why}`, { cause });
    this.why = why;
  }
}

/** A proxy with the password for it; empty where there is none. */
export type ProxyWithPassword = ProxyServer & { readonly password: string };

/** A connection to a host through a proxy. The socket is paused. Rejects with ProxyError, or with the signal's reason. */
export async function dialThrough(
  proxy: ProxyWithPassword,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const target = { host: host.replace(/^\[(.*)\]$/, '$1'), port };
  const toProxy = await reach(proxy, signal);
  const stop = () => toProxy.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const socket =
      proxy.kind === 'socks5'
        ? await bySocks(proxy, toProxy, target)
        : await byConnect(proxy, toProxy, target);
    socket.pause();
    return socket;
  } catch (error) {
    toProxy.destroy();
    signal.throwIfAborted();
    throw error instanceof ProxyError ? error : new ProxyError('unreachable', error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function reach({ host, port }: ProxyServer, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  socket.on('error', () => undefined); // what uses the socket later listens for itself
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw new ProxyError('unreachable', error);
  }
}

type Target = { readonly host: string; readonly port: number };

async function bySocks(
  { host, port, user, password }: ProxyWithPassword,
  socket: Socket,
  target: Target,
): Promise<Socket> {
  try {
    const connection = await SocksClient.createConnection({
      existing_socket: socket,
      command: 'connect',
      // A long wait is ended by the caller's signal.
      timeout: 300_000,
      destination: target,
      proxy: { host, port, type: 5, ...(user === '' ? {} : { userId: user, password }) },
    });
    return connection.socket;
  } catch (error) {
    throw new ProxyError(socksTrouble(error), error);
  }
}

/** The library tells its errors apart by their texts only. */
function socksTrouble(error: unknown): ProxyTrouble {
  const text = error instanceof Error ? error.message : '';
  if (/authentication|no accepted authentication/i.test(text)) return 'sign-in';
  return /proxy rejected connection/i.test(text) ? 'target' : 'unreachable';
}

/** RFC 9110 §9.3.6. */
async function byConnect(
  { user, password }: ProxyWithPassword,
  socket: Socket,
  { host, port }: Target,
): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  const asked: ClientRequest = request({
    // With an agent this would be left out, and a connection made around the proxy.
    createConnection: () => socket,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(user === '' ? {} : { 'proxy-authorization': `Basic ${basic}` }) },
  });
  const status = await new Promise<number>((resolve, reject) => {
    asked.on('connect', (response, _socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(response.statusCode ?? 0);
    });
    // An answer without a tunnel comes as a usual response.
    asked.on('response', (response) => resolve(response.statusCode ?? 0));
    asked.on('error', reject);
    asked.end();
  });
  if (status >= 200 && status < 300) return socket;
  throw new ProxyError(
    status === 407 ? 'sign-in' : 'target',
    new Error(`CONNECT was answered with ${status}`),
  );
}
