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
 * The findings of the receiving server, or null. Only fields above the hop where the message came in from outside are
 * looked at, and only those signed by the organisation that took it in: anyone can write the rest.
 */
export function authenticationResults(fields: readonly HeaderField[]): AuthenticationResults | null {
  const top = fields.find((field) => field.name === 'received');
  const home = top && hostAfter('by', top.value);
  if (!home) return null;
  for (const field of fields) {
    if (field.name === 'authentication-results') {
      const server = /^\s*([^\s;]+)/.exec(field.value)?.[1] ?? '';
      if (organisation(server) === organisation(home) && server.includes('.'))
        return { server: server.toLowerCase(), results: findings(field.value) };
    }
    if (field.name !== 'received') continue;
    const from = hostAfter('from', field.value);
    // A local delivery names no sender; the first hop that does, from elsewhere, is the border.
    if (from !== null && organisation(from) !== organisation(home)) return null;
  }
  return null;
}
