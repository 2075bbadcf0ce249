/** Marks the places of a searched text in a safe body, so that a page without scripts can show and step through them. */
import { escapeHtml } from './safe-body.ts';

/** More places than this are not marked: stepping through them helps nobody. */
const mostPlaces = 500;

/** Id of the n-th place, from 1; the page is moved there by the fragment of its address. */
export function placeId(n: number): string {
  return `poppy-found-${n}`;
}

/**
 * Wraps every place of `text` in the body's text in a numbered mark, whatever the case of its letters, and counts them.
 * A place that is cut by markup is not found. `html` must have the fixed form of a safe body, where `<` is markup only.
 */
export function highlightFound(
  html: string,
  text: string,
): { readonly html: string; readonly count: number } {
  const sought = fold(text.trim());
  if (sought === '') return { html, count: 0 };
  // Megabytes are not taken apart for what is nowhere in them.
  if (!/[&<>"\u00a0]/.test(sought) && !fold(html).includes(sought)) return { html, count: 0 };
  let count = 0;
  const start = html.indexOf('<body');
  const marked = html.slice(start).replace(/(<[^>]*>)|([^<]+)/g, (whole, tag?: string) => {
    if (tag !== undefined || count >= mostPlaces) return whole;
    const plain = unescapeHtml(whole);
    const folded = fold(plain);
    // Folding that changes the length would move the places; such a text is left alone.
    if (folded.length !== plain.length || !folded.includes(sought)) return whole;
    let out = '';
    let from = 0;
    for (
      let at = folded.indexOf(sought);
      at !== -1 && count < mostPlaces;
      at = folded.indexOf(sought, from)
    ) {
      count += 1;
      const found = plain.slice(at, at + sought.length);
      out += `${escapeHtml(plain.slice(from, at))}<mark id="${placeId(count)}">${escapeHtml(found)}</mark>`;
      from = at + sought.length;
    }
    return out + escapeHtml(plain.slice(from));
  });
  return { html: html.slice(0, start) + marked, count };
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_all, name: string) => entities[name] ?? '');
}
