/** Writes addresses so that every browser gives them back unchanged. */
import { browserTrimmed, resolved } from './image-rule.ts';

/** Names of the network have letters, digits, hyphens, dots and underscores. Any other host leads nowhere. */
const networkHost = /^(?:[\w.-]+|\[[\da-f:.]+\])$/i;

/**
 * The address as Chromium writes it when it is followed; null where there is none, or where it is not http, https or
 * mailto. This is the serialisation of the URL Standard with the characters escaped that Chromium escapes beyond it:
 * `'` in user info and in queries, `^` and `|` in paths. An escaped dot in a path is a plain one, as its versions differ.
 * A relative address leads to where `base` says; `www.` begins the name of a host, as whoever wrote it meant.
 */
export function browserAddress(text: string, base: string | null = null): string | null {
  const trimmed = browserTrimmed(text);
  const absolute = /^[\\/]{2}/.test(trimmed)
    ? `https:${trimmed}`
    : /^www\.[\w-]+\.\w/i.test(trimmed)
      ? `http://${trimmed}`
      : resolved(trimmed, base);
  if (!/^(?:https?|mailto):/i.test(absolute) || !URL.canParse(absolute)) return null;
  const url = new URL(absolute);
  const query = url.search.replaceAll("'", '%27');
  if (url.protocol === 'mailto:') return `mailto:${url.pathname}${query}${url.hash}`;
  if (!networkHost.test(url.hostname)) return null;
  const password = url.password === '' ? '' : `:${url.password}`;
  const user = `${url.username}${password}`.replaceAll("'", '%27');
  const path = url.pathname.replaceAll('^', '%5E').replaceAll('|', '%7C').replace(/%2e/gi, '.');
  return `${url.protocol}//${user === '' ? '' : `${user}@`}${url.host}${path}${query}${url.hash}`;
}
