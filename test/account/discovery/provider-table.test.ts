import { describe, expect, test } from 'vitest';
import { registrableDomain } from '../../../electron/account/discovery/address-domain.ts';
import {
  providerOfDomain,
  providerOfMxDomain,
  providers,
} from '../../../electron/account/discovery/provider-table.ts';
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
        .filter((host) => !isHostName(host)),
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
});
