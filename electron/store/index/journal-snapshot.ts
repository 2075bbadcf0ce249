import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { MailboxChange, ProgramChange } from '../journal/changes.ts';
import type { AccountRegister } from './accounts.ts';
import type { FolderRegister } from './folders.ts';
import { markColumns, type RowSource } from './message-table.ts';
import type { Sql } from './sql.ts';
import { isRule, storedValue } from './stored-json.ts';

/** The pieces of an index that hold what a person did. */
export type SnapshotTools = {
  readonly sql: Sql;
  readonly accounts: AccountRegister;
  readonly folders: FolderRegister;
};

/** An entry of a snapshot. */
export type SnapshotEntry = { readonly change: MailboxChange | ProgramChange; readonly keys?: Uint8Array };

/** An entry about messages of one mailbox. */
type MessageEntry = { readonly accountNo: number; readonly change: MailboxChange; readonly keys: Uint8Array };

const keys = "group_concat(hex(substr(m.sha256, 1, 12)), '') as keys";
const isMarked = markColumns.map((name) => `m.${name} <> 0`).join(' or ');

type MarkRow = {
  readonly account_no: number;
  readonly folder: number;
  readonly is_read: number;
  readonly is_starred: number;
  readonly is_replied: number;
  readonly is_forwarded: number;
  readonly keys: string;
};

/** What is set on messages, of those on which anything is: an entry for all that are alike. */
export function messageStates(
  { sql, folders }: Pick<SnapshotTools, 'sql' | 'folders'>,
  among: RowSource,
): MessageEntry[] {
  const columns = markColumns.map((name) => `m.${name}`).join(', ');
  const marks = sql
    .all<MarkRow>(
      `select m.account_no, ${columns}, ${keys} from message m where m.id in (${among.sql}) and (${isMarked})
       group by m.account_no, ${columns}`,
      ...among.values,
    )
    .map((row) => ({
      accountNo: row.account_no,
      change: {
        kind: 'marks' as const,
        folder: folders.folderOf(row.folder),
        isRead: row.is_read === 1,
        isStarred: row.is_starred === 1,
        isReplied: row.is_replied === 1,
        isForwarded: row.is_forwarded === 1,
      },
      keys: Buffer.from(row.keys, 'hex'),
    }));
  const tags = sql
    .all<{ account_no: number; tag: string; keys: string }>(
      `select m.account_no, t.tag, ${keys} from message_tag t join message m on m.id = t.message_id
       where m.id in (${among.sql}) group by m.account_no, t.tag`,
      ...among.values,
    )
    .map((row) => ({
      accountNo: row.account_no,
      change: { kind: 'marks' as const, addTags: [row.tag] },
      keys: Buffer.from(row.keys, 'hex'),
    }));
  return [...marks, ...tags];
}

/** Everything that a person did in a mailbox, as far as it still holds. */
export function mailboxSnapshot(tools: SnapshotTools, accountNo: number): SnapshotEntry[] {
  const { sql, accounts, folders } = tools;
  const ofAccount = { sql: 'select id from message where account_no = ?', values: [accountNo] };
  const tree = folders
    .allOwn(accounts.idOf(accountNo))
    .filter(({ parentId }) => parentId === null)
    .flatMap(({ id }) => folders.withChildren(id));
  const choices = sql.all<{ charset: string | null; theme: string | null; keys: string }>(
    `select charset, theme, group_concat(hex(substr(sha256, 1, 12)), '') as keys from message_choice
     where account_no = ? group by charset, theme`,
    accountNo,
  );
  const doubtful = sql.value<string>(
    `select group_concat(hex(substr(sha256, 1, 12)), '') as value from message
     where is_doubtful = 1 and account_no = ?`,
    accountNo,
  );
  const due = sql.value<string>(
    `select group_concat(hex(substr(m.sha256, 1, 12)), '') as value
     from rules_due r join message m on m.id = r.message_id where m.account_no = ?`,
    accountNo,
  );
  return [
    { change: { kind: 'snapshot' } },
    ...tree.map(({ id, parentId, name, isFavourite }) => ({
      change: { kind: 'folder' as const, folder: { id, parentId, name, isFavourite } },
    })),
    ...messageStates(tools, ofAccount),
    ...(doubtful === null
      ? []
      : [{ change: { kind: 'doubtful' as const, isDoubtful: true }, keys: Buffer.from(doubtful, 'hex') }]),
    ...choices.map(({ charset, theme, keys: named }) => ({
      change: { kind: 'choice' as const, charset, theme },
      keys: Buffer.from(named, 'hex'),
    })),
    ...(due === null ? [] : [{ change: { kind: 'rules-due' as const }, keys: Buffer.from(due, 'hex') }]),
  ];
}

/** The list of tags as it is. */
export function tagChange({ sql }: Pick<SnapshotTools, 'sql'>): ProgramChange {
  return { kind: 'tags', tags: sql.all<Tag>('select name, color from tag order by position') };
}

/** The list of rules as it is. */
export function ruleChange({ sql }: Pick<SnapshotTools, 'sql'>): ProgramChange {
  const bodies = sql.all<{ body: string }>('select body from rule order by position');
  return { kind: 'rules', rules: bodies.flatMap(({ body }) => storedValue(body, isRule) ?? []) };
}

/** The list of kept searches as it is. */
export function searchChange({ sql }: Pick<SnapshotTools, 'sql'>): ProgramChange {
  return {
    kind: 'searches',
    searches: sql.all<SavedSearch>('select name, query from saved_search order by position'),
  };
}

/** Whose pictures may be loaded, as it is. */
export function pictureChange({ sql }: Pick<SnapshotTools, 'sql'>): ProgramChange {
  return {
    kind: 'pictures',
    allowed: sql.all('select scope, value from remote_allowed order by scope, value'),
  };
}

/** Everything that a person chose for all mailboxes together. */
export function programSnapshot(tools: Pick<SnapshotTools, 'sql'>): SnapshotEntry[] {
  return [
    { change: { kind: 'snapshot' } },
    ...[tagChange, ruleChange, searchChange, pictureChange].map((change) => ({ change: change(tools) })),
  ];
}
