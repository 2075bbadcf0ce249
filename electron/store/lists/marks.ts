import { randomBytes } from 'node:crypto';
import { type Folder, type FolderId, isFolderRole } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { MarkChange } from '../../../shared/marks.ts';
import type { Selection, Undoable } from '../../../shared/message-list.ts';
import type { CommitNumber, Committed } from '../index/commits.ts';
import { tagChange } from '../index/journal-snapshot.ts';
import { markColumns, type RowSource } from '../index/message-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { addTag } from '../index/tags.ts';
import { both } from '../search/condition.ts';
import { filterCondition, placeCondition } from './place.ts';

type Tools = Pick<
  StoreTools,
  'sql' | 'accounts' | 'folders' | 'messages' | 'journals' | 'revision' | 'vocabulary' | 'commits'
>;

/** A change of marks or of the folder. An absent field stays. */
type MessageChange = MarkChange & { readonly folder?: Folder | undefined };

/** The messages of a change: what a person selected, or all mail of some folders. */
type Chosen = Selection | { readonly kind: 'folders'; readonly folders: readonly FolderId[] };

type MarkValues = Readonly<Record<(typeof markColumns)[number], number>>;

/** The fields that have a value. */
function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The messages whose tag a change has put on or taken off. */
function changedTag(token: string, tag: string): RowSource {
  return { sql: 'select id from undo_tag where token = ? and tag = ?', values: [token, tag] };
}

/** What is done in the transaction of a change, and how an undo takes it back. */
export type BesideChange = { apply(): void; takeBack(): void };

/** The columns of the marks but the folder. */
const others = markColumns.filter((name) => name !== 'folder');

/** Changes that can still be undone. */
const mostUndos = 20;

/**
 * Changes read, star, tags and folder, for a few messages or a whole place at once. The old values are kept in memory
 * (tables of SQLite's temporary database) until the program ends or twenty later changes have come.
 */
export class Marks {
  readonly #tools: Tools;
  readonly #undos: string[] = [];
  readonly #beside = new Map<string, BesideChange>();

  constructor(tools: Tools) {
    this.#tools = tools;
    tools.sql.exec(`
      pragma temp_store = memory;
      create temp table if not exists chosen(id integer primary key);
      create temp table if not exists undo_message(
        token text, id integer, ${markColumns.map((name) => `${name} integer`).join(', ')}, primary key(token, id)) without rowid;
      create temp table if not exists undo_tag(
        token text, id integer, tag text, was_there integer, primary key(token, id, tag)) without rowid;`);
  }

  /** Puts the messages of a selection into the table `chosen`. Must run inside a transaction. */
  #choose(selection: Chosen): void {
    const { sql, folders } = this.#tools;
    sql.run('delete from chosen');
    if (selection.kind === 'folders') {
      sql.run(
        'insert into chosen(id) select id from message where folder in (select value from json_each(?))',
        JSON.stringify(selection.folders.map((id) => folders.idOf(id))),
      );
      return;
    }
    if (selection.kind === 'ids') {
      sql.run(
        'insert or ignore into chosen(id) select m.id from json_each(?) j join message m on m.id = j.value',
        JSON.stringify(selection.ids),
      );
      return;
    }
    const condition = both(
      placeCondition(this.#tools, selection.place),
      filterCondition(this.#tools, selection.filter),
    );
    sql.run(`insert into chosen(id) select m.id from message m where ${condition.sql}`, ...condition.values);
    if (selection.except.length > 0)
      sql.run(
        'delete from chosen where id in (select value from json_each(?))',
        JSON.stringify(selection.except),
      );
  }

  /** The ids of a selection. */
  idsOf(selection: Selection): MessageId[] {
    return this.#tools.sql.transaction(() => {
      this.#choose(selection);
      return this.#tools.sql.numbers('select id as value from chosen order by id') as MessageId[];
    });
  }

  /**
   * Changes a selection in one transaction. `count` is the number of its messages. Only mail of the same mailbox goes to
   * a folder that a person made; other mail stays as it is.
   */
  async change(
    selection: Chosen,
    change: MessageChange,
    beside: BesideChange | null = null,
  ): Promise<Committed<Undoable>> {
    const undoToken = randomBytes(12).toString('hex');
    const { sql, journals } = this.#tools;
    const count = journals.transaction(() => {
      this.#choose(selection);
      if (change.folder !== undefined) this.#keepOfMailbox(change.folder);
      this.#forgetOldUndos(undoToken);
      if (beside !== null) this.#beside.set(undoToken, beside);
      this.#changeColumns(undoToken, change);
      for (const tag of change.addTags ?? []) this.#addTag(undoToken, tag);
      for (const tag of change.removeTags ?? []) this.#removeTag(undoToken, tag);
      beside?.apply();
      return sql.value<number>('select count(*) as value from chosen') ?? 0;
    });
    this.#tools.revision.changed();
    return this.#tools.commits.with({ undoToken, count });
  }

  /** Leaves in `chosen` only what a folder can take: mail of its own mailbox. */
  #keepOfMailbox(folder: Folder): void {
    if (isFolderRole(folder)) return;
    const { sql, accounts, folders } = this.#tools;
    const accountId = folders.own(folder)?.accountId;
    sql.run(
      'delete from chosen where id in (select c.id from chosen c join message m on m.id = c.id where m.account_no <> ?)',
      accountId === undefined ? -1 : (accounts.knownNumber(accountId) ?? -1),
    );
  }

  /** Marks messages read or unread. */
  setRead(selection: Selection, isRead: boolean): Promise<Committed<Undoable>> {
    return this.change(selection, { isRead });
  }

  /** Stars messages or takes the stars away. */
  setStarred(selection: Selection, isStarred: boolean): Promise<Committed<Undoable>> {
    return this.change(selection, { isStarred });
  }

  /** Puts tags on messages and takes others off. */
  setTags(
    selection: Selection,
    tags: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): Promise<Committed<Undoable>> {
    return this.change(selection, { addTags: tags.add, removeTags: tags.remove });
  }

  /** Moves messages to a folder. */
  moveTo(selection: Selection, folder: Folder): Promise<Committed<Undoable>> {
    return this.change(selection, { folder });
  }

  #changeColumns(token: string, change: MessageChange): void {
    const { sql, messages, journals } = this.#tools;
    const columns = messages.columnsOf(change);
    if (columns.length === 0) return;
    // Only rows that differ are written. Each write costs entries in every index of the lists.
    const differing = sql.run(
      `insert into undo_message(token, id, ${markColumns.join(', ')})
         select ?, m.id, ${markColumns.map((name) => `m.${name}`).join(', ')} from chosen c join message m on m.id = c.id
         where ${columns.map(({ name }) => `m.${name} <> ?`).join(' or ')}`,
      token,
      ...columns.map(({ value }) => value),
    );
    const among = { sql: 'select id from undo_message where token = ?', values: [token] };
    if (differing === 0) return;
    messages.setMarks(change, among, differing);
    const { folder, isRead, isStarred, isReplied, isForwarded } = change;
    journals.noteMessages(among, {
      kind: 'marks',
      ...given({ folder, isRead, isStarred, isReplied, isForwarded }),
    });
  }

  #addTag(token: string, tag: string): void {
    const { sql } = this.#tools;
    if (addTag(sql, tag)) this.#tools.journals.noteProgram(tagChange({ sql }));
    sql.run(
      `insert or ignore into undo_tag(token, id, tag, was_there) select ?1, c.id, ?2, 0 from chosen c
       where not exists (select 1 from message_tag t where t.message_id = c.id and t.tag = ?2)`,
      token,
      tag,
    );
    sql.run('insert or ignore into message_tag(message_id, tag) select id, ? from chosen', tag);
    this.#tools.journals.noteMessages(changedTag(token, tag), { kind: 'marks', addTags: [tag] });
  }

  #removeTag(token: string, tag: string): void {
    const { sql } = this.#tools;
    sql.run(
      `insert or ignore into undo_tag(token, id, tag, was_there)
         select ?1, t.message_id, ?2, 1 from message_tag t where t.tag = ?2 and t.message_id in (select id from chosen)`,
      token,
      tag,
    );
    sql.run('delete from message_tag where tag = ? and message_id in (select id from chosen)', tag);
    this.#tools.journals.noteMessages(changedTag(token, tag), { kind: 'marks', removeTags: [tag] });
  }

  #forgetOldUndos(token: string): void {
    this.#undos.push(token);
    const old = this.#undos.length > mostUndos ? this.#undos.shift() : undefined;
    if (old !== undefined) this.#forget(old);
  }

  #forget(token: string): void {
    this.#tools.sql.run('delete from undo_message where token = ?', token);
    this.#tools.sql.run('delete from undo_tag where token = ?', token);
    this.#beside.delete(token);
  }

  /**
   * Restores the values from before a change. Null when the token is not known any more. Messages that were removed
   * since stay removed.
   */
  async undo(token: string): Promise<Committed<{ readonly count: number } | null>> {
    const at = this.#undos.indexOf(token);
    if (at < 0) return this.#tools.commits.with(null);
    const { sql, messages, journals } = this.#tools;
    const count = journals.transaction(() => {
      this.#beside.get(token)?.takeBack();
      const touched =
        sql.value<number>(
          `select count(*) as value from (
             select id from undo_message where token = ?1 union select id from undo_tag where token = ?1)`,
          token,
        ) ?? 0;
      messages.takeMarks(
        {
          // A folder may have been deleted since. Its mail comes back to the inbox, where a person sees it.
          sql: `select id, iif(folder in (select id from main.folder), folder, ?) as folder, ${others.join(', ')}
            from undo_message where token = ?`,
          values: [this.#tools.folders.idOf('inbox'), token],
        },
        touched,
      );
      sql.run(
        `delete from message_tag where (message_id, tag) in
           (select id, tag from undo_tag where token = ? and was_there = 0)`,
        token,
      );
      sql.run(
        `insert or ignore into message_tag(message_id, tag)
           select u.id, u.tag from undo_tag u join message m on m.id = u.id where u.token = ? and u.was_there = 1`,
        token,
      );
      this.#noteUndone(token);
      this.#forget(token);
      return touched;
    });
    this.#undos.splice(at, 1);
    this.#tools.revision.changed();
    return this.#tools.commits.with({ count });
  }

  /** Notes what an undo has brought back. */
  #noteUndone(token: string): void {
    const { sql, folders, journals } = this.#tools;
    const columns = markColumns.map((name) => `m.${name}`).join(', ');
    const touched = 'select id from undo_message where token = ?';
    const states = sql.all<MarkValues>(
      `select distinct ${columns} from message m where m.id in (${touched})`,
      token,
    );
    for (const state of states)
      journals.noteMessages(
        {
          sql: `${touched} intersect select m.id from message m where ${markColumns.map((name) => `m.${name} = ?`).join(' and ')}`,
          values: [token, ...markColumns.map((name) => state[name])],
        },
        {
          kind: 'marks',
          folder: folders.folderOf(state.folder),
          isRead: state.is_read === 1,
          isStarred: state.is_starred === 1,
          isReplied: state.is_replied === 1,
          isForwarded: state.is_forwarded === 1,
        },
      );
    for (const { tag, was_there } of sql.all<{ tag: string; was_there: number }>(
      'select distinct tag, was_there from undo_tag where token = ?',
      token,
    ))
      journals.noteMessages(
        {
          sql: 'select id from undo_tag where token = ? and tag = ? and was_there = ?',
          values: [token, tag, was_there],
        },
        { kind: 'marks', ...(was_there === 1 ? { addTags: [tag] } : { removeTags: [tag] }) },
      );
  }

  /**
   * Says whether these messages may be incomplete, when that becomes known after they were stored. Doubtful messages
   * stay on the server.
   */
  async setDoubtful(ids: readonly MessageId[], isDoubtful: boolean): Promise<CommitNumber> {
    const { messages, journals } = this.#tools;
    journals.transaction(() => {
      messages.setDoubtful(ids, isDoubtful);
      journals.noteMessages(
        { sql: 'select value from json_each(?)', values: [JSON.stringify(ids)] },
        { kind: 'doubtful', isDoubtful },
      );
    });
    this.#tools.revision.changed();
    return this.#tools.commits.next();
  }
}
