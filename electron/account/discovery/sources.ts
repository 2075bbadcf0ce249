import type { SettingsSource } from '../../../shared/account-setup.ts';
import { tlsPort, usualPort } from '../../../shared/ports.ts';
import { registrableDomain, type SearchedAddress } from './address-domain.ts';
import { autoconfigUrls, readAutoconfig, unprotectedUrl } from './autoconfig.ts';
import type { Found } from './candidates.ts';
import type { LookUp } from './look-up.ts';
import type { Provider } from './providers/provider.ts';
import { providerOfMxDomain } from './providers/provider-table.ts';

/** The servers of a provider in the table, for this address. */
export function fromProvider(provider: Provider, searched: SearchedAddress, source: SettingsSource): Found[] {
  return provider.servers.map((server) => ({
    ...server,
    host: server.host.replace('{domain}', searched.domain),
    user: userOf(provider, searched),
    source,
    providerName: provider.name ?? searched.domain,
    notes: provider.notes,
    pages: provider.pages,
    offersOAuth: provider.offersOAuth,
  }));
}

function userOf({ userForm }: Provider, { address, local, domain }: SearchedAddress): string {
  switch (userForm) {
    case 'address':
      return address;
    case 'local-part':
      return local;
    case 'local-part.domain':
      return `${local}.${domain}`;
  }
}

/** What the documents at these addresses say. The first that names a POP3 server counts. */
export async function fromDocuments(
  urls: readonly string[],
  searched: SearchedAddress,
  source: SettingsSource,
  lookUp: LookUp,
  signal: AbortSignal,
): Promise<Found[]> {
  const documents = await Promise.all(urls.map((url) => lookUp.document(url, signal)));
  for (const document of documents) {
    const answer = document === null ? null : readAutoconfig(document, searched);
    if (answer !== null && answer.servers.length > 0)
      return answer.servers.map((server) => ({
        ...server,
        source,
        providerName: answer.name,
        notes: [],
        pages: {},
        oauthEndpoints: server.offersOAuth ? answer.oauthEndpoints : null,
      }));
  }
  return [];
}

/**
 * What the provider's own autoconfig says. A document without encryption is read only where none comes by https. It may
 * be anybody's: of it only servers with encryption are taken, and no place to sign in.
 */
export async function fromAutoconfig(
  searched: SearchedAddress,
  lookUp: LookUp,
  signal: AbortSignal,
): Promise<Found[]> {
  const found = await fromDocuments(autoconfigUrls(searched.domain), searched, 'autoconfig', lookUp, signal);
  if (found.length > 0) return found;
  const urls = [unprotectedUrl(searched.domain)];
  const unprotected = await fromDocuments(urls, searched, 'autoconfig', lookUp, signal);
  return unprotected
    .filter(({ security }) => security !== 'none')
    .map((server) => ({ ...server, oauthEndpoints: null, isUnprotected: true }));
}

/** What the public database says. `database` is its address, empty where none is asked. */
export async function fromIspDatabase(
  searched: SearchedAddress,
  lookUp: LookUp,
  database: string,
  signal: AbortSignal,
): Promise<Found[]> {
  if (database === '') return [];
  return fromDocuments([`${database}${searched.domain}`], searched, 'isp-database', lookUp, signal);
}

/** Who takes in the domain's mail, and what is known about them. */
export type MxAnswer = {
  readonly found: readonly Found[];
  /** The owner is known to have no POP3. */
  readonly hasNoPop3: boolean;
  readonly exchangers: readonly string[];
};

/** Asks who runs the domain's mail, then looks up the settings of that provider. */
export async function fromMxOwner(
  searched: SearchedAddress,
  lookUp: LookUp,
  database: string,
  signal: AbortSignal,
): Promise<MxAnswer> {
  const exchangers = await lookUp.mx(searched.domain, signal);
  const [first] = exchangers;
  if (first === undefined) return { found: [], hasNoPop3: false, exchangers };
  const owner = registrableDomain(first);
  const known = providerOfMxDomain(owner);
  if (known !== undefined)
    return { found: fromProvider(known, searched, 'mx'), hasNoPop3: known.servers.length === 0, exchangers };
  if (owner === registrableDomain(searched.domain)) return { found: [], hasNoPop3: false, exchangers };
  const urls = [...autoconfigUrls(owner), ...(database === '' ? [] : [`${database}${owner}`])];
  return { found: await fromDocuments(urls, searched, 'mx', lookUp, signal), hasNoPop3: false, exchangers };
}

/** What the domain's DNS says: `_pop3s._tcp` for TLS, `_pop3._tcp` for STARTTLS. RFC 6186 §3.2, RFC 8314 §5.1. */
export async function fromSrv(
  searched: SearchedAddress,
  lookUp: LookUp,
  signal: AbortSignal,
): Promise<Found[]> {
  const [tls, startTls] = await Promise.all([
    lookUp.srv(`_pop3s._tcp.${searched.domain}`, signal),
    lookUp.srv(`_pop3._tcp.${searched.domain}`, signal),
  ]);
  const shared = {
    user: searched.address,
    source: 'srv',
    providerName: null,
    notes: [],
    pages: {},
    offersOAuth: false,
  } as const;
  return [
    ...tls.map((target) => ({ ...shared, ...target, security: 'tls' as const })),
    ...startTls.map((target) => ({ ...shared, ...target, security: 'starttls' as const })),
  ];
}

/** Where POP3 servers usually are: well-known names of the domain, then of the hosts that take in its mail. */
export function usualPlaces(searched: SearchedAddress, exchangers: readonly string[]): Found[] {
  const { domain } = searched;
  const hosts = [`pop.${domain}`, `pop3.${domain}`, `mail.${domain}`, domain];
  const [first] = exchangers;
  if (first !== undefined) {
    const owner = registrableDomain(first);
    if (owner !== registrableDomain(domain)) hosts.push(`pop.${owner}`, `mail.${owner}`);
    hosts.push(first);
  }
  const shared = {
    user: searched.address,
    source: 'probe',
    providerName: null,
    notes: [],
    pages: {},
    offersOAuth: false,
  } as const;
  return [...new Set(hosts)].flatMap((host) => bothWays({ ...shared, host, port: tlsPort, security: 'tls' }));
}

/** A place and its sibling on the other usual port. */
export function bothWays(found: Found): Found[] {
  return (['tls', 'starttls'] as const).map((security) => ({
    ...found,
    port: usualPort(security),
    security,
  }));
}
