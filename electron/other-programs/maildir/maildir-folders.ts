import { folderNamed } from '../files/folder-roles.ts';
import { tagsAmong } from '../files/keyword-tags.ts';
import { type FilePath, kindAt, lookInto, textOf, within } from '../files/mail-files.ts';
import { mozillaFacts, mozillaLines } from '../files/mozilla-lines.ts';
import { singleFiles } from '../files/single-files.ts';
import type { ForeignFolder, ForeignMarks, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { maildirFiles, maildirTime } from './maildir-files.ts';
import { decodeModifiedUtf7 } from './modified-utf7.ts';

/** How a program names the folders of a Maildir. */
export type MaildirNaming = 'maildir' | 'evolution' | 'kmail';

/** Whether a folder is a Maildir. */
export function isMaildir(path: FilePath): boolean {
  return kindAt(within(path, 'cur')) === 'folder' || kindAt(within(path, 'new')) === 'folder';
}

/** Whether a folder is a Maildir, or several folders in it are. */
export function isMaildirTree(path: FilePath): boolean {
  if (isMaildir(path)) return true;
  const folders = lookInto(path, 0).entries.filter(({ kind }) => kind === 'folder');
  return folders.length > 1 && folders.some((folder) => isMaildir(folder.path));
}

/** The Maildirs at and below a path. The one at the path is the Inbox. */
export function maildirsBelow(
  root: FilePath,
  naming: MaildirNaming,
): { folders: ForeignFolder[]; sources: MailSource[]; leftOut: LeftOut[] } {
  const folders: ForeignFolder[] = [];
  const sources: MailSource[] = [];
  const leftOut: LeftOut[] = [];
  const look = (at: FilePath, path: readonly string[], level: number) => {
    if (isMaildir(at)) {
      const folder = path.length === 0 ? folderNamed(null, ['Inbox']) : folderNamed(null, path);
      folders.push(folder);
      sources.push(maildirSource(at, folder));
    }
    const looked = lookInto(at, level);
    leftOut.push(...looked.leftOut);
    for (const { path: inner, name, kind } of looked.entries) {
      if (kind === 'other')
        leftOut.push({ kind: 'left-out', place: `${at}/${name}`, folder: null, why: 'special-file' });
      if (kind !== 'folder' || ['cur', 'new', 'tmp'].includes(name)) continue;
      look(inner, [...path, ...levelsOf(name, naming)], level + 1);
    }
  };
  look(root, [], 0);
  return { folders, sources, leftOut };
}

/** `.A.B` is B in A. KMail keeps what lies in `Name` in `.Name.directory`. Evolution writes `_2E` for a dot. */
function levelsOf(name: string, naming: MaildirNaming): string[] {
  const [, kmail] = /^\.(.+)\.directory$/.exec(name) ?? [];
  if (kmail !== undefined) return [kmail];
  if (!name.startsWith('.')) return [decodeModifiedUtf7(name)];
  const levels = name
    .slice(1)
    .split('.')
    .filter((level) => level !== '');
  if (naming !== 'evolution') return levels.map((level) => decodeModifiedUtf7(level).normalize('NFC'));
  return levels.map((level) =>
    decodeModifiedUtf7(level.replace(/_([0-9A-F]{2})/g, hexCharacter)).normalize('NFC'),
  );
}

function hexCharacter(_whole: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function maildirSource(path: FilePath, folder: ForeignFolder): MailSource {
  const { files, leftOut } = maildirFiles(path);
  const keywords = keywordsIn(textOf(within(path, 'dovecot-keywords')));
  const source = singleFiles({
    place: path,
    folder,
    files,
    takeOwnLines: mozillaLines,
    factsOf({ name, isNew }, own) {
      const mozilla = own.size === 0 ? null : mozillaFacts(own, new Map());
      if (mozilla?.isDeleted) return null;
      if (mozilla !== null) return { folder, marks: mozilla.marks, receivedAt: maildirTime(name) };
      const flags = /[:;!]2,([A-Za-z]*)$/.exec(name)?.[1] ?? '';
      if (flags.includes('T')) return null;
      return { folder, marks: marksOf(flags, isNew, keywords), receivedAt: maildirTime(name) };
    },
  });
  return {
    ...source,
    async *entries() {
      yield* leftOut.map((one) => ({ ...one, folder }));
      yield* source.entries();
    },
  };
}

function marksOf(flags: string, isNew: boolean, keywords: ReadonlyMap<string, string>): ForeignMarks {
  const words = [...flags].flatMap((flag) => keywords.get(flag) ?? []);
  const { tags, isForwarded } = tagsAmong(words);
  return {
    isRead: !isNew && flags.includes('S'),
    isStarred: flags.includes('F'),
    isReplied: flags.includes('R'),
    isForwarded: flags.includes('P') || isForwarded,
    tags,
  };
}

/** `dovecot-keywords`: a number and a keyword a line. The letter of number 0 is `a`. */
function keywordsIn(text: string | null): Map<string, string> {
  const keywords = new Map<string, string>();
  for (const line of text?.split(/\r?\n/) ?? []) {
    const [, number, word] = /^(\d{1,2}) (.+)$/.exec(line) ?? [];
    if (number === undefined || word === undefined || Number(number) > 25) continue;
    keywords.set(String.fromCharCode(97 + Number(number)), decodeModifiedUtf7(word).normalize('NFC'));
  }
  return keywords;
}
