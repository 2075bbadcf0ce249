import { lookup, Resolver } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as secure } from 'node:tls';
import { isPublicAddress } from '../../network/public-address.ts';
import type { ProxyDial } from '../../network/routes.ts';

/** The look-ups a search needs. Where one fails it answers nothing, and each stops when told to. */
export type LookUp = {
  /** Mail exchangers of a domain, the preferred one first, lower case. RFC 5321 §5.1. */
  mx(domain: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Targets of a service, the preferred one first; `.` (not offered) is left out. RFC 2782, RFC 6186 §3.4. */
  srv(
    name: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly host: string; readonly port: number }[]>;
  /**
   * A text document over HTTPS, or null when there is none, it is too large or it comes too late. An address that begins
   * with http: is read without encryption; a redirect never leads there.
   */
  document(url: string, signal: AbortSignal): Promise<string | null>;
  /**
   * Whether a host, or one of the addresses of its name, is on this computer or in a network of its own. Rejects when it
   * is stopped before that is known.
   */
  isPrivate(host: string, signal: AbortSignal): Promise<boolean>;
  /** Whether this computer has a network beside its own. */
  hasNetwork(): boolean;
};

/** An autoconfig document is a few kilobytes; the largest known has 60. */
const largestDocumentBytes = 256 * 1024;

/** Providers redirect to a hoster, seldom more than twice. */
const mostRedirects = 3;

const httpsPort = 443;
const dnsTimeoutMs = 3_000;
const documentTimeoutMs = 8_000;

/** How the network look-ups are made. Everything has a default; tests put a small internet in place of the large. */
export type NetworkLookUpOptions = {
  /** DNS servers as `address:port`; the system's when left out. */
  readonly dnsServers?: readonly string[];
  /** Addresses of a host. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly isPublic?: (address: string) => boolean;
  /** The way to a host through a proxy. Behind one no name is looked up here, so nothing is asked of the DNS either. */
  readonly wayTo?: (host: string, port: number) => ProxyDial | undefined;
  /** Certificate authorities in place of those that come with the program, PEM. */
  readonly authorities?: readonly string[];
};

type DocumentTools = Pick<Required<NetworkLookUpOptions>, 'resolve' | 'isPublic'> &
  Pick<NetworkLookUpOptions, 'authorities' | 'wayTo'>;

/** Looks up over the network: DNS as the system is set up, and HTTPS without cookies or a referrer. */
export function networkLookUp(options: NetworkLookUpOptions = {}): LookUp {
  const { dnsServers, wayTo } = options;
  const tools: DocumentTools = { resolve: systemAddresses, isPublic: isPublicAddress, ...options };
  return {
    mx: async (domain, signal) => {
      if (isBehindProxy(domain, wayTo)) return [];
      const records = await withResolver(signal, dnsServers, (resolver) => resolver.resolveMx(domain));
      return records
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''))
        .filter((exchange) => exchange !== '');
    },
    srv: async (name, signal) => {
      if (isBehindProxy(name, wayTo)) return [];
      const records = await withResolver(signal, dnsServers, (resolver) => resolver.resolveSrv(name));
      return records
        .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map((record) => ({ host: record.name.toLowerCase().replace(/\.$/, ''), port: record.port }))
        .filter(({ host }) => host !== '');
    },
    document: async (url, signal) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(documentTimeoutMs)]);
      try {
        return await readDocument(tools, url, limit);
      } catch {
        return null; // nobody there, not trusted or too late: the search has other places to look
      }
    },
    isPrivate: async (host, signal) => {
      if (isIP(host) === 0 && isBehindProxy(host, wayTo)) return false;
      const found = await addressesOf(host, tools, signal).catch(() => {
        signal.throwIfAborted();
        return []; // a name without an address is nowhere, so not inside either
      });
      return found.some((address) => !tools.isPublic(address));
    },
    hasNetwork: () =>
      Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal)),
  };
}

/** Whether a host is reached through a proxy, at the port of most documents. */
function isBehindProxy(host: string, wayTo: NetworkLookUpOptions['wayTo']): boolean {
  return wayTo?.(host, httpsPort) !== undefined;
}

async function withResolver<Row>(
  signal: AbortSignal,
  servers: readonly string[] | undefined,
  ask: (resolver: Resolver) => Promise<Row[]>,
): Promise<Row[]> {
  if (signal.aborted) return [];
  const resolver = new Resolver({ timeout: dnsTimeoutMs, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ask(resolver);
  } catch {
    return []; // no such record, or no DNS: the search goes on elsewhere
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** The addresses of a host; its own where it is one. Rejects where there are none, or when stopped. */
async function addressesOf(
  host: string,
  { resolve }: Pick<DocumentTools, 'resolve'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const plain = host.replace(/^\[|\]$/g, '');
  if (isIP(plain) !== 0) return [plain];
  signal.throwIfAborted();
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([resolve(plain), stopped]);
}

/**
 * Follows a document to where it is. A redirect must lead to the public internet: else a provider's page could have
 * this computer ask its router or its neighbours.
 */
async function readDocument(tools: DocumentTools, url: string, signal: AbortSignal): Promise<string | null> {
  let target = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const isPlain = hop === 0 && target.protocol === 'http:';
    if ((target.protocol !== 'https:' && !isPlain) || target.username !== '') return null;
    const isName = isIP(target.hostname.replace(/^\[|\]$/g, '')) === 0;
    const dial = tools.wayTo?.(target.hostname, portOf(target));
    // The proxy looks the name up. Where that leads is a matter of its network, not of this computer's.
    const addresses = dial !== undefined && isName ? [] : await addressesOf(target.hostname, tools, signal);
    // One private address among them is enough: a name that points inside is not to be trusted outside.
    if ((hop > 0 || isPlain) && !addresses.every(tools.isPublic)) return null;
    const socket = await dial?.(target.hostname, portOf(target), signal);
    const response = await respond(
      target,
      { address: addresses[0] ?? target.hostname, socket },
      tools,
      signal,
    );
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return boundedText(response);
    response.destroy();
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return null;
    target = new URL(headers.location, target);
  }
  return null;
}

/** The connection goes to the address that was judged; the name is not looked up a second time. */
function respond(
  url: URL,
  { address, socket }: { readonly address: string; readonly socket: Socket | undefined },
  { authorities }: DocumentTools,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isPlain = url.protocol === 'http:';
  const ask = isPlain ? plainRequest : request;
  return new Promise((resolve, reject) => {
    ask(
      {
        host: address,
        port: portOf(url),
        path: `${url.pathname}${url.search}`,
        signal,
        headers: { host: url.host, accept: 'text/xml, application/xml', connection: 'close' },
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(authorities === undefined ? {} : { ca: [...authorities] }),
        // With an agent the socket would be left out, and a connection made around the proxy.
        ...(socket === undefined
          ? { agent: false }
          : { createConnection: () => over(socket, url, authorities) }),
      },
      resolve,
    )
      .on('error', reject)
      .end();
  });
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : httpsPort;
}

/** The connection of a request over a socket that a proxy gave. */
function over(socket: Socket, url: URL, authorities: readonly string[] | undefined): Socket {
  if (url.protocol === 'http:') return socket;
  return secure({
    socket,
    servername: url.hostname,
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
  });
}

async function boundedText(response: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > largestDocumentBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
