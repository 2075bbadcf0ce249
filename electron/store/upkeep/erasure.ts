import { rmSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { endErasure } from '../index/erasure-due.ts';
import { pathAside, pathBeforeUpdate, removeIndex } from '../index/open-index.ts';
import { segmentState } from '../index/segment-table.ts';
import { Sql } from '../index/sql.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { baseSubject } from '../index/text-keys.ts';
import { longestReference } from '../intake/conversations.ts';
import { backups, makeBackup } from './backup.ts';

type Tools = Pick<StoreTools, 'folder' | 'sql' | 'settings' | 'clock'>;

/*
 * What was deleted for good is to be found in no file of the store after a compaction. SQLite alone does not see to
 * that. The text index keeps the words of deleted rows until its pieces are put together. A page that was rebuilt may
 * keep old bytes between its cells, in spite of `secure_delete`. The log and the copies of the index keep older states.
 */

/** Conversations are looked through so many rows at a time, so that others have their turn. */
const rowsAtOnce = 5000;

/** The text index: leaves words of deleted messages behind, some at a time, and answers whether there is more to do. */
export type Purgeable = { purge(): Promise<boolean> };

/**
 * Wipes everything of deleted messages that is left in the index, its log and its copies. It writes the whole index
 * anew: half a second for each 100 MB, with nothing else in between; the rest is done in small steps.
 */
export async function eraseDeleted(tools: Tools, words: Purgeable): Promise<void> {
  const { sql, settings } = tools;
  while (await words.purge()) await breathe();
  await forgetConversations(tools);
  forgetInHistory(tools);
  replaceBackups(tools);
  wipePages(tools);
  removeIndex(pathAside(tools.folder));
  // A segment that is being written, or is damaged, keeps its dead records until the next time.
  const left = sql.value(
    `select 1 as value from dead_record d join segment s on s.id = d.segment_id
       where s.state = ${segmentState.inUse} limit 1`,
  );
  if (left === null) endErasure(settings);
}

/** Message-IDs and subjects of conversations that no message here has or names any more. */
async function forgetConversations({ sql }: Pick<StoreTools, 'sql'>): Promise<void> {
  const named = await namedByMessages(sql);
  const references = sql.all<{ account_no: number; text: string }>(
    'select account_no, reference as text from thread_reference',
  );
  const subjects = sql.all<{ account_no: number; text: string }>(
    'select account_no, subject as text from thread_subject',
  );
  const isForgotten = (row: { account_no: number; text: string }) =>
    !named.has(`${row.account_no} ${row.text}`);
  sql.transaction(() => {
    for (const { account_no, text } of references.filter(isForgotten))
      sql.run('delete from thread_reference where account_no = ? and reference = ?', account_no, text);
    for (const { account_no, text } of subjects.filter(isForgotten))
      sql.run('delete from thread_subject where account_no = ? and subject = ?', account_no, text);
  });
}

type NamingRow = {
  readonly id: number;
  readonly account_no: number;
  readonly subject: string;
  readonly ids: string;
};

/** Subjects and Message-IDs that messages have, as conversations know them, each behind the number of its account. */
async function namedByMessages(sql: StoreTools['sql']): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (let last = 0; ; await breathe()) {
    const rows = sql.all<NamingRow>(
      `select e.id, m.account_no, e.subject,
         trim(coalesce(e.message_id, '')) || char(10) || coalesce(e.in_reply_to, '') || ' ' || coalesce(e.refs, '') as ids
       from envelope e join message m on m.id = e.id where e.id > ? order by e.id limit ?`,
      last,
      rowsAtOnce,
    );
    for (const { id, account_no, subject, ids } of rows) {
      const texts = [baseSubject(subject).base, ...ids.split(/[\n ]/)];
      for (const text of texts) named.add(`${account_no} ${text.slice(0, longestReference)}`);
      last = id;
    }
    if (rows.length < rowsAtOnce) return named;
  }
}

/** What left a server stays in the log of it; but not what it said, where it was here and is not any more. */
function forgetInHistory({ sql }: Pick<StoreTools, 'sql'>): void {
  sql.run(
    `update server_deletion set body = json_set(body, '$.subject', '', '$.from', '')
     where json_valid(body) and json_extract(body, '$.wasStoredHere') and json_extract(body, '$.subject') <> ''
       and json_extract(body, '$.subject') not in (select subject from envelope)`,
  );
}

/** Older copies may name what is gone. */
function replaceBackups(tools: Tools): void {
  removeIndex(pathBeforeUpdate(tools.folder));
  const older = backups(tools.folder);
  if (older.length === 0) return;
  makeBackup(tools);
  for (const path of older) rmSync(path, { force: true });
}

/**
 * Writes the whole index anew. It uses a connection of its own: to set the folder for temporary files removes all
 * temporary tables of a connection, and some are in use. In memory the new index would be as large as the old one. In
 * the system's folder for temporary files others could read it.
 */
function wipePages({ folder, sql }: Pick<StoreTools, 'folder' | 'sql'>): void {
  const own = new Sql(sql.path);
  try {
    own.exec('pragma secure_delete = on; pragma temp_store = file');
    own.exec(`pragma temp_store_directory = '${folder.replaceAll("'", "''")}'`);
    own.exec('vacuum');
  } finally {
    // The place is one for the whole process.
    own.exec("pragma temp_store_directory = ''");
    own.close();
  }
  sql.get('pragma wal_checkpoint(truncate)');
}
