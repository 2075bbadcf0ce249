import { domainToASCII } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import type { Security } from '../../../shared/account.ts';
import { isHostName } from '../../../shared/account-fields.ts';
import { isOAuthEndpoint, type OAuthEndpoints } from '../../../shared/oauth.ts';
import { highestPort } from '../../../shared/ports.ts';
import type { SearchedAddress } from './address-domain.ts';
import type { ProviderServer } from './providers/provider.ts';

/** What a provider's autoconfig document says about POP3. */
export type AutoconfigAnswer = {
  readonly name: string | null;
  /** In the order of the document, which is the order of preference. */
  readonly servers: readonly (ProviderServer & { readonly user: string; readonly offersOAuth: boolean })[];
  /** Where people sign in in the browser; null where the document does not say. */
  readonly oauthEndpoints: OAuthEndpoints | null;
};

/** Where a provider publishes its own document. Only the domain is in the address, though more could be sent. */
export function autoconfigUrls(domain: string): string[] {
  return [
    `https://autoconfig.${domain}/mail/config-v1.1.xml`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
}

/** Where old providers publish it without encryption. Asked only where nobody answers at the addresses above. */
export function unprotectedUrl(domain: string): string {
  return `http://autoconfig.${domain}/mail/config-v1.1.xml`;
}

/** Elements in which a list is expected, however many there are. */
const lists = new Set(['emailProvider', 'incomingServer', 'authentication', 'displayName', 'username']);

const securityOf: Readonly<Record<string, Security>> = { SSL: 'tls', STARTTLS: 'starttls', plain: 'none' };

/**
 * Reads an autoconfig document. It comes from a stranger: entities are not expanded, a document with a DOCTYPE is
 * refused, and an entry without a plain host, port and security is left out. Null when it is no such document.
 */
export function readAutoconfig(xml: string, searched: SearchedAddress): AutoconfigAnswer | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return null;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    processEntities: false,
    parseTagValue: false,
    isArray: (name) => lists.has(name),
  });
  let document: unknown;
  try {
    document = parser.parse(xml);
  } catch {
    return null; // not XML, or so deep that the parser gave up
  }
  const [provider] = listOf(childOf(childOf(document, 'clientConfig'), 'emailProvider'));
  if (provider === undefined) return null;
  const servers = listOf(childOf(provider, 'incomingServer'))
    .filter((server) => childOf(server, '@type') === 'pop3')
    .flatMap((server) => readServer(server, searched));
  return {
    name: cleanName(textOf(listOf(childOf(provider, 'displayName'))[0])),
    servers,
    oauthEndpoints: readEndpoints(childOf(childOf(document, 'clientConfig'), 'oAuth2')),
  };
}

function readServer(entry: unknown, searched: SearchedAddress): AutoconfigAnswer['servers'] {
  const written = fillIn(textOf(childOf(entry, 'hostname')), searched);
  // Checked before it is made ASCII: that would cut a path off without a word.
  const host = isHostName(written) ? domainToASCII(written) : '';
  const port = Number(textOf(childOf(entry, 'port')));
  const security = securityOf[textOf(childOf(entry, 'socketType'))];
  if (host === '' || !Number.isInteger(port) || port < 1 || port > highestPort) return [];
  if (security === undefined) return [];
  const template = textOf(listOf(childOf(entry, 'username'))[0]);
  const user = fillIn(template, searched);
  const isUsable = user !== '' && !user.includes('%') && !/\p{Cc}/u.test(user);
  const mechanisms = listOf(childOf(entry, 'authentication')).map(textOf);
  return [
    {
      host: host.toLowerCase(),
      port,
      security,
      user: isUsable ? user : searched.address,
      offersOAuth: mechanisms.includes('OAuth2'),
    },
  ];
}

/** The addresses of the element `oAuth2`, where both are ones that may be sent codes and tokens. */
function readEndpoints(entry: unknown): OAuthEndpoints | null {
  const said = (name: string) => textOf(childOf(entry, name));
  const [authorizeUrl, tokenUrl, scope] = [said('authURL'), said('tokenURL'), said('scope')];
  const isUsable = [authorizeUrl, tokenUrl].every((url) => /^https:/i.test(url) && isOAuthEndpoint(url));
  return isUsable && !/\p{Cc}/u.test(scope) ? { authorizeUrl, tokenUrl, scope } : null;
}

function fillIn(template: string, { address, local, domain }: SearchedAddress): string {
  return template.replace(/%(EMAILADDRESS|EMAILLOCALPART|EMAILDOMAIN)%/g, (_, name: string) =>
    name === 'EMAILADDRESS' ? address : name === 'EMAILLOCALPART' ? local : domain,
  );
}

function cleanName(name: string): string | null {
  const cleaned = withoutReferences(name).replace(/\p{C}/gu, '').trim().slice(0, 80);
  return cleaned === '' ? null : cleaned;
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A name with XML's five own references read. The parser expands none, so that no other can do harm. */
function withoutReferences(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => references[name] ?? whole);
}

function childOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null
    ? Object.entries(node).find(([key]) => key === name)?.[1]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  const inner = childOf(value, '#text');
  return typeof inner === 'string' ? inner.trim() : '';
}
