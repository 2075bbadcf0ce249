import { blankLimitLines } from './limits.ts';

const cr = 0x0d;
const lf = 0x0a;
const nothing = Buffer.alloc(0);

/** Bytes of the server that have not been read: the chunk at hand, the chunks behind it, and a line begun. */
export class ReceivedBytes {
  /** The chunk at hand, and where in it reading goes on. Public for the reader's inner loops. */
  chunk: Buffer = nothing;
  at = 0;
  readonly #queue: Buffer[] = [];
  /** The start of a line whose end has not come. */
  #partial: Buffer[] = [];
  #partialBytes = 0;

  /** Puts a chunk behind the others. */
  add(chunk: Buffer): void {
    this.#queue.push(chunk);
  }

  /** Whether the chunk at hand has been read. */
  get isUsedUp(): boolean {
    return this.at >= this.chunk.length;
  }

  /** Takes the next chunk out of the queue; it becomes the one at hand by `read`. */
  next(): Buffer | undefined {
    return this.#queue.shift();
  }

  /** Goes on to read in this chunk. */
  read(chunk: Buffer): void {
    this.chunk = chunk;
    this.at = 0;
  }

  /** Puts what is left of the chunk at hand in front of the next one: it tells nothing yet. False when none has come. */
  join(): boolean {
    const next = this.#queue.shift();
    if (next === undefined) return false;
    this.read(Buffer.concat([this.chunk.subarray(this.at), next]));
    return true;
  }

  /** Takes a line, its CR included and its LF not; null when its end has not come. */
  takeLine(): Buffer | null {
    const end = this.chunk.indexOf(lf, this.at);
    const piece = this.chunk.subarray(this.at, end < 0 ? this.chunk.length : end);
    this.at += piece.length + (end < 0 ? 0 : 1);
    if (end < 0) {
      this.#partial.push(piece);
      this.#partialBytes += piece.length;
      return null;
    }
    if (this.#partialBytes === 0) return piece;
    const line = Buffer.concat([...this.#partial, piece]);
    this.#partial = [];
    this.#partialBytes = 0;
    return line;
  }

  /** Length of the line begun. Bytes. */
  get lineBytes(): number {
    return this.#partialBytes;
  }

  /** The line begun. */
  line(): Buffer {
    return Buffer.concat(this.#partial);
  }

  /** Everything unread. */
  rest(): Buffer {
    return Buffer.concat([...this.#partial, this.chunk.subarray(this.at), ...this.#queue]);
  }

  /** Length of what is unread but for a line begun. Bytes. */
  get strayBytes(): number {
    return this.chunk.length - this.at + this.#queue.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  /** Whether any byte is unread, empty lines included. */
  get hasRest(): boolean {
    return !this.isUsedUp || this.#queue.length > 0 || this.#partialBytes > 0;
  }

  /** Whether nothing but a few line endings is unread. */
  get restIsBlank(): boolean {
    if (this.#partialBytes > 0) return false;
    if (this.isUsedUp && this.#queue.length === 0) return true;
    const rest = this.rest();
    return rest.length <= blankLimitLines * 2 && rest.every((byte) => byte === cr || byte === lf);
  }
}
