import { randomBytes } from 'node:crypto';
import {
  deepestFolder,
  type FolderId,
  type FolderProblem,
  folderName,
  longestFolderName,
  type OwnFolder,
} from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Undoable } from '../../../shared/message-list.ts';
import type { Committed } from '../index/commits.ts';
import { StoreError } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Marks } from './marks.ts';

type Tools = Pick<StoreTools, 'accounts' | 'folders' | 'journals' | 'revision' | 'commits'>;

/** A place for a folder: a mailbox, and the folder around it. */
type FolderPlace = { readonly accountId: AccountId; readonly parentId: FolderId | null };

const refused = (what: FolderProblem) =>
  new StoreError({ kind: 'bad-input', field: 'folder', what, canRetry: false });

const notFound = () => new StoreError({ kind: 'not-found', canRetry: false });

/** Names that differ in case alone would fall together in an export to some disks. */
const caseless = (name: string) => name.toLocaleLowerCase();

/** How many folders lie around a place. Throws a StoreError when the folder around it is not of this mailbox. */
function depthOf({ folders }: Pick<Tools, 'folders'>, { accountId, parentId }: FolderPlace): number {
  let depth = 0;
  for (let at = parentId; at !== null; depth++) {
    const folder = folders.own(at);
    if (folder === null) throw notFound();
    if (folder.accountId !== accountId) throw refused('other-mailbox');
    at = folder.parentId;
  }
  return depth;
}

/** The child of a place with a name, whatever its case. */
function childNamed(
  { folders }: Pick<Tools, 'folders'>,
  place: FolderPlace,
  name: string,
): OwnFolder | undefined {
  return folders
    .allOwn(place.accountId)
    .find((folder) => folder.parentId === place.parentId && caseless(folder.name) === caseless(name));
}

/** The name as folders have it. Throws a StoreError with `bad-input` where the place cannot have it. */
function checkedName(
  tools: Pick<Tools, 'folders'>,
  place: FolderPlace,
  typed: string,
  own?: FolderId,
): string {
  const name = folderName(typed);
  if (name === '') throw refused('empty');
  if (name.length > longestFolderName) throw refused('too-long');
  const taken = childNamed(tools, place, name);
  if (taken !== undefined && taken.id !== own) throw refused('taken');
  return name;
}

/** How many folders lie in one another at most, from this one down. */
function heightOf({ folders }: Pick<Tools, 'folders'>, id: FolderId): number {
  const children = folders.allOwn().filter(({ parentId }) => parentId === id);
  return 1 + Math.max(0, ...children.map((child) => heightOf({ folders }, child.id)));
}

/**
 * The folders that a person makes. Writes reject with a StoreError: `bad-input` with the field `folder` and a
 * FolderProblem, or `not-found`.
 */
export function folderList(tools: Tools, marks: Pick<Marks, 'change'>) {
  const { folders } = tools;

  /** Changes folders in one transaction. */
  const changed = <Value>(work: () => Value): Committed<Value> => {
    try {
      const value = tools.journals.transaction(work);
      tools.revision.changed();
      return tools.commits.with(value);
    } catch (error) {
      folders.reload();
      throw error;
    }
  };

  const make = (place: FolderPlace, typed: string): FolderId => {
    if (depthOf(tools, place) >= deepestFolder) throw refused('too-deep');
    const name = checkedName(tools, place, typed);
    const id = randomBytes(8).toString('hex') as FolderId;
    saveFolder(tools, { id, ...place, name, isFavourite: false });
    return id;
  };

  const mustHave = (id: FolderId): OwnFolder => {
    const folder = folders.own(id);
    if (folder === null) throw notFound();
    return folder;
  };

  return {
    /** Every folder that a person made, in the order of their names; of one mailbox, or of all. */
    all: (accountId: AccountId | null = null): OwnFolder[] => folders.allOwn(accountId),

    /** One folder, or null. */
    find: (id: FolderId): OwnFolder | null => folders.own(id),

    /** Makes a folder. */
    make: async (place: FolderPlace, name: string): Promise<Committed<FolderId>> =>
      changed(() => make(place, name)),

    /**
     * The folder with a path of names, the outermost first. What is missing of it is made. Names that are too long are
     * cut, and what lies deeper than folders may lie goes into the deepest one.
     */
    async ensure(accountId: AccountId, path: readonly string[]): Promise<Committed<FolderId>> {
      const names = path
        .map((name) => folderName(folderName(name).slice(0, longestFolderName)))
        .filter((name) => name !== '')
        .slice(0, deepestFolder);
      return changed(() => {
        let parentId: FolderId | null = null;
        for (const name of names) {
          const place: FolderPlace = { accountId, parentId };
          parentId = childNamed(tools, place, name)?.id ?? make(place, name);
        }
        if (parentId === null) throw refused('empty');
        return parentId;
      });
    },

    /** Gives a folder another name. */
    rename: async (id: FolderId, typed: string): Promise<Committed<null>> =>
      changed(() => {
        const folder = mustHave(id);
        saveFolder(tools, { ...folder, name: checkedName(tools, folder, typed, id) });
        return null;
      }),

    /** Moves a folder with all that is in it into another one of its mailbox, or to the top. */
    move: async (id: FolderId, parentId: FolderId | null): Promise<Committed<null>> =>
      changed(() => {
        const folder = mustHave(id);
        const place = { accountId: folder.accountId, parentId };
        const depth = depthOf(tools, place);
        if (folders.withChildren(id).some((one) => one.id === parentId)) throw refused('inside-itself');
        if (depth + heightOf(tools, id) > deepestFolder) throw refused('too-deep');
        saveFolder(tools, { ...folder, parentId, name: checkedName(tools, place, folder.name, id) });
        return null;
      }),

    /** Puts a folder among the favourites, or takes it out. */
    setFavourite: async (id: FolderId, isFavourite: boolean): Promise<Committed<null>> =>
      changed(() => {
        saveFolder(tools, { ...mustHave(id), isFavourite });
        return null;
      }),

    /** Deletes a folder and those in it. Their mail goes to the Trash. The undo brings both back. */
    async delete(id: FolderId): Promise<Committed<Undoable>> {
      mustHave(id);
      const going = folders.withChildren(id);
      const rows = new Map<FolderId, number>();
      try {
        return await marks.change(
          { kind: 'folders', folders: going.map((folder) => folder.id) },
          { folder: 'trash' },
          {
            apply: () => {
              for (const folder of going.toReversed()) rows.set(folder.id, removeFolder(tools, folder));
            },
            takeBack: () => {
              for (const folder of going) bringBack(tools, folder, rows.get(folder.id) ?? null);
            },
          },
        );
      } catch (error) {
        folders.reload();
        throw error;
      }
    },
  };
}

/** Brings a deleted folder back. Where the folder around it is gone too, it comes to the top of its mailbox. */
function bringBack(tools: Tools, folder: OwnFolder, row: number | null): void {
  const isParentHere = folder.parentId === null || tools.folders.own(folder.parentId) !== null;
  const place = { accountId: folder.accountId, parentId: isParentHere ? folder.parentId : null };
  let name = folder.name;
  while (childNamed(tools, place, name) !== undefined) name = `${name} 2`;
  saveFolder(tools, { ...folder, ...place, name }, row);
}

/** Writes a folder, and notes it in the journal of its mailbox. */
function saveFolder(tools: Tools, folder: OwnFolder, row: number | null = null): void {
  tools.folders.save(folder, row);
  const { id, parentId, name, isFavourite } = folder;
  const accountNo = tools.accounts.numberOf(folder.accountId);
  tools.journals.note(accountNo, { kind: 'folder', folder: { id, parentId, name, isFavourite } });
}

/** Removes a folder that is empty, and notes it in the journal of its mailbox. Answers the row id that it had. */
function removeFolder(tools: Tools, { id, accountId }: OwnFolder): number {
  tools.journals.note(tools.accounts.numberOf(accountId), { kind: 'folder-removed', id });
  return tools.folders.remove(id);
}
