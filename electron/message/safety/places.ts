/** Names of places in a message that its own links lead to. */
import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree } from 'parse5';

/** A name of the page's own cannot be meant by a link of the message. */
const mark = 'place-';
const marked = /^place-[\w.%~*!'()-]{1,300}$/;
const mostGoals = 2000;

/** The name under which a place is written anew; null for no name. A name that was written by us stays. */
export function placeName(name: string): string | null {
  if (marked.test(name)) return name;
  const plain = decoded(name).trim();
  if (plain === '' || plain.length > 60 || /\p{Cs}/u.test(plain)) return null;
  return `${mark}${encodeURIComponent(plain)}`;
}

/** The place that the address of a link within the message names, as it is written anew; null for other addresses. */
export function placeOfLink(href: string): string | null {
  const trimmed = href.trim();
  return trimmed.startsWith('#') ? placeName(trimmed.slice(1)) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign: the text is taken as it stands.
    return text;
  }
}

/** The places that the links of a document lead to, and what the document says its addresses are relative to. */
export function placesOf(document: DefaultTreeAdapterMap['document']): {
  readonly goals: ReadonlySet<string>;
  readonly base: string | null;
} {
  const goals = new Set<string>();
  let base: string | null = null;
  const visit = (node: DefaultTreeAdapterMap['parentNode']): void => {
    for (const child of node.childNodes) {
      if (!tree.isElementNode(child)) continue;
      const isLink = child.tagName === 'a' || child.tagName === 'base';
      const href = isLink ? child.attrs.find(({ name }) => name === 'href')?.value : undefined;
      if (href !== undefined && child.tagName === 'base') base ??= webAddress(href);
      const goal = href !== undefined && child.tagName === 'a' ? placeOfLink(href) : null;
      if (goal !== null && goals.size < mostGoals) goals.add(goal);
      visit(child);
    }
  };
  visit(document);
  return { goals, base };
}

/** Only addresses of the web are a base: nothing else is opened or asked for. */
function webAddress(href: string): string | null {
  const absolute = /^[\\/]{2}/.test(href.trim()) ? `https:${href.trim()}` : href.trim();
  return /^https?:/i.test(absolute) && URL.canParse(absolute) ? new URL(absolute).href : null;
}
