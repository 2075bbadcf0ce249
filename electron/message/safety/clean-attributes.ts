/** Writes the attributes of one element anew. */
import type { DefaultTreeAdapterMap } from 'parse5';
import { bodyAttributes, plainAttributes } from './allowed-html.ts';
import type { CleanTools } from './clean-tools.ts';
import { filterDeclarations } from './css-filter.ts';
import { classForId } from './css-selector.ts';
import { darkAttribute, veiledPicture } from './dark-look.ts';
import { browserTrimmed, remoteAddress } from './image-rule.ts';
import { placeName } from './places.ts';
import { escapeHtml } from './safe-body.ts';

type Element = DefaultTreeAdapterMap['element'];

/** Class of an image whose source is not shown; the page draws a frame in its place. */
export const blockedImageClass = 'poppy-blocked-image';

/** Attributes as they are written in a start tag, where the element leads if it is a link, and the picture it shows. */
export type CleanAttributes = {
  readonly text: string;
  readonly href: string | null;
  readonly picture: string | null;
};

/** Keeps the attributes that are known to be harmless; addresses are checked and written as a browser would read them. */
export function cleanAttributes(element: Element, tools: CleanTools): CleanAttributes {
  const kept = new Map<string, string>();
  const classes: string[] = [];
  for (const { name, value, namespace } of element.attrs) {
    if (namespace !== undefined) continue;
    if (name === 'class') classes.push(...value.split(/[\t\n\f\r ]+/).filter((word) => word !== ''));
    else if (name === 'id' || (name === 'name' && element.tagName === 'a')) {
      const place = placeName(value);
      if (place !== null && tools.goals.has(place)) kept.set('id', place);
      if (name === 'id' && place !== value) classes.push(...[classForId(value) ?? []].flat());
    } else keep(kept, element, name, value, tools);
  }
  if (element.tagName === 'img' && !kept.has('src') && hasAttribute(element, 'src'))
    classes.push(blockedImageClass);
  if (classes.length > 0) kept.set('class', [...new Set(classes)].join(' '));
  const text = [...kept].map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('');
  return { text, href: kept.get('href') ?? null, picture: kept.get('src') ?? kept.get('background') ?? null };
}

function keep(
  kept: Map<string, string>,
  element: Element,
  name: string,
  value: string,
  tools: CleanTools,
): void {
  const tag = element.tagName;
  if (name === 'style') {
    const style = `${kept.get(name) ?? ''}${cachedDeclarations(value, tools)}`;
    if (style !== '') kept.set(name, style);
  } else if (name === 'href' && tag === 'a') {
    const href = tools.linkAddress(value);
    if (href === null) warnOfScript(value, tools);
    else kept.set(name, href);
  } else if ((name === 'src' && tag === 'img') || name === 'background') {
    const address = tools.images(value);
    if (address !== null && name === 'background' && tools.isDark)
      kept.set('style', `${veiledPicture(address)}${kept.get('style') ?? ''}`);
    else if (address !== null) kept.set(name, address);
  } else if (plainAttributes.has(name) || (tag === 'body' && bodyAttributes.has(name)))
    kept.set(name, tools.isDark ? darkAttribute(name, value) : value);
  else if (/^on/.test(name)) tools.warn('script');
}

function cachedDeclarations(css: string, tools: CleanTools): string {
  const known = tools.styles.get(css);
  if (known !== undefined) return known;
  const filtered = filterDeclarations(css, tools.images, tools.css);
  // An image is counted each time it is met, so a style that names one is read each time.
  if (!/url|\\/i.test(css)) tools.styles.set(css, filtered);
  return filtered;
}

function warnOfScript(href: string, tools: CleanTools): void {
  if (/^(?:java|vb)script:|^data:/i.test(browserTrimmed(href))) tools.warn('script');
}

function hasAttribute(element: Element, name: string): boolean {
  return element.attrs.some((one) => one.name === name);
}

/** Whether an image is remote and so small, or so hidden, that nobody is meant to see it. */
export function isTracker(element: Element): boolean {
  const attribute = (name: string): string => element.attrs.find((one) => one.name === name)?.value ?? '';
  if (remoteAddress(browserTrimmed(attribute('src'))) === null) return false;
  const tiny = (text: string): boolean => /^\s*[01](?:\.\d+)?(?:px)?\s*$/i.test(text);
  const style = attribute('style').toLowerCase().replace(/\s/g, '');
  const hidden = /(?:^|;)(?:display:none|visibility:hidden|opacity:0(?:;|$|!))/.test(style);
  const styled = (name: string): string =>
    new RegExp(`(?:^|;)${name}:([^;!]+)`).exec(style)?.[1] ?? attribute(name);
  return hidden || (tiny(styled('width')) && tiny(styled('height')));
}
