import { XMLParser } from 'fast-xml-parser';

/** A value of a property list. */
export type PlistValue = string | bigint | boolean;

type Node = { readonly [name: string]: readonly Node[] | string | undefined };

const parser = new XMLParser({ preserveOrder: true, trimValues: true, parseTagValue: false });

/** The values at the top of an XML property list; empty where it is broken, or in the binary form. */
export function readPlist(text: string): Map<string, PlistValue> {
  const values = new Map<string, PlistValue>();
  let roots: readonly Node[];
  try {
    roots = parser.parse(text) as readonly Node[];
  } catch {
    // Half-written.
    return values;
  }
  const dictionary = childrenOf(childrenOf(roots, 'plist'), 'dict');
  let key: string | null = null;
  for (const node of dictionary) {
    const [tag = ''] = Object.keys(node).filter((name) => !name.startsWith(':'));
    const inner = textOf(childrenOf([node], tag));
    if (tag === 'key') key = inner;
    else if (key !== null) {
      const value = valueIn(tag, inner);
      if (value !== null) values.set(key, value);
      key = null;
    }
  }
  return values;
}

function valueIn(tag: string, inner: string): PlistValue | null {
  if (tag === 'integer') return /^-?\d+$/.test(inner) ? BigInt(inner) : null;
  if (tag === 'real') return /^-?\d+(\.\d+)?$/.test(inner) ? BigInt(Math.trunc(Number(inner))) : null;
  if (tag === 'string') return inner;
  return tag === 'true' || tag === 'false' ? tag === 'true' : null;
}

function childrenOf(nodes: readonly Node[], tag: string): readonly Node[] {
  for (const node of nodes) {
    const inner = node[tag];
    if (Array.isArray(inner)) return inner as readonly Node[];
  }
  return [];
}

function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node['#text'] === 'string' ? node['#text'] : '')).join('');
}
