/** Enough to recognise a damaged end. */
const tailBytes = 4;

/**
 * The last bytes of a body, wherever the chunks were cut, for the idle-tail rule: a server may forget the last CRLF or
 * its LF. Copies only where the chunk at hand is too short to hold them.
 */
export class BodyTail {
  /** The last bytes where the chunk at hand is too short to hold them; null where it does. */
  #kept: Buffer | null = null;

  /** A body begins, or goes on, with the rest of the chunk from `at`. `before` are the bytes in front of that rest. */
  start(before: Buffer, chunk: Buffer, at: number): void {
    const isLong = chunk.length - at >= tailBytes;
    this.#kept = isLong ? null : Buffer.concat([before, chunk.subarray(at)]).subarray(-tailBytes);
  }

  /** The body goes on in the next chunk. To be called before that chunk becomes the one at hand. */
  follow(chunk: Buffer, next: Buffer): void {
    const isLong = next.length >= tailBytes;
    this.#kept = isLong
      ? null
      : Buffer.concat([this.#kept ?? chunk.subarray(-tailBytes), next]).subarray(-tailBytes);
  }

  /** Whether it is a dot alone on its line without the rest of its end mark, or a last line that ends in a dot. */
  isDamagedEnd(chunk: Buffer): boolean {
    const tail = (this.#kept ?? chunk.subarray(-tailBytes)).toString('latin1');
    return /(?:^|[\r\n])\.\r?$|\.\r?\n$/.test(tail);
  }
}
