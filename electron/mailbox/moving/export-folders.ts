import {
  type Folder,
  folderPath,
  folderRoles,
  isFolderRole,
  onThisComputer,
} from '../../../shared/folder.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { Store } from '../../store/store.ts';

/** A folder that is exported, with its messages, oldest first. */
export type ExportedFolder = {
  /** Names from the top. The Inbox of the only mailbox has none. Where there are several mailboxes, theirs come first. */
  readonly path: readonly string[];
  readonly ids: readonly MessageId[];
};

/** What of the store is exported. */
export type ExportScope = { readonly accountId: AccountId | null; readonly withoutTrash: boolean };

const roleNames = { archive: 'Archive', junk: 'Junk', trash: 'Trash', sent: 'Sent' } as const;

/** The address of a mailbox, or its id where the address is not known. */
function mailboxName(store: Store, accountId: AccountId): string {
  if (accountId === onThisComputer) return 'On this computer';
  const noted = store.maildrops.all().find((one) => one.accountId === accountId)?.maildrop;
  return noted === undefined ? accountId : noted.address || noted.user;
}

function namesOf(store: Store, folder: Folder): readonly string[] {
  if (folder === 'inbox') return [];
  return isFolderRole(folder) ? [roleNames[folder]] : folderPath(store.folders.all(), folder);
}

/** The folders to export: fixed ones that hold mail, and all that the person made. */
export function exportedFolders(store: Store, { accountId, withoutTrash }: ExportScope): ExportedFolder[] {
  const mailboxes = accountId === null ? store.accountIds() : [accountId];
  const roles = folderRoles.filter((role) => !withoutTrash || role !== 'trash');
  const found = mailboxes.map((id) => {
    const own = store.folders.all(id).map((folder) => folder.id);
    return [...roles, ...own]
      .map((folder) => ({
        folder,
        ids: store.lists.ids({
          place: { kind: 'folder', folder, accountId: id },
          sort: { by: 'date', descending: false },
        }),
      }))
      .filter(({ folder, ids }) => ids.length > 0 || !isFolderRole(folder))
      .map(({ folder, ids }) => ({ mailbox: mailboxName(store, id), names: namesOf(store, folder), ids }));
  });
  const used = found.filter((folders) => folders.length > 0);
  const paths = new Set<string>();
  return used.flat().map(({ mailbox, names, ids }) => ({
    path: freePath(used.length > 1 ? [mailbox, ...names] : names, paths),
    ids,
  }));
}

/** A folder of the person's own may be called like a fixed one. The later one gets a number. */
function freePath(path: readonly string[], taken: Set<string>): readonly string[] {
  const keyOf = (names: readonly string[]) => names.join('\0').toLocaleLowerCase();
  const last = path.at(-1);
  let free = path;
  for (let number = 2; taken.has(keyOf(free)) && last !== undefined; number++)
    free = [...path.slice(0, -1), `${last} ${number}`];
  taken.add(keyOf(free));
  return free;
}
