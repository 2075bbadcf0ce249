import {
  type Folder,
  type FolderId,
  type FolderRole,
  isFolderRole,
  type OwnFolder,
} from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { AccountRegister } from './accounts.ts';
import type { Sql } from './sql.ts';

/** Row ids below this one are for fixed folders. */
const firstOwnRow = 16;

type FolderRow = {
  readonly id: number;
  readonly role: FolderRole | null;
  readonly key: string | null;
  readonly account_no: number | null;
  readonly parent_key: string | null;
  readonly name: string | null;
  readonly is_favourite: number;
};

type KnownFolder = { readonly row: number; readonly folder: OwnFolder };

const byName = new Intl.Collator('und', { numeric: true });

/**
 * The folders of the index by their row ids. The only writer of the table `folder`. Change folders inside a transaction,
 * and call `reload` when it is rolled back.
 */
export class FolderRegister {
  readonly #sql: Sql;
  readonly #accounts: AccountRegister;
  readonly #ids = new Map<Folder, number>();
  readonly #byRow = new Map<number, Folder>();
  readonly #own = new Map<FolderId, KnownFolder>();
  /** A row id is not given twice: an undo may bring a removed folder back under its old one. */
  #nextRow = firstOwnRow;

  constructor(sql: Sql, accounts: AccountRegister) {
    this.#sql = sql;
    this.#accounts = accounts;
    this.reload();
  }

  /** Reads the folders again. */
  reload(): void {
    for (const known of [this.#ids, this.#byRow, this.#own]) known.clear();
    for (const row of this.#sql.all<FolderRow>(
      `select f.id, f.role, f.key, f.account_no, p.key as parent_key, f.name, f.is_favourite
       from folder f left join folder p on p.id = f.parent_id order by f.id`,
    )) {
      if (row.role !== null) this.#note(row.id, row.role);
      else if (row.key !== null && row.account_no !== null)
        this.#noteOwn(row.id, {
          id: row.key as FolderId,
          accountId: this.#accounts.idOf(row.account_no),
          parentId: row.parent_key as FolderId | null,
          name: row.name ?? '',
          isFavourite: row.is_favourite === 1,
        });
    }
  }

  #note(row: number, folder: Folder): void {
    this.#nextRow = Math.max(this.#nextRow, row + 1);
    this.#ids.set(folder, row);
    this.#byRow.set(row, folder);
  }

  #noteOwn(row: number, folder: OwnFolder): void {
    this.#note(row, folder.id);
    this.#own.set(folder.id, { row, folder });
  }

  /** Row id of a folder. Throws for one that does not exist. */
  idOf(folder: Folder): number {
    const id = this.#ids.get(folder);
    if (id === undefined) throw new Error(`the index has no folder ${folder}`);
    return id;
  }

  /** Row id of a folder, or null where there is none. */
  knownId(folder: Folder): number | null {
    return this.#ids.get(folder) ?? null;
  }

  /** Row id of the folder for mail of a mailbox. It is the inbox where the mailbox has no such folder (any more). */
  idFor(folder: Folder, accountId: AccountId): number {
    const isElsewhere = !isFolderRole(folder) && this.own(folder)?.accountId !== accountId;
    return this.idOf(isElsewhere ? 'inbox' : folder);
  }

  /** Folder with a row id. Mail in an unknown folder is shown in the inbox, where a person sees it. */
  folderOf(id: number): Folder {
    return this.#byRow.get(id) ?? 'inbox';
  }

  /** Row ids of all folders but the Trash. */
  outsideTrash(): readonly number[] {
    const trash = this.idOf('trash');
    return [...this.#byRow.keys()].filter((id) => id !== trash);
  }

  /** A folder that a person made, or null. */
  own(id: FolderId): OwnFolder | null {
    return this.#own.get(id)?.folder ?? null;
  }

  /** Every folder that a person made, in the order of their names; of one mailbox, or of all. */
  allOwn(accountId: AccountId | null = null): OwnFolder[] {
    return [...this.#own.values()]
      .map(({ folder }) => folder)
      .filter((folder) => accountId === null || folder.accountId === accountId)
      .sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  }

  /** A folder and those inside it, each before its children. */
  withChildren(id: FolderId): OwnFolder[] {
    const found: OwnFolder[] = [];
    const all = this.allOwn();
    const add = (folder: OwnFolder): void => {
      found.push(folder);
      for (const child of all) if (child.parentId === folder.id) add(child);
    };
    const top = this.own(id);
    if (top !== null) add(top);
    return found;
  }

  /**
   * Row ids of the folders that a text names: a fixed one by its role, others by their name or by names with `/`
   * between them, such as `Work/2024`. Upper and lower case are the same.
   */
  named(text: string): number[] {
    const wanted = text.normalize('NFC').toLocaleLowerCase();
    if (isFolderRole(wanted)) return [this.idOf(wanted)];
    const paths = new Map<FolderId, string>();
    const pathOf = (folder: OwnFolder): string => {
      const known = paths.get(folder.id);
      if (known !== undefined) return known;
      const parent = folder.parentId === null ? null : this.own(folder.parentId);
      const path = `${parent === null ? '' : pathOf(parent)}/${folder.name.toLocaleLowerCase()}`;
      paths.set(folder.id, path);
      return path;
    };
    return [...this.#own.values()]
      .filter(({ folder }) => pathOf(folder).endsWith(`/${wanted}`))
      .map(({ row }) => row);
  }

  /** Writes a folder that is new or has changed. `row` brings a removed one back under its old row id. */
  save(folder: OwnFolder, row: number | null = null): void {
    const known = this.#own.get(folder.id)?.row ?? row;
    const parent = folder.parentId === null ? null : this.idOf(folder.parentId);
    const id = known ?? this.#nextRow;
    this.#sql.run(
      `insert into folder(id, key, account_no, parent_id, name, is_favourite) values(?, ?, ?, ?, ?, ?)
       on conflict(id) do update set parent_id = excluded.parent_id, name = excluded.name,
         is_favourite = excluded.is_favourite`,
      id,
      folder.id,
      this.#accounts.numberOf(folder.accountId),
      parent,
      folder.name,
      Number(folder.isFavourite),
    );
    this.#noteOwn(id, folder);
  }

  /** Removes a folder that holds no mail and no folders. Answers the row id that it had. */
  remove(id: FolderId): number {
    const row = this.idOf(id);
    this.#sql.run('delete from folder where id = ?', row);
    this.#ids.delete(id);
    this.#byRow.delete(row);
    this.#own.delete(id);
    return row;
  }

  /** Removes every folder of a mailbox, whose mail is gone. */
  removeOfAccount(accountId: AccountId): void {
    for (const { id } of this.allOwn(accountId)) this.remove(id);
  }
}
