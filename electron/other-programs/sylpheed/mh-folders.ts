import {
  beginningOf,
  bytesOf,
  type Entry,
  type FilePath,
  kindAt,
  lookInto,
  specialFile,
  textOf,
  within,
} from '../files/mail-files.ts';
import { singleFiles } from '../files/single-files.ts';
import type { ForeignFolder, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { newMessage, readMarkFile, readTagFile, unseenIn } from './mark-file.ts';

/** An MH folder: one file a message, named by a number. */
export type MhFolder = ForeignFolder & {
  readonly path: readonly string[];
  readonly at: FilePath;
  readonly files: readonly (Pick<Entry, 'path'> & { readonly number: number })[];
};

/** What belongs to MH folders and is no message. */
const sideFiles =
  /^\.(?:mh_sequences|mh_profile|(?:claws|sylpheed)_(?:cache|mark|tags|msginfo))|^\.xmhcache$|^,\d+$/;

/** Whether a folder is one of MH: it has numbered files, or one of the files beside them, and nothing else. */
export function isMhFolder(path: FilePath): boolean {
  const { entries } = lookInto(path, 0);
  const files = entries.filter(({ kind }) => kind === 'file');
  const isOfMh = ({ name }: Entry) => /^\d+$/.test(name) || sideFiles.test(name);
  const first = files.find(({ name }) => /^\d+$/.test(name));
  // An mbox may be called after a year.
  const isMbox = first !== undefined && beginningOf(first.path, 5).toString('latin1') === 'From ';
  return files.length > 0 && files.every(isOfMh) && !isMbox;
}

/** Whether a folder is one of MH, or holds such folders. */
export function isMhTree(path: FilePath): boolean {
  if (isMhFolder(path)) return true;
  return lookInto(path, 0).entries.some(({ kind, path: inner }) => kind === 'folder' && isMhFolder(inner));
}

/** The MH folders at and below a path. `folderOf` makes a folder of the names on the way. */
export function mhFoldersBelow(
  root: FilePath,
  folderOf: (path: readonly string[]) => ForeignFolder,
): { folders: MhFolder[]; leftOut: LeftOut[] } {
  const folders: MhFolder[] = [];
  const leftOut: LeftOut[] = [];
  const look = (at: FilePath, path: readonly string[], level: number) => {
    const { entries, leftOut: unread } = lookInto(at, level);
    leftOut.push(...unread);
    const folder = folderOf(path);
    const files: MhFolder['files'][number][] = [];
    for (const entry of entries) {
      const { kind, name } = entry;
      if (kind === 'other') leftOut.push(specialFile(entry.path, folder));
      else if (kind === 'folder') look(entry.path, [...path, name], level + 1);
      else if (/^\d+$/.test(name)) files.push({ path: entry.path, number: Number(name) });
      else if (!sideFiles.test(name) && !name.startsWith('.'))
        leftOut.push({ kind: 'left-out', place: `${at}/${name}`, folder, why: 'not-mail' });
    }
    if (path.length > 0 || files.length > 0) folders.push({ ...folder, at, files });
  };
  look(root, [], 0);
  return { folders, leftOut };
}

/** Where marks and tags of a folder come from. */
export type MhMarking = {
  readonly tagNames: ReadonlyMap<number, string>;
  /** The file with the tags of a folder; null where there is none. */
  tagFileOf(folder: MhFolder): FilePath | null;
};

/** The messages of an MH folder. */
export function mhSource(folder: MhFolder, { tagNames, tagFileOf }: MhMarking): MailSource {
  const { at, files, accountKey, path, role } = folder;
  const plain: ForeignFolder = { accountKey, path, role };
  const marks = readMarkFile(bytesOf(within(at, '.claws_mark')) ?? bytesOf(within(at, '.sylpheed_mark')));
  const unseen = unseenIn(textOf(within(at, '.mh_sequences')));
  const tagFile = tagFileOf(folder);
  const tags = readTagFile(tagFile === null ? null : bytesOf(tagFile), tagNames);
  return singleFiles({
    place: at,
    folder: plain,
    files,
    factsOf({ number }) {
      const isRead = unseen === null || !unseen.has(number);
      const { isDeleted, ...mark } =
        marks === null ? { ...newMessage, isRead } : (marks.get(number) ?? newMessage);
      if (isDeleted) return null;
      return { folder: plain, marks: { ...mark, tags: tags.get(number) ?? [] }, receivedAt: null };
    },
  });
}

/** Whether an MH folder with marks of Claws Mail or of Sylpheed is here. */
export function markedBy(path: FilePath): 'claws' | 'sylpheed' | null {
  const names = ['.claws_mark', '.claws_cache'];
  const here = [
    path,
    ...lookInto(path, 0).entries.flatMap((one) => (one.kind === 'folder' ? [one.path] : [])),
  ];
  const has = (files: readonly string[]) =>
    here.some((folder) => files.some((name) => kindAt(within(folder, name)) === 'file'));
  if (has(names)) return 'claws';
  return has(['.sylpheed_mark', '.sylpheed_cache']) ? 'sylpheed' : null;
}
