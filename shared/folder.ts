import type { AccountId } from './ids.ts';

/* Folders of stored mail: the fixed ones that every mailbox has, and those that a person makes. */

declare const brand: unique symbol;

/** The fixed folders that every mailbox has. The maildrop on the server is none of them. */
export const folderRoles = ['inbox', 'archive', 'junk', 'trash', 'sent'] as const;

/** A fixed folder, by what it is for. */
export type FolderRole = (typeof folderRoles)[number];

/** Random id of a folder that a person made: 16 lower-case hexadecimal digits. It outlives the index. */
export type FolderId = string & { readonly [brand]: 'FolderId' };

/** Where a stored message is: a fixed folder of its mailbox, or one that the person made there. */
export type Folder = FolderRole | FolderId;

/** A folder that a person made. It belongs to one mailbox. */
export type OwnFolder = {
  readonly id: FolderId;
  /** The mailbox that the folder and all of its mail belong to. */
  readonly accountId: AccountId;
  /** The folder that it lies in; null at the top of its mailbox. */
  readonly parentId: FolderId | null;
  /** Its own name in NFC, without the names of the folders around it. */
  readonly name: string;
  readonly isFavourite: boolean;
};

/**
 * A mailbox that has folders: that of an account, that of an account which was removed while its mail was kept, or mail
 * that no server knows.
 */
export type Mailbox = {
  readonly accountId: AccountId;
  readonly kind: 'account' | 'kept' | 'on-this-computer';
  /** Name of the account, or the address of a removed one; empty where it is not known, and for `on-this-computer`. */
  readonly name: string;
};

/** Every mailbox, and every folder that a person made. Children follow their parent, in the order of their names. */
export type FolderTree = { readonly mailboxes: readonly Mailbox[]; readonly folders: readonly OwnFolder[] };

/** The mailbox "On this computer", which has no server and exists before any account. */
export const onThisComputer = '00000000000000ff' as AccountId;

/** The longest name of a folder. Characters. */
export const longestFolderName = 200;

/** How deep folders may lie in one another. */
export const deepestFolder = 50;

/** Why a folder cannot have a name or a place; the code of a `bad-input` failure with the field `folder`. */
export type FolderProblem = 'empty' | 'too-long' | 'taken' | 'too-deep' | 'inside-itself' | 'other-mailbox';

/** Whether a folder is a fixed one. */
export function isFolderRole(folder: string): folder is FolderRole {
  return (folderRoles as readonly string[]).includes(folder);
}

/** Whether a text can be the id of a folder that a person made. */
export function isFolderId(text: unknown): text is FolderId {
  return typeof text === 'string' && /^[0-9a-f]{16}$/.test(text);
}

/** A name as folders have it: in NFC, without control characters and without blanks at its ends. */
export function folderName(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** The names of a folder and of those around it, the outermost first; empty where there is no such folder. */
export function folderPath(folders: readonly OwnFolder[], id: FolderId): string[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const names: string[] = [];
  let at = byId.get(id);
  while (at !== undefined && names.length < deepestFolder) {
    names.unshift(at.name);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return names;
}
