import { roleOf } from '../files/folder-roles.ts';
import {
  type FilePath,
  kindAt,
  lastName,
  lookInto,
  shown,
  specialFile,
  within,
} from '../files/mail-files.ts';
import type { ForeignFolder, LeftOut } from '../found-mail/foreign-mail.ts';

/** A folder of Thunderbird and where its messages are; null where it has none. */
export type ThunderbirdFolder = ForeignFolder & {
  readonly file: { readonly kind: 'mbox' | 'maildir'; readonly path: FilePath } | null;
};

/** Files beside the folders that hold no mail. */
const noFolder =
  /\.(?:dat|html?|json|log|sqlite(?:-\w+)?|bak|tmp|wdseml|mozmsgs|js|ini|xml)$|^(?:nstmp|filterlog|\.)/i;
/** Folders that are special whatever language the program speaks, by their names on disk. */
const realNames: ReadonlyMap<string, string> = new Map([['Unsent Messages', 'Outbox']]);

/** Names of folders that the disk could not hold: by the end of their path from `Mail/` on. */
export type FolderNames = ReadonlyMap<string, string>;

/** The names in `folderCache.json`. Its keys are the paths of the `.msf` files where the profile was made. */
export function folderNamesIn(text: string | null): FolderNames {
  const names = new Map<string, string>();
  try {
    const cache: unknown = JSON.parse(text ?? '{}');
    for (const [path, facts] of Object.entries(cache as Record<string, unknown>)) {
      const name = (facts as { folderName?: unknown } | null)?.folderName;
      const end = endOfPath(path);
      if (typeof name === 'string' && name !== '' && end !== null) names.set(end, name.normalize('NFC'));
    }
  } catch {
    // Half-written: the names on disk are used.
  }
  return names;
}

function endOfPath(path: string): string | null {
  const [, end] = /[\\/](?:Imap)?Mail[\\/](.*?)(?:\.msf)?$/.exec(path.normalize('NFC')) ?? [];
  return end?.replaceAll('\\', '/') ?? null;
}

/** The folders below a folder of mail, and what was left out on the way. */
export function foldersBelow(
  root: FilePath,
  accountKey: string | null,
  prefix: readonly string[],
  names: FolderNames,
): { folders: ThunderbirdFolder[]; leftOut: LeftOut[] } {
  const folders: ThunderbirdFolder[] = [];
  const leftOut: LeftOut[] = [];
  const look = (at: FilePath, above: readonly string[], level: number) => {
    const looked = lookInto(at, level);
    leftOut.push(...looked.leftOut);
    const children = new Set<string>();
    const add = (name: string, file: ThunderbirdFolder['file']) => {
      const path = [...above, readableName(within(at, name), name, names)];
      const role = prefix.length === 0 ? roleOf(path) : null;
      if (!children.has(name)) folders.push({ accountKey, path, role, file });
      children.add(name);
      return path;
    };
    // What has messages comes before what has only an index, so that each folder is there once.
    for (const { path, name, kind } of looked.entries) {
      if (kind === 'other') {
        // The locks of a running program are links.
        if (!/^\.?(?:parent)?\.?lock$/.test(name)) leftOut.push(specialFile(path));
      } else if (noFolder.test(name) || name.endsWith('.msf')) continue;
      else if (kind === 'file') add(name, { kind: 'mbox', path });
      else if (kindAt(within(path, 'cur')) === 'folder') add(name, { kind: 'maildir', path });
    }
    for (const { path, name, kind } of looked.entries) {
      const [, base, end] = /^(.+)\.(sbd|msf)$/.exec(name) ?? [];
      if (base === undefined || noFolder.test(base)) continue;
      const own = end === 'msf' && kind === 'file' ? add(base, null) : null;
      if (end === 'sbd' && kind === 'folder') look(path, own ?? add(base, null), level + 1);
    }
  };
  look(root, prefix, 0);
  return { folders, leftOut };
}

function readableName(path: FilePath, name: string, names: FolderNames): string {
  const end = endOfPath(shown(path));
  return names.get(end ?? '') ?? realNames.get(name) ?? lastName(name).normalize('NFC');
}
