import { type Folder, type FolderRole, folderName, onThisComputer } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type {
  ForeignFolder,
  FolderRole as ForeignRole,
} from '../../other-programs/found-mail/foreign-mail.ts';
import type { Store } from '../../store/store.ts';

/** Uses of folders that every mailbox here has a fixed folder for. */
const fixed: Partial<Readonly<Record<ForeignRole, FolderRole>>> = {
  inbox: 'inbox',
  sent: 'sent',
  archive: 'archive',
  junk: 'junk',
  trash: 'trash',
};

/** Finds the folder here for each folder of another program, and makes those that are missing. */
export class FolderPlaces {
  readonly #store: Pick<Store, 'folders'>;
  readonly #known = new Map<string, Folder>();

  constructor(store: Pick<Store, 'folders'>) {
    this.#store = store;
  }

  /** The folder in a mailbox. Rejects with a StoreError. */
  async placeOf(accountId: AccountId, { path, role }: ForeignFolder): Promise<Folder> {
    const fixedFolder = role === null ? undefined : fixed[role];
    if (fixedFolder !== undefined) return fixedFolder;
    const key = JSON.stringify([accountId, path]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = (await this.#store.folders.ensure(accountId, path)).value;
    this.#known.set(key, made);
    return made;
  }
}

/** The order in which folders come: where a message is in several, the earlier one has it. */
export function rankOf(folder: ForeignFolder | null): number {
  const ranks: Partial<Record<ForeignRole, number>> = { inbox: 0, archive: 2, junk: 3, trash: 4 };
  return folder?.role == null ? 1 : (ranks[folder.role] ?? 1);
}

/** The tag for a message that lies in a second folder; null where the name of that folder says nothing more. */
export function tagOf({ path, role }: ForeignFolder): string | null {
  return role === 'trash' || role === 'junk' || role === 'inbox' ? null : tagName(path.join('/'));
}

/** The longest name of a tag. Characters. */
const longestTag = 100;

/** A name as tags have it. */
export function tagName(name: string): string {
  return folderName(name).slice(0, longestTag);
}

/** The mailbox for mail that belongs to no account. */
export const homeless = onThisComputer;
