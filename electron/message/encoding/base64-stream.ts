import { usualLength } from './damaged-base64.ts';

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
const space = 0x20;
const tab = 0x09;

/** So many lines may stray in between lines of data. */
const mostStrayLines = 3;
/** A shorter line after words may be a word. Characters. */
const shortestRest = 24;

/** More torn lines are not held back. */
const mostHeld = 200;

/** Most that is kept of the text after the data. Bytes. */
const longestTail = 65_536;

/** A line without the blanks and signs of equality at its ends, and whether one of these stands behind it. Linear. */
function withoutPadding(whole: string): { line: string; padded: boolean } {
  const isPadding = (at: number): boolean => /[\s=]/.test(whole.charAt(at));
  let start = 0;
  let end = whole.length;
  while (end > 0 && isPadding(end - 1)) end--;
  while (start < end && isPadding(start)) start++;
  return { line: whole.slice(start, end), padded: whole.includes('=', end) };
}

/** Decodes a stream of base64 text into bytes; keeps the bits of an unfinished group between chunks. */
export class Base64Stream {
  #bits = 0;
  #count = 0;
  /** A padded end or an empty line was seen: from here on each line must prove that it is data. */
  #isDoubtful = false;
  #isEnded = false;
  /** A padded group, the end of data, was seen. */
  #isPadded = false;
  #isDamaged = false;
  #chunk: Buffer = Buffer.alloc(0);
  /** The length of most lines where they hold whole groups, else null; looked for at the first damage. */
  #usual: number | null | undefined;
  #foreignLines = 0;
  #line = '';
  /** Short lines of letters that may be data between empty lines, or words. */
  #held: { readonly line: string; readonly whole: string }[] = [];
  #wasLineFeed = false;
  #tail = '';

  /** The text after the data, one character per byte: a list's footer, or words that were never encoded. */
  get tail(): string {
    return this.#tail;
  }

  /** Whether anything in it was neither data nor a blank. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** The bytes that can be told so far. */
  write(chunk: Buffer): Buffer {
    this.#chunk = chunk;
    const out = Buffer.allocUnsafe(((chunk.length + this.#line.length) * 3) / 4 + 8);
    let length = 0;
    let at = 0;
    while (at < chunk.length && (!this.#isEnded || this.#usualLength() !== null)) {
      if (this.#isDoubtful) {
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
        this.#isPadded = true;
        this.#isDoubtful = true;
      } else if (byte === lineFeed || byte === carriageReturn) {
        if (this.#count > 0) for (const rest of this.#endDamagedLine()) out[length++] = rest;
        if (byte === carriageReturn) continue;
        if (this.#wasLineFeed) this.#isDoubtful = true;
        this.#wasLineFeed = true;
      } else if (this.#wasLineFeed && (byte === underscore || byte === hyphen)) {
        // The rule over a list's footer. The text under it is no data either.
        this.#isDoubtful = true;
        at -= 1;
      } else {
        this.#wasLineFeed = false;
        if (byte !== space && byte !== tab) this.#isDamaged = true;
      }
    }
    if (at < chunk.length) this.#keepTail(chunk.toString('latin1', at, at + longestTail));
    return out.subarray(0, length);
  }

  /** What was left of the last group: senders forget the padding. */
  end(): Buffer {
    const rest: number[] = [];
    this.#takeLine((byte) => rest.push(byte));
    this.#releaseHeld((byte) => rest.push(byte));
    rest.push(...this.#flush());
    return Buffer.from(rest);
  }

  /**
   * The bytes left where a line ends within a group. Where other lines hold whole groups, this line is damaged: its group
   * ends here, so that the damage does not reach the next line.
   */
  #endDamagedLine(): number[] {
    return this.#usualLength() === null ? [] : this.#flush();
  }

  #usualLength(): number | null {
    if (this.#usual === undefined) this.#usual = usualLength(this.#chunk.toString('latin1', 0, 8192));
    return this.#usual;
  }

  /** Whether a line after words is data again: one as long as those before them, or after few of them the rest. */
  #goesOn(line: string): boolean {
    const usual = this.#usualLength();
    const isOver = usual === null || this.#foreignLines === Number.POSITIVE_INFINITY;
    if (isOver || !/^[A-Za-z0-9+/]+={0,2}$/.test(line)) return false;
    if (line.length === usual) return true;
    return this.#foreignLines <= mostStrayLines && line.length >= shortestRest && line.length % 4 === 0;
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
    const { line, padded } = withoutPadding(whole);
    this.#line = '';
    if (line === '') return;
    const isPure = /^[A-Za-z0-9+/]+$/.test(line);
    const wasPadded = this.#isPadded;
    if (padded && isPure && !wasPadded && this.#held.length > 0) this.#isPadded = true;
    if (this.#isEnded && this.#goesOn(whole.trim())) this.#isEnded = false;
    const isData = /^[A-Za-z0-9+/=]+$/.test(line) && (padded || line.length % 4 === 0 || line.length > 30);
    if (this.#mayHold(line, isPure, padded)) {
      this.#held.push({ line, whole: `${whole}${lineEnd}` });
      if (padded) this.#releaseHeld(put);
      return;
    }
    this.#releaseHeld(put);
    if (!isData || this.#isEnded) {
      this.#isDamaged = true;
      // Under a rule stands what lists add, which may itself hold some code: a signature, a key.
      this.#foreignLines += /^(?:-{5}|_{5})/.test(line) ? Number.POSITIVE_INFINITY : 1;
      // A rest of a damaged line may still be followed by data; words are not.
      this.#isEnded ||= !isPure || this.#usualLength() === null;
      this.#keepTail(`${whole}${lineEnd}`);
      return;
    }
    this.#foreignLines = 0;
    this.#decode(line, put);
    if (padded || (this.#count > 0 && this.#usualLength() !== null))
      for (const byte of this.#flush()) put(byte);
  }

  #decode(line: string, put: (byte: number) => void): void {
    for (const piece of line.split(/=+/)) {
      for (const character of piece) {
        this.#bits = (this.#bits << 6) | (digits[character.charCodeAt(0)] ?? 0);
        if (++this.#count < 4) continue;
        for (const shift of [16, 8, 0]) put((this.#bits >> shift) & 0xff);
        this.#count = 0;
        this.#bits = 0;
      }
    }
  }

  /**
   * Whether a line may be data that empty lines have torn: odd in length, with no padding before it, in a text that has no
   * lines of one length. What it is shows when all of them are there.
   */
  #mayHold(line: string, isPure: boolean, padded: boolean): boolean {
    if (this.#isEnded || this.#isPadded || !isPure || this.#usualLength() !== null) return false;
    if (this.#held.length > 0) return this.#held.length < mostHeld;
    const isOdd = line.length % 4 !== 0 && line.length <= 30 && !padded;
    return isOdd;
  }

  /** Decides about the lines that were held: whole groups are data, anything else is words. */
  #releaseHeld(put: (byte: number) => void): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    const length = held.reduce((sum, { line }) => sum + line.length, this.#count);
    const isWhole = length % 4 === 0 || (this.#isPadded && length % 4 !== 1);
    if (isWhole && (held.length > 1 || this.#count > 0)) {
      for (const { line } of held) this.#decode(line, put);
      if (this.#isPadded) for (const byte of this.#flush()) put(byte);
      return;
    }
    this.#isDamaged = true;
    this.#foreignLines += held.length;
    this.#isEnded = true;
    for (const { whole } of held) this.#keepTail(whole);
  }
}
