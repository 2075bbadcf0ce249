import type { Socket } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { isProxy, type ProxyChoice, type ProxyServer, proxyPorts } from '../../shared/proxy.ts';
import { dialThrough, type ProxyWithPassword } from './proxy-dial.ts';

/** Opens a connection to a host. Rejects with ProxyError, or with the signal's reason. */
export type ProxyDial = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

/** What decides over the ways of connections. */
export type RouteTools = {
  /** What the person chose for the whole program. */
  readonly chosen: () => ProxyChoice;
  /** The password that is kept for a proxy; empty where there is none. */
  readonly passwordOf: (proxy: ProxyServer) => Promise<string>;
};

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/**
 * How connections get out: directly, or through a proxy. Hosts of this computer are always reached directly. `choice` is
 * what an account chose for itself.
 */
export class Routes {
  readonly #tools: RouteTools;

  constructor(tools: RouteTools) {
    this.#tools = tools;
  }

  /** The way to a host through its proxy; undefined where connections go out directly. */
  to(host: string, port: number, choice?: ProxyChoice): ProxyDial | undefined {
    if (loopback.test(host.trim())) return undefined;
    const chosen = choice ?? this.#tools.chosen();
    if (chosen.kind === 'none') return undefined;
    if (isProxy(chosen))
      return async (name, at, signal) => {
        const password = chosen.user === '' ? '' : await this.#tools.passwordOf(chosen);
        return dialThrough({ ...chosen, password }, name, at, signal);
      };
    const system = systemProxyFor(host, port);
    return system === null ? undefined : (name, at, signal) => dialThrough(system, name, at, signal);
  }
}

/** The proxy that HTTPS_PROXY, ALL_PROXY and NO_PROXY of the environment name for a host; null where they name none. */
function systemProxyFor(host: string, port: number): ProxyWithPassword | null {
  const named = getProxyForUrl(`https://${host}:${port}`);
  if (!URL.canParse(named)) return null;
  const url = new URL(named);
  const kind = /^socks5?h?:$/.test(url.protocol) ? 'socks5' : 'http';
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? proxyPorts[kind] : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
