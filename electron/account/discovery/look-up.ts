import { Resolver } from 'node:dns/promises';

/** The look-ups a search needs. Where one fails it answers nothing, and each stops when told to. */
export type LookUp = {
  /** Mail exchangers of a domain, the preferred one first, lower case. RFC 5321 §5.1. */
  mx(domain: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Targets of a service, the preferred one first; `.` (not offered) is left out. RFC 2782, RFC 6186 §3.4. */
  srv(
    name: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly host: string; readonly port: number }[]>;
  /** A text document over HTTPS, or null when there is none, it is too large or it comes too late. */
  document(url: string, signal: AbortSignal): Promise<string | null>;
};

/** An autoconfig document is a few kilobytes; the largest known has 60. */
const largestDocumentBytes = 256 * 1024;

/** Providers redirect to a hoster, seldom more than twice. */
const mostRedirects = 3;

const dnsTimeoutMs = 3_000;
const documentTimeoutMs = 8_000;

/** How the network look-ups are made. Everything has a default. */
export type NetworkLookUpOptions = {
  readonly fetchLike?: typeof fetch;
  /** DNS servers as `address:port`; the system's when left out. */
  readonly dnsServers?: readonly string[];
};

/** Looks up over the network: DNS as the system is set up, and HTTPS without cookies or a referrer. */
export function networkLookUp(options: NetworkLookUpOptions = {}): LookUp {
  const { fetchLike = fetch, dnsServers } = options;
  return {
    mx: async (domain, signal) => {
      const records = await withResolver(signal, dnsServers, (resolver) => resolver.resolveMx(domain));
      return records
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''))
        .filter((exchange) => exchange !== '');
    },
    srv: async (name, signal) => {
      const records = await withResolver(signal, dnsServers, (resolver) => resolver.resolveSrv(name));
      return records
        .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map((record) => ({ host: record.name.toLowerCase().replace(/\.$/, ''), port: record.port }))
        .filter(({ host }) => host !== '');
    },
    document: async (url, signal) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(documentTimeoutMs)]);
      try {
        return await readDocument(fetchLike, url, limit);
      } catch {
        return null; // nobody there, not trusted or too late: the search has other places to look
      }
    },
  };
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

async function readDocument(
  fetchLike: typeof fetch,
  url: string,
  signal: AbortSignal,
): Promise<string | null> {
  let target = new URL(url);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (target.protocol !== 'https:' || target.username !== '') return null;
    const response = await fetchLike(target, {
      signal,
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { accept: 'text/xml, application/xml' },
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      target = new URL(location, target);
      continue;
    }
    if (response.status === 200) return boundedText(response);
    await response.body?.cancel();
    return null;
  }
  return null;
}

async function boundedText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestDocumentBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
