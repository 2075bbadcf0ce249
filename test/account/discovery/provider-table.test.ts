import { describe, expect, test } from 'vitest';
import { registrableDomain } from '../../../electron/account/discovery/address-domain.ts';
import {
  providerOfDomain,
  providerOfMxDomain,
  providers,
} from '../../../electron/account/discovery/providers/provider-table.ts';
import { publicProviders } from '../../../electron/account/discovery/providers/public-database.ts';
import { isHostName } from '../../../shared/account-fields.ts';

describe('the provider table', () => {
  test('is large, names each domain once, and only hosts that can be', () => {
    const domains = providers.flatMap((provider) => provider.domains);
    const mxDomains = providers.flatMap((provider) => provider.mxDomains);
    expect({
      isLarge: providers.length >= 40,
      domainsTwice: domains.filter((domain, index) => domains.indexOf(domain) !== index),
      mxTwice: mxDomains.filter((domain, index) => mxDomains.indexOf(domain) !== index),
      mxNotRegistrable: mxDomains.filter((domain) => registrableDomain(domain) !== domain),
      badNames: [...domains, ...mxDomains].filter((domain) => !/^[a-z0-9.-]+$/.test(domain)),
      badHosts: providers
        .flatMap(({ servers }) => servers.map(({ host }) => host))
        .filter((host) => !isHostName(host.replace('{domain}', 'example.org'))),
    }).toEqual({
      isLarge: true,
      domainsTwice: [],
      mxTwice: [],
      mxNotRegistrable: [],
      badNames: [],
      badHosts: [],
    });
  });

  test('finds a provider by its domain and by its exchangers', () => {
    expect([
      providerOfDomain('wanadoo.fr')?.name,
      providerOfDomain('web.de')?.userForm,
      providerOfMxDomain(registrableDomain('aspmx.l.google.com'))?.name,
      providerOfMxDomain(registrableDomain('example-org.mail.protection.outlook.com'))?.name,
      providerOfMxDomain(registrableDomain('emx.mail.ru'))?.name,
      providerOfDomain('example.org'),
    ]).toEqual(['Orange', 'local-part', 'Gmail', 'Outlook.com', 'Mail.ru', undefined]);
  });

  test('knows every domain of the public database, each with a server that can be', () => {
    const domains = publicProviders.flatMap((provider) => provider.domains);
    const servers = publicProviders.flatMap((provider) => provider.servers);
    const host = (name: string) => name.replace('{domain}', 'example.org');
    expect({
      providers: publicProviders.length,
      domains: new Set(domains).size,
      unknown: domains.filter((domain) => (providerOfDomain(domain)?.servers.length ?? 0) === 0),
      badHosts: servers.filter(({ host: name }) => !isHostName(host(name))),
      badPorts: servers.filter(({ port }) => !Number.isInteger(port) || port < 1),
    }).toEqual({ providers: 146, domains: 941, unknown: [], badHosts: [], badPorts: [] });
  });

  test('agrees with the public database on host and user name wherever both know a domain', () => {
    const differing = publicProviders.flatMap((known) =>
      known.domains.filter((domain) => {
        const own = providers.find((provider) => provider.domains.includes(domain));
        if (own === undefined) return false;
        const hosts = known.servers.map(({ host }) => host.replace('{domain}', domain));
        const isSame = own.servers.every(({ host }) => hosts.includes(host.replace('{domain}', domain)));
        return !isSame || own.userForm !== known.userForm || (known.offersOAuth && !own.offersOAuth);
      }),
    );
    expect(differing).toEqual([]);
  });

  test('leads to pages of the provider by https only', () => {
    const pages = providers.flatMap((provider) => Object.values(provider.pages));
    expect([pages.length > 10, pages.filter((page) => new URL(page).protocol !== 'https:')]).toEqual([
      true,
      [],
    ]);
  });
});
