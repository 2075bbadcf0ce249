import { migrations } from '../../../electron/store/index/migrations.ts';
import { indexPath } from '../../../electron/store/index/open-index.ts';
import { Sql } from '../../../electron/store/index/sql.ts';

/** What takes each migration but the first back, in their order. */
const backwards: readonly string[] = [
  `drop table words;
   create virtual table words using fts5(
     subject, sender, recipients, attachment, body, subject_stems, body_stems,
     content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");`,
  `drop index message_unparsed;
   create index message_unparsed on message(id) where is_parsed = 0;`,
  'drop index ledger_departing;',
  `drop trigger listing_mark_insert; drop trigger listing_mark_update; drop trigger listing_mark_delete;
   drop table listing_mark;`,
  `create index if not exists message_by_size on message(folder, size, id, account_no);
   create index if not exists message_by_from on message(folder, from_key, id, account_no);
   create index if not exists message_by_subject on message(folder, subject_key, id, account_no);`,
  'drop table rules_due;',
  'drop table folder;',
  `drop index message_doubtful;
   alter table ledger drop column tries;
   alter table ledger drop column listed;`,
  'drop table unfetched;',
  `alter table message drop column is_forwarded; alter table message drop column is_replied;
   delete from folder where role is null or role in ('junk', 'sent');
   drop index folder_by_key;
   alter table folder drop column is_favourite; alter table folder drop column name;
   alter table folder drop column parent_id; alter table folder drop column account_no;
   alter table folder drop column key;`,
  'drop table journal;',
  `drop index message_outdated;
   alter table message drop column is_outdated;
   drop table mail_language;`,
  'drop index ledger_elsewhere; alter table ledger drop column is_elsewhere;',
  'alter table ledger drop column is_chosen;',
];

/** How many migrations an index can be taken back to: 1 and up, and below the newest. */
export const olderSteps: readonly number[] = backwards.map((_, index) => index + 1);

/** Makes the index of a closed store one that has been through so many migrations only. */
export function takeIndexBack(folder: string, steps: number): void {
  if (backwards.length !== migrations.length - 1)
    throw new Error('a migration has nothing that takes it back');
  const sql = new Sql(indexPath(folder));
  for (const statements of backwards.slice(steps - 1).reverse()) sql.exec(statements);
  sql.exec(`pragma user_version = ${steps}`);
  sql.close();
}
