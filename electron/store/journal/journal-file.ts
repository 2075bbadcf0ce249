import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { encodeEntry, type FoundEntries, findEntries, type NewEntry } from './entry.ts';

const syncData = promisify(fdatasync);

/** Folder of the journals. */
export function journalFolder(folder: string): string {
  return join(folder, 'journal');
}

/** Path of a journal: its name is `program` or the id of a mailbox. */
export function journalPath(folder: string, name: string): string {
  return join(journalFolder(folder), name);
}

/** Names of the journals there are. The rest of an interrupted snapshot is removed. */
export function journalNames(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(journalFolder(folder));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  for (const name of names.filter((each) => each.endsWith('.new')))
    rmSync(journalPath(folder, name), { force: true });
  return names.filter((name) => /^[0-9a-z][0-9a-z-]{0,63}$/.test(name));
}

function syncFolder(path: string): void {
  // Windows cannot open a folder, and its file system keeps names by itself.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

/** One journal: a file that is only appended to, until a snapshot takes its place. Errors are those of the file system. */
export class JournalFile {
  readonly #path: string;
  #file: number | null = null;
  /** The sync that is under way. The file must stay open until it has ended. */
  #syncing: Promise<void> = Promise.resolve();
  #syncs = 0;
  #end = 0;
  #snapshotBytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Length of the whole entries. Bytes. */
  get bytes(): number {
    return this.#end;
  }

  /** Length of the snapshot that it begins with. Bytes. */
  get snapshotBytes(): number {
    return this.#snapshotBytes;
  }

  /** Reads the file, and cuts off what was half written at its end. Null where there is no file. */
  read(): FoundEntries | null {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
    const found = findEntries(bytes);
    this.#end = found.end;
    this.#snapshotBytes = found.firstBytes;
    if (found.end < bytes.length) ftruncateSync(this.#open(), found.end);
    return found;
  }

  #open(): number {
    if (this.#file !== null) return this.#file;
    const folder = dirname(this.#path);
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      this.#file = openSync(this.#path, 'r+');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      this.#file = openSync(this.#path, 'wx+', 0o600);
      syncFolder(folder);
      if (made !== undefined) syncFolder(dirname(folder));
    }
    return this.#file;
  }

  /** Appends entries. Where that fails, nothing of them stays. */
  append(entries: readonly NewEntry[]): void {
    const bytes = Buffer.concat(entries.map(encodeEntry));
    const file = this.#open();
    try {
      writeAll(file, bytes, this.#end);
    } catch (error) {
      ftruncateSync(file, this.#end);
      throw error;
    }
    this.#end += bytes.length;
  }

  /** Takes back what was appended since the file had this length. Bytes. */
  cutTo(bytes: number): void {
    if (this.#end <= bytes) return;
    this.#end = bytes;
    ftruncateSync(this.#open(), bytes);
  }

  /** Waits until everything that was appended is on the disk. */
  async sync(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    const before = this.#syncing;
    const sync = (async () => {
      await before.catch(() => undefined);
      await syncData(file);
    })();
    this.#syncing = sync;
    this.#syncs++;
    try {
      await sync;
    } finally {
      this.#syncs--;
    }
  }

  /** Puts a snapshot in the place of all entries. At every moment one of the two is there whole. */
  replace(entries: readonly NewEntry[]): void {
    const bytes = Buffer.concat(entries.map(encodeEntry));
    const folder = dirname(this.#path);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = `${this.#path}.new`;
    const file = openSync(path, 'w+', 0o600);
    try {
      writeAll(file, bytes, 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.close();
    renameSync(path, this.#path);
    syncFolder(folder);
    this.#end = bytes.length;
    this.#snapshotBytes = bytes.length;
  }

  /** Removes the file. */
  remove(): void {
    this.close();
    rmSync(this.#path, { force: true });
    this.#end = 0;
  }

  /** Lets the file go. It is opened again when something is appended. */
  close(): void {
    const file = this.#file;
    this.#file = null;
    if (file === null) return;
    if (this.#syncs > 0) void this.#syncing.catch(() => undefined).then(() => closeSync(file));
    else closeSync(file);
  }
}
