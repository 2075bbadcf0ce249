import { europeanProviders } from './european.ts';
import { internationalProviders } from './international.ts';
import { type Provider, type ProviderServer, provider } from './provider.ts';
import { publicProviders } from './public-database.ts';

/** The providers of our own table: what a person has to know is written down, and who runs the mail of other domains. */
export const providers: readonly Provider[] = [...internationalProviders, ...europeanProviders].map(provider);

const ownByDomain = byDomain(providers);
const publicByDomain = byDomain(publicProviders);
const ownByMxDomain = new Map(providers.flatMap((entry) => entry.mxDomains.map((domain) => [domain, entry])));

function byDomain(list: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(list.flatMap((entry) => entry.domains.map((domain) => [domain, entry])));
}

/**
 * The provider whose addresses end in `domain` (lower case, ASCII). Where our own table and the public database both
 * know it, the servers of both are named, ours first.
 */
export function providerOfDomain(domain: string): Provider | undefined {
  return joined(ownByDomain.get(domain), publicByDomain.get(domain));
}

/** The provider that runs mail exchangers under `domain`, the registrable domain of an MX target. */
export function providerOfMxDomain(domain: string): Provider | undefined {
  return ownByMxDomain.get(domain) ?? publicByDomain.get(domain);
}

function joined(own: Provider | undefined, database: Provider | undefined): Provider | undefined {
  if (own === undefined || database === undefined || own.servers.length === 0) return own ?? database;
  const isNew = (server: ProviderServer) =>
    !own.servers.some(({ host, port }) => host === server.host && port === server.port);
  return {
    ...own,
    servers: [...own.servers, ...database.servers.filter(isNew)],
    offersOAuth: own.offersOAuth || database.offersOAuth,
  };
}
