/** The bytes of a file, read piece by piece. A piece is shorter than asked only at the end of the file. */
export type FileBytes = {
  readonly sizeBytes: number;
  readonly read: (at: number, lengthBytes: number) => Promise<Uint8Array>;
};

/** What a look into a file found. `unclear` means that the bounds were reached or the structure is damaged. */
export type Finding = 'program' | 'none' | 'unclear';

/** Most bytes that one look into a file may read. A directory of a real document is far smaller. */
export const mostReadBytes = 4 * 1024 * 1024;

/** Reads whole pieces of a file until `mostReadBytes` are used up. */
export type BoundedReader = {
  readonly sizeBytes: number;
  /** The whole piece, or null where it lies outside of the file or the bound is reached. */
  readonly piece: (at: number, lengthBytes: number) => Promise<Buffer | null>;
};

/** A reader with its own bound over a file. */
export function boundedReader(file: FileBytes): BoundedReader {
  let leftBytes = mostReadBytes;
  return {
    sizeBytes: file.sizeBytes,
    piece: async (at, lengthBytes) => {
      const isInside = at >= 0 && lengthBytes >= 0 && at + lengthBytes <= file.sizeBytes;
      if (!isInside || lengthBytes > leftBytes) return null;
      leftBytes -= lengthBytes;
      const bytes = await file.read(at, lengthBytes);
      return bytes.length === lengthBytes
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : null;
    },
  };
}
