import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs } from '../../../shared/durations.ts';
import { removeIndex } from '../index/open-index.ts';
import { keepPrivate, type Sql } from '../index/sql.ts';
import { isDamage } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { ledgerStateNumber } from '../ledger/ledger-states.ts';
import { dropCopied, readCopied } from './copied-tables.ts';

type Tools = Pick<StoreTools, 'folder' | 'sql' | 'settings' | 'clock' | 'accounts' | 'messages' | 'revision'>;
type CopyTools = Pick<StoreTools, 'folder' | 'sql' | 'settings' | 'clock'>;

/*
 * Copies of what the segments do not hold: marks, tags, rules, histories, choices, and the ledger. The text and the
 * lists of the index are left out. They can be rebuilt from the segments. A copy of them would be ten times larger, and
 * would stop everything for seconds each day. Messages are named by account and hash, so a copy fits any later index.
 */

/** Copies kept. */
const mostBackups = 3;

/** Tables without row numbers of messages or accounts in them: copied as they are, column by column. */
const plainTables = {
  tag: 'name, color, position',
  rule: 'id, position, body',
  saved_search: 'name, query, position',
  check_record: 'account_id, started_at, body',
  server_deletion: 'account_id, at, body',
  server_quirk: 'host, port, body',
  remote_allowed: 'scope, value',
} as const;

const copyStatements = [
  `create table copy.marks as select a.id as account_id, m.sha256, m.folder, m.is_read, m.is_starred, m.is_doubtful,
     (select json_group_array(tag) from message_tag t where t.message_id = m.id) as tags
   from main.message m join main.account a on a.no = m.account_no`,
  `create table copy.ledger as select a.id as account_id, l.key, l.state, l.message_id is not null as has_message,
     l.size, l.seen_steady, l.changed_steady, l.stored_steady
   from main.ledger l join main.account a on a.no = l.account_no`,
  `create table copy.message_choice as select a.id as account_id, c.sha256, c.charset, c.theme
   from main.message_choice c join main.account a on a.no = c.account_no`,
  'create table copy.setting as select name, value from main.setting',
  ...Object.entries(plainTables).map(
    ([table, columns]) => `create table copy.${table} as select ${columns} from main.${table}`,
  ),
];

/** Folder of the copies. */
export function backupFolder(folder: string): string {
  return join(folder, 'backup');
}

/** Copies there are, the newest first. */
export function backups(folder: string): string[] {
  try {
    return readdirSync(backupFolder(folder))
      .filter((name) => /^index-\d{8}T\d{6}-\d{4}\.sqlite$/.test(name))
      .sort()
      .reverse()
      .map((name) => join(backupFolder(folder), name));
  } catch {
    // No folder: no copy was ever made.
    return [];
  }
}

function newBackupPath(tools: CopyTools): string {
  const time = new Date(tools.clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, '');
  // The clock may stand still or run back. Even so the newest copy must sort last.
  const sequence = Number(tools.settings.get('backup-sequence') ?? 0) + 1;
  tools.settings.set('backup-sequence', String(sequence));
  return join(
    backupFolder(tools.folder),
    `index-${time}-${String(sequence % 10_000).padStart(4, '0')}.sqlite`,
  );
}

/** Makes a copy now, and removes all but the three newest. Answers its path. */
export function makeBackup(tools: CopyTools): string {
  mkdirSync(backupFolder(tools.folder), { recursive: true, mode: 0o700 });
  const path = newBackupPath(tools);
  const unfinished = `${path}.new`;
  removeIndex(unfinished);
  keepPrivate(unfinished);
  tools.clock.keep();
  tools.sql.exec(`attach database '${unfinished.replaceAll("'", "''")}' as copy`);
  try {
    tools.sql.exec('pragma copy.journal_mode = delete');
    tools.sql.transaction(() => {
      for (const statement of copyStatements) tools.sql.exec(statement);
    });
  } finally {
    tools.sql.exec('detach database copy');
  }
  renameSync(unfinished, path);
  tools.settings.set('last-backup', String(tools.clock.now()));
  for (const old of backups(tools.folder).slice(mostBackups)) rmSync(old, { force: true });
  return path;
}

/** When the last copy was made, or null. Milliseconds since the epoch. */
function lastBackupAt(tools: Pick<StoreTools, 'settings'>): number | null {
  const kept = tools.settings.get('last-backup');
  return kept === null ? null : Number(kept);
}

/** Makes a copy when the last one is a day old or from the future; answers whether it did. */
export function backUpWhenDue(tools: CopyTools): boolean {
  const last = lastBackupAt(tools);
  const age = last === null ? Number.POSITIVE_INFINITY : tools.clock.now() - last;
  if (age >= 0 && age < dayMs) return false;
  const messages = tools.sql.value<number>('select 1 as value from message limit 1');
  if (messages === null) return false;
  makeBackup(tools);
  return true;
}

const marksSource = {
  backup: 'select account_id, sha256, folder, is_read, is_starred, is_doubtful from temp.copied_marks',
  index: `select a.id as account_id, m.sha256, m.folder, m.is_read, m.is_starred, m.is_doubtful
    from copy.message m join copy.account a on a.no = m.account_no`,
} as const;

const tagsSource = {
  backup: `select k.account_id, k.sha256, j.value as tag
    from temp.copied_marks k, json_each(iif(json_valid(k.tags), k.tags, '[]')) j where j.type = 'text'`,
  index: `select a.id as account_id, m.sha256, t.tag from copy.message_tag t
    join copy.message m on m.id = t.message_id join copy.account a on a.no = m.account_no`,
} as const;

function restoreMarks(
  { sql, messages }: Pick<StoreTools, 'sql' | 'messages'>,
  source: 'backup' | 'index',
): void {
  // The hash names the message; the ranges keep nonsense out when the source is damaged.
  sql.exec(`
    create temp table restored as select m.id, s.folder, s.is_read, s.is_starred, s.is_doubtful from (${marksSource[source]}) s
      join main.account a on a.id = s.account_id
      join main.message m on m.sha256 = s.sha256 and m.account_no = a.no
      where s.folder in (select id from main.folder) and s.is_read in (0, 1) and s.is_starred in (0, 1) and s.is_doubtful in (0, 1)`);
  messages.takeMarks(
    {
      sql: 'select id, folder, is_read, is_starred, 0 as is_replied, 0 as is_forwarded from restored',
      values: [],
    },
    0,
  );
  messages.setDoubtful(sql.numbers('select id as value from restored where is_doubtful = 1'), true);
  sql.exec(`
    drop table restored;
    insert or ignore into main.message_tag(message_id, tag) select m.id, s.tag from (${tagsSource[source]}) s
      join main.account a on a.id = s.account_id
      join main.message m on m.sha256 = s.sha256 and m.account_no = a.no;
    insert or ignore into main.tag(name, color, position)
      select distinct tag, 'grey', 1000 from main.message_tag;`);
}

function restoreLedger(sql: Sql): void {
  const gone = ledgerStateNumber('gone');
  const skipped = ledgerStateNumber('skipped');
  const stored = ledgerStateNumber('stored');
  // Wishes to delete are not restored. They may have been taken back or carried out since.
  sql.exec(`
    insert into main.account(id) select distinct account_id from temp.copied_ledger where true on conflict do nothing;
    insert into main.ledger(account_no, key, state, size, seen_steady, changed_steady, stored_steady)
      select a.no, l.key, l.state, l.size, l.seen_steady, l.changed_steady, l.stored_steady
      from temp.copied_ledger l join main.account a on a.id = l.account_id
      where l.state in (${gone}, ${skipped})
        or (l.has_message = 0 and (l.stored_steady is not null or l.state = ${stored}))
      on conflict do nothing;
    update main.ledger set seen_steady = l.seen_steady, stored_steady = l.stored_steady
      from temp.copied_ledger l join main.account a on a.id = l.account_id
      where ledger.account_no = a.no and ledger.key = l.key and l.stored_steady is not null;`);
}

function restorePlain(sql: Sql): void {
  for (const [table, columns] of Object.entries(plainTables))
    sql.exec(`insert or ignore into main.${table}(${columns}) select ${columns} from temp.copied_${table}`);
  sql.exec(`
    insert or replace into main.setting(name, value) select name, value from temp.copied_setting;
    insert or ignore into main.message_choice(account_no, sha256, charset, theme)
      select a.no, c.sha256, c.charset, c.theme from temp.copied_message_choice c join main.account a on a.id = c.account_id;`);
}

function fromFile(tools: Pick<StoreTools, 'sql'>, path: string, work: () => void): boolean {
  try {
    tools.sql.exec(`attach database '${path.replaceAll("'", "''")}' as copy`);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
  try {
    tools.sql.transaction(work);
    return true;
  } catch (error) {
    if (isDamage(error) || (error instanceof Error && /no such (table|column)/.test(error.message)))
      return false;
    throw error;
  } finally {
    tools.sql.exec('detach database copy');
  }
}

function takeCopy(tools: Tools, path: string): boolean {
  const { sql } = tools;
  try {
    readCopied(sql, path);
    sql.transaction(() => {
      restorePlain(sql);
      restoreMarks(tools, 'backup');
      restoreLedger(sql);
    });
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    dropCopied(sql);
  }
}

/** Takes marks and everything else that a copy holds from the newest copy that can be read; null when none can. */
export function restoreFromBackup(tools: Tools): string | null {
  for (const path of backups(tools.folder)) {
    if (takeCopy(tools, path)) {
      tools.accounts.reload();
      tools.clock.reload();
      tools.revision.changed();
      return path;
    }
  }
  return null;
}

/** Takes the marks that can still be read out of a damaged index: they are younger than those of a copy. */
export function salvageMarks(tools: Tools, damagedPath: string): boolean {
  const isSalvaged = fromFile(tools, damagedPath, () => restoreMarks(tools, 'index'));
  tools.revision.changed();
  return isSalvaged;
}
