/*
 * The room `wire`: the bytes of replies, before they mean anything. No sockets, no clocks.
 * - Bodies are never cut into lines and never copied: they pass on as slices of the chunks that came.
 * - Each size that a server decides is bounded in limits.ts, with the reason beside the number.
 */

/** How the lines of a session end; learned from the greeting. */
export type LineEnding = 'crlf' | 'lf';

const cr = 0x0d;
const lf = 0x0a;
const dot = 0x2e;

const dotLineStarts = { crlf: Buffer.from('\r\n.'), lf: Buffer.from('\n.') };
const loneCr = Buffer.from('\r');
const dotLines = { crlf: Buffer.from('.\r\n'), lf: Buffer.from('.\n') };

type Place = 'in-line' | 'after-cr' | 'line-start' | 'after-dot' | 'after-dot-cr';

/** What one step through a body found. */
export type FramingStep = 'slice' | 'end' | 'more';

/**
 * Finds the end of one multi-line reply and removes stuffed dots, without ever looking at lines: RFC 1939 §3. Bytes
 * are handed on as slices of what came in. In a CRLF session a bare LF or CR is data like any other.
 */
export class BodyFraming {
  readonly #ending: LineEnding;
  #place: Place = 'line-start';

  /** The slice found by the last step that said `slice`. */
  slice: Buffer = loneCr;
  /** Where the next step goes on in the same bytes. */
  next = 0;

  constructor(ending: LineEnding) {
    this.#ending = ending;
  }

  /** Starts over for the next reply. */
  reset(): void {
    this.#place = 'line-start';
  }

  /** Says that the dot taken for the end was data, and gives the line it was. */
  reopen(): Buffer {
    this.#place = 'line-start';
    return dotLines[this.#ending];
  }

  /**
   * Goes one step from `from`: `slice` is a piece of the body, `end` the terminator, `more` that the bytes are used
   * up. The caller goes on at `next`.
   */
  step(bytes: Buffer, from: number): FramingStep {
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at];
      switch (this.#place) {
        case 'line-start':
          if (byte !== dot) return this.#text(bytes, at);
          this.#place = 'after-dot';
          at++;
          break;
        case 'after-dot':
          if (byte === cr) {
            this.#place = 'after-dot-cr';
            at++;
          } else if (byte === lf && this.#ending === 'lf') return this.#found(at + 1);
          else return this.#text(bytes, at);
          break;
        case 'after-dot-cr':
          if (byte === lf) return this.#found(at + 1);
          // The dot was stuffing and the CR is data; the CR may have come in an earlier chunk.
          this.#place = 'after-cr';
          this.slice = loneCr;
          this.next = at;
          return 'slice';
        case 'after-cr':
          if (byte !== lf || this.#ending === 'lf') return this.#text(bytes, at);
          this.#place = 'line-start';
          this.slice = bytes.subarray(at, at + 1);
          this.next = at + 1;
          return 'slice';
        case 'in-line':
          return this.#text(bytes, at);
      }
    }
    this.next = at;
    return 'more';
  }

  #found(next: number): 'end' {
    this.#place = 'line-start';
    this.next = next;
    return 'end';
  }

  /** Takes everything up to the next dot at the start of a line, or to the end of the bytes. */
  #text(bytes: Buffer, from: number): 'slice' {
    const mark = dotLineStarts[this.#ending];
    const found = bytes.indexOf(mark, from);
    if (found >= 0) {
      const dotAt = found + mark.length - 1;
      this.slice = bytes.subarray(from, dotAt);
      this.next = dotAt + 1;
      this.#place = 'after-dot';
      return 'slice';
    }
    this.slice = from === 0 ? bytes : bytes.subarray(from);
    this.next = bytes.length;
    this.#place = this.#placeAtEnd(this.slice);
    return 'slice';
  }

  #placeAtEnd(slice: Buffer): Place {
    const last = slice[slice.length - 1];
    if (this.#ending === 'lf') return last === lf ? 'line-start' : 'in-line';
    if (last === cr) return 'after-cr';
    return last === lf && slice[slice.length - 2] === cr ? 'line-start' : 'in-line';
  }
}
