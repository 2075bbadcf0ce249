/**
 * Finds the message inside an opaquely signed S/MIME part, so that it can be read; the signature is not verified.
 * Reads only as much of BER as leads there: RFC 5652 §5, X.690 with indefinite lengths as some programs write them.
 */

type Element = { readonly tag: number; readonly content: Buffer; readonly next: number };

const signedData = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);
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

/** The content that a SignedData carries, or null when the bytes are something else or carry none. */
export function signedContent(bytes: Buffer): Buffer | null {
  const outer = elementAt(bytes, 0);
  const [type, wrapped] = outer ? elements(outer.content, 2) : [];
  if (type?.tag !== objectIdentifier || !type.content.equals(signedData) || !wrapped) return null;
  const signed = elementAt(wrapped.content, 0);
  // version, digest algorithms, then the encapsulated content: its type and, in a tag of its own, its octets.
  const encapsulated = signed ? elements(signed.content, 3)[2] : undefined;
  const content = encapsulated ? elements(encapsulated.content, 2)[1] : undefined;
  const value = content ? elementAt(content.content, 0) : null;
  return value && (value.tag & 0x1f) === octetString ? octets(value) : null;
}
