import type { ReplyOf, RequestOf } from '../../../shared/contract.ts';
import type { Failure } from '../../../shared/failure.ts';
import { type FolderId, type FolderTree, type OwnFolder, onThisComputer } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed, ok } from '../../../shared/result.ts';
import { smallId } from './seeded-mail.ts';

const refused = (what: string) =>
  failed<Failure>({ kind: 'bad-input', field: 'folder', what, canRetry: false });
const notThere = failed<Failure>({ kind: 'not-found', canRetry: false });

/** Folders of the pretended program, with names short and long. */
export class FakeFolders {
  readonly #changed: (tree: FolderTree) => void;
  #last = 0;
  #folders: readonly OwnFolder[] = [];

  constructor(changed: (tree: FolderTree) => void) {
    const family = this.#add(smallId, null, 'Семья');
    this.#add(smallId, family, 'Фотографии с дачи и другие длинные названия папок');
    this.#add(smallId, this.#add(smallId, family, '2019'), 'Summer');
    this.#add(smallId, null, 'Projects');
    this.#changed = changed;
  }

  tree(): FolderTree {
    return {
      mailboxes: [{ accountId: onThisComputer, kind: 'on-this-computer', name: '' }],
      folders: this.#folders,
    };
  }

  make({ accountId, parentId, name }: RequestOf<'folder/make'>): ReplyOf<'folder/make'> {
    if (name.trim() === '') return refused('empty');
    if (this.#folders.some((one) => one.parentId === parentId && one.name === name)) return refused('taken');
    const folderId = this.#add(accountId, parentId, name);
    this.#changed(this.tree());
    return ok({ folderId });
  }

  change(id: FolderId, change: Partial<OwnFolder>): ReplyOf<'folder/rename'> {
    if (!this.#folders.some((one) => one.id === id)) return notThere;
    this.#folders = this.#folders.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.#changed(this.tree());
    return ok(null);
  }

  delete(id: FolderId): void {
    const going = new Set<string>([id]);
    for (const { id: child, parentId } of this.#folders) if (going.has(parentId ?? '')) going.add(child);
    this.#folders = this.#folders.filter((one) => !going.has(one.id));
    this.#changed(this.tree());
  }

  #add(accountId: AccountId, parentId: FolderId | null, name: string): FolderId {
    this.#last += 1;
    const id = `f${this.#last}`.padStart(16, '0') as FolderId;
    this.#folders = [...this.#folders, { id, accountId, parentId, name, isFavourite: false }];
    return id;
  }
}
