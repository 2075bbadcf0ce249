import type { Sql } from './sql.ts';

/*
 * The steps that make the index. A published step is never edited: a new one is added at the end. The column `folder`
 * holds the id of a row of the table `folder`. Times are milliseconds since the epoch. `*_steady` times are times of
 * the steady clock.
 */

const first = `
create table setting(name text primary key, value text not null) without rowid;
create table account(no integer primary key, id text not null unique, last_segment integer not null default 0);

-- state: 0 in use, 1 replaced by a compaction and about to be unlinked, 2 missing or cut short
create table segment(
  id integer primary key, account_no integer not null, number integer not null, committed integer not null,
  is_sealed integer not null default 0, state integer not null default 0, unique(account_no, number));
create table dead_record(
  segment_id integer not null, record_offset integer not null, length integer not null,
  primary key(segment_id, record_offset)) without rowid;

-- narrow on purpose: lists sort and filter 100,000 of these without touching anything wider
create table message(
  id integer primary key, account_no integer not null, folder integer not null default 0,
  is_read integer not null default 0, is_starred integer not null default 0,
  is_partial integer not null default 0, is_doubtful integer not null default 0,
  is_damaged integer not null default 0, is_parsed integer not null default 0,
  attachments integer not null default 0, size integer not null, sort_date integer not null,
  received_at integer not null, thread_id integer not null, from_key text not null, subject_key text not null,
  segment_id integer not null, record_offset integer not null, data_offset integer not null,
  length integer not null, sha256 blob not null);
create index message_by_hash on message(sha256, account_no);
create index message_by_date on message(folder, sort_date, id, account_no, is_read, is_starred, attachments, thread_id);
create index message_by_account on message(folder, account_no, sort_date, id, is_read, is_starred, attachments);
create index message_by_size on message(folder, size, id, account_no);
create index message_by_from on message(folder, from_key, id, account_no);
create index message_by_subject on message(folder, subject_key, id, account_no);
create index message_by_thread on message(thread_id);
create index message_starred on message(sort_date, id, account_no, is_read, attachments, folder) where is_starred = 1;
create index message_flawed on message(id) where is_partial = 1 or is_damaged = 1;
create index message_unparsed on message(id) where is_parsed = 0;

create table envelope(
  id integer primary key, subject text not null, from_name text not null, from_address text not null,
  recipients text not null default '[]', copies text not null default '[]', sent_at integer,
  preview text not null default '', message_id text, in_reply_to text, refs text,
  attachments text not null default '[]', warnings text not null default '[]');

-- every Message-ID a thread is known by, and the base subjects for mail that names none
create table thread_reference(
  account_no integer not null, reference text not null, thread_id integer not null,
  primary key(account_no, reference)) without rowid;
create index thread_reference_by_thread on thread_reference(thread_id);
create table thread_subject(
  account_no integer not null, subject text not null, thread_id integer not null, has_original integer not null,
  primary key(account_no, subject)) without rowid;
create index thread_subject_by_thread on thread_subject(thread_id);

create table ledger(
  account_no integer not null, key text not null, state integer not null, message_id integer,
  size integer not null default 0, seen_steady integer not null, changed_steady integer not null,
  stored_steady integer, primary key(account_no, key)) without rowid;
create index ledger_by_message on ledger(message_id) where message_id is not null;

create table tag(name text primary key, color text not null, position integer not null) without rowid;
create table message_tag(
  message_id integer not null, tag text not null, primary key(message_id, tag)) without rowid;
create index message_tag_by_tag on message_tag(tag, message_id);

create table rule(id text primary key, position integer not null, body text not null) without rowid;
create table saved_search(name text primary key, query text not null, position integer not null) without rowid;
create table check_record(id integer primary key, account_id text not null, started_at integer not null, body text not null);
create index check_record_by_account on check_record(account_id, id);
create table server_deletion(id integer primary key, account_id text not null, at integer not null, body text not null);
create table server_quirk(host text not null, port integer not null, body text not null, primary key(host, port)) without rowid;
create table message_choice(
  account_no integer not null, sha256 blob not null, charset text, theme text,
  primary key(account_no, sha256)) without rowid;
create table remote_allowed(
  scope text not null, value text not null, primary key(scope, value)) without rowid;

create virtual table words using fts5(
  subject, sender, recipients, attachment, body, subject_stems, body_stems,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
`;

// Beginnings of two and three letters have lists of their own. Such a list used to be made from the lists of all words
// with that beginning, which took longest of all while a person typed. Words cannot be copied from the old table, which
// holds no texts. So all mail is parsed again in the background, the newest first.
// longest of all while a person typed. Words cannot be copied from the old table, which holds no texts: all mail is
// parsed again in the background, the newest first.
const beginnings = `
drop table words;
create virtual table words using fts5(
  subject, sender, recipients, attachment, body, subject_stems, body_stems,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='2 3');
update message set is_parsed = 0 where is_parsed = 1;
`;

// Messages that still have to be parsed are read newest first. The word index is merged when there is time
// (word-index.ts). Otherwise the transaction that happens to reach the limit would merge it, which could take a tenth
// of a second. `crisismerge` is the number of pieces of one size from which a transaction has to merge all the same.
// (parsed.ts), not by whichever transaction happens to be the one too many, which could take a tenth of a second;
// `crisismerge` is how many pieces of a size there may be before that one has to do it all the same.
const calmIndexing = `
drop index message_unparsed;
create index message_unparsed on message(sort_date, id, is_damaged) where is_parsed = 0;
insert into words(words, rank) values('automerge', 0);
insert into words(words, rank) values('usermerge', 8);
insert into words(words, rank) values('crisismerge', 1500);
`;

// Each check reads the entries that are to be deleted or are gone. These are a small part of a maildrop.
const departing = `
create index ledger_departing on ledger(account_no, state, changed_steady) where state >= 4;
`;

// The stamp that shows a server's maildrop to be unchanged (ledger/maildrop-stamp.ts). It holds only while no state in
// the ledger changes. Triggers remove it, so that no code that changes a state, now or in a later version, can forget
// to.
// and whatever changes one, now or in a later version, must not be able to forget that.
const listingMark = `
create table listing_mark(
  account_no integer primary key, count integer not null, size integer not null, last_uidl text not null,
  noted_steady integer not null, retention text not null, oldest_steady integer);
create trigger listing_mark_insert after insert on ledger begin
  delete from listing_mark where account_no = new.account_no;
end;
create trigger listing_mark_update after update of state on ledger begin
  delete from listing_mark where account_no = new.account_no;
end;
create trigger listing_mark_delete after delete on ledger begin
  delete from listing_mark where account_no = old.account_no;
end;
`;

// Keeping the orders by sender, subject and size took a tenth of the time of fetching mail, because each commit wrote
// random pages. Each order is made when a list is first sorted by it (list-order.ts), and kept up from then on.
// Each is made when a list is first sorted so (list-order.ts), and kept up from then on.
const ordersWhenAsked = `
drop index message_by_size;
drop index message_by_from;
drop index message_by_subject;
`;

// See rules-due.ts.
const rulesDue = `
create table rules_due(message_id integer primary key);
`;

// Folders are rows, so that a person can have folders too. These three have had their ids since the first step.
const folderRows = `
create table folder(id integer primary key, role text unique);
insert into folder(id, role) values(0, 'inbox'), (1, 'archive'), (2, 'trash');
`;

// The size that LIST gave when a message was fetched. It proves that the id still stands for the same message. Entries
// without it come from elsewhere or from an older version. The second column counts how often a doubtful message has
// been fetched.
// without it came from elsewhere or from an older version. And how often a doubtful message has been fetched.
const listedSizes = `
alter table ledger add column listed integer;
alter table ledger add column tries integer not null default 0;
create index message_doubtful on message(id) where is_doubtful = 1;
`;

// See ledger/unfetched-messages.ts.
const unfetched = `
create table unfetched(
  account_no integer not null, key text not null, size integer not null, body text not null,
  primary key(account_no, key)) without rowid;
`;

// Folders that a person makes. Everybody else knows a folder by its `key`, because row ids do not outlive the index.
// The two marks come with mail of other programs.
const ownFolders = `
alter table folder add column key text;
alter table folder add column account_no integer;
alter table folder add column parent_id integer;
alter table folder add column name text;
alter table folder add column is_favourite integer not null default 0;
create unique index folder_by_key on folder(key) where key is not null;
insert into folder(id, role) values(3, 'junk'), (4, 'sent');
alter table message add column is_replied integer not null default 0;
alter table message add column is_forwarded integer not null default 0;
`;

// The number of the last entry of each journal that the index contains (journals.ts).
const journals = `
create table journal(name text primary key, last integer not null) without rowid;
`;

// Mail that an older version has read is read again in the background, and shown and found as it is meanwhile. See
// intake/read-again.ts. The languages of mail: see search/mail-languages.ts.
const readAgain = `
alter table message add column is_outdated integer not null default 0;
create index message_outdated on message(sort_date, id) where is_outdated = 1;
create table mail_language(language text primary key, messages integer not null) without rowid;
`;

// Ids that another program knew when its mail was imported, and whose messages are not here (known-elsewhere.ts).
const knownElsewhere = `
alter table ledger add column is_elsewhere integer not null default 0;
create index ledger_elsewhere on ledger(account_no) where is_elsewhere = 1;
`;

// A person chose it on the server, so that it may leave with what is here of it.
const chosenDeletions = `
alter table ledger add column is_chosen integer not null default 0;
`;

/** All steps in order. The index's `user_version` is the number of steps that it has been through. */
export const migrations: readonly string[] = [
  first,
  beginnings,
  calmIndexing,
  departing,
  listingMark,
  ordersWhenAsked,
  rulesDue,
  folderRows,
  listedSizes,
  unfetched,
  ownFolders,
  journals,
  readAgain,
  knownElsewhere,
  chosenDeletions,
];

/** Brings an index up to date, with one transaction for each step. Answers how many steps were run. */
export function migrate(sql: Sql, steps: readonly string[] = migrations): number {
  const version = sql.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0;
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    sql.transaction(() => {
      sql.exec(step);
      sql.exec(`pragma user_version = ${index + 1}`);
    });
  }
  return Math.max(0, steps.length - version);
}
