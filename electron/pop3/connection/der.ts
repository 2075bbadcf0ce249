/** One element of a DER encoding: its tag, what is in it, and the whole of it. X.690 §8.1. */
export type DerElement = {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
};

/** Reads the element at the start of the bytes; throws when it is cut short or longer than four length bytes can say. */
export function derElement(bytes: Buffer): DerElement {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) throw new Error('the DER encoding is cut short');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || bytes.length < 2 + lengthBytes) throw new Error('the DER length cannot be read');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + length) throw new Error('the DER encoding is cut short');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}

/** Reads the elements that follow one another, as in the content of a sequence. */
export function derElements(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const element = derElement(rest);
    elements.push(element);
    rest = rest.subarray(element.whole.length);
  }
  return elements;
}
