import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import { appleMail, isAppleMail } from './apple-mail/apple-mail.ts';
import { isMessageFile, mailTree, messageSource } from './eml/eml-tree.ts';
import { folderNamed } from './files/folder-roles.ts';
import {
  type FilePath,
  folderAround,
  kindAt,
  lastName,
  lookInto,
  shown,
  within,
} from './files/mail-files.ts';
import { type ForeignMail, foreignMail, type Program } from './found-mail/foreign-mail.ts';
import { isMaildir, isMaildirTree, type MaildirNaming, maildirsBelow } from './maildir/maildir-folders.ts';
import { folderOfFile, isMbox, isTakeoutMbox, mboxSource, takeoutSource } from './mbox/mbox-files.ts';
import { msgSource } from './outlook/msg-file.ts';
import { isPst, pstMail } from './outlook/pst-file.ts';
import { isMhTree, markedBy, mhFoldersBelow, mhSource } from './sylpheed/mh-folders.ts';
import { sylpheedProfile, sylpheedSettings } from './sylpheed/profile.ts';
import {
  isThunderbirdProfile,
  profilesNamedIn,
  thunderbirdFolders,
  thunderbirdProfile,
} from './thunderbird/profile.ts';

/** Names of the folders in which programs keep their settings. */
const settingsFolders = ['.claws-mail', '.sylpheed-2.0', 'Claws-mail', 'Sylpheed'];

/**
 * Reads what lies at a path as mail of a program, or finds out which program's it is. Null where it is no mail of that
 * form. A link that was chosen itself is followed. Throws what the file system throws for the path itself.
 */
export function mailAt(chosen: string, program: Program | 'auto'): readonly ForeignMail[] | null {
  const path = realpathSync(chosen).replaceAll(sep, '/');
  const kind = kindAt(path);
  // A pipe would be waited for without end.
  if (kind === 'other') return null;
  const found = kind === 'file' ? mailInFile(path, program) : mailInFolder(path, program);
  return found.length === 0 ? null : found;
}

function mailInFile(path: FilePath, program: Program | 'auto'): ForeignMail[] {
  const name = lastName(path);
  const named = program === 'auto' ? null : program;
  if (isMbox(path) && named !== 'eml') {
    if (isTakeoutMbox(path) || named === 'takeout')
      return [foreignMail('takeout', shown(path), { sources: [takeoutSource(path)] })];
    const folder = folderNamed(null, [folderOfFile(name)]);
    return [foreignMail(named ?? 'mbox', shown(path), { sources: [mboxSource(path, folder)] })];
  }
  if (isPst(path)) return named === null || named === 'pst' ? [pstMail(path)] : [];
  if (/\.msg$/i.test(name) && (named === null || named === 'msg')) {
    const folder = folderNamed(null, ['Inbox']);
    return [foreignMail('msg', shown(path), { sources: [msgSource(path, [path], folder)] })];
  }
  const isOfMaildir = ['cur', 'new'].includes(lastName(folderAround(path)));
  if (named === 'mbox' || (named === null && !isOfMaildir && !isMessageFile(path, name))) return [];
  if (/\.emlx$/i.test(name)) return [];
  const folder = folderNamed(null, ['Inbox']);
  return [foreignMail(named ?? 'eml', shown(path), { sources: [messageSource(path, folder)] })];
}

/** What was unpacked may lie in this many folders that hold nothing else. */
const mostWrappers = 3;

type Reader = { readonly program: Program; read(path: FilePath): ForeignMail[] };

/** Readers of whole programs, the surest first: each answers nothing where the folder is not of its program. */
const readers: readonly Reader[] = [
  { program: 'thunderbird', read: thunderbirdIn },
  { program: 'claws', read: (path) => sylpheedIn(path, 'claws') },
  { program: 'sylpheed', read: (path) => sylpheedIn(path, 'sylpheed') },
  { program: 'apple-mail', read: (path) => (isAppleMail(path) ? [appleMail(path)] : []) },
  { program: 'kmail', read: (path) => (isKmail(path) ? [maildirMail(path, 'kmail')] : []) },
  { program: 'evolution', read: (path) => (isEvolution(path) ? [maildirMail(path, 'evolution')] : []) },
  { program: 'mh', read: (path) => (isMhTree(path) ? [mhMail(path)] : []) },
  { program: 'maildir', read: (path) => (isMaildirTree(path) ? [maildirMail(path, 'maildir')] : []) },
];

function mailInFolder(path: FilePath, program: Program | 'auto'): ForeignMail[] {
  if (program === 'auto') {
    // What was unpacked lies often in a folder of its own.
    for (const at of [path, ...onlyFolderIn(path)])
      for (const reader of readers) {
        const found = reader.read(at);
        if (found.length > 0) return found;
      }
    return treeIn(path, null);
  }
  const reader = readers.find((one) => one.program === program);
  if (reader === undefined) return treeIn(path, program);
  for (const at of [path, ...onlyFolderIn(path)]) {
    const found = reader.read(at);
    if (found.length > 0) return found;
  }
  // A person who names the form knows better than its signs.
  if (program === 'mh') return [mhMail(path)];
  const naming = program === 'kmail' || program === 'evolution' ? program : 'maildir';
  if (program === 'maildir' || naming !== 'maildir') return [maildirMail(path, naming)];
  return program === 'thunderbird' ? [thunderbirdFolders(path)] : [];
}

/** Folders that hold nothing but one folder, from the outer to the inner one. */
function onlyFolderIn(path: FilePath): FilePath[] {
  const found: FilePath[] = [];
  for (let at = path; found.length < mostWrappers; ) {
    const { entries } = lookInto(at, 0);
    const [first] = entries;
    if (entries.length !== 1 || first?.kind !== 'folder') break;
    at = first.path;
    found.push(at);
  }
  return found;
}

function thunderbirdIn(path: FilePath): ForeignMail[] {
  if (isThunderbirdProfile(path)) return [thunderbirdProfile(path)];
  const above = folderAround(path);
  if (lastName(path) === 'Mail' && isThunderbirdProfile(above)) return [thunderbirdProfile(above)];
  const named = [path, within(path, '.thunderbird')].flatMap((folder) => profilesNamedIn(String(folder)));
  if (named.length > 0) return named.map(thunderbirdProfile);
  const { entries } = lookInto(path, 0);
  return entries.some(({ name }) => /\.(?:msf|sbd)$/.test(name)) ? [thunderbirdFolders(path)] : [];
}

function sylpheedIn(path: FilePath, program: 'claws' | 'sylpheed'): ForeignMail[] {
  const folders = [path, ...settingsFolders.map((name) => within(path, name))];
  const settings = folders.find((folder) => sylpheedSettings(folder) === program);
  if (settings !== undefined) return [sylpheedProfile(shown(settings), program)];
  return markedBy(path) === program && isMhTree(path) ? [{ ...mhMail(path), program }] : [];
}

function isKmail(path: FilePath): boolean {
  return lookInto(path, 0).entries.some(
    ({ name, kind }) => kind === 'folder' && /^\..+\.directory$/.test(name),
  );
}

function isEvolution(path: FilePath): boolean {
  return isMaildir(path) && /(?:^|\/)evolution\//.test(shown(path));
}

function maildirMail(path: FilePath, naming: MaildirNaming): ForeignMail {
  return foreignMail(naming, shown(path), maildirsBelow(path, naming));
}

function mhMail(path: FilePath): ForeignMail {
  const found = mhFoldersBelow(path, (names) => folderNamed(null, names.length === 0 ? ['Inbox'] : names));
  const marking = { tagNames: new Map<number, string>(), tagFileOf: () => null };
  return foreignMail('mh', shown(path), {
    folders: found.folders.map(({ accountKey, path: names, role }) => ({ accountKey, path: names, role })),
    sources: found.folders.map((folder) => mhSource(folder, marking)),
    leftOut: found.leftOut,
  });
}

function treeIn(path: FilePath, program: Program | null): ForeignMail[] {
  const found = mailTree(path);
  if (found.sources.length === 0 && found.leftOut.length === 0) return [];
  const { folders, sources, leftOut } = found;
  return [foreignMail(program ?? found.program, shown(path), { folders, sources, leftOut })];
}

/** A place where a program keeps its mail by default. */
type UsualPlace = { readonly program: Program; readonly path: string };

/** Where programs keep their mail on this computer, as far as something is there. */
export function usualPlaces(home: string = homedir(), env: NodeJS.ProcessEnv = process.env): UsualPlace[] {
  const roaming = env.APPDATA;
  const places: UsualPlace[] = [
    ...[
      '.thunderbird',
      'snap/thunderbird/common/.thunderbird',
      '.var/app/org.mozilla.Thunderbird/.thunderbird',
      'Library/Thunderbird',
    ].map((path) => ({ program: 'thunderbird' as const, path: `${home}/${path}` })),
    { program: 'claws', path: `${home}/.claws-mail` },
    { program: 'sylpheed', path: `${home}/.sylpheed-2.0` },
    { program: 'evolution', path: `${home}/.local/share/evolution/mail/local` },
    { program: 'kmail', path: `${home}/.local/share/local-mail` },
    { program: 'apple-mail', path: `${home}/Library/Mail` },
    { program: 'maildir', path: `${home}/Maildir` },
    ...(roaming === undefined
      ? []
      : [
          { program: 'thunderbird' as const, path: `${roaming}/Thunderbird` },
          { program: 'claws' as const, path: `${roaming}/Claws-mail` },
          { program: 'sylpheed' as const, path: `${roaming}/Sylpheed` },
        ]),
  ];
  return places.filter(({ path }) => kindAt(path) === 'folder');
}
