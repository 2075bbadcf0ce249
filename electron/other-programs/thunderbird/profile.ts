import { lstatSync, readlinkSync } from 'node:fs';
import { type FilePath, kindAt, lookInto, shown, textOf, within } from '../files/mail-files.ts';
import {
  type ForeignFolder,
  type ForeignMail,
  foreignMail,
  type LeftOut,
} from '../found-mail/foreign-mail.ts';
import { accountsOf, type ThunderbirdAccount } from './accounts.ts';
import { filtersIn } from './filters.ts';
import { type FolderNames, folderNamesIn, foldersBelow, type ThunderbirdFolder } from './folders.ts';
import { sourceOf } from './messages.ts';
import { knownIdsIn } from './popstate.ts';
import { readPrefs } from './prefs.ts';
import { tagsOf } from './tags.ts';

/** Whether a folder is a profile of Thunderbird. */
export function isThunderbirdProfile(path: FilePath): boolean {
  return (
    kindAt(within(path, 'prefs.js')) === 'file' &&
    ['Mail', 'ImapMail'].some((name) => kindAt(within(path, name)) === 'folder')
  );
}

/** The profiles that `profiles.ini` names. One that is elsewhere on the disk is named by its whole path. */
export function profilesNamedIn(folder: string): FilePath[] {
  const sections = (textOf(within(folder, 'profiles.ini')) ?? '').split(/^\[/m);
  return sections.flatMap((section) => {
    if (!section.startsWith('Profile')) return [];
    const [, path] = /^Path=(.+?)\s*$/m.exec(section) ?? [];
    if (path === undefined) return [];
    const profile = /^IsRelative=0/m.test(section) ? path : within(folder, path);
    return isThunderbirdProfile(profile) ? [profile] : [];
  });
}

/** An account with the folder of the profile that holds its mail. */
type PlacedAccount = { readonly account: ThunderbirdAccount; readonly folder: FilePath | null };

/** Reads a profile of Thunderbird. `logins.json` and `key4.db`, which hold passwords, are not touched. */
export function thunderbirdProfile(profile: FilePath): ForeignMail {
  const prefs = readPrefs(textOf(within(profile, 'prefs.js')), textOf(within(profile, 'user.js')));
  const tags = tagsOf(prefs);
  const names = folderNamesIn(textOf(within(profile, 'folderCache.json')));
  const placed = accountsOf(prefs).map((account) => ({ account, folder: folderOf(profile, account) }));
  const found = placed.map((one) => contentsOf(one, names));
  found.push(...strayFolders(profile, placed, names));
  const folders = found.flatMap((one) => one.folders);
  const keyOfFolders = (key: string) =>
    mailboxKey(placed.find(({ account }) => account.key === key)?.account);
  const isDeferred = (key: string, to: string | null) => {
    const account = placed.find((one) => one.account.key === key)?.account;
    return account?.pop3 != null && account.deferredTo !== null && keyOfFolders(account.deferredTo) === to;
  };
  const context = { tagNames: tags.names, isDeferred };
  return foreignMail('thunderbird', shown(profile), {
    accounts: placed.flatMap(({ account }) => account.pop3 ?? []),
    knownIds: placed.flatMap(({ account, folder }) =>
      account.pop3 === null || folder === null
        ? []
        : knownIdsIn(textOf(within(folder, 'popstate.dat')), account.key),
    ),
    filters: placed.flatMap(({ account, folder }) =>
      folder === null
        ? []
        : filtersIn(textOf(within(folder, 'msgFilterRules.dat')), {
            accountKey: account.pop3 === null ? null : account.key,
            tagNames: tags.names,
            folderAt: (address) => folderAt(address, placed, folders),
          }),
    ),
    tagColours: tags.colours,
    folders: folders.map(({ accountKey, path, role }) => ({ accountKey, path, role })),
    sources: folders.flatMap((folder) => sourceOf(folder, context) ?? []),
    leftOut: found.flatMap((one) => one.leftOut),
    isRunning: isRunning(profile),
  });
}

/** Folders of Thunderbird outside of a profile: `Mail`, or the folder of one account in it. */
export function thunderbirdFolders(path: FilePath): ForeignMail {
  const found = foldersBelow(path, null, [], new Map());
  const context = { tagNames: tagsOf(new Map()).names, isDeferred: () => false };
  return foreignMail('thunderbird', shown(path), {
    folders: found.folders.map(({ accountKey, path: names, role }) => ({ accountKey, path: names, role })),
    sources: found.folders.flatMap((folder) => sourceOf(folder, context) ?? []),
    leftOut: found.leftOut,
  });
}

function mailboxKey(account: ThunderbirdAccount | undefined): string | null {
  return account?.pop3?.key ?? null;
}

type Contents = { readonly folders: ThunderbirdFolder[]; readonly leftOut: LeftOut[] };

function contentsOf({ account, folder }: PlacedAccount, names: FolderNames): Contents {
  if (folder === null || account.type === 'nntp') return { folders: [], leftOut: [] };
  // Mail of servers of another kind comes into folders of its own, named after the account.
  const prefix = account.pop3 !== null || account.type === 'none' ? [] : [account.folderHost];
  return foldersBelow(folder, mailboxKey(account), prefix, names);
}

function folderOf(profile: FilePath, account: ThunderbirdAccount): FilePath | null {
  const places = account.folders.map((path) => within(profile, ...path.split('/')));
  if (account.absoluteFolder !== '') places.push(account.absoluteFolder);
  return places.find((path) => kindAt(path) === 'folder') ?? null;
}

/** Folders in `Mail` that no account names: half-written settings, or an account that was removed. */
function strayFolders(profile: FilePath, placed: readonly PlacedAccount[], names: FolderNames): Contents[] {
  const known = new Set(placed.flatMap(({ folder }) => (folder === null ? [] : [shown(folder)])));
  const mail = within(profile, 'Mail');
  if (kindAt(mail) !== 'folder') return [];
  const looked = lookInto(mail, 0);
  const strays = looked.entries.filter(
    ({ kind, path }) => kind === 'folder' && !known.has(shown(path)) && !shown(path).endsWith('.mozmsgs'),
  );
  return [
    { folders: [], leftOut: looked.leftOut },
    ...strays.map(({ path, name }) =>
      foldersBelow(path, null, name === 'Local Folders' ? [] : [name], names),
    ),
  ];
}

/** The folder that an address such as `mailbox://user@host/Work/2019` names. */
function folderAt(
  address: string,
  placed: readonly PlacedAccount[],
  folders: readonly ForeignFolder[],
): ForeignFolder | null {
  const [, host, path] = /^mailbox:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (host === undefined || path === undefined) return null;
  const owner = placed.find(({ account }) => account.folderHost === host.toLowerCase())?.account;
  if (owner === undefined) return null;
  const names = path.split('/').map(decoded).join('/');
  const found = folders.find(
    (folder) => folder.accountKey === mailboxKey(owner) && folder.path.join('/') === names,
  );
  return found === undefined ? null : { accountKey: found.accountKey, path: found.path, role: found.role };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}

/** A running program holds a link (Linux) or a file (Windows). Both may be left behind by a crash. */
function isRunning(profile: FilePath): boolean {
  try {
    readlinkSync(within(profile, 'lock'));
    return true;
  } catch {
    // No lock of Linux.
  }
  try {
    return lstatSync(within(profile, 'parent.lock')).isFile();
  } catch {
    // No lock of Windows.
    return false;
  }
}
