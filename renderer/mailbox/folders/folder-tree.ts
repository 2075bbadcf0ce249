import {
  type Folder,
  type FolderId,
  type FolderRole,
  folderPath,
  type OwnFolder,
} from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';

/** A folder as a line of the tree. */
export type FolderLine = {
  readonly folder: OwnFolder;
  /** How many folders it lies in. */
  readonly depth: number;
  readonly hasChildren: boolean;
};

/** The lines of a mailbox's tree, from the top down, without those inside folded ones. */
export function folderLines(
  folders: readonly OwnFolder[],
  accountId: AccountId,
  folded: readonly string[],
): readonly FolderLine[] {
  const own = folders.filter((folder) => folder.accountId === accountId);
  const childrenOf = new Map<FolderId | null, OwnFolder[]>();
  for (const folder of own)
    childrenOf.set(folder.parentId, [...(childrenOf.get(folder.parentId) ?? []), folder]);
  const under = (parentId: FolderId | null, depth: number): FolderLine[] =>
    (childrenOf.get(parentId) ?? []).flatMap((folder) => {
      const line = { folder, depth, hasChildren: childrenOf.has(folder.id) };
      return folded.includes(folder.id) ? [line] : [line, ...under(folder.id, depth + 1)];
    });
  return under(null, 0);
}

/** A folder that mail or another folder can be moved to; null is the top of the mailbox. */
export type Target<Key extends Folder | null = Folder | null> = {
  readonly folder: Key;
  /** The names of the folders on the way to it, as they are shown. */
  readonly path: string;
};

/** Between the names of a path that is shown. */
const between = ' / ';

/** A folder's path as it is shown. */
export function shownPath(folders: readonly OwnFolder[], id: FolderId): string {
  return folderPath(folders, id).join(between);
}

/** Where mail of a mailbox can go: its fixed folders, then those that the person made. */
export function mailTargets(
  folders: readonly OwnFolder[],
  accountId: AccountId,
  nameOf: (role: FolderRole) => string,
): readonly Target<Folder>[] {
  const roles = ['inbox', 'archive', 'junk', 'trash'] as const;
  const own = folders.filter((folder) => folder.accountId === accountId);
  return [
    ...roles.map((folder) => ({ folder, path: nameOf(folder) })),
    ...own.map(({ id }) => ({ folder: id, path: shownPath(folders, id) })),
  ];
}

/** Where a folder can go: the top of its mailbox, and each folder there that is not inside it. */
export function folderTargets(
  folders: readonly OwnFolder[],
  moved: OwnFolder,
  top: string,
): readonly Target<FolderId | null>[] {
  const inside = new Set<FolderId>([moved.id]);
  // Children follow their parent.
  for (const { id, parentId } of folders) if (parentId !== null && inside.has(parentId)) inside.add(id);
  const others = folders.filter(
    ({ id, accountId }) => accountId === moved.accountId && !inside.has(id) && id !== moved.parentId,
  );
  const own = others.map(({ id }) => ({ folder: id, path: shownPath(folders, id) }));
  return moved.parentId === null ? own : [{ folder: null, path: top }, ...own];
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * The targets whose path has every typed word, best first: a folder whose own name begins with what was typed, then
 * those used lately, then the order of the tree.
 */
export function foundTargets<Key extends Folder | null>(
  targets: readonly Target<Key>[],
  typed: string,
  recent: readonly string[],
): readonly Target<Key>[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const rank = ({ folder, path }: Target<Key>): number => {
    const name = plain(path.split(between).at(-1) ?? '');
    const begins = words.length > 0 && name.startsWith(words.join(' ')) ? 0 : 1000;
    const at = folder === null ? -1 : recent.indexOf(folder);
    return begins + (at < 0 ? 500 : at);
  };
  return targets
    .filter(({ path }) => words.every((word) => plain(path).includes(word)))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** How many targets are remembered as used lately. */
const mostRecent = 8;

/** The recent targets after one was used. */
export function withRecent(recent: readonly string[], used: Folder): readonly string[] {
  return [used, ...recent.filter((one) => one !== used)].slice(0, mostRecent);
}
