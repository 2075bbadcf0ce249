import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { type ByteSource, openMessageFile } from '../../message/bytes/byte-source.ts';
import type { LeftOut } from '../found-mail/foreign-mail.ts';

/** A path; bytes where a name in it is not UTF-8, which no text can stand for. */
export type FilePath = string | Buffer;

/** Folders that lie deeper below the chosen one are not followed. */
export const deepestLevel = 60;
/** Small files of settings larger than this are not read. Bytes. */
const largestSettingsBytes = 64 * 1024 * 1024;
const slash = Buffer.from('/');

/** Something in a folder. */
export type Entry = {
  readonly path: FilePath;
  /** Its name as a person reads it, in NFC. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
};

/** A path as text, for reports. */
export function shown(path: FilePath): string {
  return typeof path === 'string' ? path : nameOf(path);
}

/** The path of something in a folder. */
export function within(folder: FilePath, ...names: readonly string[]): FilePath {
  return names.reduce<FilePath>(
    (path, name) =>
      typeof path === 'string' ? `${path}/${name}` : Buffer.concat([path, slash, Buffer.from(name)]),
    folder,
  );
}

/** The folder that something lies in. */
export function folderAround(path: FilePath): FilePath {
  if (typeof path === 'string') return path.slice(0, Math.max(1, path.lastIndexOf('/')));
  return path.subarray(0, Math.max(1, path.lastIndexOf(slash)));
}

/** The last part of a path, in NFC. */
export function lastName(path: FilePath): string {
  return shown(path).replace(/\/+$/, '').split('/').at(-1) ?? '';
}

/** A name of bytes: UTF-8 where it is, else Latin-1, in which no byte is lost. */
function nameOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return (text.includes('\ufffd') ? bytes.toString('latin1') : text).normalize('NFC');
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

/** What lies in a folder, by name. Throws what the file system throws. */
export function entriesOf(folder: FilePath): Entry[] {
  const found: Dirent<Buffer>[] = readdirSync(folder, { encoding: 'buffer', withFileTypes: true });
  const entries = found.map((entry): Entry => {
    const name = entry.name;
    const path =
      typeof folder === 'string' && isUtf8(name)
        ? `${folder}/${name.toString('utf8')}`
        : Buffer.concat([Buffer.from(folder), slash, name]);
    return { path, name: nameOf(name), kind: kindOf(entry) };
  });
  return entries.sort((a, b) => compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  // Files that are numbered come in the order of their numbers.
  const [one, other] = [Number(a), Number(b)];
  if (one !== other && Number.isInteger(one) && Number.isInteger(other)) return one - other;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): Entry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** What lies at a path, without following a link; null where nothing does. */
export function kindAt(path: FilePath): Entry['kind'] | null {
  try {
    return kindOf(lstatSync(path) as unknown as Dirent);
  } catch {
    // Nothing there, or nothing that may be looked at.
    return null;
  }
}

/** Size of a file, bytes; 0 where it cannot be asked. */
export function sizeOf(path: FilePath): number {
  try {
    return lstatSync(path).size;
  } catch {
    // The file is told as unreadable when it is opened.
    return 0;
  }
}

/** A small file as text; null where there is none, or it may not be read. */
export function textOf(path: FilePath): string | null {
  return bytesOf(path)?.toString('utf8') ?? null;
}

/** A small file of settings; null where there is none, or it may not be read. */
export function bytesOf(path: FilePath): Buffer | null {
  try {
    const found = lstatSync(path);
    return found.isFile() && found.size <= largestSettingsBytes ? readFileSync(path) : null;
  } catch {
    // Without its settings a folder is read as far as it explains itself.
    return null;
  }
}

/** Opens a file of mail. Throws what the file system throws, also where it has become a link. */
export function openMail(path: FilePath): ByteSource & Disposable {
  return openMessageFile({ path, offset: 0, length: lstatSync(path).size, isLinkRefused: true });
}

/** The first bytes of a file; empty where it cannot be read. */
export function beginningOf(path: FilePath, bytes: number): Buffer {
  try {
    const length = Math.min(bytes, lstatSync(path).size);
    using source = openMessageFile({ path, offset: 0, length, isLinkRefused: true });
    return Buffer.from(source.read(0, length));
  } catch {
    // What cannot be read is told when its turn comes.
    return Buffer.alloc(0);
  }
}

/** What lies in a folder; where it cannot be read, nothing, and why. */
export function lookInto(folder: FilePath, level: number): { entries: Entry[]; leftOut: LeftOut[] } {
  if (level > deepestLevel)
    return {
      entries: [],
      leftOut: [{ kind: 'left-out', place: shown(folder), folder: null, why: 'too-deep' }],
    };
  try {
    return { entries: entriesOf(folder), leftOut: [] };
  } catch (error) {
    return { entries: [], leftOut: [unreadable(shown(folder), error)] };
  }
}

/** What is left out because the system did not let us read it. Throws what is no error of the system. */
export function unreadable(place: string, error: unknown, folder: LeftOut['folder'] = null): LeftOut {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return { kind: 'left-out', place, folder, why: 'unreadable', detail: String(error.code) };
}

/** A link, a pipe or the like. */
export function specialFile(path: FilePath, folder: LeftOut['folder'] = null): LeftOut {
  return { kind: 'left-out', place: shown(path), folder, why: 'special-file' };
}
