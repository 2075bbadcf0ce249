import { inflateSync } from 'node:zlib';

/**
 * Finds the message inside an opaquely signed or a compressed S/MIME part, so that it can be read; no signature is verified.
 * Reads only as much of BER as leads there: RFC 5652 §5, X.690 with indefinite lengths as some programs write them.
 */

type Element = { readonly tag: number; readonly content: Buffer; readonly next: number };

const signedData = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);
const envelopedData = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03]);
const authEnvelopedData = Buffer.from([
  ...[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09],
  ...[0x10, 0x01, 0x17],
]);
const compressedData = Buffer.from([
  ...[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09],
  ...[0x10, 0x01, 0x09],
]);
const constructed = 0x20;
const octetString = 0x04;
const objectIdentifier = 0x06;
const maximumDepth = 12;

/** The element at an offset. Null when the bytes are not BER, or end before the element does. */
function elementAt(bytes: Buffer, at: number, depth = 0): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > maximumDepth) return null;
  if (first === 0x80) {
    let position = at + 2;
    for (;;) {
      if (bytes[position] === 0 && bytes[position + 1] === 0)
        return { tag, content: bytes.subarray(at + 2, position), next: position + 2 };
      const inner = elementAt(bytes, position, depth + 1);
      if (!inner) return null;
      position = inner.next;
    }
  }
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 5 || at + 2 + size > bytes.length) return null;
  const length = size === 0 ? first : bytes.readUIntBE(at + 2, size);
  const start = at + 2 + size;
  return start + length > bytes.length
    ? null
    : { tag, content: bytes.subarray(start, start + length), next: start + length };
}

function elements(bytes: Buffer, most: number): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length && found.length < most; ) {
    const element = elementAt(bytes, at);
    if (!element) break;
    found.push(element);
    at = element.next;
  }
  return found;
}

/** The bytes of an octet string, also one that is sent in pieces. */
function octets(element: Element, depth = 0): Buffer {
  if ((element.tag & constructed) === 0 || depth > maximumDepth) return element.content;
  return Buffer.concat(elements(element.content, 1_000_000).map((piece) => octets(piece, depth + 1)));
}

/** What the bytes of an S/MIME part are. RFC 8551 §3.2.2. */
export type SmimeKind = 'signed-data' | 'enveloped-data' | 'compressed-data';

function opened(bytes: Buffer): { readonly kind: SmimeKind; readonly inside: Buffer } | null {
  const outer = elementAt(bytes, 0) ?? cutElement(bytes);
  const [type, wrapped] = outer ? elements(outer.content, 2) : [];
  if (type?.tag !== objectIdentifier) return null;
  const is = (identifier: Buffer): boolean => type.content.equals(identifier);
  const kind = is(signedData)
    ? 'signed-data'
    : is(compressedData)
      ? 'compressed-data'
      : is(envelopedData) || is(authEnvelopedData)
        ? 'enveloped-data'
        : null;
  return kind && { kind, inside: wrapped?.content ?? Buffer.alloc(0) };
}

/** The first element of bytes that end before it does: what it is still shows. */
function cutElement(bytes: Buffer): Element | null {
  if (bytes[0] !== 0x30 || bytes[1] === undefined) return null;
  const size = bytes[1] <= 0x80 ? 0 : bytes[1] & 0x7f;
  return { tag: 0x30, content: bytes.subarray(2 + size), next: bytes.length };
}

/** What an S/MIME part is by its own bytes; null for other bytes. */
export function smimeKindOf(bytes: Buffer): SmimeKind | null {
  return opened(bytes)?.kind ?? null;
}

/** The content that a signed or compressed part carries, at most `limit` bytes; null when it is something else or carries none. */
export function smimeContent(bytes: Buffer, limit: number): Buffer | null {
  const found = opened(bytes);
  if (found === null || found.kind === 'enveloped-data') return null;
  const signed = elementAt(found.inside, 0);
  // version, algorithms, then the encapsulated content: its type and, in a tag of its own, its octets.
  const encapsulated = signed ? elements(signed.content, 3)[2] : undefined;
  const content = encapsulated ? elements(encapsulated.content, 2)[1] : undefined;
  const value = content ? elementAt(content.content, 0) : null;
  if (!value || (value.tag & 0x1f) !== octetString) return null;
  return found.kind === 'signed-data' ? octets(value) : inflated(octets(value), limit);
}

/** Unpacked bytes; null where they are damaged or more than the limit. RFC 3274. */
function inflated(bytes: Buffer, limit: number): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: limit });
  } catch {
    // Not zlib, or too large: the part stays a file.
    return null;
  }
}
