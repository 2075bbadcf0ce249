import { usualLength } from './damaged-base64.ts';

/** How the bytes of a part were made fit for mail. */
export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'uuencode' | 'yenc';

/** The encoding that a Content-Transfer-Encoding header names, in any spelling; unknown ones leave the bytes alone. RFC 2045 §6. */
export function transferEncodingOf(value: string | null): TransferEncoding {
  const name = (value ?? '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^a-z0-9]/g, '');
  if (name.startsWith('base64') || name === 'b64' || name === 'base') return 'base64';
  if (/^quoted?printable|^qp$/.test(name)) return 'quoted-printable';
  if (/^x?uu(?:e|encode|encoded)$/.test(name)) return 'uuencode';
  return /^x?yenc$/.test(name) ? 'yenc' : 'identity';
}

const digits = new Int8Array(256).fill(-1);
for (const [index, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  digits[character.charCodeAt(0)] = index;

const equalsSign = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const underscore = 0x5f;
const hyphen = 0x2d;

/** Most of what stands after the data of base64 that is kept. Bytes. */
const longestTail = 65_536;

/** Decodes a stream of base64 text into bytes; keeps the bits of an unfinished group between chunks. */
class Base64Stream {
  #bits = 0;
  #count = 0;
  /** A padded end or an empty line was seen: from here on each line must prove that it is data. */
  #isDoubtful = false;
  #isEnded = false;
  /** The length of most lines where they hold whole groups, else null; looked for at the first damage. */
  #usualLength: number | null | undefined;
  #line = '';
  #wasLineFeed = false;
  #tail = '';

  /** What stands after the data and is none, one character per byte: a list's footer, or words that were never encoded. */
  get tail(): string {
    return this.#tail;
  }

  /** The bytes that can be told so far. */
  write(chunk: Buffer): Buffer {
    const out = Buffer.allocUnsafe(((chunk.length + this.#line.length) * 3) / 4 + 8);
    let length = 0;
    let at = 0;
    while (at < chunk.length && (!this.#isEnded || this.#isInStep(chunk))) {
      if (this.#isDoubtful) {
        this.#isInStep(chunk);
        at = this.#gatherLine(chunk, at, (byte) => {
          out[length++] = byte;
        });
        continue;
      }
      const byte = chunk[at++] ?? 0;
      const digit = digits[byte] ?? -1;
      if (digit >= 0) {
        this.#wasLineFeed = false;
        this.#bits = (this.#bits << 6) | digit;
        if (++this.#count === 4) {
          out[length] = this.#bits >> 16;
          out[length + 1] = this.#bits >> 8;
          out[length + 2] = this.#bits;
          length += 3;
          this.#count = 0;
          this.#bits = 0;
        }
      } else if (byte === equalsSign) {
        for (const rest of this.#flush()) out[length++] = rest;
        this.#isDoubtful = true;
      } else if (byte === lineFeed || byte === carriageReturn) {
        if (this.#count > 0) for (const rest of this.#endDamagedLine(chunk)) out[length++] = rest;
        if (byte === carriageReturn) continue;
        if (this.#wasLineFeed) this.#isDoubtful = true;
        this.#wasLineFeed = true;
      } else if (this.#wasLineFeed && (byte === underscore || byte === hyphen)) {
        // The rule over a list's footer: what stands under it is no data either.
        this.#isDoubtful = true;
        at -= 1;
      } else this.#wasLineFeed = false;
    }
    if (at < chunk.length) this.#keepTail(chunk.toString('latin1', at, at + longestTail));
    return out.subarray(0, length);
  }

  /** What was left of the last group: senders forget the padding. */
  end(): Buffer {
    const rest: number[] = [];
    this.#takeLine((byte) => rest.push(byte));
    rest.push(...this.#flush());
    return Buffer.from(rest);
  }

  /**
   * What is left where a line ends within a group. Where other lines hold whole groups it is damaged, and ends there,
   * so that the damage is none to the lines after it.
   */
  #endDamagedLine(chunk: Buffer): number[] {
    return this.#isInStep(chunk) ? this.#flush() : [];
  }

  #isInStep(chunk: Buffer): boolean {
    if (this.#usualLength === undefined) this.#usualLength = usualLength(chunk.toString('latin1', 0, 8192));
    return this.#usualLength !== null;
  }

  #flush(): number[] {
    const { bits, count } = { bits: this.#bits, count: this.#count };
    this.#bits = 0;
    this.#count = 0;
    if (count === 2) return [(bits >> 4) & 0xff];
    return count === 3 ? [(bits >> 10) & 0xff, (bits >> 2) & 0xff] : [];
  }

  /** Collects up to a line's end and decodes the line when it is data; a list's footer after the data ends it. */
  #gatherLine(chunk: Buffer, at: number, put: (byte: number) => void): number {
    let end = at;
    while (end < chunk.length && chunk[end] !== lineFeed && chunk[end] !== carriageReturn) end++;
    this.#line += chunk.toString('latin1', at, Math.min(end, at + 100_000));
    if (end === chunk.length) return end;
    this.#takeLine(put, chunk[end] === lineFeed ? '\n' : '\r');
    return end + 1;
  }

  #keepTail(text: string): void {
    this.#tail += text.slice(0, longestTail - this.#tail.length);
  }

  #takeLine(put: (byte: number) => void, lineEnd = ''): void {
    const whole = this.#line;
    const line = whole.replace(/[\s=]+$/, '').replace(/^[\s=]+/, '');
    const padded = /=[\s=]*$/.test(whole);
    this.#line = '';
    if (line === '') return;
    const isPure = /^[A-Za-z0-9+/]+$/.test(line);
    const usual = this.#usualLength ?? null;
    // Words between lines of code end it only for as long as there is no line like those before them.
    if (isPure && line.length === usual) this.#isEnded = false;
    const isData = /^[A-Za-z0-9+/=]+$/.test(line) && (padded || line.length % 4 === 0 || line.length > 30);
    if (!isData || this.#isEnded) {
      // A rest of a damaged line may still be followed by data; words are not.
      this.#isEnded ||= usual === null || !isPure;
      this.#keepTail(`${whole}${lineEnd}`);
      return;
    }
    for (const piece of line.split(/=+/)) {
      for (const character of piece) {
        this.#bits = (this.#bits << 6) | (digits[character.charCodeAt(0)] ?? 0);
        if (++this.#count < 4) continue;
        for (const shift of [16, 8, 0]) put((this.#bits >> shift) & 0xff);
        this.#count = 0;
        this.#bits = 0;
      }
    }
    if (padded || usual !== null) for (const byte of this.#flush()) put(byte);
  }
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Decodes whole lines of quoted-printable; a stray `=` is kept as it stands, blanks at line ends are transport dirt. RFC 2045 §6.7. */
function decodeQuoted(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === equalsSign) {
      const high = hexDigit(bytes[at + 1]);
      const low = hexDigit(bytes[at + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        at += 2;
        continue;
      }
      const soft = endOfBlanks(bytes, at + 1);
      if (soft === bytes.length) break;
      if (bytes[soft] === lineFeed) at = soft;
      else if (bytes[soft] === carriageReturn) at = bytes[soft + 1] === lineFeed ? soft + 1 : soft;
      else out[length++] = byte;
    } else if (byte === 0x20 || byte === 0x09) {
      const end = endOfBlanks(bytes, at);
      if (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn)
        for (let blank = at; blank < end; blank++) out[length++] = bytes[blank] ?? 0;
      at = end - 1;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

function endOfBlanks(bytes: Buffer, from: number): number {
  let end = from;
  while (end < bytes.length && (bytes[end] === 0x20 || bytes[end] === 0x09)) end++;
  return end;
}

/** Where a chunk of quoted-printable may be cut without cutting an escape or the blanks before a line end. */
function quotedCut(bytes: Buffer): number {
  const cut = beforeBlanks(bytes, bytes.length);
  const escapeAt = bytes.subarray(Math.max(0, cut - 3), cut).lastIndexOf(equalsSign);
  return escapeAt === -1 ? cut : beforeBlanks(bytes, Math.max(0, cut - 3) + escapeAt);
}

function beforeBlanks(bytes: Buffer, end: number): number {
  let cut = end;
  while (cut > 0 && [0x20, 0x09, carriageReturn].includes(bytes[cut - 1] ?? 0)) cut--;
  return cut;
}

/** Words, one character per byte, as opposed to what stands between codes. */
export const someWords = /[a-z\x80-\xff]{2,}[,.]? [a-z\x80-\xff]{2,}/i;

function* decodeBase64(chunks: Iterable<Buffer>, takeTail?: (words: Buffer) => void): Generator<Buffer> {
  const stream = new Base64Stream();
  for (const chunk of chunks) yield stream.write(chunk);
  yield stream.end();
  if (someWords.test(stream.tail)) takeTail?.(Buffer.from(stream.tail, 'latin1'));
}

function* decodeQuotedChunks(chunks: Iterable<Buffer>): Generator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  for (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    // A run of blanks longer than any line is not transport dirt, and must not pile up.
    const cut = bytes.length - quotedCut(bytes) > 70_000 ? bytes.length : quotedCut(bytes);
    carry = bytes.subarray(cut);
    yield decodeQuoted(bytes.subarray(0, cut));
  }
  yield decodeQuoted(carry);
}

/**
 * The decoded bytes of a part, piece by piece. Never throws for what is broken in them; uuencode and yEnc are for their
 * own modules. `takeTail` is told at the end of words that stand in the open after base64, 64 KB of them at most: what
 * lists add under it, or what a sender never encoded.
 */
export function decodeTransfer(
  chunks: Iterable<Buffer>,
  encoding: TransferEncoding,
  takeTail?: (words: Buffer) => void,
): Iterable<Buffer> {
  if (encoding === 'base64') return decodeBase64(chunks, takeTail);
  if (encoding === 'quoted-printable') return decodeQuotedChunks(chunks);
  return chunks;
}
