import { type Folder, folderPath, folderRoles, isFolderRole, onThisComputer } from '../../shared/folder.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import { exitDone } from './exit-codes.ts';
import { openExisting, storeFlag } from './open-store.ts';

const roleNames = { inbox: 'Inbox', archive: 'Archive', junk: 'Junk', trash: 'Trash', sent: 'Sent' } as const;

/** The address of a mailbox, or its id where the address is not known. */
export function mailboxName(store: Store, accountId: AccountId): string {
  if (accountId === onThisComputer) return 'On this computer';
  const noted = store.maildrops.all().find((one) => one.accountId === accountId)?.maildrop;
  return noted === undefined ? accountId : noted.address || `${noted.user}@${noted.host}`;
}

/** The mailbox and the folder with those around it, with `/` between them. A `/` in a name is written `∕` (U+2215). */
export function folderPathText(store: Store, accountId: AccountId, folder: Folder): string {
  const names = isFolderRole(folder) ? [roleNames[folder]] : folderPath(store.folders.all(), folder);
  return [mailboxName(store, accountId), ...names].map((name) => name.replaceAll('/', '\u2215')).join('/');
}

/** `folders`: lists the folders of a store with their numbers. */
export const foldersCommand: Command = {
  name: 'folders',
  usage: '--store DIR',
  summary: 'list every folder with the numbers of its messages: all, unread, starred, answered, tagged',
  flags: storeFlag,
  async run(given, print) {
    await using store = await openExisting(given);
    const counts = new Map(
      store.lists.folderCounts().map((count) => [`${count.accountId} ${count.folder}`, count]),
    );
    const accountIds = new Set([...store.accountIds(), onThisComputer]);
    for (const accountId of accountIds) {
      const folders: Folder[] = [...folderRoles, ...store.folders.all(accountId).map(({ id }) => id)];
      const rows = folders.map((folder) => ({
        path: folderPathText(store, accountId, folder),
        isOwn: !isFolderRole(folder),
        ...(counts.get(`${accountId} ${folder}`) ?? noMessages),
      }));
      for (const { path, isOwn, count, unread, starred, replied, tags } of rows)
        if (isOwn || count > 0)
          print.line({ path, count, unread, starred, replied, tags }, `${path}  ${count} (${unread} unread)`);
    }
    return exitDone;
  },
};

const noMessages = { count: 0, unread: 0, starred: 0, replied: 0, tags: {} };
