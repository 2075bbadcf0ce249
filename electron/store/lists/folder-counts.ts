import type { Folder } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { StoreTools } from '../index/store-tools.ts';

/** The numbers of one folder's messages; those of each tag by its name. */
export type FolderCount = {
  readonly accountId: AccountId;
  readonly folder: Folder;
  readonly count: number;
  readonly unread: number;
  readonly starred: number;
  readonly replied: number;
  readonly tags: Readonly<Record<string, number>>;
};

type CountRow = {
  readonly account_no: number;
  readonly folder: number;
  readonly count: number;
  readonly unread: number;
  readonly starred: number;
  readonly replied: number;
};
type TagRow = {
  readonly account_no: number;
  readonly folder: number;
  readonly tag: string;
  readonly count: number;
};

/** What each folder holds, of folders that hold anything. Reads every row, so it is for reports. */
export function folderCounts({
  sql,
  accounts,
  folders,
}: Pick<StoreTools, 'sql' | 'accounts' | 'folders'>): FolderCount[] {
  const tags = new Map<string, Record<string, number>>();
  for (const { account_no, folder, tag, count } of sql.all<TagRow>(
    `select m.account_no, m.folder, t.tag, count(*) as count from message_tag t join message m on m.id = t.message_id
     group by m.account_no, m.folder, t.tag order by t.tag`,
  )) {
    const key = `${account_no} ${folder}`;
    tags.set(key, { ...tags.get(key), [tag]: count });
  }
  return sql
    .all<CountRow>(
      `select account_no, folder, count(*) as count, sum(is_read = 0) as unread, sum(is_starred) as starred,
         sum(is_replied) as replied
       from message group by account_no, folder`,
    )
    .map(({ account_no, folder, count, unread, starred, replied }) => ({
      accountId: accounts.idOf(account_no),
      folder: folders.folderOf(folder),
      ...{ count, unread, starred, replied },
      tags: tags.get(`${account_no} ${folder}`) ?? {},
    }));
}
