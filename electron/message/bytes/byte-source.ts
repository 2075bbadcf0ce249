import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/*
 * The room `bytes`: reading a message from memory or from a file.
 * - A message of any size is never held whole. Searching and decoding hold one chunk.
 * - All offsets are in bytes of the source, and nothing here knows what the bytes mean.
 */

/** Bytes that can be read at any place without all of them being in memory. Offsets are in bytes. */
export type ByteSource = {
  readonly length: number;
  /** The bytes from `start` up to `end`; shorter when the source ends before. */
  read(start: number, end: number): Buffer;
};

/** A stretch of a source. Offsets in bytes; `end` is the first byte after it. */
export type Range = { readonly start: number; readonly end: number };

/** Where a message lies in a file: the store keeps many in one. Offset and length in bytes. */
export type MessageFile = {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** The path must not have become a link since it was looked at. */
  readonly isLinkRefused?: boolean;
};

/** As `MessageFile`, of a file that is not ours: its path is bytes where a name in it is not UTF-8. */
export type AnyFile = Omit<MessageFile, 'path'> & { readonly path: string | Buffer };

/** Opens a pipe without waiting for its other end; of no meaning for a regular file. Windows has none of this. */
export const neverWaits = constants.O_NONBLOCK ?? 0;

/** How much of a file is held at a time while it is searched or decoded. */
export const chunkBytes = 1 << 18;

/** Views bytes that are in memory as a Buffer without copying them. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A source over bytes that are in memory; what it reads shares them. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = asBuffer(bytes);
  return { length: buffer.length, read: (start, end) => buffer.subarray(Math.max(0, start), end) };
}

/** Up to this length a message is read at once: nearly all mail is smaller, and one read is quicker than fifty. */
const wholeBytes = 4_000_000;

/** How far a window reaches back from its start: whoever finds a delimiter looks at the line end before it. Bytes. */
const lookBackBytes = 4096;

/**
 * A source over a stretch of a file: all of it in memory where it is small, else the stretch that is being looked at.
 * A delimiter that comes a hundred thousand times would else be as many reads of a whole chunk. Throws what the file
 * system throws.
 */
export function openMessageFile(file: AnyFile): ByteSource & Disposable {
  const open = openFile(file);
  if (file.length > wholeBytes)
    return {
      ...windowed(open, 2 * chunkBytes, lookBackBytes),
      [Symbol.dispose]: () => open[Symbol.dispose](),
    };
  try {
    return {
      ...memorySource(open.read(0, file.length)),
      length: file.length,
      [Symbol.dispose]: () => undefined,
    };
  } finally {
    open[Symbol.dispose]();
  }
}

/** What lies at a path may have been swapped since it was looked at: what was opened is looked at again. */
function openRegular({ path, isLinkRefused = false }: AnyFile): number {
  const noLink = isLinkRefused ? (constants.O_NOFOLLOW ?? 0) : 0;
  const descriptor = openSync(path, constants.O_RDONLY | neverWaits | noLink);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw Object.assign(new Error(`EINVAL: not a regular file, open '${path}'`), {
    code: 'EINVAL',
    syscall: 'open',
  });
}

/** A stretch of a file, read as it is asked for. */
function openFile(file: AnyFile): ByteSource & Disposable {
  const descriptor = openRegular(file);
  return {
    length: file.length,
    read(start, end) {
      const from = Math.max(0, start);
      const size = Math.max(0, Math.min(end, file.length) - from);
      const buffer = Buffer.allocUnsafe(size);
      let filled = 0;
      while (filled < size) {
        const got = readSync(descriptor, buffer, filled, size - filled, file.offset + from + filled);
        if (got === 0) break;
        filled += got;
      }
      return buffer.subarray(0, filled);
    },
    [Symbol.dispose]() {
      closeSync(descriptor);
    },
  };
}

/**
 * A source that holds on to the stretch of another that was read last, for many small reads that go forward, or
 * back by no more than `backBytes`. Bytes that were read stay valid when the window moves on.
 */
export function windowed(source: ByteSource, windowBytes: number, backBytes = 0): ByteSource {
  let held: Buffer = Buffer.alloc(0);
  let heldFrom = 0;
  return {
    length: source.length,
    read(start, end) {
      const from = Math.max(0, start);
      const to = Math.min(end, source.length);
      if (from < heldFrom || to > heldFrom + held.length) {
        heldFrom = Math.max(0, from - backBytes);
        held = source.read(heldFrom, Math.max(to, from + windowBytes));
      }
      return held.subarray(from - heldFrom, Math.max(from, to) - heldFrom);
    },
  };
}

/** Offset of the first `needle` that lies wholly between `start` and `end`, or -1. */
export function findBytes(source: ByteSource, needle: Buffer, start: number, end: number): number {
  const stop = Math.min(end, source.length);
  let position = start;
  while (position + needle.length <= stop) {
    const chunkEnd = Math.min(stop, position + chunkBytes + needle.length - 1);
    const found = source.read(position, chunkEnd).indexOf(needle);
    if (found !== -1) return position + found;
    position = chunkEnd - needle.length + 1;
  }
  return -1;
}

/** The bytes between two offsets in pieces of bounded size. */
export function* readChunks(source: ByteSource, start: number, end: number): Generator<Buffer> {
  const stop = Math.min(end, source.length);
  for (let position = start; position < stop; position += chunkBytes)
    yield source.read(position, Math.min(stop, position + chunkBytes));
}
