/** Gives a message a dark look while it is cleaned: declarations and attributes that hold colours are written anew. */
import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree } from 'parse5';
import { type ColourRole, darkColour, darkGround, isDarkColour } from './dark-colours.ts';
import { legacyColour } from './legacy-colour.ts';

type Element = DefaultTreeAdapterMap['element'];

/** Writes the value of a declaration anew; null where the declaration has to go. */
export type Paint = (property: string, value: string) => string | null;

const textProperties =
  /^(?:color|caret-color|text-decoration(?:-color)?|text-emphasis|-webkit-text-(?:fill|stroke)(?:-color)?)$/;
const lineProperties = /^(?:border|outline|column-rule)(?!.*(?:radius|style|width|collapse|spacing|offset))/;
const groundProperties = /^(?:background(?:-color|-image)?|(?:-webkit-)?box-shadow|text-shadow)$/;

function roleOf(property: string): ColourRole | null {
  if (textProperties.test(property)) return 'text';
  if (groundProperties.test(property)) return 'ground';
  return lineProperties.test(property) ? 'line' : null;
}

/** A written value in pieces: strings (an address among them) are stepped over, colours are what is looked for. */
const pieces =
  /"[^"]*"|#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color(?:-mix)?)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|(?<![\w-])[a-z]+(?![\w(-])/gi;

/** How much of the dark ground lies over a picture that text may stand on. */
const veil = `linear-gradient(${darkGround}cc,${darkGround}cc)`;

/** A painter for one message; colours met once are known from then on. */
export function darkPaint(): Paint {
  const known = new Map<string, string | null>();
  const painted = (written: string, role: ColourRole): string | null => {
    const key = `${role} ${written.toLowerCase()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const after = darkColour(written, role);
    known.set(key, after);
    return after;
  };
  return (property, value) => {
    // An own scheme would bring light defaults back; text cut out of a light ground would be cut out of a dark one.
    if (property === 'color-scheme' || property.endsWith('background-clip')) return null;
    if (property === '-webkit-text-fill-color' && /^transparent\b/i.test(value)) return null;
    const role = roleOf(property);
    if (role === null) return value;
    let isReadable = true;
    const written = value.replace(pieces, (piece) => {
      if (piece.startsWith('"')) return piece;
      const colour = painted(piece, role);
      // A function that computes its colour cannot be told light from dark.
      if (colour === null && piece.includes('(')) isReadable = false;
      return colour ?? piece;
    });
    if (!isReadable) return null;
    return role === 'ground' && written.includes('url(') ? `${veil},${written}` : written;
  };
}

const roleOfAttribute: Readonly<Record<string, ColourRole>> = {
  bgcolor: 'ground',
  bordercolor: 'line',
  color: 'text',
  text: 'text',
  link: 'text',
  vlink: 'text',
  alink: 'text',
};

/** The value of a colour attribute for a dark ground; as it stands where it holds none. */
export function darkAttribute(name: string, value: string): string {
  const role = roleOfAttribute[name];
  const colour = role === undefined ? null : legacyColour(value);
  return role === undefined || colour === null ? value : (darkColour(colour, role) ?? value);
}

/** The declaration that stands for a `background` attribute whose picture lies below text. */
export function veiledPicture(address: string): string {
  return `background-image:${veil},url("${address}");`;
}

/** Whether the author of a message gave it a dark look of its own: dark rules that colour a ground. */
export function hasOwnDarkStyle(html: string): boolean {
  const rules = /@media [^{}]{0,300}prefers-color-scheme:\s*dark[^{}]{0,300}\{((?:[^{}]*\{[^{}]*\})*)/gi;
  return [...html.matchAll(rules)].some(([, inside]) => /[{;]\s*background(?:-color)?:/i.test(inside ?? ''));
}

/** Whether a message is dark as it is: its body is, or the element that holds everything across the whole width. */
export function hasDarkGround(document: DefaultTreeAdapterMap['document']): boolean {
  const root = document.childNodes.find(tree.isElementNode);
  const body = root?.childNodes.filter(tree.isElementNode).find((one) => one.tagName === 'body');
  if (root === undefined || body === undefined) return false;
  const ground = groundOf(body) ?? groundOf(root) ?? groundInSheets(root) ?? wrapperGround(body);
  return ground !== null && isDarkColour(ground);
}

const mostWrappers = 8;

/** The first ground on the way down through elements that hold everything and fill the width. */
function wrapperGround(body: Element): string | null {
  let inner = body;
  for (let depth = 0; depth < mostWrappers; depth += 1) {
    const solid = inner.childNodes.filter(
      (node) => tree.isElementNode(node) || (tree.isTextNode(node) && node.value.trim() !== ''),
    );
    const [only] = solid;
    if (only === undefined || solid.length > 1 || !tree.isElementNode(only)) return null;
    const width = attributeOf(only, 'width') ?? styleOf(only, 'width');
    if (width !== null && !/^\s*100\s*%/.test(width)) return null;
    if (width === null && only.tagName === 'table') return null;
    const ground = groundOf(only);
    if (ground !== null) return ground;
    inner = only;
  }
  return null;
}

function groundOf(element: Element): string | null {
  const style = styleOf(element, 'background-color') ?? styleOf(element, 'background');
  const attribute = attributeOf(element, 'bgcolor');
  return colourIn(style) ?? (attribute === null ? null : legacyColour(attribute));
}

/** The ground that a sheet gives to the body or the root; a rule for one medium alone is passed over. */
function groundInSheets(root: Element): string | null {
  const head = root.childNodes.filter(tree.isElementNode).find((one) => one.tagName === 'head');
  for (const style of head?.childNodes.filter(tree.isElementNode) ?? []) {
    if (style.tagName !== 'style') continue;
    const text = style.childNodes.map((node) => (tree.isTextNode(node) ? node.value : '')).join('');
    const plain = text.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi, '');
    const rule = /(?:^|[},;\s])(?:body|html)\s*(?:,[^{}]*)?\{[^{}]*?background(?:-color)?\s*:([^;}]*)/i.exec(
      plain,
    );
    const ground = colourIn(rule?.[1] ?? null);
    if (ground !== null) return ground;
  }
  return null;
}

function colourIn(value: string | null): string | null {
  return value === null
    ? null
    : (/#[0-9a-f]{3,8}\b|rgba?\([^()]*\)|\b(?:black|navy)\b/i.exec(value)?.[0] ?? null);
}

function attributeOf(element: Element, name: string): string | null {
  return element.attrs.find((one) => one.name === name)?.value ?? null;
}

function styleOf(element: Element, property: string): string | null {
  const style = attributeOf(element, 'style');
  if (style === null) return null;
  return new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]*)`, 'i').exec(style)?.[1]?.trim() ?? null;
}
