import { rm } from 'node:fs/promises';
import type { AccountId } from '../../../shared/ids.ts';
import type { StorageState } from '../../../shared/storage-state.ts';
import { noteErasureDue } from '../index/erasure-due.ts';
import { indexPath } from '../index/open-index.ts';
import { segmentState } from '../index/segment-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { accountFolder } from '../segments/segment-file.ts';
import { lastWholeBackupAt } from './whole-backup.ts';

type Tools = Pick<
  StoreTools,
  | 'folder'
  | 'files'
  | 'sql'
  | 'settings'
  | 'clock'
  | 'accounts'
  | 'folders'
  | 'messages'
  | 'journals'
  | 'book'
  | 'revision'
>;

/** Space the mail takes, account by account. Bytes. */
export async function storageState(tools: Tools): Promise<StorageState> {
  const rows = tools.sql.all<{ id: string; messages: number; bytes: number; dead: number }>(
    `select a.id, (select count(*) from message m where m.account_no = a.no) as messages,
       (select coalesce(sum(committed), 0) from segment s where s.account_no = a.no and s.state <> ${segmentState.replaced}) as bytes,
       (select coalesce(sum(d.length), 0) from dead_record d join segment s on s.id = d.segment_id
          where s.account_no = a.no) as dead
     from account a order by a.no`,
  );
  const index = indexPath(tools.folder);
  const indexBytes =
    ((await tools.files.length(index)) ?? 0) + ((await tools.files.length(`${index}-wal`)) ?? 0);
  return {
    folder: tools.folder,
    accounts: rows.map(({ id, messages, bytes, dead }) => ({
      accountId: id as AccountId,
      messages,
      bytes,
      deadBytes: dead,
    })),
    indexBytes,
    lastBackupAt: lastWholeBackupAt(tools),
  };
}

/** Removes an account's mail, ledger and history for good. Nothing of it may be being written. */
export async function removeAccount(tools: Tools, accountId: AccountId): Promise<void> {
  const accountNo = tools.accounts.knownNumber(accountId);
  if (accountNo === null) return;
  const { sql } = tools;
  const segments = sql.numbers('select id as value from segment where account_no = ?', accountNo);
  if (segments.some((id) => tools.book.isOwned(id))) throw new Error('mail of this account is being written');
  sql.transaction(() => {
    tools.messages.removeOfAccount(accountNo);
    tools.folders.removeOfAccount(accountId);
    for (const statement of [
      'delete from ledger where account_no = ?',
      'delete from unfetched where account_no = ?',
      'delete from thread_reference where account_no = ?',
      'delete from thread_subject where account_no = ?',
      'delete from message_choice where account_no = ?',
      'delete from dead_record where segment_id in (select id from segment where account_no = ?)',
      'delete from segment where account_no = ?',
      'delete from account where no = ?',
    ])
      sql.run(statement, accountNo);
    sql.run('delete from check_record where account_id = ?', accountId);
    sql.run('delete from journal where name = ?', accountId);
    noteErasureDue(tools.settings, tools.clock.now());
  });
  tools.accounts.forget(accountId);
  tools.journals.remove(accountId);
  tools.revision.changed();
  await rm(accountFolder(tools.folder, accountId), { recursive: true, force: true });
}
