import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A node as plain data: a text, or a name with its attributes in order of their names and its children. */
type Tree = string | readonly [name: string, attributes: readonly string[], children: readonly Tree[]];

/** The tree that parse5 makes of a page. */
export function treeOf(html: string): readonly Tree[] {
  return parse(html).childNodes.flatMap(ofNode);
}

function ofNode(node: DefaultTreeAdapterTypes.ChildNode): Tree[] {
  if (node.nodeName === '#text') return [(node as DefaultTreeAdapterTypes.TextNode).value];
  if (!('tagName' in node)) return [];
  const attributes = node.attrs.map(
    ({ prefix, name, value }) => `${prefix ? `${prefix}:` : ''}${name}=${value}`,
  );
  return [[node.tagName, attributes.sort(), node.childNodes.flatMap(ofNode)]];
}

/** The trees that the browser makes of pages, each as JSON. It runs in the page, so it stands alone. */
export function treesInPage(htmls: readonly string[]): string[] {
  // A form's fields hide its properties under their names, so that these are asked for by the prototype.
  const own = <Of extends object, Key extends keyof Of>(prototype: Of, key: Key, node: Node): Of[Key] =>
    Object.getOwnPropertyDescriptor(prototype, key)?.get?.call(node);
  const of = (node: Node): Tree[] => {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element)) return [];
    const attributes = [...own(Element.prototype, 'attributes', node)];
    const children = [...own(Node.prototype, 'childNodes', node)].flatMap(of);
    return [
      [
        own(Element.prototype, 'localName', node),
        attributes.map(({ name, value }) => `${name}=${value}`).sort(),
        children,
      ],
    ];
  };
  const treeOfPage = (html: string) =>
    [...new DOMParser().parseFromString(html, 'text/html').childNodes].flatMap(of);
  // As text: a tree may be too deep for the way that results take out of the page.
  return htmls.map((html) => JSON.stringify(treeOfPage(html)));
}
