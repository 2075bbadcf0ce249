import type { Security, ServerSettings } from './account.ts';
import { highestPort, plainPort, tlsPort } from './ports.ts';

/*
 * Checks of the fields of an account while they are typed. The window, the engine and the command line use the same
 * ones.
 */

/**
 * What is to be said about a field while it is typed. An `error` must be mended before going on; a `hint` is only
 * likely to be wrong.
 */
export type FieldRemark =
  | { readonly level: 'error'; readonly code: FieldError }
  | { readonly level: 'hint'; readonly code: FieldHint; readonly suggestion?: string };

/** Why a field cannot be used. */
export type FieldError =
  | 'empty'
  | 'too-long'
  | 'has-spaces'
  | 'has-control-characters'
  | 'no-at'
  | 'several-at'
  | 'no-local-part'
  | 'no-domain'
  | 'no-dot-in-domain'
  | 'bad-domain'
  | 'bad-local-part'
  | 'has-scheme'
  | 'has-port'
  | 'is-an-address'
  | 'bad-host'
  | 'not-a-number'
  | 'out-of-range';

/** Why a field that could be used is probably not what was meant. */
export type FieldHint =
  | 'likely-typo'
  | 'imap-host'
  | 'smtp-host'
  | 'imap-port'
  | 'smtp-port'
  | 'port-usually-tls'
  | 'port-usually-starttls'
  | 'spaces-at-the-edge';

/** The two halves of an address; neither is empty. */
export type SplitAddress = { readonly local: string; readonly domain: string };

function error(code: FieldError): FieldRemark {
  return { level: 'error', code };
}

function hint(code: FieldHint, suggestion?: string): FieldRemark {
  return suggestion === undefined ? { level: 'hint', code } : { level: 'hint', code, suggestion };
}

/** A typed or pasted address without what often comes along: blanks, `mailto:`, a name before angle brackets. */
export function tidyAddress(typed: string): string {
  const trimmed = typed.trim();
  const inBrackets = /<([^<>]*)>$/.exec(trimmed)?.[1];
  return (inBrackets ?? trimmed).replace(/^mailto:/i, '').trim();
}

const label = /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

/** Whether `name` is made of labels a host name may have, in any script. RFC 1123 §2.1, RFC 5891. */
export function isHostName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.');
  return name.length <= 253 && labels.every((part) => label.test(part));
}

/** An address taken apart, or the reason why it cannot be. */
export function splitAddress(typed: string): SplitAddress | FieldError {
  const address = tidyAddress(typed);
  if (address === '') return 'empty';
  if (address.length > 320) return 'too-long';
  if (/\p{Cc}/u.test(address)) return 'has-control-characters';
  if (/\s/.test(address)) return 'has-spaces';
  const [local = '', domain = '', ...more] = address.split('@');
  if (!address.includes('@')) return 'no-at';
  if (more.length > 0) return 'several-at';
  if (local === '') return 'no-local-part';
  if (domain === '') return 'no-domain';
  if (/[<>()[\]\\,;:"]/.test(local)) return 'bad-local-part';
  if (!domain.includes('.')) return 'no-dot-in-domain';
  if (!isHostName(domain) || domain.endsWith('.')) return 'bad-domain';
  return { local, domain: domain.toLowerCase() };
}

/** Domains so common that one letter beside them is a slip. */
const commonDomains = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  't-online.de',
  'yandex.ru',
  'rambler.ru',
  'orange.fr',
  'wanadoo.fr',
  'laposte.net',
  'libero.it',
  'seznam.cz',
];

/** Domains that are one letter from a common one and yet meant. */
const realNeighbours = new Set(['mail.com', 'ymail.com', 'rambler.ua']);

/** The common domain that a domain is one slip away from, or null. */
export function likelyDomain(domain: string): string | null {
  if (commonDomains.includes(domain) || realNeighbours.has(domain)) return null;
  return commonDomains.find((common) => isOneSlipAway(domain, common)) ?? null;
}

/** One letter too many, missing, wrong, or two swapped. */
function isOneSlipAway(typed: string, meant: string): boolean {
  let start = 0;
  while (start < meant.length && typed[start] === meant[start]) start += 1;
  const a = typed.slice(start);
  const b = meant.slice(start);
  const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a !== b && (a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || isSwapped);
}

/** Checks the mail address. */
export function checkAddress(typed: string): FieldRemark | null {
  const split = splitAddress(typed);
  if (typeof split === 'string') return error(split);
  const likely = likelyDomain(split.domain);
  return likely === null ? null : hint('likely-typo', `${split.local}@${likely}`);
}

/** Checks the server's name: a host name in any script, an underscore too as in local networks, or an IP address. */
export function checkHost(typed: string): FieldRemark | null {
  const host = typed.trim();
  if (host === '') return error('empty');
  if (/^[a-z0-9+.-]+:\/\//i.test(host)) return error('has-scheme');
  if (host.includes('@')) return error('is-an-address');
  if (/\s/.test(host)) return error('has-spaces');
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host)) return null;
  if (/:\d+$/.test(host)) return error('has-port');
  if (!isHostName(host.replaceAll('_', '-'))) return error('bad-host');
  if (/^[\d.]+$/.test(host)) return isIpv4(host) ? null : error('bad-host');
  if (/^imap\d?\./i.test(host)) return hint('imap-host', host.replace(/^imap\d?/i, 'pop'));
  if (/^smtp\d?\./i.test(host)) return hint('smtp-host', host.replace(/^smtp\d?/i, 'pop'));
  return null;
}

function isIpv4(host: string): boolean {
  const numbers = host.split('.');
  return numbers.length === 4 && numbers.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** Checks the port as it was typed, against the kind of security chosen. */
export function checkPort(typed: string, security: Security): FieldRemark | null {
  const text = typed.trim();
  if (text === '') return error('empty');
  if (!/^\d+$/.test(text)) return error('not-a-number');
  const port = Number(text);
  if (port < 1 || port > highestPort) return error('out-of-range');
  if (port === 143 || port === 993) return hint('imap-port', String(port === 993 ? tlsPort : plainPort));
  if (port === 25 || port === 465 || port === 587) return hint('smtp-port', String(tlsPort));
  if (port === tlsPort && security !== 'tls') return hint('port-usually-tls');
  if (port === plainPort && security === 'tls') return hint('port-usually-starttls');
  return null;
}

/** Checks the user name, which may hold anything but what would end its line on the wire. RFC 1939 §3. */
export function checkUser(typed: string): FieldRemark | null {
  if (typed.trim() === '') return error('empty');
  if (/\p{Cc}/u.test(typed)) return error('has-control-characters');
  if (typed.length > 512) return error('too-long');
  return typed === typed.trim() ? null : hint('spaces-at-the-edge', typed.trim());
}

/** Checks a password; blanks at its edges are mostly pasted along, but may be meant. */
export function checkPassword(typed: string): FieldRemark | null {
  if (typed === '') return error('empty');
  if (/\p{Cc}/u.test(typed)) return error('has-control-characters');
  if (typed.length > 4096) return error('too-long');
  return typed === typed.trim() ? null : hint('spaces-at-the-edge', typed.trim());
}

/** The first field of a server that cannot be used, and why; null when all of them can. Hints do not count. */
export function serverProblem({
  host,
  port,
  security,
  user,
}: Pick<ServerSettings, 'host' | 'port' | 'security' | 'user'>): {
  readonly field: 'host' | 'port' | 'user';
  readonly code: FieldError;
} | null {
  const remarks = [
    ['host', checkHost(host)],
    ['port', checkPort(String(port), security)],
    ['user', checkUser(user)],
  ] as const;
  for (const [field, remark] of remarks) if (remark?.level === 'error') return { field, code: remark.code };
  return null;
}
