import type { FolderId, OwnFolder } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { createStore } from '../../bridge/store.ts';

/** What is asked about folders over the window. */
export type FolderQuestion =
  | { readonly kind: 'make'; readonly accountId: AccountId; readonly parentId: FolderId | null }
  | { readonly kind: 'rename' | 'move' | 'delete'; readonly folder: OwnFolder };

/** The question that is open; null while none is. */
export const folderQuestionStore = createStore<FolderQuestion | null>(null);

/** Asks for the name of a new folder in a mailbox, inside another folder or at its top. */
export function askForFolder(accountId: AccountId, parentId: FolderId | null): void {
  folderQuestionStore.set({ kind: 'make', accountId, parentId });
}
