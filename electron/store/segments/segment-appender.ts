import type { SegmentFile } from './segment-file.ts';

/** Bytes gathered before they are handed to the file. */
const bufferBytes = 1024 * 1024;

/** Spare buffers kept for the next writes, over all segments. */
const spare: Buffer[] = [];
const mostSpare = 8;

/**
 * Appends to one segment through buffers of 1 MB. Only what lies after the last committed record is ever written
 * again: a header is filled in when its message has ended, and an abandoned message is overwritten by the next.
 * Writes reach the file in the order they were asked for; the first error ends the appender.
 */
export class SegmentAppender {
  readonly #file: Promise<SegmentFile>;
  #buffer: Buffer = spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  #bufferStart: number;
  #fill = 0;
  #queue: Promise<void>;
  #queuedBytes = 0;
  #end: number;
  #error: unknown = null;
  #isClosed = false;

  /** Begins at `startBytes`; the file may still be opening. */
  constructor(file: Promise<SegmentFile>, startBytes: number) {
    this.#file = file;
    this.#bufferStart = startBytes;
    this.#end = startBytes;
    this.#queue = file.then(
      () => undefined,
      (error: unknown) => {
        this.#error = error;
      },
    );
  }

  /** Where the next byte goes. */
  get position(): number {
    return this.#bufferStart + this.#fill;
  }

  /** Bytes handed to the file and not yet taken by it. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** What went wrong with the file, or null. */
  get error(): unknown {
    return this.#error;
  }

  /** Copies bytes to the end. */
  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const count = Math.min(bytes.length - done, bufferBytes - this.#fill);
      this.#buffer.set(count === bytes.length ? bytes : bytes.subarray(done, done + count), this.#fill);
      this.#fill += count;
      done += count;
      if (this.#fill === bufferBytes) this.#handOver(this.#fill);
    }
  }

  /** Appends zeros. */
  appendZeros(count: number): void {
    for (let left = count; left > 0; ) {
      const now = Math.min(left, bufferBytes - this.#fill);
      this.#buffer.fill(0, this.#fill, this.#fill + now);
      this.#fill += now;
      left -= now;
      if (this.#fill === bufferBytes) this.#handOver(this.#fill);
    }
  }

  /** Writes over bytes that were appended before, whether they are in the file yet or not. */
  patch(position: number, bytes: Uint8Array): void {
    const inFile = Math.min(bytes.length, Math.max(0, this.#bufferStart - position));
    // A copy: the caller's buffer is its own again when this returns, and the write comes later.
    if (inFile > 0) this.#enqueue(new Uint8Array(bytes.subarray(0, inFile)), position, null);
    if (inFile < bytes.length)
      this.#buffer.set(bytes.subarray(inFile), position + inFile - this.#bufferStart);
  }

  /** Forgets everything from `position` on. */
  rewind(position: number): void {
    if (position >= this.#bufferStart) {
      this.#fill = position - this.#bufferStart;
      return;
    }
    this.#bufferStart = position;
    this.#fill = 0;
  }

  /** Hands everything before `position` to the file; what follows stays in memory. */
  handOverUpTo(position: number): void {
    if (position > this.#bufferStart) this.#handOver(position - this.#bufferStart);
  }

  #handOver(count: number): void {
    const full = this.#buffer;
    const next = spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    full.copy(next, 0, count, this.#fill);
    this.#enqueue(full.subarray(0, count), this.#bufferStart, full);
    this.#buffer = next;
    this.#bufferStart += count;
    this.#fill -= count;
  }

  #enqueue(bytes: Uint8Array, position: number, reusable: Buffer | null): void {
    this.#queuedBytes += bytes.length;
    this.#end = Math.max(this.#end, position + bytes.length);
    this.#queue = this.#queue.then(async () => {
      try {
        if (this.#error === null) await (await this.#file).write(bytes, position);
      } catch (error) {
        this.#error = error;
      } finally {
        this.#queuedBytes -= bytes.length;
        if (reusable !== null && spare.length < mostSpare) spare.push(reusable);
      }
    });
  }

  /** Waits until the file has taken everything handed over; throws what went wrong. */
  async settle(): Promise<void> {
    await this.#queue;
    if (this.#error !== null) throw this.#error;
  }

  /** Makes everything handed over durable. */
  async sync(): Promise<void> {
    await this.settle();
    try {
      await (await this.#file).sync();
    } catch (error) {
      // After a failed sync the pages' fate is unknown, and a second sync may wrongly succeed.
      this.#error = error;
      throw error;
    }
  }

  /** Cuts the file at `lengthBytes`, puts `tail` behind it and closes it; null leaves it as it is. What is in memory is dropped. */
  async close(lengthBytes: number | null, tail: Uint8Array): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#queue;
    if (spare.length < mostSpare) spare.push(this.#buffer);
    this.#buffer = Buffer.alloc(0);
    const file = await this.#file.catch(() => null);
    if (file === null) return;
    try {
      if (lengthBytes === null) return;
      if (this.#end > lengthBytes || this.#error !== null) await file.truncate(lengthBytes);
      if (tail.length > 0 && this.#error === null) await file.write(tail, lengthBytes);
    } finally {
      await file.close();
    }
  }
}
