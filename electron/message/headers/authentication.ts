import { getDomain } from 'tldts';
import type { HeaderField } from './header-block.ts';

/** What the server that received this message found out about its sender. RFC 8601. */
export type AuthenticationResults = {
  /** The name the receiving server signs its findings with. */
  readonly server: string;
  readonly results: readonly {
    readonly method: string;
    readonly result: string;
    readonly domain: string | null;
  }[];
};

const mostFindings = 200;
const methods = /^(?:spf|dkim|dmarc|arc|iprev|auth|dkim-adsp|dkim-atps|bimi)$/;

function organisation(host: string): string {
  return getDomain(host) ?? host.toLowerCase();
}

function hostAfter(word: 'by' | 'from', received: string): string | null {
  return new RegExp(`(?:^|\\s)${word}\\s+([\\w.-]+)`, 'i').exec(received)?.[1] ?? null;
}

/** The findings of one field, by method. */
function findings(value: string): AuthenticationResults['results'] {
  const found: { method: string; result: string; domain: string | null }[] = [];
  for (const clause of value
    .replace(/\([^()]*\)/g, ' ')
    .split(';')
    .slice(1, 60)) {
    const match = /^\s*([\w-]+)(?:\/\d+)?\s*=\s*(\w+)/.exec(clause);
    const method = match?.[1]?.toLowerCase() ?? '';
    if (!match || !methods.test(method)) continue;
    const domain = /(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*"?([^\s;"]+)/i.exec(clause)?.[1];
    found.push({
      method,
      result: (match[2] ?? '').toLowerCase(),
      domain: domain?.replace(/^.*@/, '') ?? null,
    });
  }
  return found;
}

/**
 * The findings of the receiving server in all its fields, or null. A server may write one for each check: RFC 8601 §2.2. Only fields above the hop where the message came in from outside are
 * looked at, and only those signed by the organisation that took it in: anyone can write the rest.
 */
export function authenticationResults(fields: readonly HeaderField[]): AuthenticationResults | null {
  const top = fields.find((field) => field.name === 'received');
  const home = top && hostAfter('by', top.value);
  if (!home) return null;
  let server: string | null = null;
  const results: AuthenticationResults['results'][number][] = [];
  for (const field of fields) {
    if (field.name === 'authentication-results') {
      const signedBy = /^\s*([^\s;]+)/.exec(field.value)?.[1] ?? '';
      if (organisation(signedBy) === organisation(home) && signedBy.includes('.')) {
        server ??= signedBy.toLowerCase();
        results.push(...findings(field.value));
      }
    }
    if (field.name !== 'received') continue;
    const from = hostAfter('from', field.value);
    // A local delivery names no sender; the first hop that does, from elsewhere, is the border.
    if (from !== null && organisation(from) !== organisation(home)) break;
  }
  return server === null ? null : { server, results: results.slice(0, mostFindings) };
}

/** What the findings say of the one address a message names as its sender. */
export type AuthenticationVerdict = {
  /** `confirmed`: it comes from that domain. `failed`: it should have been confirmed and was not. */
  readonly verdict: 'confirmed' | 'failed' | 'unknown';
  /** The sender's domain. */
  readonly domain: string;
};

/**
 * Judges as DMARC does, also where nobody asked for it: a check counts only when it is about the domain that the
 * reader sees, and one that passes is enough, because lists and forwarders break the other. RFC 7489 §3.1.
 */
export function judgeAuthentication(
  { results }: AuthenticationResults,
  from: readonly { readonly address: string }[],
): AuthenticationVerdict {
  const address = from[0]?.address ?? '';
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (from.length !== 1 || domain === '') return { verdict: 'unknown', domain };
  const home = organisation(domain);
  const isOwn = (one: string | null) => one !== null && organisation(one) === home;
  const has = (method: string, outcome: RegExp) =>
    results.filter((one) => one.method === method && outcome.test(one.result));
  const isConfirmed =
    has('dmarc', /^fail$/).length === 0 &&
    (has('dmarc', /^pass$/).some((one) => one.domain === null || isOwn(one.domain)) ||
      [...has('dkim', /^pass$/), ...has('spf', /^pass$/)].some((one) => isOwn(one.domain)));
  if (isConfirmed) return { verdict: 'confirmed', domain };
  const isRefused = [...has('dmarc', /^fail$/), ...has('dkim', /^fail$/), ...has('spf', /fail$/)].length > 0;
  return { verdict: isRefused ? 'failed' : 'unknown', domain };
}
