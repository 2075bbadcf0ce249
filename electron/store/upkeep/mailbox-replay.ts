import type { AccountId } from '../../../shared/ids.ts';
import type { RowMarks, RowSource } from '../index/message-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { addTag } from '../index/tags.ts';
import type { JournaledFolder, JournaledMarks, MailboxChange } from '../journal/changes.ts';
import { keyBytes } from '../journal/entry.ts';

type Tools = Pick<StoreTools, 'sql' | 'accounts' | 'folders' | 'messages'>;

const chosen = '(select value from json_each(?))';

/** What is set on new mail. */
const noMarks = {
  folder: 'inbox',
  isRead: false,
  isStarred: false,
  isReplied: false,
  isForwarded: false,
} as const;

/** Carries out the entries of one mailbox's journal. Use it inside a transaction. */
export class MailboxReplay {
  readonly #tools: Tools;
  readonly #accountId: AccountId;
  readonly #accountNo: number;
  #idsByKey: Map<string, number[]> | null = null;

  constructor(tools: Tools, accountId: AccountId) {
    this.#tools = tools;
    this.#accountId = accountId;
    this.#accountNo = tools.accounts.numberOf(accountId);
  }

  /** Carries out one entry for the messages with these keys, as far as they are here. */
  apply(change: MailboxChange, keys: readonly string[]): void {
    const ids = this.#idsOf(keys);
    const list = JSON.stringify(ids);
    const { sql, messages } = this.#tools;
    switch (change.kind) {
      case 'snapshot':
        this.#reset(sql.numbers('select id as value from message where account_no = ?', this.#accountNo));
        for (const { id } of this.#tools.folders.allOwn(this.#accountId)) this.#tools.folders.remove(id);
        sql.run('delete from message_choice where account_no = ?', this.#accountNo);
        return;
      case 'marks':
        this.#mark(change, ids);
        return;
      case 'doubtful':
        messages.setDoubtful(ids, change.isDoubtful);
        return;
      case 'removed':
        this.#reset(ids);
        return;
      case 'tag-renamed':
        this.#renameTag(change.from, change.to);
        return;
      case 'folder':
        this.#saveFolder(change.folder);
        return;
      case 'folder-removed':
        if (this.#tools.folders.own(change.id)?.accountId === this.#accountId)
          this.#tools.folders.remove(change.id);
        return;
      case 'choice':
        sql.run(
          `insert or replace into message_choice(account_no, sha256, charset, theme)
             select account_no, sha256, ?, ? from message where id in ${chosen}`,
          change.charset,
          change.theme,
          list,
        );
        return;
      case 'rules-due':
        sql.run('insert or ignore into rules_due(message_id) select value from json_each(?)', list);
        return;
      case 'rules-done':
        sql.run(`delete from rules_due where message_id in ${chosen}`, list);
        return;
    }
  }

  /** Ids of the messages with these keys. All are read once, because there may be many entries. */
  #idsOf(keys: readonly string[]): number[] {
    if (keys.length === 0) return [];
    this.#idsByKey ??= this.#readKeys();
    const known = this.#idsByKey;
    return keys.flatMap((key) => known.get(key) ?? []);
  }

  #readKeys(): Map<string, number[]> {
    const row = this.#tools.sql.get<{ keys: string | null; ids: string | null }>(
      `select group_concat(lower(hex(substr(sha256, 1, ${keyBytes}))), ' ') as keys, group_concat(id, ' ') as ids
       from (select sha256, id from message where account_no = ? order by id)`,
      this.#accountNo,
    );
    const ids = row?.ids?.split(' ').map(Number) ?? [];
    const found = new Map<string, number[]>();
    for (const [index, key] of (row?.keys?.split(' ') ?? []).entries())
      found.set(key, [...(found.get(key) ?? []), ids[index] ?? 0]);
    return found;
  }

  #mark({ folder, addTags = [], removeTags = [], ...flags }: JournaledMarks, ids: readonly number[]): void {
    const { sql, folders, messages } = this.#tools;
    const list = JSON.stringify(ids);
    const place =
      folder === undefined ? {} : { folder: folders.folderOf(folders.idFor(folder, this.#accountId)) };
    const marks: RowMarks = { ...flags, ...place };
    if (messages.columnsOf(marks).length > 0) messages.setMarks(marks, rows(ids), ids.length);
    for (const tag of addTags) {
      addTag(sql, tag);
      sql.run(
        'insert or ignore into message_tag(message_id, tag) select value, ? from json_each(?)',
        tag,
        list,
      );
    }
    for (const tag of removeTags)
      sql.run(`delete from message_tag where tag = ? and message_id in ${chosen}`, tag, list);
  }

  /** Makes messages as they were when they came. */
  #reset(ids: readonly number[]): void {
    const { sql, messages } = this.#tools;
    const list = JSON.stringify(ids);
    messages.setMarks(noMarks, rows(ids), ids.length);
    sql.run(`delete from message_tag where message_id in ${chosen}`, list);
    sql.run(`delete from rules_due where message_id in ${chosen}`, list);
  }

  #renameTag(from: string, to: string): void {
    const { sql } = this.#tools;
    const ofMailbox = 'message_id in (select id from message where account_no = ?)';
    sql.run(
      `insert or ignore into message_tag(message_id, tag)
         select message_id, ? from message_tag where tag = ? and ${ofMailbox}`,
      to,
      from,
      this.#accountNo,
    );
    sql.run(`delete from message_tag where tag = ? and ${ofMailbox}`, from, this.#accountNo);
  }

  #saveFolder({ id, parentId, name, isFavourite }: JournaledFolder): void {
    const { folders } = this.#tools;
    const known = folders.own(id);
    // The journal of another mailbox cannot speak of this folder, nor can it lie in a folder of another mailbox.
    if (known !== null && known.accountId !== this.#accountId) return;
    const isParentHere =
      parentId !== null &&
      folders.own(parentId)?.accountId === this.#accountId &&
      folders.withChildren(id).every((inside) => inside.id !== parentId);
    folders.save({
      id,
      accountId: this.#accountId,
      parentId: isParentHere ? parentId : null,
      name,
      isFavourite,
    });
  }
}

function rows(ids: readonly number[]): RowSource {
  return { sql: 'select value from json_each(?)', values: [JSON.stringify(ids)] };
}
