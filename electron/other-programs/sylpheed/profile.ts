import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { roleOf } from '../files/folder-roles.ts';
import { entriesOf, type FilePath, folderAround, kindAt, textOf, within } from '../files/mail-files.ts';
import {
  type FolderRole,
  type ForeignFolder,
  type ForeignMail,
  foreignMail,
  type KnownId,
  type LeftOut,
} from '../found-mail/foreign-mail.ts';
import { accountsIn, type SylpheedAccount } from './accountrc.ts';
import { clawsFilters } from './filters.ts';
import { readTagNames } from './mark-file.ts';
import { type MhFolder, mhFoldersBelow, mhSource } from './mh-folders.ts';

/** One tree of MH folders: where it is, and what its folders are for. */
type Tree = {
  readonly name: string;
  readonly at: FilePath | null;
  readonly roles: ReadonlyMap<string, FolderRole>;
  readonly paths: readonly string[];
};

const roleOfType: Readonly<Record<string, FolderRole>> = {
  inbox: 'inbox',
  outbox: 'sent',
  draft: 'drafts',
  queue: 'outbox',
  trash: 'trash',
  junk: 'junk',
};

/** Which of the two programs a folder of settings belongs to; null where it is none of theirs. */
export function sylpheedSettings(path: FilePath): 'claws' | 'sylpheed' | null {
  if (kindAt(within(path, 'folderlist.xml')) !== 'file') return null;
  return kindAt(within(path, 'clawsrc')) === 'file' || kindAt(within(path, 'tagsrc')) === 'file'
    ? 'claws'
    : 'sylpheed';
}

/** Reads Claws Mail or Sylpheed from its folder of settings. `passwordstorerc` is not touched. */
export function sylpheedProfile(settings: string, program: 'claws' | 'sylpheed'): ForeignMail {
  const accounts = accountsIn(textOf(within(settings, 'accountrc')));
  const trees = treesIn(textOf(within(settings, 'folderlist.xml')), settings);
  const tagNames = readTagNames(textOf(within(settings, 'tagsrc')));
  const folders: MhFolder[] = [];
  const listed: ForeignFolder[] = [];
  const leftOut: LeftOut[] = [];
  const folderOfTree =
    (tree: Tree) =>
    (path: readonly string[]): ForeignFolder => ({
      accountKey: accountOf(tree, accounts),
      path: nameOfPath(tree, path),
      role: tree.roles.get(path.join('/')) ?? (tree.roles.size === 0 ? roleOf(path) : null),
    });
  for (const tree of trees) {
    if (tree.at === null) {
      leftOut.push({ kind: 'left-out', place: tree.name, folder: null, why: 'unreadable', detail: 'ENOENT' });
      continue;
    }
    const found = mhFoldersBelow(tree.at, folderOfTree(tree));
    folders.push(...found.folders);
    leftOut.push(...found.leftOut);
    for (const path of tree.paths) listed.push(folderOfTree(tree)(path.split('/')));
  }
  const known = new Set(folders.map((folder) => folder.path.join('/')));
  const tagFileOf = ({ at }: MhFolder) => {
    const tree = trees.find((one) => one.at !== null && String(at).startsWith(`${one.at}/`));
    if (tree === undefined) return null;
    const below = String(at)
      .slice(String(tree.at).length + 1)
      .split('/');
    return within(settings, 'tagsdb', '#mh', tree.name, ...below, '.claws_tags');
  };
  return foreignMail(program, settings, {
    accounts: accounts.map(({ account }) => account),
    knownIds: knownIdsOf(settings, accounts),
    filters: clawsFilters(textOf(within(settings, 'matcherrc')), (identifier) =>
      folderAt(identifier, trees, folderOfTree),
    ),
    folders: [
      ...folders.map(({ accountKey, path, role }) => ({ accountKey, path, role })),
      ...listed.filter((folder) => !known.has(folder.path.join('/'))),
    ],
    sources: folders.map((folder) => mhSource(folder, { tagNames, tagFileOf })),
    leftOut,
    isRunning: false,
  });
}

/** Mail belongs to the one account there is; where several share the folders, to none. */
function accountOf(_tree: Tree, accounts: readonly SylpheedAccount[]): string | null {
  return accounts.length === 1 ? (accounts[0]?.account.key ?? null) : null;
}

function nameOfPath(tree: Tree, path: readonly string[]): readonly string[] {
  return path.length === 0 ? [tree.name] : path;
}

function folderAt(
  identifier: string,
  trees: readonly Tree[],
  folderOfTree: (tree: Tree) => (path: readonly string[]) => ForeignFolder,
): ForeignFolder | null {
  const [, name, path] = /^#mh\/([^/]+)\/(.+)$/.exec(identifier) ?? [];
  const tree = trees.find((one) => one.name === name);
  return tree === undefined || path === undefined
    ? null
    : folderOfTree(tree)(path.normalize('NFC').split('/'));
}

type Item = { readonly '@type'?: string; readonly '@path'?: string; readonly folderitem?: readonly Item[] };
type Root = Item & { readonly '@name'?: string };

function treesIn(text: string | null, settings: string): Tree[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    processEntities: true,
    isArray: (name) => name === 'folder' || name === 'folderitem',
  });
  let list: { folderlist?: { folder?: readonly Root[] } };
  try {
    list = parser.parse(text ?? '');
  } catch {
    // Half-written. The folders are looked for beside the settings.
    list = {};
  }
  return (list.folderlist?.folder ?? []).flatMap((root) => {
    const path = root['@path'];
    if (root['@type'] !== 'mh' || path === undefined) return [];
    const roles = new Map<string, FolderRole>();
    const paths: string[] = [];
    const look = (items: readonly Item[] | undefined) => {
      for (const item of items ?? []) {
        const at = item['@path']?.normalize('NFC');
        const role = roleOfType[item['@type'] ?? ''];
        if (at !== undefined) paths.push(at);
        if (at !== undefined && role !== undefined) roles.set(at, role);
        look(item.folderitem);
      }
    };
    look(root.folderitem);
    return [{ name: path.split('/').at(-1) ?? path, at: treeAt(path, settings), roles, paths }];
  });
}

/** A tree's path is relative to the person's home. Where settings were copied, the tree lies beside them. */
function treeAt(path: string, settings: string): FilePath | null {
  const beside = within(folderAround(settings), isAbsolute(path) ? (path.split('/').at(-1) ?? path) : path);
  const places = [
    beside,
    within(settings, path.split('/').at(-1) ?? path),
    isAbsolute(path) ? path : within(homedir(), path),
  ];
  return places.find((place) => kindAt(place) === 'folder') ?? null;
}

/** Ids in `uidl/HOST-USER`: the id, a time, and whether only the beginning was fetched, with tabs between. */
function knownIdsOf(settings: string, accounts: readonly SylpheedAccount[]): KnownId[] {
  const folder = within(settings, 'uidl');
  const names = kindAt(folder) === 'folder' ? entriesOf(folder) : [];
  return names.flatMap(({ name, path }) => {
    const owner = accounts.find(({ account }) => name === `${account.host}-${account.user}`);
    if (owner === undefined) return [];
    return (textOf(path) ?? '').split(/\r?\n/).flatMap((line) => {
      const [uidl = '', , partial] = line.split('\t');
      if (uidl === '' || /\s/.test(uidl)) return [];
      return [
        {
          accountKey: owner.account.key,
          uidl,
          state: partial === '1' ? ('partial' as const) : ('kept' as const),
        },
      ];
    });
  });
}
