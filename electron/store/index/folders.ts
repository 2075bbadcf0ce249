import type { Folder } from '../../../shared/message.ts';
import type { Sql } from './sql.ts';

/** The folders of the index by their row ids. */
export class FolderRegister {
  readonly #ids = new Map<Folder, number>();
  readonly #roles = new Map<number, Folder>();

  constructor(sql: Sql) {
    for (const { id, role } of sql.all<{ id: number; role: Folder }>(
      'select id, role from folder where role is not null order by id',
    )) {
      this.#ids.set(role, id);
      this.#roles.set(id, role);
    }
  }

  /** Row id of a folder. */
  idOf(role: Folder): number {
    const id = this.#ids.get(role);
    if (id === undefined) throw new Error(`the index has no folder ${role}`);
    return id;
  }

  /** Folder with a row id. Mail in an unknown folder is shown in the inbox, where a person sees it. */
  roleOf(id: number): Folder {
    return this.#roles.get(id) ?? 'inbox';
  }

  /** Row ids of all folders but the Trash. */
  outsideTrash(): readonly number[] {
    const trash = this.idOf('trash');
    return [...this.#roles.keys()].filter((id) => id !== trash);
  }
}
