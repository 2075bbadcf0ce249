import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { attemptWork } from '../../../electron/store/attempt.ts';
import { removeIndex } from '../../../electron/store/index/open-index.ts';
import type { InitialMarks } from '../../../electron/store/intake/commit-item.ts';
import type { Store } from '../../../electron/store/store.ts';
import { type Folder, type FolderId, folderRoles } from '../../../shared/folder.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';

type Random = () => number;

/** Lets a letter of this number come to a mailbox. */
export type Receive = (
  store: Store,
  accountId: AccountId,
  letter: { readonly number: number; readonly marks: InitialMarks },
) => Promise<unknown>;

const first = 'a11a000000000001' as AccountId;
const second = 'b0b1500000000002' as AccountId;

/** Throws away everything of a closed store but segments and journals. */
export function loseIndex(folder: string): void {
  removeIndex(join(folder, 'index.sqlite'));
  rmSync(join(folder, 'backup'), { recursive: true, force: true });
  rmSync(join(folder, 'index.closed'), { force: true });
}

/** Somebody who does things at random with the mail of two mailboxes. */
export class Person {
  readonly #store: Store;
  readonly #random: Random;
  readonly #receive: Receive;
  #undoToken: string | null = null;

  constructor(store: Store, random: Random, receive: Receive) {
    this.#store = store;
    this.#random = random;
    this.#receive = receive;
  }

  #one<Value>(values: readonly Value[]): Value | undefined {
    return values[Math.floor(this.#random() * values.length)];
  }

  #isHeads(): boolean {
    return this.#random() < 0.5;
  }

  #some(): MessageId[] {
    const all = this.#store.accountIds().flatMap((accountId) => this.#of(accountId));
    return all.filter(() => this.#random() < 0.4);
  }

  #of(accountId: AccountId): MessageId[] {
    const folders: Folder[] = [...folderRoles, ...this.#store.folders.all(accountId).map(({ id }) => id)];
    return folders.flatMap((folder) =>
      this.#store.lists.ids({ place: { kind: 'folder', folder, accountId } }),
    );
  }

  #folder(): FolderId | undefined {
    return this.#one(this.#store.folders.all())?.id;
  }

  #name(): string {
    return this.#one(['Work', 'Семья', '2024', 'a/b', 'Junk']) ?? '';
  }

  /** Does one thing. What cannot be done (a name that is taken) is let be. */
  async act(): Promise<void> {
    const deeds = [
      this.#mark,
      this.#mark,
      this.#file,
      this.#file,
      this.#undo,
      this.#makeFolder,
      this.#changeFolder,
      this.#dropFolder,
      this.#getMail,
      this.#forget,
      this.#choose,
      this.#list,
    ];
    await attemptWork(async () => this.#one(deeds)?.call(this));
  }

  async #mark(): Promise<void> {
    const tags = ['red', 'green', 'blue'].filter(() => this.#isHeads());
    const { value } = await this.#store.marks.change(
      { kind: 'ids', ids: this.#some() },
      {
        ...(this.#isHeads() ? { isRead: this.#isHeads() } : {}),
        ...(this.#isHeads() ? { isStarred: this.#isHeads() } : {}),
        ...(this.#isHeads() ? { isReplied: true } : {}),
        ...(this.#isHeads() ? { addTags: tags } : { removeTags: tags }),
      },
    );
    this.#undoToken = value.undoToken;
  }

  async #file(): Promise<void> {
    const to = this.#one<Folder>([...folderRoles, ...this.#store.folders.all().map(({ id }) => id)]);
    if (to === undefined) return;
    const { value } = await this.#store.marks.moveTo({ kind: 'ids', ids: this.#some() }, to);
    this.#undoToken = value.undoToken;
  }

  async #undo(): Promise<void> {
    if (this.#undoToken !== null) await this.#store.marks.undo(this.#undoToken);
    this.#undoToken = null;
  }

  async #makeFolder(): Promise<void> {
    const accountId = this.#isHeads() ? first : second;
    const parentId = this.#isHeads() ? null : (this.#one(this.#store.folders.all(accountId))?.id ?? null);
    await this.#store.folders.make({ accountId, parentId }, this.#name());
  }

  async #changeFolder(): Promise<void> {
    const { folders } = this.#store;
    const id = this.#folder();
    if (id === undefined) return;
    await this.#one<() => Promise<unknown>>([
      () => folders.rename(id, this.#name()),
      () => folders.setFavourite(id, this.#isHeads()),
      () => folders.move(id, this.#isHeads() ? null : (this.#folder() ?? null)),
    ])?.();
  }

  async #dropFolder(): Promise<void> {
    const id = this.#folder();
    if (id !== undefined) this.#undoToken = (await this.#store.folders.delete(id)).value.undoToken;
  }

  async #getMail(): Promise<void> {
    const accountId = this.#isHeads() ? first : second;
    const folder = this.#one<Folder>(['inbox', 'sent', ...this.#store.folders.all().map(({ id }) => id)]);
    const marks = this.#isHeads() ? {} : { isRead: true, tags: ['came'], ...(folder && { folder }) };
    const number = Math.floor(this.#random() * 12);
    await this.#receive(this.#store, accountId, { number, marks });
  }

  async #forget(): Promise<void> {
    const id = this.#one(this.#some());
    if (id !== undefined) await this.#store.trash.deleteForever([id]);
  }

  async #choose(): Promise<void> {
    const id = this.#one(this.#some());
    if (id === undefined) return;
    if (this.#isHeads()) await this.#store.choices.set(id, { charset: this.#isHeads() ? 'koi8-r' : null });
    else await this.#store.marks.setDoubtful([id], this.#isHeads());
  }

  async #list(): Promise<void> {
    const { tags, rules, searches, remotePictures, rulesDue } = this.#store;
    const rule = { isOn: true, accountId: null, conditions: [], actions: [{ kind: 'star' as const }] };
    await this.#one<() => Promise<unknown>>([
      () => tags.save(tags.all().filter(() => this.#isHeads())),
      () => tags.rename(tags.all()[0]?.name ?? 'red', this.#one(['red', 'blue', 'red/dark', 'new']) ?? ''),
      () => rules.save([{ ...rule, id: 'r', name: this.#name() }]),
      () => searches.save([{ name: this.#name(), query: 'is:unread' }]),
      () => remotePictures.allow('domain', `${this.#name()}.example`),
      () => rulesDue.done(this.#some()),
    ])?.();
  }
}
