import { type Provider, provider } from './provider.ts';
import { europeanProviders } from './providers-european.ts';
import { internationalProviders } from './providers-international.ts';

/** Every provider known without asking anybody. */
export const providers: readonly Provider[] = [...internationalProviders, ...europeanProviders].map(provider);

const byDomain = new Map(providers.flatMap((entry) => entry.domains.map((domain) => [domain, entry])));
const byMxDomain = new Map(providers.flatMap((entry) => entry.mxDomains.map((domain) => [domain, entry])));

/** The provider whose addresses end in `domain` (lower case, ASCII). */
export function providerOfDomain(domain: string): Provider | undefined {
  return byDomain.get(domain);
}

/** The provider that runs mail exchangers under `domain`, the registrable domain of an MX target. */
export function providerOfMxDomain(domain: string): Provider | undefined {
  return byMxDomain.get(domain);
}
