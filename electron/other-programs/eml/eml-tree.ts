import { folderNamed } from '../files/folder-roles.ts';
import {
  beginningOf,
  type Entry,
  type FilePath,
  kindAt,
  lookInto,
  shown,
  specialFile,
  within,
} from '../files/mail-files.ts';
import { singleFiles } from '../files/single-files.ts';
import { type ForeignFolder, type LeftOut, type MailSource, unmarked } from '../found-mail/foreign-mail.ts';
import { isMaildir, maildirsBelow } from '../maildir/maildir-folders.ts';
import { decodeModifiedUtf7 } from '../maildir/modified-utf7.ts';
import { folderOfFile, isMbox, isTakeoutMbox, mboxSource, takeoutSource } from '../mbox/mbox-files.ts';
import { msgSource } from '../outlook/msg-file.ts';
import { isPst, pstMail } from '../outlook/pst-file.ts';

/** Files of a message each, whatever wrote them. */
const messageName = /\.(?:eml|emlx?tpl|mht)$/i;
const headerLine = /^(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}/;
const beginningBytes = 2048;

/** Whether a file is one message: by its name, or by how it begins. */
export function isMessageFile(path: FilePath, name: string): boolean {
  if (/\.eml$/i.test(name)) return true;
  const text = beginningOf(path, beginningBytes).toString('latin1').replaceAll('\r\n', '\n');
  return headerLine.test(text) && /^(?:from|date|received|message-id|subject|return-path):/im.test(text);
}

/** The source of one message in a file of its own. */
export function messageSource(path: FilePath, folder: ForeignFolder): MailSource {
  return singleFiles({
    place: path,
    folder,
    files: [{ path }],
    factsOf: () => ({ folder, marks: unmarked, receivedAt: null }),
  });
}

/** What a tree of mail holds, and the form of most of it. */
export type MailTree = {
  readonly program: 'eml' | 'mbox' | 'maildir' | 'takeout' | 'msg' | 'pst';
  readonly folders: readonly ForeignFolder[];
  readonly sources: readonly MailSource[];
  readonly leftOut: readonly LeftOut[];
};

/** What has been found so far. */
type Found = {
  readonly folders: ForeignFolder[];
  readonly sources: MailSource[];
  readonly leftOut: LeftOut[];
  program: MailTree['program'] | null;
  /** The name of a folder as a person reads it. */
  readonly readable: (name: string) => string;
};

/** Everything in a folder and below it that is mail: messages in files of their own, mboxes and Maildirs. */
export function mailTree(root: FilePath): MailTree {
  // Dovecot names the folders of a tree of mboxes as IMAP does.
  const hasImapNames = kindAt(within(root, '.imap')) === 'folder';
  const found: Found = {
    folders: [],
    sources: [],
    leftOut: [],
    program: null,
    readable: (name) => (hasImapNames ? decodeModifiedUtf7(name).normalize('NFC') : name),
  };
  look(found, root, [], 0);
  const { folders, sources, leftOut } = found;
  return { program: found.program ?? 'eml', folders, sources, leftOut };
}

/** Answers whether there is mail in a folder, or below it. */
function look(found: Found, at: FilePath, path: readonly string[], level: number): boolean {
  const folder = folderNamed(null, path.length === 0 ? ['Inbox'] : path);
  const looked = lookInto(at, level);
  found.leftOut.push(...looked.leftOut);
  const messages: Entry[] = [];
  const outlook: FilePath[] = [];
  let hasMail = false;
  for (const entry of looked.entries) {
    const { kind, name, path: inner } = entry;
    if (kind === 'other') found.leftOut.push(specialFile(inner, folder));
    else if (kind === 'folder') {
      const names = [...path, found.readable(name)];
      if (isMaildir(inner)) hasMail = addMaildir(found, inner, names);
      else if (!name.startsWith('.')) hasMail = look(found, inner, names, level + 1) || hasMail;
    } else if (messageName.test(name)) messages.push(entry);
    else if (/\.msg$/i.test(name)) outlook.push(inner);
    else if (/\.(?:pst|ost)$/i.test(name) && isPst(inner)) {
      found.sources.push(...pstMail(inner).sources);
      found.program ??= 'pst';
    } else if (isMbox(inner))
      hasMail = addMbox(found, inner, [...path, found.readable(folderOfFile(name))]) || hasMail;
    else if (isMessageFile(inner, name)) messages.push(entry);
    else if (!isSideFile(name))
      found.leftOut.push({ kind: 'left-out', place: shown(inner), folder, why: 'not-mail' });
  }
  if (messages.length > 0) {
    found.program ??= 'eml';
    const factsOf = () => ({ folder, marks: unmarked, receivedAt: null });
    found.sources.push(singleFiles({ place: at, folder, files: messages, factsOf }));
  }
  if (outlook.length > 0) {
    found.program ??= 'msg';
    found.sources.push(msgSource(at, outlook, folder));
    hasMail = true;
  }
  if (messages.length > 0 || (hasMail && path.length > 0)) found.folders.push(folder);
  return hasMail || messages.length > 0;
}

/** Answers whether the folder of that name holds it; mail of Takeout lies in others. */
function addMbox(found: Found, at: FilePath, path: readonly string[]): boolean {
  if (isTakeoutMbox(at)) {
    found.program = 'takeout';
    found.sources.push(takeoutSource(at));
    return false;
  }
  found.program ??= 'mbox';
  const folder = folderNamed(null, path);
  found.folders.push(folder);
  found.sources.push(mboxSource(at, folder));
  return true;
}

function addMaildir(found: Found, at: FilePath, path: readonly string[]): true {
  found.program ??= 'maildir';
  const inner = maildirsBelow(at, 'maildir');
  const below = (folder: ForeignFolder) =>
    folderNamed(null, [...path, ...folder.path.slice(folder.path[0] === 'Inbox' ? 1 : 0)]);
  found.folders.push(...inner.folders.map(below));
  found.sources.push(...inner.sources.map((source) => moved(source, below)));
  found.leftOut.push(...inner.leftOut);
  return true;
}

/** A source whose folders are others. */
function moved(source: MailSource, folderOf: (folder: ForeignFolder) => ForeignFolder): MailSource {
  return {
    ...source,
    folder: source.folder === null ? null : folderOf(source.folder),
    async *entries() {
      for await (const entry of source.entries())
        yield entry.folder === null ? entry : { ...entry, folder: folderOf(entry.folder) };
    },
  };
}

/** Files that lie beside mail and are none. */
function isSideFile(name: string): boolean {
  return (
    name.startsWith('.') ||
    /\.(?:msf|dat|html?|json|ini|xml|sqlite|db|log|ics|vcf|csv)$/i.test(name) ||
    /^(?:thumbs\.db|desktop\.ini|table_of_contents)$/i.test(name)
  );
}
