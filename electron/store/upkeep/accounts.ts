import { rm } from 'node:fs/promises';
import type { AccountId } from '../../../shared/model.ts';
import type { StorageState } from '../../../shared/storage-state.ts';
import type { StoreContext } from '../index/context.ts';
import { indexPath } from '../index/open-index.ts';
import type { SegmentBook } from '../segments/segment-book.ts';
import { accountFolder } from '../segments/segment-file.ts';
import { lastWholeBackupAt } from './whole-backup.ts';

/** Space the mail takes, account by account. Bytes. */
export async function storageState(context: StoreContext): Promise<StorageState> {
  const rows = context.sql.all<{ id: string; messages: number; bytes: number; dead: number }>(
    `select a.id, (select count(*) from message m where m.account_no = a.no) as messages,
       (select coalesce(sum(committed), 0) from segment s where s.account_no = a.no and s.state <> 1) as bytes,
       (select coalesce(sum(d.length), 0) from dead_record d join segment s on s.id = d.segment_id
          where s.account_no = a.no) as dead
     from account a order by a.no`,
  );
  const index = indexPath(context.folder);
  const indexBytes =
    ((await context.files.length(index)) ?? 0) + ((await context.files.length(`${index}-wal`)) ?? 0);
  return {
    folder: context.folder,
    accounts: rows.map(({ id, messages, bytes, dead }) => ({
      accountId: id as AccountId,
      messages,
      bytes,
      deadBytes: dead,
    })),
    indexBytes,
    lastBackupAt: lastWholeBackupAt(context),
  };
}

/** Removes an account's mail, ledger and history for good. Nothing of it may be being written. */
export async function removeAccount(
  context: StoreContext,
  book: SegmentBook,
  accountId: AccountId,
): Promise<void> {
  const accountNo = context.knownAccountNo(accountId);
  if (accountNo === null) return;
  const { sql } = context;
  const segments = sql.numbers('select id as value from segment where account_no = ?', accountNo);
  if (segments.some((id) => book.isOwned(id))) throw new Error('mail of this account is being written');
  sql.transaction(() => {
    for (const statement of [
      'delete from words where rowid in (select id from message where account_no = ?)',
      'delete from message_tag where message_id in (select id from message where account_no = ?)',
      'delete from envelope where id in (select id from message where account_no = ?)',
      'delete from message where account_no = ?',
      'delete from ledger where account_no = ?',
      'delete from thread_reference where account_no = ?',
      'delete from thread_subject where account_no = ?',
      'delete from message_choice where account_no = ?',
      'delete from dead_record where segment_id in (select id from segment where account_no = ?)',
      'delete from segment where account_no = ?',
      'delete from account where no = ?',
    ])
      sql.run(statement, accountNo);
    sql.run('delete from check_record where account_id = ?', accountId);
  });
  context.forgetAccount(accountId);
  context.changed();
  await rm(accountFolder(context.folder, accountId), { recursive: true, force: true });
}
