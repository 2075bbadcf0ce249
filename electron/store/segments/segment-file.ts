import { constants, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from '../../../shared/ids.ts';

/** A segment on disk, open for reading and writing at any position. Tests put faulty ones in its place. */
export type SegmentFile = {
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Reads up to the length of `into`; the answer is how many bytes came (0 at the end). */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Makes everything written durable (fdatasync). */
  sync(): Promise<void>;
  truncate(lengthBytes: number): Promise<void>;
  close(): Promise<void>;
};

/** The file system as the store sees it: paths are whole, errors are Node's own with their codes. */
export type SegmentFiles = {
  /** Opens for reading, or for reading and writing, created 0600 when it is not there. */
  open(path: string, mode: 'read' | 'write'): Promise<SegmentFile>;
  /** Length in bytes, or null when there is no such file. */
  length(path: string): Promise<number | null>;
  /** The same at once, for a caller that cannot wait. Null also where the length cannot be read. */
  lengthNow(path: string): number | null;
  /** Names in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes a folder 0700 with all above it. */
  makeFolder(folder: string): Promise<void>;
  /** Makes names in a folder durable; nothing on systems where a folder cannot be opened. */
  syncFolder(folder: string): Promise<void>;
};

async function openFile(path: string, mode: 'read' | 'write'): Promise<SegmentFile> {
  const flags = mode === 'read' ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT;
  const file = await open(path, flags, 0o600);
  return {
    async write(bytes, position) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    read: async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead,
    sync: () => file.datasync(),
    truncate: (lengthBytes) => file.truncate(lengthBytes),
    close: () => file.close(),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The real file system. */
export const nodeFiles: SegmentFiles = {
  open: openFile,
  async length(path) {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  lengthNow(path) {
    try {
      return statSync(path, { throwIfNoEntry: false })?.size ?? null;
    } catch {
      // A folder that may not be looked into: whoever writes there will be told.
      return null;
    }
  },
  async list(folder) {
    try {
      return (await readdir(folder)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  async syncFolder(folder) {
    // Windows cannot open a folder, and its file system notes names by itself.
    if (process.platform === 'win32') return;
    const handle = await open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** Reads exactly `lengthBytes` from `position`, or null when the file ends before. */
export async function readExactly(
  file: SegmentFile,
  position: number,
  lengthBytes: number,
): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(lengthBytes);
  for (let done = 0; done < lengthBytes; ) {
    const count = await file.read(bytes.subarray(done), position + done);
    if (count === 0) return null;
    done += count;
  }
  return bytes;
}

/** Whether a text may be the id of an account, and so the name of a folder: nothing in it leads elsewhere. */
export function isAccountId(text: string): text is AccountId {
  return /^[0-9a-z][0-9a-z-]{0,63}$/.test(text);
}

/** Folder of an account's segments. */
export function accountFolder(storeFolder: string, accountId: string): string {
  return join(storeFolder, 'mail', accountId);
}

/** Path of a segment; numbers begin at 1. */
export function segmentPath(storeFolder: string, accountId: string, number: number): string {
  return join(accountFolder(storeFolder, accountId), `${String(number).padStart(6, '0')}.tar`);
}
