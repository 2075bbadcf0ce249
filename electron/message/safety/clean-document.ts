/** Writes a parsed document anew from the elements and attributes that are known to be harmless. */
import { type DefaultTreeAdapterMap, html as htmlNames, defaultTreeAdapter as tree } from 'parse5';
import { allowedElements, droppedWithContent, preformattedElements, voidElements } from './allowed-html.ts';
import { cleanAttributes, isTracker } from './clean-attributes.ts';
import type { CleanTools } from './clean-tools.ts';
import { filterMediaQuery, filterStyleSheet } from './css-filter.ts';
import { type BodyWarning, escapeHtml, safeDocument } from './safe-body.ts';

type Element = DefaultTreeAdapterMap['element'];
type ChildNode = DefaultTreeAdapterMap['childNode'];

/** The safe document for a parsed one. */
export function cleanDocument(document: DefaultTreeAdapterMap['document'], tools: CleanTools): string {
  const root = document.childNodes.find((node) => tree.isElementNode(node));
  const rootElement = root !== undefined && tree.isElementNode(root) ? root : undefined;
  const body = rootElement?.childNodes.find(
    (node): node is Element => tree.isElementNode(node) && node.tagName === 'body',
  );
  const sheets: string[] = [];
  if (rootElement !== undefined) collectStyles(rootElement, tools, sheets);
  if (rootElement !== undefined && body === undefined) tools.warn('embedded');
  return safeDocument({
    doctype: doctypeFor(tree.getDocumentMode(document)),
    htmlAttributes: rootElement === undefined ? '' : cleanAttributes(rootElement, tools).text,
    styles: sheets.join(''),
    bodyAttributes: body === undefined ? '' : cleanAttributes(body, tools).text,
    content: body === undefined ? '' : cleanChildren(body.childNodes, tools),
  });
}

/** Doctype to write for a document, so that a browser uses the layout rules its author saw. */
function doctypeFor(mode: htmlNames.DOCUMENT_MODE): string {
  if (mode === htmlNames.DOCUMENT_MODE.NO_QUIRKS) return '<!DOCTYPE html>';
  if (mode === htmlNames.DOCUMENT_MODE.QUIRKS) return '';
  return '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">';
}

const hiddenPlaces = new Set([
  'svg',
  'math',
  'template',
  'noscript',
  'iframe',
  'select',
  'noembed',
  'noframes',
]);

function collectStyles(element: Element, tools: CleanTools, sheets: string[]): void {
  for (const child of element.childNodes) {
    if (!tree.isElementNode(child) || hiddenPlaces.has(child.tagName)) continue;
    if (child.tagName !== 'style') collectStyles(child, tools, sheets);
    else if (child.namespaceURI === htmlNames.NS.HTML) {
      const sheet = styleSheet(child, tools);
      if (sheet !== '') sheets.push(sheet);
    }
  }
}

function styleSheet(element: Element, tools: CleanTools): string {
  const attribute = (name: string): string | undefined =>
    element.attrs.find((one) => one.name === name)?.value;
  const type = attribute('type')?.trim().toLowerCase() ?? '';
  if (type !== '' && type !== 'text/css') return '';
  const media = filterMediaQuery(attribute('media') ?? '');
  if (media === null) return '';
  const text = element.childNodes.map((node) => (tree.isTextNode(node) ? node.value : '')).join('');
  const css = filterStyleSheet(text, tools.images, tools.css);
  return media === '' || css === '' ? css : `@media ${media}{${css}}\n`;
}

function cleanChildren(nodes: readonly ChildNode[], tools: CleanTools): string {
  let written = '';
  for (const node of nodes) {
    if (tree.isTextNode(node)) written += escapeHtml(node.value);
    else if (tree.isElementNode(node)) written += cleanElement(node, tools);
  }
  return written;
}

const warningFor: Readonly<Record<string, BodyWarning>> = {
  script: 'script',
  form: 'form',
  input: 'form',
  select: 'form',
  textarea: 'form',
  button: 'form',
  iframe: 'embedded',
  frame: 'embedded',
  object: 'embedded',
  embed: 'embedded',
  applet: 'embedded',
  audio: 'embedded',
  video: 'embedded',
};

function cleanElement(element: Element, tools: CleanTools): string {
  const name = element.tagName;
  const warning = warningFor[name];
  if (warning !== undefined) tools.warn(warning);
  if (element.namespaceURI !== htmlNames.NS.HTML || droppedWithContent.has(name)) return '';
  if (preformattedElements.has(name)) return wrapped('pre', '', element, tools);
  if (!allowedElements.has(name)) return cleanChildren(element.childNodes, tools);
  if (name === 'img' && isTracker(element)) {
    tools.countTracker();
    return '';
  }
  const { text, href, picture } = cleanAttributes(element, tools);
  // A link to a place in the message or to one of its files leads to nowhere outside.
  if (name === 'a' && href !== null && /^(?:https?|mailto):/.test(href))
    tools.addLink({ href, text: linkText(element) });
  const inside = isOutOfSight(element) ? { ...tools, noteDrawn: () => undefined } : tools;
  if (picture !== null) inside.noteDrawn(picture);
  return wrapped(name, text, element, inside);
}

/** Whether an element and all in it is kept from sight, by its own attributes. */
function isOutOfSight(element: Element): boolean {
  const attribute = (name: string): string => element.attrs.find((one) => one.name === name)?.value ?? '';
  if (element.attrs.some(({ name }) => name === 'hidden')) return true;
  if (
    element.tagName === 'img' &&
    [attribute('width'), attribute('height')].some((size) => /^\s*0+\s*(?:px)?\s*$/.test(size))
  )
    return true;
  const style = attribute('style').toLowerCase().replace(/\s/g, '');
  return /(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0*)?(?:;|!|$)|(?:max-)?(?:width|height):0(?:px|%)?(?:;|!|$))/.test(
    style,
  );
}

function wrapped(name: string, attributes: string, element: Element, tools: CleanTools): string {
  if (voidElements.has(name)) return `<${name}${attributes}>`;
  const inside = cleanChildren(element.childNodes, tools);
  // A parser swallows the first line end after <pre>, so one more is written.
  const kept = name === 'pre' && inside.startsWith('\n') ? `\n${inside}` : inside;
  return `<${name}${attributes}>${kept}</${name}>`;
}

const maximumLinkText = 500;

/** What a reader takes for the link's text: its words and the texts of its pictures. */
function linkText(element: Element): string {
  const words = (node: ChildNode): string => {
    if (tree.isTextNode(node)) return node.value;
    if (!tree.isElementNode(node) || droppedWithContent.has(node.tagName)) return '';
    if (node.tagName === 'img') return ` ${node.attrs.find((one) => one.name === 'alt')?.value ?? ''} `;
    return node.childNodes.map(words).join(node.tagName === 'br' ? ' ' : '');
  };
  return element.childNodes.map(words).join('').replace(/\s+/g, ' ').trim().slice(0, maximumLinkText);
}
