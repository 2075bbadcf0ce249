import { createRequire } from "node:module";
import { accessSync, closeSync, constants, createReadStream, createWriteStream, existsSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import Database from "libsql";
import { createHash, hash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
// \0rolldown/runtime.js
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __require = /* #__PURE__ */ (() => createRequire(import.meta.url))();
// shared/result.ts
/** Wraps a value as a success. */
function ok(value) {
	return {
		ok: true,
		value
	};
}
/** Wraps a reason as a failure. */
function failed(failure) {
	return {
		ok: false,
		failure
	};
}
// electron/store/segments/segment-file.ts
async function openFile(path, mode) {
	const flags = mode === "read" ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT;
	const file = await open(path, flags, 384);
	return {
		async write(bytes, position) {
			for (let done = 0; done < bytes.length;) {
				const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
				done += bytesWritten;
			}
		},
		read: async (into, position) => (await file.read(into, 0, into.length, position)).bytesRead,
		sync: () => file.datasync(),
		truncate: (lengthBytes) => file.truncate(lengthBytes),
		close: () => file.close()
	};
}
function isMissing(error) {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
/** The real file system. */
var nodeFiles = {
	open: openFile,
	async length(path) {
		try {
			return (await stat(path)).size;
		} catch (error) {
			if (isMissing(error)) return null;
			throw error;
		}
	},
	lengthNow(path) {
		try {
			return statSync(path, { throwIfNoEntry: false })?.size ?? null;
		} catch {
			return null;
		}
	},
	async list(folder) {
		try {
			return (await readdir(folder)).sort();
		} catch (error) {
			if (isMissing(error)) return [];
			throw error;
		}
	},
	rename,
	remove: (path) => rm(path, { force: true }),
	makeFolder: async (folder) => {
		await mkdir(folder, {
			recursive: true,
			mode: 448
		});
	},
	async syncFolder(folder) {
		if (process.platform === "win32") return;
		const handle = await open(folder, constants.O_RDONLY);
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	}
};
/** Reads exactly `lengthBytes` from `position`, or null when the file ends before. */
async function readExactly(file, position, lengthBytes) {
	const bytes = new Uint8Array(lengthBytes);
	for (let done = 0; done < lengthBytes;) {
		const count = await file.read(bytes.subarray(done), position + done);
		if (count === 0) return null;
		done += count;
	}
	return bytes;
}
/** Whether a text may be the id of an account, and so the name of a folder: nothing in it leads elsewhere. */
function isAccountId(text) {
	return /^[0-9a-z][0-9a-z-]{0,63}$/.test(text);
}
/** Folder of an account's segments. */
function accountFolder(storeFolder, accountId) {
	return join(storeFolder, "mail", accountId);
}
/** Path of a segment; numbers begin at 1. */
function segmentPath(storeFolder, accountId, number) {
	return join(accountFolder(storeFolder, accountId), `${String(number).padStart(6, "0")}.tar`);
}
// electron/store/index/accounts.ts
/** The accounts that have anything here. The index names each by a number, everybody else by its id. */
var AccountRegister = class {
	#sql;
	#numbers = /* @__PURE__ */ new Map();
	#ids = /* @__PURE__ */ new Map();
	constructor(sql) {
		this.#sql = sql;
		this.reload();
	}
	/** Reads the accounts again, after a backup has been taken in. */
	reload() {
		for (const { no, id } of this.#sql.all("select no, id from account")) this.#remember(no, id);
	}
	#remember(no, id) {
		this.#numbers.set(id, no);
		this.#ids.set(no, id);
	}
	/** Number of an account; a new account gets one. */
	numberOf(id) {
		const known = this.#numbers.get(id);
		if (known !== void 0) return known;
		if (!isAccountId(id)) throw new Error("an account id is lower-case letters and digits");
		this.#sql.run("insert into account(id) values(?)", id);
		const no = this.#sql.value("select no as value from account where id = ?", id) ?? 0;
		this.#remember(no, id);
		return no;
	}
	/** Number of an account, or null when nothing was ever kept for it. */
	knownNumber(id) {
		return this.#numbers.get(id) ?? null;
	}
	/** Id of an account by its number. */
	idOf(no) {
		const id = this.#ids.get(no);
		if (id === void 0) throw new Error(`there is no account ${no}`);
		return id;
	}
	/** Every account that has anything here. */
	ids() {
		return [...this.#ids.values()];
	}
	/** Forgets an account whose rows have been removed. */
	forget(id) {
		const no = this.#numbers.get(id);
		this.#numbers.delete(id);
		if (no !== void 0) this.#ids.delete(no);
	}
};
// electron/store/index/commits.ts
/** Numbers the writes. Ask for a number only after the transaction of the write has been committed. */
var Commits = class {
	#last = 0;
	/** Number of a write that has just been committed. */
	next() {
		return ++this.#last;
	}
	/** The answer of a write that has just been committed. */
	with(value) {
		return {
			commit: this.next(),
			value
		};
	}
};
// electron/store/index/folders.ts
/** The folders of the index by their row ids. */
var FolderRegister = class {
	#ids = /* @__PURE__ */ new Map();
	#roles = /* @__PURE__ */ new Map();
	constructor(sql) {
		for (const { id, role } of sql.all("select id, role from folder where role is not null order by id")) {
			this.#ids.set(role, id);
			this.#roles.set(id, role);
		}
	}
	/** Row id of a folder. */
	idOf(role) {
		const id = this.#ids.get(role);
		if (id === void 0) throw new Error(`the index has no folder ${role}`);
		return id;
	}
	/** Folder with a row id; mail in a folder that is not known is shown in the inbox, where it is seen. */
	roleOf(id) {
		return this.#roles.get(id) ?? "inbox";
	}
	/** Row ids of all folders but the Trash. */
	outsideTrash() {
		const trash = this.idOf("trash");
		return [...this.#roles.keys()].filter((id) => id !== trash);
	}
};
// electron/store/index/known-hashes.ts
/** Beginnings of hashes are remembered: 12 hexadecimal digits. */
var digits = 12;
/** The hashes of all stored mail, in memory while someone writes a lot of it. */
var KnownHashes = class {
	#sql;
	#hashes = null;
	#hasFlawed = true;
	constructor(sql) {
		this.#sql = sql;
	}
	/** Loads the hashes of everything stored, until `forget`: 8 MB and 50 ms for 100,000 messages. */
	load() {
		if (this.#hashes !== null) return;
		const joined = this.#sql.value(`select lower(group_concat(substr(hex(sha256), 1, ${digits}), '')) as value from message`);
		this.#hashes = new Set((joined ?? "").match(/.{12}/g));
		this.#hasFlawed = this.#sql.value("select 1 as value from message where is_partial = 1 or is_damaged = 1 limit 1") !== null;
	}
	/** Lets the hashes go. Call it when nothing is being written any more. */
	forget() {
		this.#hashes = null;
	}
	/** Adds the hash of a message that has just been stored. Lower-case hexadecimal. */
	note(sha256, isPartial) {
		this.#hashes?.add(sha256.slice(0, digits));
		this.#hasFlawed ||= isPartial;
	}
	/** Remembers that a message is damaged: what comes under its ledger entry may make it whole. */
	noteDamage() {
		this.#hasFlawed = true;
	}
	/**
	* False when it is certain that these bytes are nowhere here and no partial or damaged message waits to be made whole.
	* Lower-case hexadecimal.
	*/
	mayBeKnown(sha256) {
		if (this.#hashes === null || this.#hasFlawed) return true;
		return this.#hashes.has(sha256.slice(0, digits));
	}
};
// electron/store/index/many-rows.ts
/** Entry by entry these take a tenth of a second; counting the table for fewer would not pay. */
var manyRows = 5e3;
/** An index made anew costs a quarter of what changing each of its entries does. */
var leastShare = .3;
/**
* Runs work that changes these columns in so many rows of `message`. Where they are a good part of all, the indexes
* that hold the columns are put aside meanwhile and made anew after it: 0.9 s instead of 2.2 s for moving 100,000
* messages. Must run inside a transaction, which brings the indexes back if the work throws.
*/
function changeRows(sql, columns, rows, work) {
	const indexes = isGoodPart(sql, rows) ? indexesWith(sql, columns) : [];
	for (const { name } of indexes) sql.exec(`drop index ${name}`);
	work();
	for (const index of indexes) sql.exec(index.text);
}
function isGoodPart(sql, rows) {
	if (rows < manyRows) return false;
	return rows > leastShare * (sql.value("select count(*) as value from message") ?? 0);
}
function indexesWith(sql, columns) {
	return sql.all(`select distinct s.name, s.sql as text from sqlite_schema s join pragma_index_info(s.name) i
     where s.type = 'index' and s.tbl_name = 'message' and s.sql is not null
       and i.name in (select value from json_each(?))`, JSON.stringify(columns));
}
// electron/store/index/message-table.ts
/** The columns of a new row, in the order in which `insert` takes their values. */
var newColumns = [
	...[
		"id",
		"account_no",
		"folder",
		"is_read",
		"is_starred",
		"is_partial",
		"is_doubtful",
		"size",
		"sort_date"
	],
	...[
		"received_at",
		"thread_id",
		"from_key",
		"subject_key",
		"segment_id",
		"record_offset",
		"data_offset"
	],
	...["length", "sha256"]
];
var chosen = "(select value from json_each(?))";
/**
* The only writer of the table `message`, and of the rows that live and die with it (envelope, words, tags). Everything
* here is a statement or a few, to be called inside the transaction of the change they belong to.
*/
var MessageTable = class {
	#sql;
	#folders;
	#nextId;
	constructor(sql, folders) {
		this.#sql = sql;
		this.#folders = folders;
		this.#nextId = (sql.value("select max(id) as value from message") ?? 0) + 1;
	}
	/** Id for the next message; never given twice while the store is open. */
	newId() {
		return this.#nextId++;
	}
	/** No message has a higher id. There are at most so many. */
	get highestId() {
		return this.#nextId - 1;
	}
	/** Inserts rows; the values of all of them stand one after another, in the order of the columns above. */
	insert(values) {
		this.#sql.insert(`message(${newColumns.join(", ")})`, newColumns.length, values);
	}
	/** Gives a message another record with other bytes; it is to be parsed anew. */
	replaceRecord(id, record) {
		this.#sql.run(`update message set segment_id = ?, record_offset = ?, data_offset = ?, length = ?, sha256 = ?, size = ?,
         is_partial = ?, is_doubtful = ?, is_damaged = 0, is_parsed = 0 where id = ?`, record.segmentId, record.recordOffset, record.dataOffset, record.lengthBytes, Buffer.from(record.sha256, "hex"), record.sizeBytes, Number(record.isPartial), Number(record.isDoubtful), id);
		this.#sql.run("delete from words where rowid = ?", id);
	}
	/** Says that the record of a message lies elsewhere now. */
	moveRecord(id, { segmentId, recordOffset, dataOffset }) {
		this.#sql.run("update message set segment_id = ?, record_offset = ?, data_offset = ? where id = ?", segmentId, recordOffset, dataOffset, id);
	}
	/** Says when a message was received; it sorts by that where it sorted by its old time of receipt. */
	setReceived(id, receivedAt) {
		this.#sql.run(`update message set received_at = ?1, sort_date = iif(sort_date = received_at, ?1, sort_date) where id = ?2`, receivedAt, id);
	}
	/** Says that the ends of these messages are in doubt. */
	setDoubtful(ids) {
		this.#sql.run(`update message set is_doubtful = 1 where id in ${chosen}`, JSON.stringify(ids));
	}
	/** Says whether these messages can be read. Rows that say so already are not touched. */
	setDamaged(ids, isDamaged) {
		this.#sql.run(`update message set is_damaged = ?1 where is_damaged <> ?1 and id in (select value from json_each(?2))`, Number(isDamaged), JSON.stringify(ids));
	}
	/** Calls every message of a segment damaged whose bytes lie behind the end of the file, and the others sound. */
	judgeByLength(segmentId, fileBytes) {
		this.#sql.run("update message set is_damaged = (data_offset + length > ?2) where segment_id = ?1", segmentId, fileBytes);
	}
	/** Says that a message has been parsed, and what that changed. Each column that is named costs entries in indexes. */
	setParsed(id, changed) {
		const columns = Object.keys(changed).map((name) => `, ${name} = ?`);
		this.#sql.run(`update message set is_parsed = 1${columns.join("")} where id = ?`, ...Object.values(changed), id);
	}
	/** Lets messages be parsed again. */
	parseAgain(ids) {
		this.#sql.run(`update message set is_parsed = 0 where is_parsed = 1 and id in ${chosen}`, JSON.stringify(ids));
	}
	/** Puts the messages of one conversation into another. */
	joinConversations(from, to) {
		this.#sql.run("update message set thread_id = ? where thread_id = ?", to, from);
	}
	/** The marks as columns with their values. */
	columnsOf({ folder, isRead, isStarred }) {
		return [
			...isRead === void 0 ? [] : [{
				name: "is_read",
				value: Number(isRead)
			}],
			...isStarred === void 0 ? [] : [{
				name: "is_starred",
				value: Number(isStarred)
			}],
			...folder === void 0 ? [] : [{
				name: "folder",
				value: this.#folders.idOf(folder)
			}]
		];
	}
	/** Sets marks on the messages whose ids a select gives; `rows` is how many these are. */
	setMarks(marks, among, rows) {
		const columns = this.columnsOf(marks);
		const names = columns.map(({ name }) => name);
		changeRows(this.#sql, names, rows, () => {
			this.#sql.run(`update message set ${names.map((name) => `${name} = ?`).join(", ")} where id in (${among.sql})`, ...columns.map(({ value }) => value), ...among.values);
		});
	}
	/** Takes the marks that a select gives with the ids: folder, is_read, is_starred; `rows` is how many these are. */
	takeMarks(source, rows) {
		changeRows(this.#sql, [
			"folder",
			"is_read",
			"is_starred"
		], rows, () => {
			this.#sql.run(`update main.message set folder = s.folder, is_read = s.is_read, is_starred = s.is_starred
         from (${source.sql}) s where s.id = message.id`, ...source.values);
		});
	}
	/** Keeps in mind that the records of these messages are of no use any more. */
	noteDeadRecords(ids) {
		this.#sql.run(`insert or ignore into dead_record(segment_id, record_offset, length)
         select segment_id, record_offset, data_offset - record_offset + (length + 511) / 512 * 512
         from message where id in ${chosen}`, JSON.stringify(ids));
	}
	/** Removes messages. Their entries in the ledger must have been told before (`forgetMessages`). */
	remove(ids) {
		const list = JSON.stringify(ids);
		for (const statement of [
			`delete from words where rowid in ${chosen}`,
			`delete from message_tag where message_id in ${chosen}`,
			`delete from envelope where id in ${chosen}`,
			`delete from message where id in ${chosen}`
		]) this.#sql.run(statement, list);
	}
	/** Removes every message of an account. */
	removeOfAccount(accountNo) {
		const all = "(select id from message where account_no = ?)";
		for (const statement of [
			`delete from words where rowid in ${all}`,
			`delete from message_tag where message_id in ${all}`,
			`delete from envelope where id in ${all}`,
			"delete from message where account_no = ?"
		]) this.#sql.run(statement, accountNo);
	}
};
/** Every step in order; the index's `user_version` is the number of steps it has been through. */
var migrations = [
	`
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
`,
	`
drop table words;
create virtual table words using fts5(
  subject, sender, recipients, attachment, body, subject_stems, body_stems,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='2 3');
update message set is_parsed = 0 where is_parsed = 1;
`,
	`
drop index message_unparsed;
create index message_unparsed on message(sort_date, id, is_damaged) where is_parsed = 0;
insert into words(words, rank) values('automerge', 0);
insert into words(words, rank) values('usermerge', 8);
insert into words(words, rank) values('crisismerge', 1500);
`,
	`
create index ledger_departing on ledger(account_no, state, changed_steady) where state >= 4;
`,
	`
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
`,
	`
drop index message_by_size;
drop index message_by_from;
drop index message_by_subject;
`,
	`
create table rules_due(message_id integer primary key);
`,
	`
create table folder(id integer primary key, role text unique);
insert into folder(id, role) values(0, 'inbox'), (1, 'archive'), (2, 'trash');
`
];
/** Brings an index up to date, one transaction a step; answers how many steps were run. */
function migrate(sql, steps = migrations) {
	const version = sql.get("pragma user_version")?.user_version ?? 0;
	for (const [index, step] of steps.entries()) {
		if (index < version) continue;
		sql.transaction(() => {
			sql.exec(step);
			sql.exec(`pragma user_version = ${index + 1}`);
		});
	}
	return Math.max(0, steps.length - version);
}
// electron/store/index/sql.ts
/** Measured with rows of 5, 8 and 18 columns: 16 cost a tenth more, 64 gain nothing. */
var rowsAtOnce = 32;
function insertText(into, columns, rows, onConflict) {
	const row = `(${"?, ".repeat(columns - 1)}?)`;
	return `insert into ${into} values ${`${row}, `.repeat(rows - 1)}${row} ${onConflict}`;
}
/**
* One connection to an SQLite file. Statements are prepared once and kept by their text. Parameters always travel as
* one array: the binding takes a lone object for named parameters and aborts the process when it is a blob.
*/
var Sql = class {
	path;
	#database;
	#statements = /* @__PURE__ */ new Map();
	/** Opens or creates the file; throws what SQLite says (SQLITE_CANTOPEN, SQLITE_NOTADB…). */
	constructor(path) {
		this.path = path;
		this.#database = new Database(path);
	}
	#prepare(text) {
		const known = this.#statements.get(text);
		if (known !== void 0) return known;
		const statement = this.#database.prepare(text);
		this.#statements.set(text, statement);
		return statement;
	}
	/** The write-ahead log: what it holds is durable once it has been synced. */
	get logPath() {
		return `${this.path}-wal`;
	}
	/** Whether a transaction is open. */
	get isInTransaction() {
		return this.#database.inTransaction;
	}
	/** Runs statements that take no parameters. */
	exec(text) {
		this.#database.exec(text);
	}
	/** Runs one statement and says how many rows it changed. */
	run(text, ...values) {
		return this.#prepare(text).run(values).changes;
	}
	/**
	* Inserts rows, 32 to a statement where there are so many: a call of the binding costs as much as a row itself. `into`
	* names table and columns, `onConflict` is what follows the values; the values of all rows stand one after another.
	*/
	insert(into, columns, values, onConflict = "") {
		const many = columns * rowsAtOnce;
		let at = 0;
		for (; values.length - at >= many; at += many) this.#prepare(insertText(into, columns, rowsAtOnce, onConflict)).run(values.slice(at, at + many));
		for (; at < values.length; at += columns) this.#prepare(insertText(into, columns, 1, onConflict)).run(values.slice(at, at + columns));
	}
	/** The first row, or undefined. */
	get(text, ...values) {
		return this.#prepare(text).get(values);
	}
	/** Every row, as objects. Errors of the first step come unconverted from the binding. */
	all(text, ...values) {
		return this.#prepare(text).all(values);
	}
	/** The one value of the first row, or null. The query must name its column `value`. */
	value(text, ...values) {
		return this.get(text, ...values)?.value ?? null;
	}
	/**
	* A column of numbers as one JSON text, parsed: ten times faster than rows where there are 100,000. The query must
	* name its column `value`; its order is kept.
	*/
	numbers(text, ...values) {
		const joined = this.value(`select json_group_array(value) as value from (${text})`, ...values);
		return joined === null ? [] : JSON.parse(joined);
	}
	/** Runs the work in one transaction; anything thrown rolls it back and goes on. */
	transaction(work) {
		this.exec("begin immediate");
		try {
			const value = work();
			this.exec("commit");
			return value;
		} catch (error) {
			this.#rollBack();
			throw error;
		}
	}
	/**
	* Runs work whose transactions do not wait for the disk. They are durable once the log has been synced (`logPath`), or
	* with the next transaction that waits; until then a power cut takes them back whole, the last first, and nothing else
	* can.
	*/
	withoutSync(work) {
		this.exec("pragma synchronous = normal");
		try {
			return work();
		} finally {
			this.exec("pragma synchronous = full");
		}
	}
	#rollBack() {
		try {
			this.exec("rollback");
		} catch {}
	}
	/**
	* Closes the file; the write-ahead log is folded in. The binding finalizes statements only when they are collected,
	* and until then the connection lives on, so the log is ended by hand first.
	*/
	close() {
		try {
			this.exec("pragma journal_mode = delete");
		} catch {}
		this.#statements.clear();
		this.#database.close();
	}
};
// electron/store/index/store-error.ts
/** Carries an expected failure of the disk or the index through code that cannot return one. */
var StoreError = class extends Error {
	failure;
	constructor(failure, cause) {
		super(`store: ${failure.kind}`, { cause });
		this.name = "StoreError";
		this.failure = failure;
	}
};
var kinds = [
	[/^(ENOSPC|EDQUOT|SQLITE_FULL)/, () => ({
		kind: "disk-full",
		step: "store",
		canRetry: true
	})],
	[/^(EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/, () => ({
		kind: "folder-read-only",
		step: "store",
		canRetry: true
	})],
	[/^(SQLITE_BUSY|SQLITE_LOCKED)/, () => ({
		kind: "store-busy",
		step: "store",
		canRetry: true
	})],
	[/^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_IOERR|SQLITE_FORMAT|EIO)/, (what) => ({
		kind: "store-damaged",
		what,
		step: "store",
		canRetry: false
	})]
];
/** SQLite's messages for the errors that reach us without their code (rows of a query, opening a file). */
var messages$1 = [
	[/database or disk is full/, "SQLITE_FULL"],
	[/readonly database/, "SQLITE_READONLY"],
	[/unable to open database/, "SQLITE_CANTOPEN"],
	[/database is locked/, "SQLITE_BUSY"],
	[/malformed|not a database/, "SQLITE_CORRUPT"],
	[/disk I\/O error/, "SQLITE_IOERR"],
	[/local database .*: 14\b/, "SQLITE_CANTOPEN"],
	[/local database .*: 13\b/, "SQLITE_FULL"]
];
/** The expected failure behind an error of the file system or SQLite; null when it is a mistake of ours. */
function failureOf(error) {
	if (error instanceof StoreError) return error.failure;
	if (!(error instanceof Error)) return null;
	const own = "code" in error && typeof error.code === "string" ? error.code : "";
	const code = kinds.some(([pattern]) => pattern.test(own)) ? own : messages$1.find(([pattern]) => pattern.test(error.message))?.[1] ?? "";
	const made = kinds.find(([pattern]) => pattern.test(code));
	return made === void 0 ? null : made[1](error.message);
}
/** The error as a StoreError when it is an expected one, else the error itself. */
function storeError(error) {
	const failure = failureOf(error);
	return failure === null ? error : new StoreError(failure, error);
}
/** Whether SQLite says only that reading or writing failed, which may be the file's damage or the disk's want of room. */
function isInputOutputError(error) {
	if (error instanceof StoreError) return isInputOutputError(error.cause);
	return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_IOERR");
}
/** Whether the error says that the index itself cannot be trusted. */
function isDamage(error) {
	return failureOf(error)?.kind === "store-damaged";
}
// electron/store/index/open-index.ts
/** Path of the index in a store's folder. */
function indexPath(folder) {
	return join(folder, "index.sqlite");
}
/** Whether there is an index with anything in it. */
function hasIndex(folder) {
	return existsSync(indexPath(folder)) && statSync(indexPath(folder)).size > 0;
}
var sidecars = [
	"",
	"-wal",
	"-shm"
];
/** Removes the files of an index. */
function removeIndex(path) {
	for (const sidecar of sidecars) rmSync(path + sidecar, { force: true });
}
var pathAside = (folder) => join(folder, "index.damaged.sqlite");
var makingFile = (folder) => join(folder, "index.making");
var remakingFile = (folder) => join(folder, "index.remaking");
/** Says that an index is about to be made where there is none. */
function beginMaking(folder) {
	writeFileSync(makingFile(folder), "", { mode: 384 });
}
/** Says that the index holds everything the segments and the marks of the old one had for it. */
function endMaking(folder) {
	for (const mark of [makingFile(folder), remakingFile(folder)]) rmSync(mark, { force: true });
}
/**
* Removes what an interrupted making of the index has left. Answers null when there was none, else where the index is
* that was put aside before, if one was.
*/
function clearHalfMade(folder) {
	if (existsSync(remakingFile(folder))) {
		if (!existsSync(pathAside(folder))) return { damagedPath: putAside(folder) };
		removeIndex(indexPath(folder));
		return { damagedPath: pathAside(folder) };
	}
	if (!existsSync(makingFile(folder))) return null;
	removeIndex(indexPath(folder));
	return { damagedPath: null };
}
/** Puts a damaged index aside, to be made anew; only the last one is kept, for its marks. */
function putAside(folder) {
	const aside = pathAside(folder);
	removeIndex(aside);
	writeFileSync(remakingFile(folder), "", { mode: 384 });
	for (const sidecar of sidecars) try {
		renameSync(indexPath(folder) + sidecar, aside + sidecar);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
	}
	return aside;
}
/** Notices a folder that cannot be written, or has no room, now and not at the first message. Throws what the file system says. */
function probe(folder) {
	const path = join(folder, "index.probe");
	try {
		writeFileSync(path, /* @__PURE__ */ new Uint8Array(4096), { mode: 384 });
	} finally {
		try {
			rmSync(path, { force: true });
		} catch {}
	}
}
/**
* Holds the store for one process: an SQLite file under an exclusive lock, which the system lets go when the process
* ends in whatever way. Throws a StoreError with `store-busy` when another process has it.
*/
function lockStore(folder) {
	mkdirSync(folder, {
		recursive: true,
		mode: 448
	});
	const lock = new Sql(join(folder, "lock.sqlite"));
	try {
		lock.exec("pragma locking_mode = exclusive; begin exclusive; commit");
		accessSync(lock.path, constants.W_OK);
		probe(folder);
		return lock;
	} catch (error) {
		lock.close();
		throw error;
	}
}
/** Written at a clean close: size and time of the index then. While they agree, it need not be looked through. */
function closedFile(folder) {
	return join(folder, "index.closed");
}
function stampOf(path) {
	const { size, mtimeMs } = statSync(path);
	return `${size} ${mtimeMs}`;
}
function wasClosedCleanly(folder) {
	try {
		return readFileSync(closedFile(folder), "utf8") === stampOf(indexPath(folder));
	} catch {
		return false;
	}
}
/** Notes that the index has been closed cleanly; call after it is. */
function writeClosedFile(folder) {
	writeFileSync(closedFile(folder), stampOf(indexPath(folder)), { mode: 384 });
}
/**
* Looks through an index that was not closed cleanly. One with a log beside it comes from a process that was killed,
* which SQLite survives: a quick look. One without was changed while nobody had it open: a thorough one, which also
* compares each index with its table (2 s for 100,000 messages).
*/
function look(sql, isThorough) {
	const pragma = isThorough ? "integrity_check" : "quick_check";
	const found = sql.all(`pragma ${pragma}(1)`)[0]?.[pragma];
	if (found !== "ok") throw new StoreError({
		kind: "store-damaged",
		what: found ?? "index.sqlite",
		step: "store",
		canRetry: false
	});
}
function configure(sql) {
	sql.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma cache_size = -32000;
    pragma wal_autocheckpoint = 4000;
    pragma journal_size_limit = 33554432;`);
}
/** Whether every byte of the index can be read: what SQLite complains of is then that it cannot write beside it. */
function isIndexReadable(folder) {
	const buffer = /* @__PURE__ */ new Uint8Array(1048576);
	try {
		const file = openSync(indexPath(folder), "r");
		try {
			while (readSync(file, buffer) > 0);
			return true;
		} finally {
			closeSync(file);
		}
	} catch {
		return false;
	}
}
function openSql(folder) {
	try {
		return new Sql(indexPath(folder));
	} catch (error) {
		throw failureOf(error) === null ? new StoreError({
			kind: "store-damaged",
			what: "index.sqlite",
			step: "store",
			canRetry: false
		}, error) : error;
	}
}
/** Opens the index, looks through it where it was not closed cleanly, and brings it up to date. Throws on damage. */
function openIndex(folder, steps = migrations) {
	const isClean = wasClosedCleanly(folder);
	const hasLog = existsSync(`${indexPath(folder)}-wal`);
	const sql = openSql(folder);
	try {
		configure(sql);
		const isNew = (sql.value("select count(*) as value from sqlite_master") ?? 0) === 0;
		if (!isNew && !isClean) look(sql, !hasLog);
		rmSync(closedFile(folder), { force: true });
		if ((sql.get("pragma user_version")?.user_version ?? 0) > steps.length) throw new StoreError({
			kind: "store-damaged",
			what: "the index was made by a newer version",
			step: "store",
			canRetry: false
		});
		const migrated = migrate(sql, steps);
		return {
			sql,
			isNew,
			migrated: isNew ? 0 : migrated
		};
	} catch (error) {
		sql.close();
		if (isInputOutputError(error) && isIndexReadable(folder)) throw new StoreError({
			kind: "disk-full",
			step: "store",
			canRetry: true
		}, error);
		throw error;
	}
}
// electron/store/index/revision.ts
/** Grows with every change that a list could show. What was computed under an older revision is stale. */
var Revision = class {
	#current = 0;
	/** The revision of now. */
	get current() {
		return this.#current;
	}
	/** Says that rows have changed. */
	changed() {
		this.#current++;
	}
};
// electron/store/index/segment-table.ts
/** What stands in the column `state`: in use, replaced by a compaction and about to be unlinked, missing or cut short. */
var segmentState = {
	inUse: 0,
	replaced: 1,
	missing: 2
};
/** The segments as the index knows them: which there are, and up to where each is committed. */
var SegmentTable = class {
	#sql;
	#nextId;
	constructor(sql) {
		this.#sql = sql;
		this.#nextId = (sql.value("select max(id) as value from segment") ?? 0) + 1;
	}
	/** Id for the next segment; never given twice while the store is open. */
	newId() {
		return this.#nextId++;
	}
	/** Segments of an account that take more messages, by number. */
	unsealed(accountNo) {
		return this.#sql.all(`select id, number, committed from segment
       where account_no = ? and is_sealed = 0 and state = ${segmentState.inUse} order by number`, accountNo);
	}
	/** The highest number that a segment of the account has had. */
	highestNumber(accountNo) {
		return this.#sql.value(`select max(last_segment, (select coalesce(max(number), 0) from segment where account_no = ?1)) as value
         from account where no = ?1`, accountNo) ?? 0;
	}
	/** All segments of an account, by number. */
	ofAccount(accountNo) {
		return this.#sql.all("select * from segment where account_no = ? order by number", accountNo);
	}
	/** Keeps the new length of a segment. Call it inside the transaction of what was appended. */
	noteCommitted(segment, committedBytes, isSealed) {
		if (segment.isInIndex) {
			this.#sql.run("update segment set committed = ?, is_sealed = ? where id = ?", committedBytes, Number(isSealed), segment.id);
			return;
		}
		this.#sql.run("insert into segment(id, account_no, number, committed, is_sealed) values(?, ?, ?, ?, ?)", segment.id, segment.accountNo, segment.number, committedBytes, Number(isSealed));
		this.#sql.run("update account set last_segment = max(last_segment, ?) where no = ?", segment.number, segment.accountNo);
	}
	/** Keeps the state of a segment. */
	setState(id, state) {
		this.#sql.run("update segment set state = ? where id = ?", state, id);
	}
	/** Keeps in mind that a record of a segment is of no use any more. Bytes. */
	noteDeadRecord(id, recordOffset, lengthBytes) {
		this.#sql.run("insert or ignore into dead_record(segment_id, record_offset, length) values(?, ?, ?)", id, recordOffset, lengthBytes);
	}
	/** Says that a record of a segment is of use again. */
	reviveRecord(id, recordOffset) {
		this.#sql.run("delete from dead_record where segment_id = ? and record_offset = ?", id, recordOffset);
	}
	/** Forgets the dead records of a segment. */
	forgetDeadRecords(id) {
		this.#sql.run("delete from dead_record where segment_id = ?", id);
	}
	/** Removes a segment and its dead records from the index. */
	remove(id) {
		this.forgetDeadRecords(id);
		this.#sql.run("delete from segment where id = ?", id);
	}
};
// electron/store/index/settings.ts
/** Single values that the store keeps for itself, by name. */
var Settings = class {
	#sql;
	constructor(sql) {
		this.#sql = sql;
	}
	/** The value kept under a name, or null. */
	get(name) {
		return this.#sql.value("select value from setting where name = ?", name);
	}
	/** Keeps a value under a name. */
	set(name, value) {
		this.#sql.run("insert or replace into setting(name, value) values(?, ?)", name, value);
	}
	/** Forgets the value kept under a name. */
	remove(name) {
		this.#sql.run("delete from setting where name = ?", name);
	}
};
// electron/store/index/steady-clock.ts
var dayMs$3 = 864e5;
/** The longest absence that is believed; a longer one counts as one day, for it may be a clock set wrong. */
var longestBelievedMs = 31 * dayMs$3;
/**
* Moves the steady time on to a new reading of the wall clock. It never runs backwards and never leaps: retention
* and forgetting count in steady time, so that a clock set a year forward or back removes nothing too early.
*/
function advanceSteadyTime(before, wallMs) {
	const elapsed = wallMs - before.wallMs;
	if (elapsed <= 0) return {
		steadyMs: before.steadyMs,
		wallMs
	};
	return {
		steadyMs: before.steadyMs + (elapsed > longestBelievedMs ? dayMs$3 : elapsed),
		wallMs
	};
}
// electron/store/index/store-clock.ts
var settingName = "steady-time";
/** The steady time is written down when it has moved on by this much. */
var keepEveryMs = 6e4;
/** Tells the time: by the wall clock, and by the steady clock that ages are counted in. */
var StoreClock = class {
	#sql;
	#settings;
	#wall;
	#steady;
	constructor(sql, settings, wall) {
		this.#sql = sql;
		this.#settings = settings;
		this.#wall = wall;
		this.#steady = this.#read();
		this.steadyNow();
	}
	/** Reads the steady time again, after a backup has been taken in. */
	reload() {
		this.#steady = this.#read();
		this.steadyNow();
	}
	#read() {
		const kept = this.#settings.get(settingName);
		if (kept === null) return {
			steadyMs: this.#wall(),
			wallMs: this.#wall()
		};
		const [steadyMs = 0, wallMs = 0] = kept.split(" ").map(Number);
		return {
			steadyMs,
			wallMs
		};
	}
	/** The wall clock. Milliseconds since the epoch. */
	now() {
		return this.#wall();
	}
	/** Time that neither runs backwards nor leaps; milliseconds. It is written down every minute or more. */
	steadyNow() {
		const before = this.#steady;
		this.#steady = advanceSteadyTime(before, this.#wall());
		if (Math.abs(this.#steady.wallMs - before.wallMs) >= keepEveryMs && !this.#sql.isInTransaction) this.keep();
		return this.#steady.steadyMs;
	}
	/** Writes the steady time down. */
	keep() {
		this.#settings.set(settingName, `${this.#steady.steadyMs} ${this.#steady.wallMs}`);
	}
};
/** How a ledger note calls itself in a segment: the word is older than the name. */
var noteWord = "journal";
var prefix = "SCHILY.xattr.user.poppy.";
var noHash = "0".repeat(64);
/** Bytes of a pax record, whose length counts its own digits. POSIX.1-2001, "pax Extended Header". */
function paxRecordBytes(key, valueBytes) {
	const rest = 24 + key.length + valueBytes + 3;
	let length = rest + String(rest).length;
	if (rest + String(length).length !== length) length = rest + String(length).length;
	return length;
}
function paxRecord(key, value, valueBytes = value.length) {
	return `${paxRecordBytes(key, valueBytes)} ${prefix}${key}=${value}\n`;
}
/** Digits of a time: as many as the last millisecond a Date can tell has. */
var timeDigits = 15;
function paxBody(facts) {
	const flags = `${facts.isPartial ? "p" : "-"}${facts.isDoubtful ? "d" : "-"}`;
	return (facts.kind === "ledger-note" ? paxRecord("kind", noteWord) : "") + paxRecord("account", facts.accountId) + paxRecord("key", facts.ledgerKey, Buffer.byteLength(facts.ledgerKey)) + paxRecord("sha256", facts.sha256) + paxRecord("received", String(facts.receivedAt).padStart(timeDigits, "0")) + paxRecord("flags", flags) + (facts.isPartial ? paxRecord("announced", String(facts.announcedBytes)) : "");
}
/** What every body has in common. */
var fixedPaxBytes = paxRecordBytes("sha256", noHash.length) + paxRecordBytes("received", timeDigits) + paxRecordBytes("flags", 2);
/** Bytes of what `paxBody` makes, without making it: it is asked for each message before its first byte. */
function paxBodyBytes(facts) {
	return fixedPaxBytes + (facts.kind === "ledger-note" ? paxRecordBytes("kind", 7) : 0) + paxRecordBytes("account", facts.accountId.length) + paxRecordBytes("key", Buffer.byteLength(facts.ledgerKey)) + (facts.isPartial ? paxRecordBytes("announced", String(facts.announcedBytes).length) : 0);
}
function padded(lengthBytes) {
	return Math.ceil(lengthBytes / 512) * 512;
}
/** Bytes from the start of a record to its data. Does not depend on hash, `doubtful` or length. */
function headerBytes(facts) {
	return 1024 + padded(paxBodyBytes(facts));
}
/** Bytes after the data that fill its last block. */
function paddingBytes(lengthBytes) {
	return padded(lengthBytes) - lengthBytes;
}
var namedSecond = NaN;
var secondName = "";
/** Many messages come within one second; its name is made once. */
function timeName(seconds) {
	if (seconds !== namedSecond) {
		secondName = (/* @__PURE__ */ new Date(seconds * 1e3)).toISOString().slice(0, 19).replaceAll(":", "-");
		namedSecond = seconds;
	}
	return secondName;
}
/** Name of the record's file: when it was received (UTC) and the first digits of its hash. */
function recordName(facts) {
	return `${timeName(Math.floor(facts.receivedAt / 1e3))}-${facts.sha256.slice(0, 12)}.${facts.kind === "ledger-note" ? `${noteWord}.json` : "eml"}`;
}
function ustarTemplate() {
	const block = Buffer.alloc(512);
	block.write("0000600\0", 100, "latin1");
	block.write("0000000\0", 108, "latin1");
	block.write("0000000\0", 116, "latin1");
	block.write("ustar\x0000", 257, "latin1");
	block.write("0000000\0", 329, "latin1");
	block.write("0000000\0", 337, "latin1");
	return block;
}
var template = ustarTemplate();
/** Name, size, time and type: the fields of a header that are not as in the template. The checksum counts as spaces. */
var variableFields = [
	[0, 100],
	[124, 148],
	[156, 157]
];
var templateSum = template.reduce((sum, byte) => sum + byte, 256);
function writeUstar(target, at, name, sizeBytes, timeSeconds, type) {
	template.copy(target, at);
	target.write(name, at, 100, "latin1");
	writeOctal(target, at + 124, 11, sizeBytes);
	writeOctal(target, at + 136, 11, timeSeconds);
	target.write(type, at + 156, 1, "latin1");
	let sum = templateSum;
	for (const [from, to] of variableFields) for (let i = at + from; i < at + to; i++) sum += target[i] ?? 0;
	writeOctal(target, at + 148, 6, sum);
	target[at + 154] = 0;
	target[at + 155] = 32;
}
function writeOctal(target, at, digits, value) {
	let rest = value;
	for (let i = at + digits - 1; i >= at; i--) {
		target[i] = 48 + rest % 8;
		rest = Math.floor(rest / 8);
	}
}
var scratch = Buffer.alloc(2048);
/** Zeros in a buffer that is used again for the next header. */
function emptyHeader(lengthBytes) {
	if (scratch.length < lengthBytes) scratch = Buffer.alloc(lengthBytes);
	return scratch.subarray(0, lengthBytes).fill(0);
}
/** The whole header of a record. The buffer is good until the next call. */
function encodeHeader(facts) {
	const body = paxBody(facts);
	const bodyBytes = paxBodyBytes(facts);
	const header = emptyHeader(1024 + padded(bodyBytes));
	const seconds = Math.max(0, Math.floor(facts.receivedAt / 1e3));
	const name = recordName(facts);
	writeUstar(header, 0, `PaxHeaders/${name}`, bodyBytes, seconds, "x");
	header.write(body, 512, bodyBytes, "utf8");
	writeUstar(header, header.length - 512, name, facts.lengthBytes, seconds, "0");
	return header;
}
function readUstar(block) {
	const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
	if (bytes.length < 512 || bytes.toString("latin1", 257, 262) !== "ustar") return null;
	let sum = 0;
	for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : bytes[i] ?? 0;
	if (Number.parseInt(bytes.toString("latin1", 148, 154), 8) !== sum) return null;
	const sizeBytes = Number.parseInt(bytes.toString("latin1", 124, 135), 8);
	if (!Number.isSafeInteger(sizeBytes)) return null;
	return {
		type: bytes.toString("latin1", 156, 157),
		sizeBytes
	};
}
function readPax(body) {
	const found = /* @__PURE__ */ new Map();
	for (let at = 0; at < body.length;) {
		const space = body.indexOf(32, at);
		if (space < 0 || space - at > 6) return null;
		const length = Number(body.toString("latin1", at, space));
		if (!Number.isSafeInteger(length) || length < 5 || at + length > body.length) return null;
		const text = body.toString("utf8", space + 1, at + length - 1);
		const equals = text.indexOf("=");
		found.set(text.slice(0, equals), text.slice(equals + 1));
		at += length;
	}
	return found;
}
function factsOf$1(pax, lengthBytes) {
	const value = (key) => pax.get(prefix + key);
	const sha256 = value("sha256") ?? "";
	const flags = value("flags") ?? "";
	const receivedAt = Number(value("received") ?? "none");
	if (!/^[0-9a-f]{64}$/.test(sha256) || flags.length !== 2 || !Number.isSafeInteger(receivedAt)) return null;
	return {
		kind: value("kind") === noteWord ? "ledger-note" : "message",
		accountId: value("account") ?? "",
		ledgerKey: value("key") ?? "",
		sha256,
		receivedAt,
		isPartial: flags[0] === "p",
		isDoubtful: flags[1] === "d",
		announcedBytes: Number(value("announced") ?? lengthBytes),
		lengthBytes
	};
}
/** How many bytes the header at the start of `bytes` has; null when there is none. */
function headerLengthAt(bytes) {
	const first = readUstar(bytes);
	if (first === null || first.type !== "x") return null;
	const length = 1024 + padded(first.sizeBytes);
	return length > 65536 ? null : length;
}
/** Reads the header at the start of `bytes`; null when it is not a whole header of ours. */
function decodeHeader(bytes) {
	const length = headerLengthAt(bytes);
	if (length === null || bytes.length < length) return null;
	const paxBytes = readUstar(bytes)?.sizeBytes ?? 0;
	const second = readUstar(bytes.subarray(length - 512, length));
	if (second === null || second.type !== "0") return null;
	const pax = readPax(Buffer.from(bytes.buffer, bytes.byteOffset + 512, paxBytes));
	const facts = pax === null ? null : factsOf$1(pax, second.sizeBytes);
	return facts === null || facts.sha256 === noHash ? null : {
		facts,
		headerBytes: length
	};
}
/** Two blocks of zeros: how a sealed or cleanly closed tar ends. */
var trailerBytes = 1024;
// electron/store/segments/ledger-note.ts
/** Appends a note at the end of a segment. The segment must be between two records. */
function appendLedgerNote(segment, accountId, note, receivedAt) {
	const data = Buffer.from(JSON.stringify(note));
	const facts = {
		kind: "ledger-note",
		accountId,
		ledgerKey: "",
		sha256: createHash("sha256").update(data).digest("hex"),
		receivedAt,
		isPartial: false,
		isDoubtful: false,
		announcedBytes: data.length,
		lengthBytes: data.length
	};
	segment.appender.append(encodeHeader(facts));
	segment.appender.append(data);
	segment.appender.appendZeros(paddingBytes(data.length));
}
/** Reads a note's data; an unreadable one says nothing. */
function readLedgerNote(data) {
	try {
		const value = JSON.parse(Buffer.from(data).toString("utf8"));
		return typeof value === "object" && value !== null ? value : {};
	} catch {
		return {};
	}
}
// electron/store/ledger/remove-messages.ts
/**
* Forgets the rows of messages in the ledger, whose entries keep their state. What was in doubt forgets its time as well:
* without a time nothing is removed from the server by itself.
*/
function forgetMessages(tools, ids) {
	tools.sql.run(`update ledger set message_id = null,
       stored_steady = iif((select is_doubtful from message where id = message_id) = 1, null, stored_steady)
     where message_id in (select value from json_each(?))`, JSON.stringify(ids));
}
/**
* Removes messages with their records: what is left of them is what the ledger knows. To be called inside a transaction.
*/
function removeMessages(tools, ids) {
	forgetMessages(tools, ids);
	tools.messages.noteDeadRecords(ids);
	tools.messages.remove(ids);
}
// electron/store/index/text-keys.ts
var simpleText = /^[\x00-\x7fа-яёА-ЯЁ\xa0«»№–—‘’“”„…•]*$/;
var marks = /\p{M}+/gu;
/** Lower case without marks: ё is е, é is e, and й stays й. What two spellings of one word have in common. */
function foldText(text) {
	if (simpleText.test(text)) return text.toLowerCase().replaceAll("ё", "е");
	return text.toLowerCase().replaceAll("й", "").normalize("NFKD").toLowerCase().replaceAll("й", "").replace(marks, "").replaceAll("", "й").normalize("NFC");
}
var replyMark = /^\s*(?:(?:re|aw|sv|vs|fwd?|wg|tr|rv|ha|отв|ответ|fw|на)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)/iu;
var listMark = /^\s*\[[^\]]{1,40}\]\s*/u;
/** Subject without reply and forward marks and list names, and whether a reply mark was there. */
function baseSubject(subject) {
	let base = subject;
	let isReply = false;
	for (let round = 0; round < 20; round++) {
		const next = base.replace(replyMark, "");
		const shorter = next.replace(listMark, "");
		if (next !== base) isReply = true;
		if (shorter === base || shorter.trim() === "") break;
		base = shorter;
	}
	return {
		base: foldText(base).replace(/\s+/gu, " ").trim(),
		isReply
	};
}
/** What rows sort by when sorted by subject; short, for it stands in an index. */
function subjectKey(subject) {
	return baseSubject(subject).base.slice(0, 32);
}
/** What rows sort by when sorted by sender. */
function fromKey(name, address) {
	return foldText(name === "" ? address : name).replace(/^["'\s]+/u, "").slice(0, 24);
}
var dayMs$2 = 864e5;
/**
* What rows sort by when sorted by date. A Date more than a day ahead of the clock is not believed: such a message sorts
* by the time it was received.
*/
function sortDate(sentAt, receivedAt) {
	return sentAt === null || sentAt > receivedAt + dayMs$2 ? receivedAt : sentAt;
}
// electron/store/ledger/ledger-states.ts
/** Where an entry of the ledger stands; the index keeps the position in this list. */
var ledgerStates = [
	"seen",
	"stored",
	"partial",
	"skipped",
	"delete-pending",
	"delete-sent",
	"gone"
];
/** SQL that holds for all departing states, as the index of them says it. */
var isDeparting = "state >= 4";
/** Every transition there is. RFC 1939 §6: only QUIT makes deletions happen, so `gone` needs a later listing. */
var ledgerTransitions = {
	unknown: {
		listed: "seen",
		stored: "stored",
		"partly-stored": "partial",
		skipped: "skipped",
		"delete-asked": "delete-pending"
	},
	seen: {
		"other-listed": "seen",
		listed: "seen",
		missing: "gone",
		stored: "stored",
		"partly-stored": "partial",
		skipped: "skipped",
		"delete-asked": "delete-pending"
	},
	stored: {
		"other-listed": "seen",
		listed: "stored",
		missing: "gone",
		stored: "stored",
		"delete-asked": "delete-pending"
	},
	partial: {
		"other-listed": "seen",
		listed: "partial",
		missing: "gone",
		stored: "stored",
		"partly-stored": "partial",
		"delete-asked": "delete-pending"
	},
	skipped: {
		"other-listed": "seen",
		listed: "skipped",
		missing: "gone",
		stored: "stored",
		"partly-stored": "partial",
		skipped: "skipped",
		"delete-asked": "delete-pending"
	},
	"delete-pending": {
		"other-listed": "seen",
		listed: "delete-pending",
		missing: "gone",
		stored: "delete-pending",
		"partly-stored": "delete-pending",
		"delete-asked": "delete-pending",
		"delete-taken-back": "held",
		"delete-sent": "delete-sent"
	},
	"delete-sent": {
		"other-listed": "seen",
		listed: "delete-pending",
		missing: "gone",
		stored: "delete-sent",
		"partly-stored": "delete-sent",
		"delete-asked": "delete-pending",
		"delete-sent": "delete-sent"
	},
	gone: {
		"other-listed": "seen",
		listed: "held",
		missing: "gone",
		stored: "stored",
		"partly-stored": "partial"
	}
};
/** Where an event leads, or null when it does not apply to that state and nothing changes. */
function nextLedgerState(from, event, held = "nothing") {
	const target = ledgerTransitions[from ?? "unknown"][event];
	if (target === void 0) return null;
	if (target !== "held") return target;
	return held === "nothing" ? "seen" : held;
}
/** Number under which the index keeps a state. */
function ledgerStateNumber(state) {
	return ledgerStates.indexOf(state);
}
/** State kept under a number; a number that none has is read as `seen`, which fetches again and loses nothing. */
function ledgerStateOf(number) {
	return ledgerStates[number] ?? "seen";
}
// electron/store/intake/rules-due.ts
/** Notes that rules are due for new messages, if there are any rules; part of the transaction that stores them. */
function noteRulesDue(sql, ids) {
	if (ids.length === 0) return;
	sql.run(`insert or ignore into rules_due(message_id) select value from json_each(?)
     where exists (select 1 from rule)`, JSON.stringify(ids));
}
/** The messages for which rules have not been carried out yet. */
function rulesDue(tools) {
	const { sql } = tools;
	return {
		/** Lets messages be parsed again whose rules were due when the program ended; once, at a start. */
		async parseAgain() {
			sql.transaction(() => {
				sql.run("delete from rules_due where message_id not in (select id from message)");
				tools.messages.parseAgain(sql.numbers("select message_id as value from rules_due"));
			});
			return tools.commits.next();
		},
		/** Those of the messages that rules are due for. */
		among(ids) {
			const found = sql.numbers("select message_id as value from rules_due where message_id in (select value from json_each(?))", JSON.stringify(ids));
			return new Set(found);
		},
		/** The rules have been carried out for these, or never can be. */
		async done(ids) {
			sql.run("delete from rules_due where message_id in (select value from json_each(?))", JSON.stringify(ids));
			return tools.commits.next();
		}
	};
}
// electron/store/intake/new-rows.ts
/** The table of the ledger's transitions for one event, as SQL: a query a message less than to ask first. */
function stateAfter(event) {
	return `case state ${ledgerStates.map((state) => {
		const to = nextLedgerState(state, event) ?? state;
		return `when ${ledgerStateNumber(state)} then ${ledgerStateNumber(to)}`;
	}).join(" ")} end`;
}
function noteOf$1(event) {
	return {
		first: ledgerStateNumber(nextLedgerState(null, event) ?? "seen"),
		onConflict: `on conflict do update set state = ${stateAfter(event)}, message_id = excluded.message_id,
      changed_steady = excluded.changed_steady, stored_steady = coalesce(stored_steady, excluded.stored_steady)`
	};
}
var whole = noteOf$1("stored");
var partial = noteOf$1("partly-stored");
/**
* The rows of one group's new messages and of its entries in the ledger, gathered and written together. Use it within
* one transaction, and write before anything else reads or changes these tables.
*/
var NewRows = class {
	segment;
	#tools;
	#messages = [];
	#envelopes = [];
	#notes = [];
	#fetched = [];
	#note = whole;
	constructor(tools, segment) {
		this.#tools = tools;
		this.segment = segment;
	}
	/** Adds the rows of a message that is new here. */
	addMessage(item) {
		const { summary, marks } = item;
		const id = item.placement.messageId;
		if (item.ledgerKey !== "") this.#fetched.push(id);
		this.#messages.push(id, this.segment.accountNo, this.#tools.folders.idOf(marks.folder ?? "inbox"), Number(marks.isRead ?? false), Number(marks.isStarred ?? false), Number(item.isPartial), Number(item.isDoubtful), item.sizeBytes, sortDate(summary.sentAt, item.receivedAt), item.receivedAt, id, fromKey(summary.from.name, summary.from.address), subjectKey(summary.subject), this.segment.id, item.recordOffset, item.dataOffset, item.lengthBytes, Buffer.from(item.sha256, "hex"));
		this.#envelopes.push(id, summary.subject, summary.from.name, summary.from.address, summary.sentAt);
	}
	/** Adds the entry that says that a message of the server is stored here. Steady time, milliseconds. */
	noteInLedger(item, now) {
		this.#addNote(item, item.placement.messageId, now, now);
	}
	/** Adds the entry of a message that was deleted here; in doubt, it has no time, so that nothing removes it there. */
	noteDeleted(item, now) {
		this.#addNote(item, null, now, item.isDoubtful ? null : now);
	}
	#addNote(item, messageId, now, storedAt) {
		const note = item.isPartial ? partial : whole;
		if (note !== this.#note) this.#writeNotes();
		this.#note = note;
		this.#notes.push(this.segment.accountNo, item.ledgerKey, note.first, messageId, item.sizeBytes, now, now, storedAt);
	}
	/** Writes what has been gathered. Throws what SQLite says. */
	write() {
		this.#tools.messages.insert(this.#messages);
		this.#messages = [];
		this.#tools.sql.insert("envelope(id, subject, from_name, from_address, sent_at)", 5, this.#envelopes);
		this.#envelopes = [];
		noteRulesDue(this.#tools.sql, this.#fetched);
		this.#fetched = [];
		this.#writeNotes();
	}
	#writeNotes() {
		this.#tools.sql.insert("ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady)", 8, this.#notes, this.#note.onConflict);
		this.#notes = [];
	}
};
// electron/store/intake/commit-group.ts
/** Messages that records were to be linked to, or to be put in the place of, and that were deleted for good meanwhile. */
function vanished(tools, items) {
	const wanted = /* @__PURE__ */ new Set();
	const coming = /* @__PURE__ */ new Set();
	for (const { placement } of items) (placement.kind === "new" ? coming : wanted).add(placement.messageId);
	const known = [...wanted].filter((id) => !coming.has(id));
	if (known.length === 0) return /* @__PURE__ */ new Set();
	return new Set(tools.sql.numbers("select value from json_each(?) where value not in (select id from message)", JSON.stringify(known)));
}
function replaceRecord(tools, segment, item) {
	const id = item.placement.messageId;
	tools.messages.noteDeadRecords([id]);
	tools.messages.replaceRecord(id, {
		...item,
		segmentId: segment.id
	});
}
function commitItem(tools, rows, item, now, gone) {
	const { placement } = item;
	const isLink = placement.kind === "link";
	const isGone = isLink ? gone.has(placement.messageId) : gone.delete(placement.messageId);
	if (isGone && isLink) {
		if (item.ledgerKey !== "") rows.noteDeleted(item, now);
		return;
	}
	if (placement.kind === "new" || isGone) rows.addMessage(item);
	else {
		rows.write();
		if (placement.kind !== "link") replaceRecord(tools, rows.segment, item);
		else if (item.isDoubtful) tools.messages.setDoubtful([placement.messageId]);
		if (placement.kind === "link" && placement.drops !== null) removeMessages(tools, [placement.drops]);
	}
	if (item.ledgerKey !== "") rows.noteInLedger(item, now);
}
/**
* The one transaction that makes a group of messages exist. The records must be durable in the segment before it is
* called; only after it has returned, and under `Sql.withoutSync` only after the log has been synced, may a message be
* announced as stored or be deleted on the server.
*/
function commitGroup(tools, group) {
	const { segment, items } = group;
	const now = tools.clock.steadyNow();
	tools.sql.transaction(() => {
		const rows = new NewRows(tools, segment);
		const gone = vanished(tools, items);
		for (const item of items) commitItem(tools, rows, item, now, gone);
		rows.write();
		tools.segments.noteCommitted(segment, group.committedBytes, group.isSealed);
	});
	for (const item of items) tools.hashes.note(item.sha256, item.isPartial);
	segment.committedBytes = group.committedBytes;
	segment.isInIndex = true;
	tools.revision.changed();
	const { accountId } = segment;
	return items.map((item) => ({
		messageId: item.placement.messageId,
		accountId,
		ledgerKey: item.ledgerKey,
		sizeBytes: item.sizeBytes,
		sha256: item.sha256,
		receivedAt: item.receivedAt,
		isPartial: item.isPartial,
		isDoubtful: item.isDoubtful,
		isNew: item.placement.kind !== "link",
		summary: item.summary
	}));
}
// electron/store/intake/group-line.ts
/**
* A group closes after this many messages, or … Measured for 10,000 messages of 5 KB: groups of 64 cost twice the
* time of groups of 1,000, for each writes some pages of every index to the log again.
*/
var groupMessages = 1e3;
/** … this many bytes, or … */
var groupBytes = 4194304;
/** … this long after its first message. */
var groupMs = 100;
/** Messages gathered while a group is being made durable, before the caller is asked to wait. */
var mostWaitingMessages = 2e3;
/** Bytes not yet in the file before the caller is asked to wait: what a message of any size costs in memory. */
var mostQueuedBytes = 4194304;
/**
* Groups of messages on their way to being durable: records, fdatasync, one index transaction, one group after the other,
* while the next one is being filled. The first error ends the line: nothing that was not announced by then is stored.
*/
var GroupLine = class {
	#tools;
	#accountId;
	#announce;
	#closed = [];
	/** Messages that have ended and are not in the index yet, by hash: the same bytes twice in a row are one message. */
	#uncommitted = /* @__PURE__ */ new Map();
	#segments = /* @__PURE__ */ new Set();
	#open = null;
	#isMessageOpen = false;
	#working = null;
	#waiting = 0;
	#timer = null;
	#failure = null;
	#wasReported = false;
	/** Callers that wait for everything: while there are any, groups close without being ripe. */
	#flushing = 0;
	constructor(tools, accountId, announce) {
		this.#tools = tools;
		this.#accountId = accountId;
		this.#announce = announce;
	}
	/** Whether somebody has been told of the error that ended the line. */
	get wasReported() {
		return this.#wasReported;
	}
	/** The group that a message about to be written belongs to. */
	beginMessage() {
		const group = this.#open ?? this.#newGroup();
		this.#isMessageOpen = true;
		return group;
	}
	/** The group of the message being written: another than at its beginning if that was closed meanwhile. */
	mustHaveGroup() {
		if (this.#open === null) throw new Error("no group is open");
		return this.#open;
	}
	/** Takes bytes of the message being written. A promise asks to wait until the disk has caught up. */
	append(bytes) {
		this.throwIfFailed();
		const { appender } = this.mustHaveGroup().segment;
		appender.append(bytes);
		if (appender.error !== null) this.#fail(appender.error);
		this.throwIfFailed();
		if (appender.queuedBytes > mostQueuedBytes) return this.#settled(appender);
	}
	async #settled(appender) {
		try {
			await appender.settle();
		} catch (error) {
			this.#fail(error);
		}
		this.throwIfFailed();
	}
	/** The message has ended, its record stands. A promise asks to wait until what has gathered is durable. */
	endMessage(item) {
		const group = this.mustHaveGroup();
		this.#isMessageOpen = false;
		if (item.placement.kind !== "link") this.#uncommitted.set(item.sha256, item.placement.messageId);
		group.items.push(item);
		this.#waiting++;
		if (this.#tools.book.isFull(group.segment.appender.position)) {
			group.isSealed = true;
			this.#closeGroup();
		}
		if (this.#working === null && (group.isSealed || this.#isRipe())) this.#work();
		else if (this.#working === null) this.#startTimer();
		if (this.#waiting >= mostWaitingMessages || group.segment.appender.queuedBytes > mostQueuedBytes) return this.flush();
	}
	/** Forgets the message being written: its record began at `recordOffset`. */
	dropMessage(recordOffset) {
		this.mustHaveGroup().segment.appender.rewind(recordOffset);
		this.#isMessageOpen = false;
	}
	/** Message with these bytes that has ended and is not in the index yet. */
	uncommitted(sha256) {
		return this.#uncommitted.get(sha256);
	}
	/** Waits until every message that has ended is durable and announced. */
	async flush() {
		this.#flushing++;
		try {
			while (this.#waiting > 0 && this.#failure === null) await this.#work();
			await this.#working;
		} finally {
			this.#flushing--;
		}
		this.throwIfFailed();
	}
	/** Flushes and lets the segments go. */
	async close() {
		try {
			await this.flush();
			if ((this.#open?.links.length ?? 0) > 0) await this.#work();
		} finally {
			this.#stopTimer();
			this.#open = null;
			for (const segment of this.#segments) await this.#tools.book.release(segment).catch(() => void 0);
		}
	}
	#newGroup(segment = this.#acquire()) {
		this.#segments.add(segment);
		const start = segment.appender.position;
		this.#open = {
			segment,
			items: [],
			links: [],
			bytes: 0,
			end: start,
			isSealed: false
		};
		return this.#open;
	}
	#acquire() {
		const { book, accounts } = this.#tools;
		return book.acquire({
			no: accounts.numberOf(this.#accountId),
			id: this.#accountId
		});
	}
	#isRipe() {
		const group = this.#open;
		if (group === null) return false;
		return this.#flushing > 0 || group.items.length >= groupMessages || group.bytes >= groupBytes;
	}
	#startTimer() {
		this.#timer ??= setTimeout(() => this.#work(), groupMs);
	}
	/** Puts what has ended in line to be made durable; the message being written goes on in the next group. */
	#closeGroup() {
		const group = this.#open;
		if (group === null) return;
		const notes = !this.#isMessageOpen && group.links.length > 0;
		if (group.items.length === 0 && !notes) return;
		this.#open = null;
		if (notes) {
			appendLedgerNote(group.segment, this.#accountId, { links: group.links }, this.#tools.clock.now());
			group.links = [];
			group.end = group.segment.appender.position;
		}
		this.#closed.push(group);
		if (group.isSealed) return;
		const next = this.#newGroup(group.segment);
		next.end = group.end;
		next.links = group.links;
	}
	#stopTimer() {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}
	/** Makes everything that has ended durable, group by group; one worker at a time. */
	#work() {
		this.#stopTimer();
		this.#working ??= this.#workThrough().finally(() => {
			this.#working = null;
		});
		return this.#working;
	}
	async #workThrough() {
		try {
			this.#closeGroup();
			for (let group = this.#closed.shift(); group !== void 0; group = this.#closed.shift()) {
				await this.#makeDurable(group);
				if (this.#closed.length === 0 && this.#isRipe()) this.#closeGroup();
			}
			if ((this.#open?.items.length ?? 0) > 0) this.#startTimer();
		} catch (error) {
			this.#fail(error);
		}
	}
	async #makeDurable(group) {
		const { segment } = group;
		segment.appender.handOverUpTo(group.end);
		await segment.appender.sync();
		const batch = await this.#commit(group);
		this.#waiting -= group.items.length;
		for (const item of group.items) this.#uncommitted.delete(item.sha256);
		if (group.isSealed) {
			this.#segments.delete(segment);
			await this.#tools.book.release(segment);
		}
		this.#announce(batch, this.#tools.commits.next());
	}
	async #commit(group) {
		try {
			const batch = this.#tools.sql.withoutSync(() => commitGroup(this.#tools, {
				...group,
				committedBytes: group.end
			}));
			await this.#syncLog();
			return batch;
		} catch (error) {
			this.#segments.delete(group.segment);
			this.#tools.book.abandon(group.segment);
			throw error;
		}
	}
	async #syncLog() {
		const { files, sql } = this.#tools;
		const log = await files.open(sql.logPath, "write");
		try {
			await log.sync();
		} finally {
			await log.close();
		}
	}
	#fail(error) {
		this.#failure ??= storeError(error);
		this.#stopTimer();
		this.#closed.length = 0;
	}
	/** Throws what has ended the line. */
	throwIfFailed() {
		if (this.#failure === null) return;
		this.#wasReported = true;
		throw this.#failure instanceof StoreError ? this.#failure : new Error("the store failed while writing", { cause: this.#failure });
	}
};
// electron/store/intake/placement.ts
/** Decides what becomes of a message from what the index knows of its hash and of its ledger entry. */
function placementOf(tools, accountNo, message) {
	const { sql } = tools;
	if (!message.isPartial && !tools.hashes.mayBeKnown(message.sha256)) return {
		kind: "new",
		messageId: tools.messages.newId()
	};
	const same = sql.get(`select id, is_damaged, size from message where sha256 = ? and account_no = ? and is_partial = ?
     order by is_damaged limit 1`, Buffer.from(message.sha256, "hex"), accountNo, Number(message.isPartial));
	const ofKey = message.ledgerKey === "" ? void 0 : messageOfKey(tools, accountNo, message.ledgerKey);
	const held = ofKey !== void 0 && (ofKey.is_partial === 1 || ofKey.is_damaged === 1) ? ofKey.id : null;
	const isSame = same !== void 0 && (!message.isPartial || same.size === message.sizeBytes);
	if (isSame && same.is_damaged === 0) return {
		kind: "link",
		messageId: same.id,
		drops: message.isPartial || held === same.id ? null : held
	};
	if (message.isPartial && ofKey?.is_partial === 0 && ofKey.is_damaged === 0) return {
		kind: "link",
		messageId: ofKey.id,
		drops: null
	};
	if (isSame) return {
		kind: "heal",
		messageId: same.id
	};
	if (held !== null) return {
		kind: "replace",
		messageId: held
	};
	return {
		kind: "new",
		messageId: tools.messages.newId()
	};
}
function messageOfKey(tools, accountNo, key) {
	return tools.sql.get(`select m.id, m.is_partial, m.is_damaged from ledger l join message m on m.id = l.message_id
     where l.account_no = ? and l.key = ?`, accountNo, key);
}
// electron/store/intake/message-writer.ts
/** To hold the hashes of all stored mail in memory costs as much a message there as a hundredth of asking for one. */
var hashesForAQuery = 100;
var noMarks = {};
/** How much of a message is looked at for its row. */
var summaryBytes = 16384;
/**
* Takes messages in as their bytes come and makes them durable in groups: records, fdatasync, one index transaction.
* One message at a time; any number of groups one after another. After an error every call rejects with a StoreError:
* what had not been announced by then is not stored.
*/
var MessageWriter = class {
	#tools;
	#accountNo;
	#accountId;
	#owner;
	#summarise;
	#line;
	#listeners = /* @__PURE__ */ new Set();
	#head = Buffer.allocUnsafeSlow(summaryBytes);
	#current = null;
	#placed = 0;
	#isClosed = false;
	constructor(tools, accountId, owner) {
		this.#tools = tools;
		this.#accountId = accountId;
		this.#accountNo = tools.accounts.numberOf(accountId);
		this.#owner = owner;
		this.#summarise = owner.summarise;
		this.#line = new GroupLine(tools, accountId, (batch, commit) => {
			for (const listener of [owner.onCommitted, ...this.#listeners]) listener(batch, commit);
		});
	}
	/** Calls the listener with each group of messages after its transaction, until the returned function is called. */
	onCommitted(listener) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	/** Begins a message. Throws a StoreError when an earlier write failed. */
	begin(message) {
		this.#line.throwIfFailed();
		if (this.#current !== null || this.#isClosed) throw new Error("a message is being written, or none can be");
		const group = this.#line.beginMessage();
		const ledgerKey = message.uidl === null ? "" : `${message.uidl}#${message.occurrence}`;
		const isPartial = message.isPartial ?? false;
		const announcedBytes = message.announcedSizeBytes;
		const { appender } = group.segment;
		const recordOffset = appender.position;
		appender.appendZeros(headerBytes({
			kind: "message",
			accountId: this.#accountId,
			ledgerKey,
			isPartial,
			announcedBytes
		}));
		this.#current = {
			ledgerKey,
			receivedAt: message.receivedAt ?? this.#tools.clock.now(),
			isPartial,
			announcedBytes,
			marks: message.marks ?? noMarks,
			recordOffset,
			dataOffset: appender.position,
			hash: null,
			lengthBytes: 0
		};
	}
	/** Takes the next bytes, which are copied. A promise asks the caller to wait until the disk has caught up. */
	chunk(bytes) {
		const current = this.#mustHaveCurrent();
		this.#digest(current, bytes);
		return this.#line.append(bytes);
	}
	#digest(current, bytes) {
		const before = current.lengthBytes;
		current.lengthBytes += bytes.length;
		if (before < summaryBytes) this.#head.set(bytes.subarray(0, summaryBytes - before), before);
		if (current.lengthBytes <= summaryBytes) return;
		current.hash ??= createHash("sha256").update(this.#head.subarray(0, before));
		current.hash.update(bytes);
	}
	/** Ends the message. It is durable when it is announced, not when this returns. */
	end(outcome) {
		const current = this.#mustHaveCurrent();
		const group = this.#line.mustHaveGroup();
		this.#line.throwIfFailed();
		this.#current = null;
		const { ledgerKey, receivedAt, isPartial, announcedBytes, recordOffset, lengthBytes } = current;
		const isDoubtful = outcome.doubtful;
		const sha256 = current.hash?.digest("hex") ?? hash("sha256", this.#head.subarray(0, lengthBytes), "hex");
		const sizeBytes = isPartial ? announcedBytes : lengthBytes;
		const placement = this.#place({
			sha256,
			ledgerKey,
			isPartial,
			sizeBytes
		});
		const { appender } = group.segment;
		if (placement.kind === "link") {
			appender.rewind(recordOffset);
			if (ledgerKey !== "") group.links.push({
				key: ledgerKey,
				sha256
			});
		} else {
			const header = encodeHeader({
				kind: "message",
				accountId: this.#accountId,
				ledgerKey,
				sha256,
				receivedAt,
				isPartial,
				isDoubtful,
				announcedBytes,
				lengthBytes
			});
			appender.patch(recordOffset, header);
			appender.appendZeros(paddingBytes(lengthBytes));
			group.bytes += appender.position - recordOffset;
			group.end = appender.position;
		}
		return this.#line.endMessage({
			ledgerKey,
			sha256,
			receivedAt,
			isPartial,
			isDoubtful,
			sizeBytes,
			recordOffset,
			dataOffset: current.dataOffset,
			lengthBytes,
			summary: this.#summarise(this.#head.subarray(0, Math.min(summaryBytes, lengthBytes))),
			marks: current.marks,
			placement
		});
	}
	#place(message) {
		const uncommitted = this.#line.uncommitted(message.sha256);
		if (uncommitted !== void 0) return {
			kind: "link",
			messageId: uncommitted,
			drops: null
		};
		if (++this.#placed * hashesForAQuery >= this.#tools.messages.highestId) this.#tools.hashes.load();
		return placementOf(this.#tools, this.#accountNo, message);
	}
	/** Drops the message being written; nothing of it stays. */
	abandon() {
		if (this.#current === null) return;
		this.#line.dropMessage(this.#current.recordOffset);
		this.#current = null;
	}
	/** Waits until every message that has ended is durable and announced. */
	flush() {
		return this.#line.flush();
	}
	/** Flushes, drops an unfinished message and lets the segment go. The writer cannot be used afterwards. */
	async close() {
		if (this.#isClosed) return;
		this.abandon();
		this.#isClosed = true;
		try {
			await this.#line.close();
		} finally {
			this.#owner.onClosed();
		}
	}
	/** As close; what has been thrown once already is not thrown again. */
	async [Symbol.asyncDispose]() {
		const { wasReported } = this.#line;
		try {
			await this.close();
		} catch (error) {
			if (!wasReported) throw error;
		}
	}
	#mustHaveCurrent() {
		if (this.#current === null) throw new Error("no message is being written");
		return this.#current;
	}
};
// ../../main/node_modules/@orama/stemmers/dist/en.js
var e = {
	ational: "ate",
	tional: "tion",
	enci: "ence",
	anci: "ance",
	izer: "ize",
	bli: "ble",
	alli: "al",
	entli: "ent",
	eli: "e",
	ousli: "ous",
	ization: "ize",
	ation: "ate",
	ator: "ate",
	alism: "al",
	iveness: "ive",
	fulness: "ful",
	ousness: "ous",
	aliti: "al",
	iviti: "ive",
	biliti: "ble",
	logi: "log"
};
var t = {
	icate: "ic",
	ative: "",
	alize: "al",
	iciti: "ic",
	ical: "ic",
	ful: "",
	ness: ""
};
var i = "[aeiouy]";
var s$1 = "[^aeiou][^aeiouy]*";
var l = i + "[aeiou]*";
var a = "^(" + s$1 + ")?" + l + s$1;
var n = "^(" + s$1 + ")?" + l + s$1 + "(" + l + ")?$";
var o = "^(" + s$1 + ")?" + l + s$1 + l + s$1;
var c = "^(" + s$1 + ")?" + i;
function stemmer$1(l) {
	let u, x, g, $, p, r;
	if (l.length < 3) return l;
	let f = l.substring(0, 1);
	if ("y" == f && (l = f.toUpperCase() + l.substring(1)), $ = /^(.+?)([^s])s$/, (g = /^(.+?)(ss|i)es$/).test(l) ? l = l.replace(g, "$1$2") : $.test(l) && (l = l.replace($, "$1$2")), $ = /^(.+?)(ed|ing)$/, (g = /^(.+?)eed$/).test(l)) {
		let e = g.exec(l);
		(g = new RegExp(a)).test(e[1]) && (g = /.$/, l = l.replace(g, ""));
	} else $.test(l) && (u = $.exec(l)[1], ($ = new RegExp(c)).test(u) && (l = u, $ = /(at|bl|iz)$/, p = RegExp("([^aeiouylsz])\\1$"), r = RegExp("^" + s$1 + i + "[^aeiouwxy]$"), $.test(l) ? l += "e" : p.test(l) ? (g = /.$/, l = l.replace(g, "")) : r.test(l) && (l += "e")));
	if ((g = /^(.+?)y$/).test(l)) u = g.exec(l)?.[1], g = new RegExp(c), u && g.test(u) && (l = u + "i");
	if ((g = /^(.+?)(ational|tional|enci|anci|izer|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|logi)$/).test(l)) {
		let t = g.exec(l);
		u = t?.[1], x = t?.[2], g = new RegExp(a), u && g.test(u) && (l = u + e[x]);
	}
	if ((g = /^(.+?)(icate|ative|alize|iciti|ical|ful|ness)$/).test(l)) {
		let e = g.exec(l);
		u = e?.[1], x = e?.[2], g = new RegExp(a), u && g.test(u) && (l = u + t[x]);
	}
	if ($ = /^(.+?)(s|t)(ion)$/, (g = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/).test(l)) u = g.exec(l)?.[1], g = new RegExp(o), u && g.test(u) && (l = u);
	else if ($.test(l)) {
		let e = $.exec(l);
		u = e?.[1] ?? "" + e?.[2] ?? "", ($ = new RegExp(o)).test(u) && (l = u);
	}
	if ((g = /^(.+?)e$/).test(l)) u = g.exec(l)?.[1], g = new RegExp(o), $ = new RegExp(n), p = RegExp("^" + s$1 + i + "[^aeiouwxy]$"), u && (g.test(u) || $.test(u) && !p.test(u)) && (l = u);
	return g = /ll$/, $ = new RegExp(o), g.test(l) && $.test(l) && (g = /.$/, l = l.replace(g, "")), "y" == f && (l = f.toLowerCase() + l.substring(1)), l;
}
// ../../main/node_modules/@orama/stemmers/dist/ru.js
function r() {
	this.p = function(r) {
		this.j = r, this.cursor = 0, this.a = this.j.length, this.f = 0, this.c = this.cursor, this.d = this.a;
	}, this.z = function() {
		return this.j;
	}, this.w = function(r) {
		this.j = r.j, this.cursor = r.cursor, this.a = r.a, this.f = r.f, this.c = r.c, this.d = r.d;
	}, this.i = function(r, s, t) {
		if (this.cursor >= this.a) return !1;
		var i = this.j.charCodeAt(this.cursor);
		return !(i > t) && !(i < s) && 0 != (r[(i -= s) >>> 3] & 1 << (7 & i)) && (this.cursor++, !0);
	}, this.n = function(r, s, t) {
		if (this.cursor <= this.f) return !1;
		var i = this.j.charCodeAt(this.cursor - 1);
		return !(i > t) && !(i < s) && 0 != (r[(i -= s) >>> 3] & 1 << (7 & i)) && (this.cursor--, !0);
	}, this.k = function(r, s, t) {
		if (this.cursor >= this.a) return !1;
		var i = this.j.charCodeAt(this.cursor);
		return i > t || i < s ? (this.cursor++, !0) : 0 == (r[(i -= s) >>> 3] & 1 << (7 & i)) && (this.cursor++, !0);
	}, this.q = function(r, s, t) {
		if (this.cursor <= this.f) return !1;
		var i = this.j.charCodeAt(this.cursor - 1);
		return i > t || i < s ? (this.cursor--, !0) : 0 == (r[(i -= s) >>> 3] & 1 << (7 & i)) && (this.cursor--, !0);
	}, this.m = function(r) {
		return !(this.a - this.cursor < r.length) && this.j.slice(this.cursor, this.cursor + r.length) == r && (this.cursor += r.length, !0);
	}, this.g = function(r) {
		return !(this.cursor - this.f < r.length) && this.j.slice(this.cursor - r.length, this.cursor) == r && (this.cursor -= r.length, !0);
	}, this.o = function(r) {
		for (var s = 0, t = r.length, i = this.cursor, c = this.a, u = 0, o = 0, h = !1;;) {
			var e, n = s + (t - s >>> 1), a = 0, f = u < o ? u : o, g = r[n];
			for (e = f; e < g[0].length; e++) {
				if (i + f == c) {
					a = -1;
					break;
				}
				if (0 != (a = this.j.charCodeAt(i + f) - g[0].charCodeAt(e))) break;
				f++;
			}
			if (0 > a ? (t = n, o = f) : (s = n, u = f), 1 >= t - s) {
				if (0 < s || t == s || h) break;
				h = !0;
			}
		}
		for (;;) {
			if (u >= (g = r[s])[0].length && (this.cursor = i + g[0].length, 4 > g.length || (s = g[3](this), this.cursor = i + g[0].length, s))) return g[2];
			if (0 > (s = g[1])) return 0;
		}
	}, this.h = function(r) {
		for (var s = 0, t = r.length, i = this.cursor, c = this.f, u = 0, o = 0, h = !1;;) {
			var e, n = s + (t - s >> 1), a = 0, f = u < o ? u : o, g = r[n];
			for (e = g[0].length - 1 - f; 0 <= e; e--) {
				if (i - f == c) {
					a = -1;
					break;
				}
				if (0 != (a = this.j.charCodeAt(i - 1 - f) - g[0].charCodeAt(e))) break;
				f++;
			}
			if (0 > a ? (t = n, o = f) : (s = n, u = f), 1 >= t - s) {
				if (0 < s || t == s || h) break;
				h = !0;
			}
		}
		for (;;) {
			if (u >= (g = r[s])[0].length && (this.cursor = i - g[0].length, 4 > g.length || (s = g[3](this), this.cursor = i - g[0].length, s))) return g[2];
			if (0 > (s = g[1])) return 0;
		}
	}, this.s = function(r, s, t) {
		var i = t.length - (s - r);
		return this.j = this.j.slice(0, r) + t + this.j.slice(s), this.a += i, this.cursor >= s ? this.cursor += i : this.cursor > r && (this.cursor = r), i;
	}, this.t = function() {
		return !(0 > this.c) && !(this.c > this.d) && !(this.d > this.a) && !(this.a > this.j.length);
	}, this.b = function(r) {
		var s = !1;
		return this.t() && (this.s(this.c, this.d, r), s = !0), s;
	}, this.e = function() {
		return this.b("");
	}, this.r = function(r, s, t) {
		s = this.s(r, s, t), r <= this.c && (this.c += s), r <= this.d && (this.d += s);
	}, this.u = function() {
		var r = "";
		return this.t() && (r = this.j.slice(this.c, this.d)), r;
	}, this.v = function() {
		return this.j.slice(0, this.a);
	};
}
var s = new function() {
	var s = new r(), t = [
		[
			"в",
			-1,
			1
		],
		[
			"ив",
			0,
			2
		],
		[
			"ыв",
			0,
			2
		],
		[
			"вши",
			-1,
			1
		],
		[
			"ивши",
			3,
			2
		],
		[
			"ывши",
			3,
			2
		],
		[
			"вшись",
			-1,
			1
		],
		[
			"ившись",
			6,
			2
		],
		[
			"ывшись",
			6,
			2
		]
	], i = [
		[
			"ее",
			-1,
			1
		],
		[
			"ие",
			-1,
			1
		],
		[
			"ое",
			-1,
			1
		],
		[
			"ые",
			-1,
			1
		],
		[
			"ими",
			-1,
			1
		],
		[
			"ыми",
			-1,
			1
		],
		[
			"ей",
			-1,
			1
		],
		[
			"ий",
			-1,
			1
		],
		[
			"ой",
			-1,
			1
		],
		[
			"ый",
			-1,
			1
		],
		[
			"ем",
			-1,
			1
		],
		[
			"им",
			-1,
			1
		],
		[
			"ом",
			-1,
			1
		],
		[
			"ым",
			-1,
			1
		],
		[
			"его",
			-1,
			1
		],
		[
			"ого",
			-1,
			1
		],
		[
			"ему",
			-1,
			1
		],
		[
			"ому",
			-1,
			1
		],
		[
			"их",
			-1,
			1
		],
		[
			"ых",
			-1,
			1
		],
		[
			"ею",
			-1,
			1
		],
		[
			"ою",
			-1,
			1
		],
		[
			"ую",
			-1,
			1
		],
		[
			"юю",
			-1,
			1
		],
		[
			"ая",
			-1,
			1
		],
		[
			"яя",
			-1,
			1
		]
	], c = [
		[
			"ем",
			-1,
			1
		],
		[
			"нн",
			-1,
			1
		],
		[
			"вш",
			-1,
			1
		],
		[
			"ивш",
			2,
			2
		],
		[
			"ывш",
			2,
			2
		],
		[
			"щ",
			-1,
			1
		],
		[
			"ющ",
			5,
			1
		],
		[
			"ующ",
			6,
			2
		]
	], u = [[
		"сь",
		-1,
		1
	], [
		"ся",
		-1,
		1
	]], o = [
		[
			"ла",
			-1,
			1
		],
		[
			"ила",
			0,
			2
		],
		[
			"ыла",
			0,
			2
		],
		[
			"на",
			-1,
			1
		],
		[
			"ена",
			3,
			2
		],
		[
			"ете",
			-1,
			1
		],
		[
			"ите",
			-1,
			2
		],
		[
			"йте",
			-1,
			1
		],
		[
			"ейте",
			7,
			2
		],
		[
			"уйте",
			7,
			2
		],
		[
			"ли",
			-1,
			1
		],
		[
			"или",
			10,
			2
		],
		[
			"ыли",
			10,
			2
		],
		[
			"й",
			-1,
			1
		],
		[
			"ей",
			13,
			2
		],
		[
			"уй",
			13,
			2
		],
		[
			"л",
			-1,
			1
		],
		[
			"ил",
			16,
			2
		],
		[
			"ыл",
			16,
			2
		],
		[
			"ем",
			-1,
			1
		],
		[
			"им",
			-1,
			2
		],
		[
			"ым",
			-1,
			2
		],
		[
			"н",
			-1,
			1
		],
		[
			"ен",
			22,
			2
		],
		[
			"ло",
			-1,
			1
		],
		[
			"ило",
			24,
			2
		],
		[
			"ыло",
			24,
			2
		],
		[
			"но",
			-1,
			1
		],
		[
			"ено",
			27,
			2
		],
		[
			"нно",
			27,
			1
		],
		[
			"ет",
			-1,
			1
		],
		[
			"ует",
			30,
			2
		],
		[
			"ит",
			-1,
			2
		],
		[
			"ыт",
			-1,
			2
		],
		[
			"ют",
			-1,
			1
		],
		[
			"уют",
			34,
			2
		],
		[
			"ят",
			-1,
			2
		],
		[
			"ны",
			-1,
			1
		],
		[
			"ены",
			37,
			2
		],
		[
			"ть",
			-1,
			1
		],
		[
			"ить",
			39,
			2
		],
		[
			"ыть",
			39,
			2
		],
		[
			"ешь",
			-1,
			1
		],
		[
			"ишь",
			-1,
			2
		],
		[
			"ю",
			-1,
			2
		],
		[
			"ую",
			44,
			2
		]
	], h = [
		[
			"а",
			-1,
			1
		],
		[
			"ев",
			-1,
			1
		],
		[
			"ов",
			-1,
			1
		],
		[
			"е",
			-1,
			1
		],
		[
			"ие",
			3,
			1
		],
		[
			"ье",
			3,
			1
		],
		[
			"и",
			-1,
			1
		],
		[
			"еи",
			6,
			1
		],
		[
			"ии",
			6,
			1
		],
		[
			"ами",
			6,
			1
		],
		[
			"ями",
			6,
			1
		],
		[
			"иями",
			10,
			1
		],
		[
			"й",
			-1,
			1
		],
		[
			"ей",
			12,
			1
		],
		[
			"ией",
			13,
			1
		],
		[
			"ий",
			12,
			1
		],
		[
			"ой",
			12,
			1
		],
		[
			"ам",
			-1,
			1
		],
		[
			"ем",
			-1,
			1
		],
		[
			"ием",
			18,
			1
		],
		[
			"ом",
			-1,
			1
		],
		[
			"ям",
			-1,
			1
		],
		[
			"иям",
			21,
			1
		],
		[
			"о",
			-1,
			1
		],
		[
			"у",
			-1,
			1
		],
		[
			"ах",
			-1,
			1
		],
		[
			"ях",
			-1,
			1
		],
		[
			"иях",
			26,
			1
		],
		[
			"ы",
			-1,
			1
		],
		[
			"ь",
			-1,
			1
		],
		[
			"ю",
			-1,
			1
		],
		[
			"ию",
			30,
			1
		],
		[
			"ью",
			30,
			1
		],
		[
			"я",
			-1,
			1
		],
		[
			"ия",
			33,
			1
		],
		[
			"ья",
			33,
			1
		]
	], e = [[
		"ост",
		-1,
		1
	], [
		"ость",
		-1,
		1
	]], n = [
		[
			"ейше",
			-1,
			1
		],
		[
			"н",
			-1,
			2
		],
		[
			"ейш",
			-1,
			1
		],
		[
			"ь",
			-1,
			3
		]
	], a = [
		33,
		65,
		8,
		232
	], f = 0, g = 0;
	this.l = function() {
		for (var r, l = s.cursor;;) {
			var d = s.cursor;
			r: {
				for (;;) {
					var b = s.cursor;
					if (s.c = s.cursor, s.m("ё")) {
						s.d = s.cursor, s.cursor = b;
						break;
					}
					if (s.cursor = b, s.cursor >= s.a) break r;
					s.cursor++;
				}
				if (!s.b("е")) return !1;
				continue;
			}
			s.cursor = d;
			break;
		}
		s.cursor = l, f = g = s.a, l = s.cursor;
		s: {
			for (; !s.i(a, 1072, 1103);) {
				if (s.cursor >= s.a) break s;
				s.cursor++;
			}
			for (g = s.cursor; !s.k(a, 1072, 1103);) {
				if (s.cursor >= s.a) break s;
				s.cursor++;
			}
			for (; !s.i(a, 1072, 1103);) {
				if (s.cursor >= s.a) break s;
				s.cursor++;
			}
			for (; !s.k(a, 1072, 1103);) {
				if (s.cursor >= s.a) break s;
				s.cursor++;
			}
			f = s.cursor;
		}
		if (s.cursor = l, s.f = s.cursor, s.cursor = s.a, s.cursor < g) return !1;
		if (l = s.f, s.f = g, d = s.a - s.cursor, b = s.a - s.cursor, !function() {
			var r;
			if (s.d = s.cursor, 0 == (r = s.h(t))) return !1;
			switch (s.c = s.cursor, r) {
				case 1:
					if ((r = s.a - s.cursor, !s.g("а")) && (s.cursor = s.a - r, !s.g("я"))) return !1;
					if (!s.e()) return !1;
					break;
				case 2: if (!s.e()) return !1;
			}
			return !0;
		}()) {
			s.cursor = s.a - b, b = s.a - s.cursor, s.d = s.cursor, 0 == s.h(u) ? r = !1 : (s.c = s.cursor, r = !!s.e()), r || (s.cursor = s.a - b);
			t: if (b = s.a - s.cursor, !function() {
				var r, t;
				if (s.d = s.cursor, 0 == s.h(i) ? t = !1 : (s.c = s.cursor, t = !!s.e()), !t) return !1;
				t = s.a - s.cursor;
				s: if (s.d = s.cursor, 0 == (r = s.h(c))) s.cursor = s.a - t;
				else switch (s.c = s.cursor, r) {
					case 1:
						if ((r = s.a - s.cursor, !s.g("а")) && (s.cursor = s.a - r, !s.g("я"))) {
							s.cursor = s.a - t;
							break s;
						}
						if (!s.e()) return !1;
						break;
					case 2: if (!s.e()) return !1;
				}
				return !0;
			}()) {
				if (s.cursor = s.a - b, function() {
					var r;
					if (s.d = s.cursor, 0 == (r = s.h(o))) return !1;
					switch (s.c = s.cursor, r) {
						case 1:
							if ((r = s.a - s.cursor, !s.g("а")) && (s.cursor = s.a - r, !s.g("я"))) return !1;
							if (!s.e()) return !1;
							break;
						case 2: if (!s.e()) return !1;
					}
					return !0;
				}()) break t;
				s.cursor = s.a - b, s.d = s.cursor, 0 != s.h(h) && (s.c = s.cursor, s.e());
			}
		}
		if (s.cursor = s.a - d, d = s.a - s.cursor, s.d = s.cursor, s.g("и")) {
			if (s.c = s.cursor, !s.e()) return !1;
		} else s.cursor = s.a - d;
		if (d = s.a - s.cursor, s.d = s.cursor, 0 != s.h(e) && (s.c = s.cursor, f <= s.cursor && s.e()), s.cursor = s.a - d, d = s.a - s.cursor, s.d = s.cursor, 0 != (b = s.h(n))) switch (s.c = s.cursor, b) {
			case 1:
				if (!s.e() || (s.d = s.cursor, !s.g("н"))) break;
				s.c = s.cursor, s.g("н") && s.e();
				break;
			case 2:
				s.g("н") && s.e();
				break;
			case 3: s.e();
		}
		return s.cursor = s.a - d, s.f = l, s.cursor = s.f, !0;
	}, this.stemWord = function(r) {
		return s.p(r), this.l(), s.j;
	};
}();
function stemmer(r) {
	return s.stemWord(r);
}
// electron/store/search/search-words.ts
/** Chinese and Japanese write no spaces: each of their characters is a word, and a word of them a phrase. */
var wordPattern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;
/** Text of English and Russian only, whose words a simple pattern finds. */
var simpleFolded = /^[\x00-\x7fа-я\xa0«»№–—‘’“”„…•]*$/;
var simpleWordPattern = /[a-z0-9а-я]+/g;
/** Longest word that is indexed; what is longer is an encoded blob, cut so that its beginning can be found. */
var longestWord = 40;
/** Symbols that folding would turn into letters of the word beside them: №17 is 17, and a name with ™ is the name. */
var symbols = /[^\x00-\x7f\P{S}]/gu;
/** Words of a text in order, folded. */
function wordsOf(text) {
	const folded = foldText(text.replace(symbols, " "));
	return (folded.match(simpleFolded.test(folded) ? simpleWordPattern : wordPattern) ?? []).map((word) => word.length > longestWord ? word.slice(0, longestWord) : word);
}
/** Stems met before; mail repeats itself. */
var stems = /* @__PURE__ */ new Map();
var mostStems = 5e4;
/** The stem of a folded word: Russian for Cyrillic letters, English for Latin ones, itself for anything else. */
function stemOf(word) {
	const known = stems.get(word);
	if (known !== void 0) return known;
	const stem = /^[а-яй]{3,}$/.test(word) ? stemmer(word) : /^[a-z]{3,}$/.test(word) ? stemmer$1(word) : word;
	if (stems.size >= mostStems) stems.clear();
	stems.set(word, stem);
	return stem;
}
/** The stems of a text that are not among its words already, each once: what word forms are found by. */
function extraStems(words) {
	const found = /* @__PURE__ */ new Set();
	for (const word of new Set(words)) {
		const stem = stemOf(word);
		if (stem !== word) found.add(stem);
	}
	return [...found].join(" ");
}
// electron/store/intake/conversations.ts
/** Of a long list of references the first and these many last ones say all there is to say. */
var mostReferences = 100;
/** A Message-ID longer than this is cut: it only has to be equal to itself. */
var longestReference = 250;
function bounded(message) {
	const { references, messageId } = message;
	const chosen = references.length > mostReferences ? [...references.slice(0, 1), ...references.slice(-100)] : references;
	const all = messageId === null ? chosen : [messageId, ...chosen];
	return [...new Set(all.map((id) => id.trim().slice(0, longestReference)).filter((id) => id !== ""))];
}
/**
* Which thread a message belongs to, one message after another and in any order. As in the JWZ algorithm, messages
* belong together when a chain of Message-ID and References joins them, whether or not all links of it are here; a
* message that refers to nothing joins by its subject, and only where one of the two is marked as a reply. The tree
* inside a thread is made when it is shown (`threads.ts`); cycles do no harm here, for only the joining is kept.
*/
var Conversations = class {
	#sql;
	#messages;
	constructor({ sql, messages }) {
		this.#sql = sql;
		this.#messages = messages;
	}
	/** The thread of a message; must run inside a transaction. Threads that it joins become one. */
	place(message) {
		const references = bounded(message);
		const joined = references.length === 0 ? [] : this.#conversationsOf(message.accountNo, references);
		const bySubject = message.references.length === 0 ? this.#conversationOfSubject(message) : null;
		if (bySubject !== null && !joined.includes(bySubject)) joined.push(bySubject);
		const conversationId = joined.length === 0 ? message.id : Math.min(...joined);
		for (const other of joined) if (other !== conversationId) this.#merge(other, conversationId);
		for (const reference of references) this.#sql.run("insert or ignore into thread_reference(account_no, reference, thread_id) values(?, ?, ?)", message.accountNo, reference, conversationId);
		this.#keepSubject(message, conversationId);
		return conversationId;
	}
	#conversationsOf(accountNo, references) {
		const found = /* @__PURE__ */ new Set();
		for (const reference of references) {
			const conversationId = this.#sql.value("select thread_id as value from thread_reference where account_no = ? and reference = ?", accountNo, reference);
			if (conversationId !== null) found.add(conversationId);
		}
		return [...found];
	}
	#conversationOfSubject(message) {
		const { base, isReply } = baseSubject(message.subject);
		if (base.length < 3) return null;
		const known = this.#sql.get("select thread_id, has_original from thread_subject where account_no = ? and subject = ?", message.accountNo, base.slice(0, longestReference));
		if (known === void 0) return null;
		return isReply || known.has_original === 0 ? known.thread_id : null;
	}
	#keepSubject(message, conversationId) {
		const { base, isReply } = baseSubject(message.subject);
		if (base.length < 3) return;
		this.#sql.run(`insert into thread_subject(account_no, subject, thread_id, has_original) values(?1, ?2, ?3, ?4)
       on conflict do update set thread_id = case when ?4 then ?3 else thread_id end,
         has_original = max(has_original, ?4)`, message.accountNo, base.slice(0, longestReference), conversationId, Number(!isReply));
	}
	#merge(from, to) {
		this.#messages.joinConversations(from, to);
		this.#sql.run("update thread_reference set thread_id = ? where thread_id = ?", to, from);
		this.#sql.run("update thread_subject set thread_id = ? where thread_id = ?", to, from);
	}
};
// electron/store/intake/parsed-messages.ts
/** Longest text that is indexed, in characters: a book of 300 pages. What follows is found by nobody. */
var mostTextLength = 6e5;
/** Names that an attachment is worth counting for in a list: parts of the body that are inline pictures are not. */
function shownAttachments(attachments) {
	return attachments.filter((attachment) => !attachment.isInline).length;
}
function people(mailboxes) {
	return mailboxes.map(({ name, address }) => `${name} ${address}`).join(" ");
}
/** Fills in what a parser found: list columns, attachments, threads, words. */
var ParsedMessages = class {
	#tools;
	#conversations;
	#words;
	constructor(tools, words) {
		this.#tools = tools;
		this.#words = words;
		this.#conversations = new Conversations(tools);
	}
	/** Messages nobody has parsed yet, the newest first. */
	unparsed(limit) {
		return this.#tools.sql.numbers("select id as value from message where is_parsed = 0 and is_damaged = 0 order by sort_date desc, id desc limit ?", limit);
	}
	/** Messages that have been parsed, and all that can be. */
	coverage() {
		const { sql } = this.#tools;
		const count = (what) => sql.value(`select count(*) as value from message where ${what}`) ?? 0;
		const total = count("true");
		const unparsed = count("is_parsed = 0");
		const unreadable = count("is_parsed = 0 and is_damaged = 1");
		return {
			found: total - unparsed,
			total: total - unreadable
		};
	}
	/** Says that a message cannot be parsed; it keeps what is known and is not offered again. */
	async setUnparsable(id, warning) {
		const { sql } = this.#tools;
		sql.transaction(() => {
			this.#tools.messages.setParsed(id, {});
			sql.run("update envelope set warnings = ? where id = ?", JSON.stringify([warning]), id);
		});
		this.#tools.revision.changed();
		return this.#tools.commits.next();
	}
	/** Writes one parsed message; see `setMany`. */
	set(id, parsed) {
		return this.setMany([{
			id,
			parsed
		}]);
	}
	/**
	* Writes many parsed messages in one transaction; messages that are gone are passed over. Answers the accounts of
	* the others. The word index is left in pieces, which `words.merge` puts together when there is time.
	*/
	async setMany(parsed) {
		if (parsed.length === 0) return this.#tools.commits.with([]);
		const accounts = /* @__PURE__ */ new Set();
		const inOrder = [...parsed].sort((one, other) => one.id - other.id);
		this.#tools.sql.withoutSync(() => this.#tools.sql.transaction(() => {
			for (const one of inOrder) {
				const accountNo = this.#write(one.id, one.parsed);
				if (accountNo !== null) accounts.add(accountNo);
			}
		}));
		this.#words.noteWrite();
		this.#tools.revision.changed();
		return this.#tools.commits.with([...accounts].map((no) => this.#tools.accounts.idOf(no)));
	}
	/** Number of the message's account; null when the message is gone. */
	#write(id, parsed) {
		const { sql } = this.#tools;
		const row = sql.get(`select account_no, received_at, is_parsed, attachments, sort_date, from_key, subject_key, thread_id
       from message where id = ?`, id);
		if (row === void 0) return null;
		const conversationId = this.#conversations.place({
			accountNo: row.account_no,
			id,
			messageId: parsed.messageId,
			references: [...parsed.references, ...parsed.inReplyTo],
			subject: parsed.subject
		});
		this.#updateRow(id, row, {
			attachments: shownAttachments(parsed.attachments),
			sort_date: sortDate(parsed.sentAt, row.received_at),
			from_key: fromKey(parsed.from.name, parsed.from.address),
			subject_key: subjectKey(parsed.subject),
			thread_id: conversationId
		});
		sql.run(`update envelope set subject = ?, from_name = ?, from_address = ?, recipients = ?, copies = ?, sent_at = ?,
         preview = ?, message_id = ?, in_reply_to = ?, refs = ?, attachments = ?, warnings = ? where id = ?`, parsed.subject, parsed.from.name, parsed.from.address, JSON.stringify(parsed.to), JSON.stringify(parsed.cc), parsed.sentAt, parsed.preview, parsed.messageId, parsed.inReplyTo.join(" ").slice(0, 2e3), parsed.references.slice(-50).join(" ").slice(-4e3), JSON.stringify(parsed.attachments), JSON.stringify(parsed.warnings), id);
		if (row.is_parsed === 1) sql.run("delete from words where rowid = ?", id);
		this.#writeWords(id, parsed);
		return row.account_no;
	}
	/** Most of it was right from the headers alone, and each column that is named costs an entry in several indexes. */
	#updateRow(id, known, now) {
		const changed = Object.entries(now).filter(([name, value]) => known[name] !== value);
		this.#tools.messages.setParsed(id, Object.fromEntries(changed));
	}
	#writeWords(id, parsed) {
		const subject = wordsOf(parsed.subject);
		const body = wordsOf(parsed.text.slice(0, mostTextLength));
		this.#tools.sql.run(`insert into words(rowid, subject, sender, recipients, attachment, body, subject_stems, body_stems)
       values(?, ?, ?, ?, ?, ?, ?, ?)`, id, subject.join(" "), wordsOf(people([parsed.from])).join(" "), wordsOf(people([...parsed.to, ...parsed.cc])).join(" "), wordsOf(parsed.attachments.map(({ name }) => name).join(" ")).join(" "), body.join(" "), extraStems(subject), extraStems(body));
	}
};
// electron/store/ledger/known-servers.ts
/** What was learned about servers. */
function knownServers(tools) {
	const { sql } = tools;
	const quirks = (host, port) => {
		const body = sql.value("select body as value from server_quirk where host = ? and port = ?", host.toLowerCase(), port);
		return body === null ? {} : JSON.parse(body);
	};
	return {
		/** What is known of a server; empty when nothing is. */
		quirks,
		/** Remembers facts about a server beside those known already; undefined forgets one. */
		async learn(host, port, learned) {
			sql.run("insert or replace into server_quirk(host, port, body) values(?, ?, ?)", host.toLowerCase(), port, JSON.stringify({
				...quirks(host, port),
				...learned
			}));
			return tools.commits.next();
		}
	};
}
// electron/store/ledger/known-entries.ts
var knownAs = (state, held, isDamaged) => ({
	state,
	held,
	isDamaged,
	whenListed: nextLedgerState(state, "listed", held) ?? state
});
/** Number of the letter that stands for the first kind of entry. */
var kindBase = 48;
/**
* All keys joined, and a letter for each: 100,000 rows as rows would take ten times as long. Both are gathered in the
* order of the one pass over the table.
*/
var joinedEntries = `select group_concat(key, char(10)) as keys,
  group_concat(char(${kindBase} + 2 * state + (stored_steady is not null)), '') as kinds from ledger where account_no = ?`;
/** What a letter of `joinedEntries` says. */
var entryOfKind = ledgerStates.flatMap((state) => ["nothing", "stored"].map((held) => knownAs(state, held, false)));
var merelySeen = knownAs("seen", "nothing", false);
var firstOccurrence = "#1";
/** An account's entries: those of a first occurrence by their id alone, the few others by their whole key. */
var KnownEntries = class {
	/** Of first occurrences, in the order of the table: by id, as many servers list them. */
	#ids;
	#entries;
	#others = /* @__PURE__ */ new Map();
	#places = null;
	#nextPlace = 0;
	/** `keys` joined by line feeds and a letter of its kind for each. */
	constructor(keys, kinds) {
		const entryAt = (index) => entryOfKind[kinds.charCodeAt(index) - kindBase] ?? merelySeen;
		this.#ids = keys.endsWith(firstOccurrence) ? keys.slice(0, -2).split(`${firstOccurrence}\n`) : [];
		this.#entries = this.#ids.map((_, index) => entryAt(index));
		if (this.#ids.length === kinds.length) return;
		this.#ids = [];
		this.#entries = [];
		for (const [index, key] of keys.split("\n").entries()) this.#add(key, entryAt(index));
	}
	/** How many there are. */
	get size() {
		return this.#ids.length + this.#others.size;
	}
	/** Those that are not the first of their id, by key. */
	get others() {
		return this.#others;
	}
	/** The entry of an id's first occurrence; quickest where one asks in the order of the table. */
	first(id) {
		if (this.#ids[this.#nextPlace] === id) return this.#entries[this.#nextPlace++];
		const place = this.#placeOf(id);
		if (place === void 0) return void 0;
		this.#nextPlace = place + 1;
		return this.#entries[place];
	}
	/** All of them, by key. */
	*all() {
		for (const [index, id] of this.#ids.entries()) yield [`${id}${firstOccurrence}`, this.#entries[index] ?? merelySeen];
		yield* this.#others;
	}
	/** Puts an entry right. */
	correct(key, entry) {
		const place = key.endsWith(firstOccurrence) ? this.#placeOf(key.slice(0, -2)) : void 0;
		if (place === void 0) this.#others.set(key, entry);
		else this.#entries[place] = entry;
	}
	#add(key, entry) {
		if (!key.endsWith(firstOccurrence)) this.#others.set(key, entry);
		else {
			this.#ids.push(key.slice(0, -2));
			this.#entries.push(entry);
		}
	}
	#placeOf(id) {
		this.#places ??= new Map(this.#ids.map((one, index) => [one, index]));
		return this.#places.get(id);
	}
};
/** Changes so far: rows by this connection, and commits by any other. */
function changesSoFar(tools) {
	const version = tools.sql.get("pragma data_version")?.data_version;
	return `${tools.sql.value("select total_changes() as value")} ${version}`;
}
/** See `Ledger.recall`. */
function recallEntries(tools, accountNo) {
	const changes = changesSoFar(tools);
	const joined = tools.sql.get(joinedEntries, accountNo);
	const known = new KnownEntries(joined?.keys ?? "", joined?.kinds ?? "");
	noteFlaws(tools, accountNo, known);
	return {
		known,
		changes
	};
}
/** What was recalled, if nothing has changed since; else what is so now. */
function upToDate(tools, accountNo, recalled) {
	if (recalled !== null && recalled.changes === changesSoFar(tools)) return recalled.known;
	return recallEntries(tools, accountNo).known;
}
/**
* Puts right the few whose stored copy is only a beginning or is damaged. A cross join keeps SQLite at the order written
* here: from the few to their entries, and not from each entry to its message.
*/
function noteFlaws(tools, accountNo, known) {
	for (const row of tools.sql.all(`select l.key, l.state, m.is_partial, m.is_damaged from message m cross join ledger l on l.message_id = m.id
     where (m.is_partial = 1 or m.is_damaged = 1) and l.account_no = ?`, accountNo)) {
		const held = row.is_partial === 1 ? "partial" : "stored";
		known.correct(row.key, knownAs(ledgerStateOf(row.state), held, row.is_damaged === 1));
	}
}
// electron/store/ledger/maildrop-stamp.ts
var dayMs$1 = 864e5;
/** After this long a maildrop is listed whole even so. Milliseconds of steady time. */
var believedMs = dayMs$1;
/**
* Keeps the mark of a listing that has just been carried out, if all of it is held here, undamaged, or is to stay away and
* nothing is to be deleted there. Throws what SQLite says.
*/
function keepStamp(tools, accountNo, mark, retention) {
	const found = tools.sql.get(`select count(*) filter (where state in (?2, ?3, ?4)) as settled,
       count(*) filter (where state not in (?2, ?3, ?4, ?5)) as open, min(stored_steady) filter (where state = ?2) as oldest
     from ledger where account_no = ?1`, accountNo, ...[
		"stored",
		"partial",
		"skipped",
		"gone"
	].map(ledgerStateNumber));
	if (found === void 0 || found.open > 0 || found.settled !== mark.count) return;
	if (hasDamaged(tools, accountNo)) return;
	tools.sql.run(`insert or replace into listing_mark(account_no, count, size, last_uidl, noted_steady, retention, oldest_steady)
     values(?, ?, ?, ?, ?, ?, ?)`, ...[
		accountNo,
		mark.count,
		mark.sizeBytes,
		mark.lastUidl,
		tools.clock.steadyNow(),
		JSON.stringify(retention)
	], found.oldest);
}
/** Takes the mark away: the next check lists the maildrop. */
function dropStamp(tools, accountNo) {
	tools.sql.run("delete from listing_mark where account_no = ?", accountNo);
}
/**
* The mark by which a maildrop that has not changed leaves nothing to do; null when there is none, when it is a day old,
* or when something is to be done whether the maildrop has changed or not: retention is due or another than it was, or a
* copy here has come to be damaged.
*/
function settledStamp(tools, accountNo, retention) {
	const row = tools.sql.get(`select count, size, last_uidl, noted_steady, retention, oldest_steady from listing_mark where account_no = ?`, accountNo);
	const now = tools.clock.steadyNow();
	if (row === void 0 || now - row.noted_steady >= believedMs) return null;
	if (row.retention !== JSON.stringify(retention)) return null;
	if (retention.kind === "remove-after-days" && now - (row.oldest_steady ?? now) >= retention.days * dayMs$1) return null;
	return hasDamaged(tools, accountNo) ? null : {
		count: row.count,
		sizeBytes: row.size,
		lastUidl: row.last_uidl
	};
}
function hasDamaged(tools, accountNo) {
	return tools.sql.value("select exists(select 1 from message where is_damaged = 1 and account_no = ?) as value", accountNo) === 1;
}
// electron/store/ledger/reconcile.ts
/** An entry that is gone is remembered this long, in case the server brings it back. */
var rememberGoneMs = 5184e6;
/** A listing that lacks more than half of at least this many entries is not believed at once. */
var suspiciousMissing = 10;
var keyOf = ({ uidl, occurrence }) => `${uidl}#${occurrence}`;
var doubtSetting = (tools, accountNo) => `ids-doubted ${tools.accounts.idOf(accountNo)}`;
/** See `Ledger.doubtIds`. */
function doubtIds(tools, accountNo) {
	tools.settings.set(doubtSetting(tools, accountNo), "1");
}
/** Not in the maildrop any more, or perhaps not: QUIT's answer to a deletion may have been lost. */
function mayHaveLeft(state) {
	return state === "gone" || state === "delete-sent" || state === "delete-pending";
}
/**
* Positions at which an id that is known may now stand for another message, which is fetched, so that nothing is
* deleted for another's sake; equal bytes are linked. So it is where equal ids have become fewer, which moves the later
* ones up, and where an id has another size than before, if it may have left or the server may be another.
*/
function perhapsOthers(tools, accountNo, listing, known, entries) {
	const found = /* @__PURE__ */ new Set();
	const shifted = fewerThanBefore(known, listing);
	const isDoubted = tools.settings.get(doubtSetting(tools, accountNo)) !== null;
	const back = /* @__PURE__ */ new Map();
	listing.forEach((message, index) => {
		const entry = entries[index];
		if (entry === void 0) return;
		if (shifted.size > 0 && shifted.has(message.uidl)) found.add(index);
		else if (isDoubted || mayHaveLeft(entry.state)) back.set(keyOf(message), index);
	});
	if (back.size === 0) return found;
	for (const { key, size } of tools.sql.all("select key, size from ledger where account_no = ? and key in (select value from json_each(?))", accountNo, JSON.stringify([...back.keys()]))) {
		const index = back.get(key);
		if (index !== void 0 && listing[index]?.sizeBytes !== size) found.add(index);
	}
	return found;
}
/** Ids that stood for more messages before than they do in this listing. */
function fewerThanBefore(known, listing) {
	const fewer = /* @__PURE__ */ new Set();
	if (known.others.size === 0) return fewer;
	const listed = new Set(listing.map(keyOf));
	for (const [key, entry] of known.others) if (entry.state !== "gone" && !listed.has(key)) fewer.add(key.slice(0, key.lastIndexOf("#")));
	return fewer;
}
/** Entries that are not listed and not gone already, by key. */
function absentOf(known, listing, found) {
	if (found === known.size) return [];
	const listed = new Set(listing.map(keyOf));
	return [...known.all()].filter(([key, entry]) => entry.state !== "gone" && !listed.has(key));
}
function suspicionOf(listed, hits, expected, missing) {
	if (missing === 0) return "none";
	if (listed === 0) return "empty";
	if (hits === 0 && expected > 1) return "ids-changed";
	return missing > suspiciousMissing && missing * 2 > expected ? "much-shorter" : "none";
}
/** Writes states down; what becomes `seen` again is perhaps another message, and keeps nothing of the one before. */
function writeStates(tools, accountNo, changes) {
	if (changes.length === 0) return;
	const rows = changes.map((change) => [
		change.key,
		ledgerStateNumber(change.state),
		change.sizeBytes
	]);
	const now = tools.clock.steadyNow();
	tools.sql.run(`insert into ledger(account_no, key, state, size, seen_steady, changed_steady)
       select ?1, value ->> 0, value ->> 1, value ->> 2, ?2, ?2 from json_each(?3) where true
     on conflict do update set state = excluded.state, changed_steady = excluded.changed_steady,
       size = iif(excluded.state = ?4, excluded.size, size),
       message_id = iif(excluded.state = ?4, null, message_id),
       stored_steady = iif(excluded.state = ?4, null, stored_steady)`, accountNo, now, JSON.stringify(rows), ledgerStateNumber("seen"));
}
function forgetLongGone(tools, accountNo) {
	tools.sql.run(`delete from ledger where account_no = ? and ${isDeparting} and state = ? and changed_steady < ?`, accountNo, ledgerStateNumber("gone"), tools.clock.steadyNow() - rememberGoneMs);
}
/** Where an entry goes whose id perhaps means another message now. */
function otherThan(entry) {
	return nextLedgerState(entry?.state ?? null, "other-listed", entry?.held) ?? entry?.state ?? "seen";
}
/** See `Ledger.reconcile`. A listing that is not complete (a window of a large mailbox) makes nothing `gone`. */
function reconcileListing(tools, accountNo, listing, isComplete, recalled) {
	const known = upToDate(tools, accountNo, recalled);
	const entries = listing.map((message) => message.occurrence === 1 ? known.first(message.uidl) : known.others.get(keyOf(message)));
	const states = [];
	const newOnes = [];
	const returned = [];
	const damaged = [];
	const changes = [];
	let hits = 0;
	const others = perhapsOthers(tools, accountNo, listing, known, entries);
	listing.forEach((message, index) => {
		const entry = entries[index];
		const from = entry?.state ?? null;
		const to = others.has(index) ? otherThan(entry) : entry?.whenListed ?? "seen";
		states.push(to);
		if (from !== to) changes.push({
			key: keyOf(message),
			state: to,
			sizeBytes: message.sizeBytes
		});
		if (from === null) newOnes.push(index);
		else if (from === "gone") returned.push(index);
		else hits++;
		if (entry?.isDamaged === true) damaged.push(index);
	});
	const absent = absentOf(known, listing, hits + returned.length);
	const isExpected = (state) => state === "delete-sent" || state === "delete-pending";
	const confirmed = absent.filter(([, entry]) => isExpected(entry.state)).map(([key]) => key);
	const missing = absent.filter(([, entry]) => !isExpected(entry.state)).map(([key]) => key);
	const suspicion = suspicionOf(listing.length, hits, hits + missing.length, missing.length);
	if (isComplete) for (const key of suspicion === "none" ? [...confirmed, ...missing] : confirmed) changes.push({
		key,
		state: "gone",
		sizeBytes: 0
	});
	tools.sql.transaction(() => {
		writeStates(tools, accountNo, changes);
		if (isComplete && suspicion === "none") forgetLongGone(tools, accountNo);
		if (isComplete) tools.settings.remove(doubtSetting(tools, accountNo));
	});
	return {
		states,
		newOnes,
		returned,
		damaged,
		missing,
		confirmedDeletions: isComplete ? confirmed : [],
		suspicion
	};
}
// electron/store/ledger/ledger.ts
var entryColumns = `l.key, l.state, l.message_id, l.size, l.seen_steady, l.changed_steady, l.stored_steady,
  m.is_damaged, m.is_partial, m.is_doubtful from ledger l left join message m on m.id = l.message_id`;
function entryOf(row) {
	return {
		key: row.key,
		state: ledgerStateOf(row.state),
		messageId: row.message_id,
		sizeBytes: row.size,
		seenSteadyMs: row.seen_steady,
		changedSteadyMs: row.changed_steady,
		storedSteadyMs: row.stored_steady,
		isDoubtful: row.is_doubtful === 1,
		isDamaged: row.is_damaged === 1
	};
}
/** What an entry would go back to when its deletion is taken back; stored and then deleted here counts as stored. */
function heldBy(row) {
	if (row.is_partial === 1) return "partial";
	return row.stored_steady === null ? "nothing" : "stored";
}
/** Everything one account's server is known to have, and to have had. */
var Ledger = class {
	#tools;
	#accountNo;
	#recalled = null;
	constructor(tools, accountId) {
		this.#tools = tools;
		this.#accountNo = tools.accounts.numberOf(accountId);
	}
	/** Every entry, those gone within the last 60 days included. */
	entries() {
		return this.#tools.sql.all(`select ${entryColumns} where l.account_no = ?`, this.#accountNo).map(entryOf);
	}
	/** One entry, or null. */
	entry(key) {
		const row = this.#tools.sql.get(`select ${entryColumns} where l.account_no = ? and l.key = ?`, this.#accountNo, key);
		return row === void 0 ? null : entryOf(row);
	}
	/** Entries in one of the states with which a message leaves the server. */
	inState(state) {
		return this.#tools.sql.all(`select ${entryColumns} where l.account_no = ? and l.${isDeparting} and l.state = ?`, this.#accountNo, ledgerStateNumber(state)).map(entryOf);
	}
	/** Keys under which the server has (or had) a stored message. */
	keysOfMessage(id) {
		return this.#tools.sql.all("select key from ledger where message_id = ? and account_no = ?", id, this.#accountNo).map((row) => row.key);
	}
	/**
	* Reads the entries that the next `reconcile` will need: a twentieth of a second for 100,000, best spent while the
	* server is busy. What changes in between is noticed there. Throws a StoreError or what SQLite says.
	*/
	recall() {
		this.#recalled = recallEntries(this.#tools, this.#accountNo);
	}
	/**
	* Compares a listing of the server with the ledger and writes down what follows from it: new ids are `seen`, absent
	* ones are `gone` unless the listing is suspicious. One transaction.
	*/
	async reconcile(listing, options) {
		const recalled = this.#recalled;
		this.#recalled = null;
		const isComplete = options?.isComplete ?? true;
		return this.#tools.commits.with(reconcileListing(this.#tools, this.#accountNo, listing, isComplete, recalled));
	}
	/** See `keepStamp`. */
	async keepStamp(mark, retention) {
		keepStamp(this.#tools, this.#accountNo, mark, retention);
		return this.#tools.commits.next();
	}
	/** See `settledStamp`. */
	settledStamp(retention) {
		return settledStamp(this.#tools, this.#accountNo, retention);
	}
	/** Wants these deleted on the server at the next chance; answers those to which it applies. */
	setDeletePending(keys) {
		return this.#apply(keys, "delete-asked");
	}
	/** Takes back a deletion that has not been applied yet. */
	takeBackDeletion(keys) {
		return this.#apply(keys, "delete-taken-back");
	}
	/** DELE and then QUIT were answered +OK for these. RFC 1939 §6. */
	setDeleteSent(keys) {
		return this.#apply(keys, "delete-sent");
	}
	/** Knows nothing of the server any more: the account now means another maildrop, whose ids may be the same. */
	async forgetAll() {
		this.#tools.sql.run("delete from ledger where account_no = ?", this.#accountNo);
		return this.#tools.commits.next();
	}
	/**
	* The account's server is perhaps another one, whose ids may mean other messages: the next complete listing is
	* believed only where sizes agree as well. What is fetched again for that is linked where it is the same.
	*/
	async doubtIds() {
		doubtIds(this.#tools, this.#accountNo);
		dropStamp(this.#tools, this.#accountNo);
		return this.#tools.commits.next();
	}
	/** These are not to be fetched (a rule or a limit says so). */
	setSkipped(keys) {
		return this.#apply(keys, "skipped");
	}
	async #apply(keys, event) {
		const { sql } = this.#tools;
		const now = this.#tools.clock.steadyNow();
		const applied = keys.length === 0 ? [] : sql.transaction(() => keys.filter((key) => this.#applyOne(key, event, now)));
		return this.#tools.commits.with(applied);
	}
	#applyOne(key, event, now) {
		const { sql } = this.#tools;
		const row = sql.get(`select ${entryColumns} where l.account_no = ? and l.key = ?`, this.#accountNo, key);
		const to = nextLedgerState(row === void 0 ? null : ledgerStateOf(row.state), event, row && heldBy(row));
		if (to === null) return false;
		sql.run(`insert into ledger(account_no, key, state, seen_steady, changed_steady) values(?1, ?2, ?3, ?4, ?4)
       on conflict do update set state = ?3, changed_steady = ?4`, this.#accountNo, key, ledgerStateNumber(to), now);
		return true;
	}
};
// electron/store/ledger/known-maildrops.ts
/** Name of the note in an account's folder. */
var maildropNoteName = "account.json";
function readNote(folder) {
	try {
		return readFileSync(join(folder, maildropNoteName), "utf8");
	} catch {
		return null;
	}
}
function maildropOf(text) {
	try {
		const { host, port, user, address } = JSON.parse(text);
		if (typeof host !== "string" || typeof port !== "number") return null;
		if (typeof user !== "string" || typeof address !== "string") return null;
		return {
			host,
			port,
			user,
			address
		};
	} catch {
		return null;
	}
}
/** Keeps where an account's mail comes from. Throws what the file system throws. */
function noteMaildrop(tools, accountId, maildrop) {
	const { host, port, user, address } = maildrop;
	const text = `${JSON.stringify({
		address,
		host,
		port,
		user
	}, null, 2)}\n`;
	tools.accounts.numberOf(accountId);
	const folder = accountFolder(tools.folder, accountId);
	if (readNote(folder) === text) return;
	mkdirSync(folder, {
		recursive: true,
		mode: 448
	});
	const unfinished = join(folder, `${maildropNoteName}.new`);
	writeFileSync(unfinished, text, { mode: 384 });
	renameSync(unfinished, join(folder, maildropNoteName));
}
/** Every account that is noted, with the number of its messages. */
function notedMaildrops(tools) {
	return tools.accounts.ids().flatMap((accountId) => {
		const text = readNote(accountFolder(tools.folder, accountId));
		const maildrop = text === null ? null : maildropOf(text);
		if (maildrop === null) return [];
		return [{
			accountId,
			maildrop,
			messages: tools.sql.value("select count(*) as value from message where account_no = ?", tools.accounts.knownNumber(accountId) ?? -1) ?? 0
		}];
	});
}
/** Where the mail of each account came from. */
function maildrops(tools) {
	return {
		/** Keeps where an account's mail comes from, so that it is known again. Rejects with what the file system says. */
		async note(accountId, maildrop) {
			noteMaildrop(tools, accountId, maildrop);
			return tools.commits.next();
		},
		/** Every account that is noted, with the number of its messages. */
		all: () => notedMaildrops(tools)
	};
}
// electron/store/lists/choices.ts
/** What a person chose for single messages; kept by their bytes, so that it survives a rebuild. */
function messageChoices(tools) {
	const { sql } = tools;
	const of = (id) => {
		const row = sql.get(`select c.charset, c.theme from message m
       join message_choice c on c.account_no = m.account_no and c.sha256 = m.sha256 where m.id = ?`, id);
		return {
			charset: row?.charset ?? null,
			theme: row?.theme ?? null
		};
	};
	return {
		/** What was chosen for a message. */
		of,
		/** Remembers a choice for a message; what is absent stays, null takes a choice back. */
		async set(id, chosen) {
			const { charset, theme } = {
				...of(id),
				...chosen
			};
			sql.run(`insert or replace into message_choice(account_no, sha256, charset, theme)
           select account_no, sha256, ?, ? from message where id = ?`, charset, theme, id);
			return tools.commits.next();
		}
	};
}
/** Whose remote pictures are loaded without asking. */
function remotePictures(tools) {
	const { sql } = tools;
	return {
		/** Senders and domains whose remote pictures are loaded without asking. */
		allowances() {
			return sql.all("select scope, value from remote_allowed order by scope, value").map(({ scope, value }) => ({
				scope,
				value
			}));
		},
		/** Lets the pictures of a sender or a domain be loaded. */
		async allow(scope, value) {
			sql.run("insert or ignore into remote_allowed(scope, value) values(?, ?)", scope, value.toLowerCase());
			return tools.commits.next();
		},
		/** Takes that back. */
		async disallow(scope, value) {
			sql.run("delete from remote_allowed where scope = ? and value = ?", scope, value.toLowerCase());
			return tools.commits.next();
		},
		/** Whether pictures of mail from this address may be loaded. */
		isAllowed(address) {
			const folded = address.toLowerCase();
			const domain = folded.slice(folded.lastIndexOf("@") + 1);
			return sql.value(`select 1 as value from remote_allowed
           where (scope = 'sender' and value = ?) or (scope = 'domain' and value = ?)`, folded, domain) !== null;
		}
	};
}
// electron/store/lists/history.ts
/** Checks kept of each account. */
var mostChecks = 500;
/** What happened on the servers: checks, and what left them and when. */
function history(tools) {
	const { sql } = tools;
	return {
		/** Keeps a finished check; the oldest beyond 500 of the account go. */
		async recordCheck(record) {
			sql.transaction(() => {
				sql.run("insert into check_record(account_id, started_at, body) values(?, ?, ?)", record.accountId, record.startedAt, JSON.stringify(record));
				sql.run(`delete from check_record where account_id = ?1 and id <= (
             select id from check_record where account_id = ?1 order by id desc limit 1 offset ?2)`, record.accountId, mostChecks);
			});
			return tools.commits.next();
		},
		/** Checks of one account or of all, the latest first. */
		checks(accountId, limit = mostChecks) {
			return sql.all("select body from check_record where ?1 is null or account_id = ?1 order by id desc limit ?2", accountId, limit).map(({ body }) => JSON.parse(body));
		},
		/** Keeps what left a server; nothing is ever removed from this log. */
		async recordDeletions(...deletions) {
			sql.transaction(() => {
				for (const deletion of deletions) sql.run("insert into server_deletion(account_id, at, body) values(?, ?, ?)", deletion.accountId, deletion.at, JSON.stringify(deletion));
			});
			return tools.commits.next();
		},
		/** What left the server of one account or of all, the latest first. */
		serverDeletions(accountId = null, limit = 1e4) {
			return sql.all("select body from server_deletion where ?1 is null or account_id = ?1 order by id desc limit ?2", accountId, limit).map(({ body }) => JSON.parse(body));
		}
	};
}
// electron/store/search/condition.ts
/** Leaves the Trash out. */
function outsideTrash(folders) {
	return {
		sql: `m.folder <> ${folders.idOf("trash")}`,
		values: [],
		isOutsideTrash: true
	};
}
/** All of these hold. */
function allOf(clauses) {
	if (clauses.length === 0) return {
		sql: "true",
		values: []
	};
	return {
		sql: clauses.map(({ sql }) => sql).join(" and "),
		values: clauses.flatMap(({ values }) => values),
		...clauses.some((clause) => clause.isOutsideTrash === true) ? { isOutsideTrash: true } : {}
	};
}
function joinedWith(operator, expressions) {
	const some = expressions.filter((expression) => expression !== "");
	return some.length > 1 ? some.map((each) => `(${each})`).join(` ${operator} `) : some[0] ?? "";
}
/** Both hold. */
function both(first, second) {
	const whole = allOf([first, second]);
	if (first.split === void 0 && second.split === void 0) return whole;
	const parts = [first.split, second.split];
	return {
		...whole,
		split: {
			facts: allOf([first.split?.facts ?? first, second.split?.facts ?? second]),
			wanted: joinedWith("AND", parts.map((part) => part?.wanted ?? "")),
			unwanted: joinedWith("OR", parts.map((part) => part?.unwanted ?? ""))
		}
	};
}
// electron/store/search/word-matches.ts
/** Up to this many messages are looked up one by one; more are picked out of the whole order. */
var fewMatches = 3e3;
/** Facts kept for the next search of the same kind; 100,000 messages are 400 KB. */
var mostFacts = 4;
/**
* Finds words in the full-text index and brings them together with facts. A word that half of all mail has is one
* pass over its hits and one over the facts, by a mark for each message; a look-up for each hit takes ten times as
* long. The facts stay from one letter of a query being typed to the next.
*/
var WordMatches = class {
	#tools;
	#facts = /* @__PURE__ */ new Map();
	#revision = -1;
	constructor(tools) {
		this.#tools = tools;
	}
	/** What holds the words and not the unwanted ones; where it is few, the facts remain to be asked for. */
	match({ facts, wanted, unwanted }) {
		const hits = wanted === "" ? null : this.#hits(wanted);
		if (hits?.length === 0) return {
			kind: "few",
			ids: []
		};
		const misses = unwanted === "" ? [] : this.#hits(unwanted);
		if (hits !== null && hits.length <= fewMatches) {
			const excluded = new Set(misses);
			return {
				kind: "few",
				ids: hits.filter((id) => !excluded.has(id))
			};
		}
		return this.#matchMany(hits, misses, this.#held(facts));
	}
	#matchMany(hits, misses, held) {
		const found = 1;
		const matched = 2;
		const marks = new Uint8Array(this.#highest(hits, held) + 1);
		if (hits === null) marks.fill(found);
		else for (const id of hits) marks[id] = found;
		for (const id of misses) marks[id] = 0;
		let total = 0;
		let read = 0;
		for (const packed of held) {
			const id = packed >>> 1;
			if (marks[id] !== found) continue;
			marks[id] = matched;
			total++;
			read += packed & 1;
		}
		if (total <= fewMatches) return {
			kind: "few",
			ids: [...held].map((packed) => packed >>> 1).filter((id) => marks[id] === matched)
		};
		return {
			kind: "many",
			total,
			unread: total - read,
			among: held.length,
			has: (id) => marks[id] === matched
		};
	}
	#highest(hits, held) {
		let highest = hits?.at(-1) ?? 0;
		for (const packed of held) if (packed >>> 1 > highest) highest = packed >>> 1;
		return highest;
	}
	#hits(expression) {
		return this.#tools.sql.numbers("select rowid as value from words where words match ?", expression);
	}
	/** Ids of all messages that facts hold for, each doubled and one more when it is read: one number says both. */
	#held(facts) {
		if (this.#revision !== this.#tools.revision.current) this.#facts.clear();
		this.#revision = this.#tools.revision.current;
		const key = JSON.stringify([facts.sql, facts.values]);
		const kept = this.#facts.get(key);
		if (kept !== void 0) return kept;
		const held = Int32Array.from(this.#tools.sql.numbers(`select m.id * 2 + m.is_read as value from message m where ${facts.sql}`, ...facts.values));
		if (this.#facts.size >= mostFacts) this.#facts.clear();
		this.#facts.set(key, held);
		return held;
	}
};
// electron/store/lists/list-order.ts
/**
* What rows sort by. There is an index of each behind the folder, and in it the id, by which ties are broken; some are
* made only when they are first asked for.
*/
var sortColumns = {
	date: ["m.sort_date", "m.id"],
	from: ["m.from_key", "m.id"],
	subject: ["m.subject_key", "m.id"],
	size: ["m.size", "m.id"],
	account: [
		"m.account_no",
		"m.sort_date",
		"m.id"
	]
};
var whenAsked = {
	from: "create index if not exists message_by_from on message(folder, from_key, id, account_no)",
	subject: "create index if not exists message_by_subject on message(folder, subject_key, id, account_no)",
	size: "create index if not exists message_by_size on message(folder, size, id, account_no)"
};
/**
* Makes sure that an order has its index: once, it takes a tenth of a second or two for 100,000 messages. Without one (the
* disk may have no room for it) lists are sorted each time.
*/
function indexOrder(tools, { by }) {
	const sql = whenAsked[by];
	if (sql === void 0 || tools.sql.isInTransaction) return;
	try {
		tools.sql.exec(sql);
	} catch (error) {
		if (failureOf(error) === null) throw error;
	}
}
/** Newest first. */
var newestFirst = {
	by: "date",
	descending: true
};
/** Columns stand first in every select, so that their numbers name them. */
function orderBy(sort, isReversed) {
	const way = sort.descending === isReversed ? "asc" : "desc";
	const newest = isReversed ? "asc" : "desc";
	return sortColumns[sort.by].map((_, index) => `${index + 1} ${sort.by === "account" && index > 0 ? newest : way}`).join(", ");
}
/** A select of these values over `message m`, in order; reversed, from its end. */
function inOrder(folders, condition, sort, values, isReversed = false) {
	const part = (extra) => `select ${sortColumns[sort.by].join(", ")}, ${values} from message m where ${condition.sql}${extra}`;
	const order = orderBy(sort, isReversed);
	if (condition.isOutsideTrash !== true) return {
		sql: `${part("")} order by ${order}`,
		values: condition.values
	};
	const each = folders.outsideTrash();
	return {
		sql: `${each.map((id) => part(` and m.folder = ${id}`)).join(" union all ")} order by ${order}`,
		values: each.flatMap(() => condition.values)
	};
}
/** The same of these messages alone, each looked up: for some thousands at most. */
function fewInOrder(ids, condition, sort, values) {
	return {
		sql: `select ${sortColumns[sort.by].join(", ")}, ${values} from json_each(?) j cross join message m on m.id = j.value
      where ${condition.sql} order by ${orderBy(sort, false)}`,
		values: [JSON.stringify(ids), ...condition.values]
	};
}
// electron/store/lists/message-rows.ts
var summaryColumns = `m.id, m.account_no, m.folder, m.is_read, m.is_starred, m.is_partial, m.is_doubtful,
  m.attachments, m.size, m.received_at, m.thread_id,
  (select count(*) from message t where t.thread_id = m.thread_id) as thread_count,
  e.subject, e.from_name, e.from_address, e.recipients, e.sent_at, e.preview`;
function summaryOf(tools, row, tags) {
	return {
		id: row.id,
		accountId: tools.accounts.idOf(row.account_no),
		folder: tools.folders.roleOf(row.folder),
		subject: row.subject,
		from: {
			name: row.from_name,
			address: row.from_address
		},
		to: JSON.parse(row.recipients),
		sentAt: row.sent_at,
		receivedAt: row.received_at,
		sizeBytes: row.size,
		preview: row.preview,
		isRead: row.is_read === 1,
		isStarred: row.is_starred === 1,
		isPartial: row.is_partial === 1,
		isDoubtful: row.is_doubtful === 1,
		attachmentCount: row.attachments,
		conversationId: row.thread_id,
		conversationCount: row.thread_count,
		tags
	};
}
/** Summaries of these messages, in this order; ids that are gone are left out. */
function summariesOf(tools, ids) {
	if (ids.length === 0) return [];
	const list = JSON.stringify(ids);
	const rows = tools.sql.all(`select ${summaryColumns} from json_each(?) j join message m on m.id = j.value join envelope e on e.id = m.id`, list);
	const tags = /* @__PURE__ */ new Map();
	for (const { message_id, tag } of tools.sql.all("select t.message_id, t.tag from json_each(?) j join message_tag t on t.message_id = j.value order by t.tag", list)) tags.set(message_id, [...tags.get(message_id) ?? [], tag]);
	const byId = new Map(rows.map((row) => [row.id, summaryOf(tools, row, tags.get(row.id) ?? [])]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}
/** One message with all its rows, or null. */
function messageOf(tools, id) {
	const [summary] = summariesOf(tools, [id]);
	const row = tools.sql.get(`select m.is_parsed, m.is_damaged, m.sha256, m.length, m.thread_id, e.copies, e.attachments, e.warnings, e.message_id
     from message m join envelope e on e.id = m.id where m.id = ?`, id);
	if (summary === void 0 || row === void 0) return null;
	return {
		...summary,
		cc: JSON.parse(row.copies),
		attachments: JSON.parse(row.attachments),
		warnings: JSON.parse(row.warnings),
		messageIdHeader: row.message_id,
		isParsed: row.is_parsed === 1,
		isDamaged: row.is_damaged === 1,
		sha256: Buffer.from(row.sha256).toString("hex"),
		storedBytes: row.length,
		conversationIds: tools.sql.numbers("select id as value from message where thread_id = ? order by sort_date, id", row.thread_id)
	};
}
/** Messages of an account that have the same bytes as these; at most one each. For imports and tests. */
function findByHash(tools, accountId, sha256) {
	const accountNo = tools.accounts.knownNumber(accountId);
	if (accountNo === null) return null;
	return tools.sql.value("select id as value from message where sha256 = ? and account_no = ? limit 1", Buffer.from(sha256, "hex"), accountNo);
}
// electron/store/search/search-query.ts
var fieldsOf = {
	from: ["sender"],
	to: ["recipients"],
	cc: ["recipients"],
	subject: ["subject"],
	body: ["body"],
	attachment: ["attachment"],
	filename: ["attachment"]
};
var factsOf = {
	"has:attachment": "attachment",
	"is:unread": "unread",
	"is:read": "read",
	"is:starred": "starred",
	"is:partial": "partial"
};
/** Local midnight of a day written 2024-05-31, 2024-05, 2024, or 31.05.2024; null when it is no date. */
function dayOf(text) {
	const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
	const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
	const [year, month, day] = iso ? [
		Number(iso[1]),
		Number(iso[2] ?? 1),
		Number(iso[3] ?? 1)
	] : dotted ? [
		Number(dotted[3]),
		Number(dotted[2]),
		Number(dotted[1])
	] : [
		0,
		0,
		0
	];
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return null;
	return new Date(year, month - 1, day).getTime();
}
function bytesOf(text) {
	const match = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(text);
	if (match === null) return null;
	const unit = {
		k: 1024,
		m: 1024 ** 2,
		g: 1024 ** 3
	}[(match[2] ?? "").toLowerCase()] ?? 1;
	return Number(match[1]) * unit;
}
function factOf(name, value, isNegated) {
	const kind = factsOf[`${name}:${value.toLowerCase()}`];
	if (kind === "attachment" || kind === "unread" || kind === "read" || kind === "starred" || kind === "partial") return {
		kind,
		isNegated
	};
	if (name === "before" || name === "after") {
		const at = dayOf(value);
		return at === null ? null : {
			kind: name,
			at,
			isNegated
		};
	}
	if (name === "larger" || name === "smaller") {
		const bytes = bytesOf(value);
		return bytes === null ? null : {
			kind: name,
			bytes,
			isNegated
		};
	}
	if (name === "tag" && value !== "") return {
		kind: "tag",
		tag: value,
		isNegated
	};
	if (name === "in" && (value === "inbox" || value === "archive" || value === "trash")) return {
		kind: "folder",
		folder: value,
		isNegated
	};
	return null;
}
var termPattern = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|«([^»]*)(»?)|(\S+))/giu;
/** Understands what was typed. Nothing is an error: an operator that makes no sense is searched for as words. */
function parseQuery(text) {
	const terms = [];
	const typed = text.slice(0, 1e3);
	for (const match of typed.matchAll(termPattern)) {
		const name = (match[2] ?? "").toLowerCase();
		const quoted = match[3] ?? match[5];
		const value = quoted ?? match[7] ?? "";
		const isNegated = match[1] === "-";
		const fact = name === "" ? null : factOf(name, value, isNegated);
		if (fact !== null) {
			terms.push(fact);
			continue;
		}
		const fields = fieldsOf[name];
		const isLast = match.index + match[0].length === typed.length;
		const isUnknown = name !== "" && fields === void 0;
		terms.push({
			kind: "words",
			text: isUnknown ? `${name} ${value}` : value,
			fields: fields ?? [],
			isPhrase: quoted !== void 0 || isUnknown,
			isPrefix: isLast && quoted === void 0 && !isUnknown,
			isNegated
		});
	}
	return { terms };
}
// electron/store/search/search-sql.ts
var allFields = [
	"subject",
	"sender",
	"recipients",
	"attachment",
	"body"
];
var stemFields = {
	subject: "subject_stems",
	body: "body_stems"
};
/** Words are letters and digits only by now, so that quotation marks cannot end early. */
function columns(fields, expression) {
	return `{${fields.join(" ")}} : ${expression}`;
}
function wordExpression(word, fields, isPrefix) {
	const exact = columns(fields, isPrefix && word.length > 1 ? `"${word}" *` : `"${word}"`);
	const stem = stemOf(word);
	const stemColumns = fields.flatMap((field) => stemFields[field] ?? []);
	if (stemColumns.length === 0) return exact;
	if (stem === word && !isPrefix) return columns([...fields, ...stemColumns], `"${word}"`);
	return `(${exact} OR ${columns([...fields.filter((field) => stemFields[field] !== void 0), ...stemColumns], `"${stem}"`)})`;
}
/** One term as an FTS5 expression; null when there is no word in it. */
function termExpression(term, narrowTo) {
	const words = wordsOf(term.text);
	const last = words.at(-1);
	if (last === void 0) return null;
	const fields = term.fields.length > 0 ? term.fields : narrowTo ?? allFields;
	if (term.isPhrase) return columns(fields, `"${words.join(" ")}"`);
	if (words.length > 1) return columns(fields, `"${words.join(" ")}"${term.isPrefix ? " *" : ""}`);
	return wordExpression(last, fields, term.isPrefix);
}
/** The words of a search as two FTS5 expressions, either of which may be empty. */
function wordExpressions(terms, narrowTo) {
	const wanted = [];
	const unwanted = [];
	for (const term of terms) {
		const expression = termExpression(term, narrowTo);
		if (expression !== null) (term.isNegated ? unwanted : wanted).push(expression);
	}
	return {
		wanted: wanted.join(" AND "),
		unwanted: unwanted.join(" OR ")
	};
}
var factSql = {
	attachment: "m.attachments > 0",
	unread: "m.is_read = 0",
	read: "m.is_read = 1",
	starred: "m.is_starred = 1",
	partial: "m.is_partial = 1"
};
function positiveFact(folders, term) {
	if (term.kind === "before") return {
		sql: "m.sort_date < ?",
		values: [term.at]
	};
	if (term.kind === "after") return {
		sql: "m.sort_date >= ?",
		values: [term.at]
	};
	if (term.kind === "larger") return {
		sql: "m.size > ?",
		values: [term.bytes]
	};
	if (term.kind === "smaller") return {
		sql: "m.size < ?",
		values: [term.bytes]
	};
	if (term.kind === "folder") return {
		sql: "m.folder = ?",
		values: [folders.idOf(term.folder)]
	};
	if (term.kind === "tag") return {
		sql: "m.id in (select message_id from message_tag where tag = ? collate nocase)",
		values: [term.tag]
	};
	return {
		sql: factSql[term.kind],
		values: []
	};
}
/** Which messages a search finds; those in the Trash only where it asks for them. An empty search finds nothing. */
function searchCondition(folders, query, narrowTo = null) {
	const words = query.terms.filter((term) => term.kind === "words");
	const facts = query.terms.filter((term) => term.kind !== "words");
	const { wanted, unwanted } = wordExpressions(words, narrowTo);
	const clauses = facts.map((term) => {
		const { sql, values } = positiveFact(folders, term);
		return term.isNegated ? {
			sql: `not (${sql})`,
			values
		} : {
			sql,
			values
		};
	});
	if (clauses.length === 0 && wanted === "" && unwanted === "") return {
		sql: "false",
		values: []
	};
	const asksForTrash = facts.some((term) => term.kind === "folder");
	if (narrowTo === null && !asksForTrash) clauses.push(outsideTrash(folders));
	const rest = allOf(clauses);
	if (wanted === "" && unwanted === "") return rest;
	const found = {
		sql: "m.id in (select rowid from words where words match ?)",
		values: [wanted]
	};
	const kept = {
		sql: "m.id not in (select rowid from words where words match ?)",
		values: [unwanted]
	};
	return {
		...allOf([
			...wanted === "" ? [] : [found],
			...unwanted === "" ? [] : [kept],
			...clauses
		]),
		split: {
			facts: rest,
			wanted,
			unwanted
		}
	};
}
// electron/store/lists/place.ts
function accountCondition(tools, accountId) {
	if (accountId === null) return {
		sql: "true",
		values: []
	};
	const no = tools.accounts.ids().find((id) => id === accountId);
	return {
		sql: "m.account_no = ?",
		values: [no === void 0 ? -1 : tools.accounts.knownNumber(no) ?? -1]
	};
}
/** Which messages are in a place. Trash counts only as itself: what lies there is not starred, tagged or found. */
function placeCondition(tools, place) {
	if (place.kind === "folder") return both({
		sql: "m.folder = ?",
		values: [tools.folders.idOf(place.folder)]
	}, accountCondition(tools, place.accountId));
	if (place.kind === "starred") return both(both({
		sql: "m.is_starred = 1",
		values: []
	}, outsideTrash(tools.folders)), accountCondition(tools, place.accountId));
	if (place.kind === "tag") return both({
		sql: "m.id in (select message_id from message_tag where tag = ?)",
		values: [place.tag]
	}, outsideTrash(tools.folders));
	return searchCondition(tools.folders, parseQuery(place.query));
}
/** Which messages pass the quick filter; its text is searched for in subject and sender. */
function filterCondition(tools, filter) {
	let condition = {
		sql: "true",
		values: []
	};
	if (filter.unread === true) condition = both(condition, {
		sql: "m.is_read = 0",
		values: []
	});
	if (filter.starred === true) condition = both(condition, {
		sql: "m.is_starred = 1",
		values: []
	});
	if (filter.attachment === true) condition = both(condition, {
		sql: "m.attachments > 0",
		values: []
	});
	const text = filter.text?.trim() ?? "";
	if (text !== "") condition = both(condition, searchCondition(tools.folders, parseQuery(text), ["subject", "sender"]));
	return condition;
}
// electron/store/lists/list-messages.ts
/** Orders kept for the next page, the most recent last; four places at 100,000 ids are 3 MB. */
var mostOrders = 4;
/** How much deeper than on average the first rows of a search are looked for before the whole order is. */
var margin = 1.5;
/** Rows that cost nothing to speak of. */
var shallow = 200;
/** Each id is doubled and one more when it is read: one number says both. */
var packedId = "m.id * 2 + m.is_read as value";
function unpacked(packed) {
	let unread = 0;
	const ids = packed.map((each) => {
		if (each % 2 === 0) unread++;
		return Math.floor(each / 2);
	});
	return {
		total: ids.length,
		unread,
		ids,
		whole: null
	};
}
/** Lists over stored messages. Nothing here grows with the number of messages but counting and, once, ordering. */
var MessageLists = class {
	#tools;
	#words;
	#orders = /* @__PURE__ */ new Map();
	#counts = /* @__PURE__ */ new Map();
	constructor(tools) {
		this.#tools = tools;
		this.#words = new WordMatches(tools);
	}
	/** A page of a list with the numbers of the whole of it. */
	page(query) {
		const { place, filter = {}, sort = newestFirst, groupsByConversation = false, offset, limit } = query;
		const condition = this.#condition(place, filter);
		if ((place.kind === "folder" || place.kind === "search") && condition.split === void 0 && !groupsByConversation) {
			const { total, unread } = this.#count(condition);
			return {
				total,
				unread,
				rows: summariesOf(this.#tools, this.#indexedIds(condition, sort, total, query))
			};
		}
		const order = this.#order({
			place,
			filter,
			sort,
			groupsByConversation
		}, offset + limit);
		return {
			total: order.total,
			unread: order.unread,
			rows: summariesOf(this.#tools, order.ids.slice(offset, offset + limit))
		};
	}
	/** Finds messages; the same as a page of the place `search`. */
	search(query, options = {}) {
		const { offset = 0, limit = 50, sort = newestFirst } = options;
		return this.page({
			place: {
				kind: "search",
				query
			},
			offset,
			limit,
			sort
		});
	}
	/** Rows of a window counted off in an index, from the end that is nearer. */
	#indexedIds(condition, sort, total, { offset, limit }) {
		indexOrder(this.#tools, sort);
		const count = Math.max(0, Math.min(limit, total - offset));
		const isFromEnd = offset > total / 2;
		const { sql, values } = inOrder(this.#tools.folders, condition, sort, "m.id as value", isFromEnd);
		const ids = this.#tools.sql.numbers(`${sql} limit ? offset ?`, ...values, count, isFromEnd ? total - offset - count : offset);
		return isFromEnd ? ids.reverse() : ids;
	}
	/** Every id of a place in order; what an export or a step to the next message needs. */
	ids(query) {
		const { place, filter = {}, sort = newestFirst, groupsByConversation = false } = query;
		return this.#order({
			place,
			filter,
			sort,
			groupsByConversation
		}, Number.POSITIVE_INFINITY).ids;
	}
	#condition(place, filter) {
		return both(placeCondition(this.#tools, place), filterCondition(this.#tools, filter));
	}
	/** The order of a list, known for so many rows from its top at least. */
	#order(query, rows) {
		const key = JSON.stringify([
			query.place,
			query.filter,
			query.sort,
			query.groupsByConversation
		]);
		const kept = this.#orders.get(key);
		const revision = this.#tools.revision.current;
		const isCurrent = kept?.revision === revision;
		if (isCurrent && (kept.whole === null || kept.ids.length >= rows)) return kept;
		const order = isCurrent && kept.whole !== null ? {
			...kept,
			ids: kept.whole(),
			whole: null
		} : this.#newOrder(query, rows);
		this.#orders.delete(key);
		this.#orders.set(key, {
			...order,
			revision
		});
		const oldest = this.#orders.keys().next();
		if (this.#orders.size > mostOrders && !oldest.done) this.#orders.delete(oldest.value);
		return order;
	}
	#newOrder(query, rows) {
		const { place, filter, sort, groupsByConversation } = query;
		const condition = this.#condition(place, filter);
		indexOrder(this.#tools, sort);
		const { split } = condition;
		const matches = split === void 0 ? null : this.#words.match(split);
		const facts = split?.facts ?? condition;
		if (groupsByConversation) return this.#conversationOrder(facts, sort, matches);
		if (matches === null) return unpacked(this.#numbers(inOrder(this.#tools.folders, facts, sort, packedId)));
		if (matches.kind === "few") return unpacked(this.#numbers(fewInOrder(matches.ids, facts, sort, packedId)));
		const whole = () => this.#numbers(inOrder(this.#tools.folders, facts, sort, "m.id as value")).filter((id) => matches.has(id));
		const { total, unread, among } = matches;
		const depth = Math.max(shallow, Math.ceil(rows / total * among * margin));
		if (depth >= among) return {
			total,
			unread,
			ids: whole(),
			whole: null
		};
		const { sql, values } = inOrder(this.#tools.folders, facts, sort, "m.id as value");
		const ids = this.#numbers({
			sql: `${sql} limit ?`,
			values: [...values, depth]
		}).filter((id) => matches.has(id));
		return ids.length >= Math.min(rows, total) ? {
			total,
			unread,
			ids,
			whole
		} : {
			total,
			unread,
			ids: whole(),
			whole: null
		};
	}
	#numbers({ sql, values }) {
		return this.#tools.sql.numbers(sql, ...values);
	}
	/** The newest message of each thread in the place, in the order asked for. */
	#conversationOrder(facts, sort, matches) {
		const { sql } = this.#tools;
		const columns = `${packedId}, m.thread_id as thread`;
		const ordered = matches?.kind === "few" ? fewInOrder(matches.ids, facts, newestFirst, columns) : inOrder(this.#tools.folders, facts, newestFirst, columns);
		const row = sql.get(`select json_group_array(value) as packed, json_group_array(thread) as threads from (${ordered.sql})`, ...ordered.values);
		const threads = JSON.parse(row?.threads ?? "[]");
		const seen = /* @__PURE__ */ new Set();
		const heads = [];
		let unread = 0;
		for (const [index, packed] of JSON.parse(row?.packed ?? "[]").entries()) {
			const id = Math.floor(packed / 2);
			if (matches?.kind === "many" && !matches.has(id)) continue;
			if (packed % 2 === 0) unread++;
			const thread = threads[index] ?? 0;
			if (seen.has(thread)) continue;
			seen.add(thread);
			heads.push(id);
		}
		const order = {
			total: heads.length,
			unread,
			whole: null
		};
		if (sort.by === "date") return {
			...order,
			ids: sort.descending ? heads : heads.reverse()
		};
		const all = {
			sql: "true",
			values: []
		};
		return {
			...order,
			ids: this.#numbers(fewInOrder(heads, all, sort, "m.id as value"))
		};
	}
	#count(condition) {
		const key = JSON.stringify([condition.sql, condition.values]);
		const kept = this.#counts.get(key);
		if (kept?.revision === this.#tools.revision.current) return kept;
		const row = this.#tools.sql.get(`select count(*) as total, sum(m.is_read = 0) as unread from message m where ${condition.sql}`, ...condition.values);
		const counted = {
			revision: this.#tools.revision.current,
			total: row?.total ?? 0,
			unread: row?.unread ?? 0
		};
		if (this.#counts.size > 50) this.#counts.clear();
		this.#counts.set(key, counted);
		return counted;
	}
	/** Numbers for every place: each folder of each account and of all together, starred, each tag in use. */
	counts() {
		const { sql, folders } = this.#tools;
		const trash = folders.idOf("trash");
		const counts = [];
		const whole = /* @__PURE__ */ new Map();
		const add = (place, total, unread) => {
			const key = JSON.stringify(place);
			const before = whole.get(key) ?? {
				total: 0,
				unread: 0
			};
			whole.set(key, {
				total: before.total + total,
				unread: before.unread + unread
			});
		};
		for (const row of sql.all("select account_no, folder, count(*) as total, sum(is_read = 0) as unread from message group by folder, account_no")) {
			const folder = this.#tools.folders.roleOf(row.folder);
			const accountId = this.#tools.accounts.idOf(row.account_no);
			add({
				kind: "folder",
				folder,
				accountId: null
			}, row.total, row.unread);
			add({
				kind: "folder",
				folder,
				accountId
			}, row.total, row.unread);
		}
		for (const row of sql.all(`select account_no, count(*) as total, sum(is_read = 0) as unread from message
       where is_starred = 1 and folder <> ${trash} group by account_no`)) {
			add({
				kind: "starred",
				accountId: null
			}, row.total, row.unread);
			add({
				kind: "starred",
				accountId: this.#tools.accounts.idOf(row.account_no)
			}, row.total, row.unread);
		}
		for (const row of sql.all(`select t.tag, count(*) as total, sum(m.is_read = 0) as unread from message_tag t
       join message m on m.id = t.message_id where m.folder <> ${trash} group by t.tag`)) add({
			kind: "tag",
			tag: row.tag
		}, row.total, row.unread);
		for (const [place, numbers] of whole) counts.push({
			place: JSON.parse(place),
			...numbers
		});
		return counts;
	}
};
// electron/store/lists/marks.ts
/** Changes that can still be undone. */
var mostUndos = 20;
/**
* Read, star, tags and folder, for a few messages or a whole place at once. What was there before is kept in memory
* (tables of SQLite's temporary database) until the program ends or twenty later changes.
*/
var Marks = class {
	#tools;
	#undos = [];
	constructor(tools) {
		this.#tools = tools;
		tools.sql.exec(`
      pragma temp_store = memory;
      create temp table if not exists chosen(id integer primary key);
      create temp table if not exists undo_message(
        token text, id integer, folder integer, is_read integer, is_starred integer, primary key(token, id)) without rowid;
      create temp table if not exists undo_tag(
        token text, id integer, tag text, was_there integer, primary key(token, id, tag)) without rowid;`);
	}
	/** The messages of a selection, put into the table `chosen`; must run inside a transaction. */
	#choose(selection) {
		const { sql } = this.#tools;
		sql.run("delete from chosen");
		if (selection.kind === "ids") {
			sql.run("insert or ignore into chosen(id) select m.id from json_each(?) j join message m on m.id = j.value", JSON.stringify(selection.ids));
			return;
		}
		const condition = both(placeCondition(this.#tools, selection.place), filterCondition(this.#tools, selection.filter));
		sql.run(`insert into chosen(id) select m.id from message m where ${condition.sql}`, ...condition.values);
		if (selection.except.length > 0) sql.run("delete from chosen where id in (select value from json_each(?))", JSON.stringify(selection.except));
	}
	/** The ids of a selection. */
	idsOf(selection) {
		return this.#tools.sql.transaction(() => {
			this.#choose(selection);
			return this.#tools.sql.numbers("select id as value from chosen order by id");
		});
	}
	/** Changes a selection in one transaction; `count` is how many messages it held. */
	async change(selection, change) {
		const undoToken = randomBytes(12).toString("hex");
		const { sql } = this.#tools;
		const count = sql.transaction(() => {
			this.#choose(selection);
			this.#forgetOldUndos(undoToken);
			this.#changeColumns(undoToken, change);
			for (const tag of change.addTags ?? []) this.#addTag(undoToken, tag);
			for (const tag of change.removeTags ?? []) this.#removeTag(undoToken, tag);
			return sql.value("select count(*) as value from chosen") ?? 0;
		});
		this.#tools.revision.changed();
		return this.#tools.commits.with({
			undoToken,
			count
		});
	}
	/** Marks messages read or unread. */
	setRead(selection, isRead) {
		return this.change(selection, { isRead });
	}
	/** Stars messages or takes the stars away. */
	setStarred(selection, isStarred) {
		return this.change(selection, { isStarred });
	}
	/** Puts tags on messages and takes others off. */
	setTags(selection, tags) {
		return this.change(selection, {
			addTags: tags.add,
			removeTags: tags.remove
		});
	}
	/** Moves messages to a folder. */
	moveTo(selection, folder) {
		return this.change(selection, { folder });
	}
	#changeColumns(token, change) {
		const { sql, messages } = this.#tools;
		const columns = messages.columnsOf(change);
		if (columns.length === 0) return;
		const differing = sql.run(`insert into undo_message(token, id, folder, is_read, is_starred)
         select ?, m.id, m.folder, m.is_read, m.is_starred from chosen c join message m on m.id = c.id
         where ${columns.map(({ name }) => `m.${name} <> ?`).join(" or ")}`, token, ...columns.map(({ value }) => value));
		const among = {
			sql: "select id from undo_message where token = ?",
			values: [token]
		};
		messages.setMarks(change, among, differing);
	}
	#addTag(token, tag) {
		const { sql } = this.#tools;
		sql.run(`insert or ignore into tag(name, color, position)
         values(?, 'grey', (select coalesce(max(position), 0) + 1 from tag))`, tag);
		sql.run(`insert or ignore into undo_tag(token, id, tag, was_there) select ?1, c.id, ?2, 0 from chosen c
       where not exists (select 1 from message_tag t where t.message_id = c.id and t.tag = ?2)`, token, tag);
		sql.run("insert or ignore into message_tag(message_id, tag) select id, ? from chosen", tag);
	}
	#removeTag(token, tag) {
		const { sql } = this.#tools;
		sql.run(`insert or ignore into undo_tag(token, id, tag, was_there)
         select ?1, t.message_id, ?2, 1 from message_tag t where t.tag = ?2 and t.message_id in (select id from chosen)`, token, tag);
		sql.run("delete from message_tag where tag = ? and message_id in (select id from chosen)", tag);
	}
	#forgetOldUndos(token) {
		this.#undos.push(token);
		const old = this.#undos.length > mostUndos ? this.#undos.shift() : void 0;
		if (old !== void 0) this.#forget(old);
	}
	#forget(token) {
		this.#tools.sql.run("delete from undo_message where token = ?", token);
		this.#tools.sql.run("delete from undo_tag where token = ?", token);
	}
	/** Puts back what a change changed; null when the token is not known any more. Messages gone since stay gone. */
	async undo(token) {
		const at = this.#undos.indexOf(token);
		if (at < 0) return this.#tools.commits.with(null);
		const { sql, messages } = this.#tools;
		const count = sql.transaction(() => {
			const touched = sql.value(`select count(*) as value from (
             select id from undo_message where token = ?1 union select id from undo_tag where token = ?1)`, token) ?? 0;
			messages.takeMarks({
				sql: "select id, folder, is_read, is_starred from undo_message where token = ?",
				values: [token]
			}, touched);
			sql.run(`delete from message_tag where (message_id, tag) in
           (select id, tag from undo_tag where token = ? and was_there = 0)`, token);
			sql.run(`insert or ignore into message_tag(message_id, tag)
           select u.id, u.tag from undo_tag u join message m on m.id = u.id where u.token = ? and u.was_there = 1`, token);
			this.#forget(token);
			return touched;
		});
		this.#undos.splice(at, 1);
		this.#tools.revision.changed();
		return this.#tools.commits.with({ count });
	}
	/**
	* Says that the ends of these messages came to be in doubt after they were stored: they stay on the server. Cannot be
	* undone: only fetching again makes a doubtful end certain.
	*/
	async setDoubtful(ids) {
		this.#tools.messages.setDoubtful(ids);
		this.#tools.revision.changed();
		return this.#tools.commits.next();
	}
};
// electron/store/lists/messages.ts
function placeOf(tools, id) {
	return tools.sql.get(`select m.account_no, s.number, m.data_offset, m.length, m.sha256
     from message m join segment s on s.id = m.segment_id where m.id = ?`, id);
}
/** The file and range of a message; null when there is no such message. */
function messageFile(tools, id) {
	const place = placeOf(tools, id);
	if (place === void 0) return null;
	return {
		path: segmentPath(tools.folder, tools.accounts.idOf(place.account_no), place.number),
		offset: place.data_offset,
		lengthBytes: place.length
	};
}
/** The bytes of a message as a stream of its own, whatever its size; null when there is no such message. */
function messageStream(tools, id) {
	const file = messageFile(tools, id);
	if (file === null) return null;
	if (file.lengthBytes === 0) return Readable.from([]);
	return createReadStream(file.path, {
		start: file.offset,
		end: file.offset + file.lengthBytes - 1
	});
}
function notFound() {
	return failed({
		kind: "not-found",
		canRetry: false
	});
}
function damaged(tools, id, path) {
	try {
		tools.messages.setDamaged([id], true);
		tools.hashes.noteDamage();
	} catch (error) {
		if (failureOf(error) === null) throw error;
	}
	return failed({
		kind: "store-damaged",
		what: path,
		step: "open",
		canRetry: false
	});
}
/** The exact bytes of a message, checked against their hash; use `messageStream` for large ones. */
async function readMessage(tools, id) {
	const place = placeOf(tools, id);
	const where = messageFile(tools, id);
	if (place === void 0 || where === null) return notFound();
	try {
		const file = await tools.files.open(where.path, "read");
		try {
			const bytes = await readExactly(file, where.offset, where.lengthBytes);
			return bytes !== null && createHash("sha256").update(bytes).digest().equals(place.sha256) ? ok(bytes) : damaged(tools, id, where.path);
		} finally {
			await file.close();
		}
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return damaged(tools, id, where.path);
		const failure = failureOf(error);
		if (failure === null) throw error;
		return failed(failure);
	}
}
/** Single messages: what is known of them, and their bytes. */
function messages(tools) {
	return {
		/** One message with everything that is known of it, or null. */
		find: (id) => messageOf(tools, id),
		/** Rows of these messages, in this order; those that are gone are left out. */
		summaries: (ids) => summariesOf(tools, ids),
		/** A message of the account with these bytes, or null. Lower-case hexadecimal. */
		findByHash: (accountId, sha256) => findByHash(tools, accountId, sha256),
		/** The exact bytes of a message, checked against their hash; use `stream` for large ones. */
		read: (id) => readMessage(tools, id),
		/** The bytes of a message as a stream; null when there is no such message. */
		stream: (id) => messageStream(tools, id),
		/** Where the bytes of a message lie; null when there is no such message. */
		file: (id) => messageFile(tools, id)
	};
}
// electron/store/lists/rules.ts
/** The person's rules: a short list that is read and saved whole. */
function ruleList(tools) {
	const { sql } = tools;
	return {
		/** Rules in the order they are applied. */
		all() {
			return sql.all("select body from rule order by position").map(({ body }) => JSON.parse(body));
		},
		/** Replaces the rules. */
		async save(rules) {
			sql.transaction(() => {
				sql.run("delete from rule");
				for (const [position, rule] of rules.entries()) sql.run("insert or replace into rule(id, position, body) values(?, ?, ?)", rule.id, position, JSON.stringify(rule));
			});
			return tools.commits.next();
		}
	};
}
// electron/store/lists/small-lists.ts
/** Labels that a person puts on messages: one short list, read and saved whole, in the person's own order. */
function tagList(tools) {
	const { sql } = tools;
	return {
		/** Tags in order. */
		all() {
			return sql.all("select name, color from tag order by position").map(({ name, color }) => ({
				name,
				color
			}));
		},
		/** Replaces the list of tags; a tag that is not in it any more leaves every message. */
		async save(tags) {
			sql.transaction(() => {
				sql.run("delete from tag");
				for (const [position, tag] of tags.entries()) sql.run("insert or replace into tag(name, color, position) values(?, ?, ?)", tag.name, tag.color, position);
				sql.run("delete from message_tag where tag not in (select name from tag)");
			});
			tools.revision.changed();
			return tools.commits.next();
		}
	};
}
/** Searches kept under a name: a short list as well. */
function savedSearches(tools) {
	const { sql } = tools;
	return {
		/** Searches kept under a name, in order. */
		all() {
			return sql.all("select name, query from saved_search order by position").map(({ name, query }) => ({
				name,
				query
			}));
		},
		/** Replaces the kept searches. */
		async save(searches) {
			sql.transaction(() => {
				sql.run("delete from saved_search");
				for (const [position, { name, query }] of searches.entries()) sql.run("insert or replace into saved_search(name, query, position) values(?, ?, ?)", name, query, position);
			});
			return tools.commits.next();
		}
	};
}
// electron/store/lists/trash.ts
/** Rows are removed this many at a time, so that the thread can do something else in between. */
var removalBatch = 5e3;
/** Messages of the Trash of one account, or of all. */
function trashIds(tools, accountId) {
	const { sql } = tools;
	if (accountId === null) return sql.numbers("select id as value from message where folder = ?", tools.folders.idOf("trash"));
	return sql.numbers("select id as value from message where folder = ? and account_no = ?", tools.folders.idOf("trash"), tools.accounts.knownNumber(accountId) ?? -1);
}
/** Those of the messages that are in the Trash. */
function trashIdsAmong(tools, ids) {
	return tools.sql.numbers("select m.id as value from json_each(?) j join message m on m.id = j.value where m.folder = ?", JSON.stringify(ids), tools.folders.idOf("trash"));
}
function recordNames(tools, ids) {
	const names = /* @__PURE__ */ new Map();
	for (const row of tools.sql.all(`select m.account_no, s.number as segment, m.record_offset as offset, m.sha256, m.received_at as received, m.is_doubtful
     from json_each(?) j join message m on m.id = j.value join segment s on s.id = m.segment_id`, JSON.stringify(ids))) {
		const name = {
			segment: row.segment,
			offset: row.offset,
			sha256: Buffer.from(row.sha256).toString("hex"),
			receivedAt: row.received,
			...row.is_doubtful === 1 ? { isDoubtful: true } : {}
		};
		names.set(row.account_no, [...names.get(row.account_no) ?? [], name]);
	}
	return names;
}
/**
* Notes in the segments that records are dead, so that a rebuilt index does not bring them back. A full disk does not
* stop a deletion, for deleting is how it gets better: then only the index knows.
*/
async function noteDead(tools, accountNo, dead) {
	const segment = tools.book.acquire({
		no: accountNo,
		id: tools.accounts.idOf(accountNo)
	});
	try {
		appendLedgerNote(segment, tools.accounts.idOf(accountNo), { dead }, tools.clock.now());
		const end = segment.appender.position;
		segment.appender.handOverUpTo(end);
		await segment.appender.sync();
		tools.sql.transaction(() => tools.segments.noteCommitted(segment, end, tools.book.isFull(end)));
		segment.committedBytes = end;
		segment.isInIndex = true;
	} catch (error) {
		if (failureOf(error) === null) throw error;
	} finally {
		await tools.book.release(segment).catch(() => void 0);
	}
}
/**
* Deletes messages for good: their records are dead until a compaction leaves them out. The ledger keeps what the
* server has, so that they are not fetched again.
*/
async function deleteForever(tools, ids) {
	let count = 0;
	for (let at = 0; at < ids.length; at += removalBatch) {
		const some = ids.slice(at, at + removalBatch);
		const names = recordNames(tools, some);
		for (const [accountNo, dead] of names) {
			await noteDead(tools, accountNo, dead);
			count += dead.length;
		}
		tools.sql.transaction(() => removeMessages(tools, some));
		tools.revision.changed();
	}
	return tools.commits.with({ count });
}
/** Deleting for good. */
function trash(tools) {
	return {
		/** Deletes what is in the Trash for good, of one account or of all. */
		empty: (accountId) => deleteForever(tools, trashIds(tools, accountId)),
		/** Deletes those of the messages for good that are in the Trash; the others stay as they are. */
		delete: (ids) => deleteForever(tools, trashIdsAmong(tools, ids)),
		/** Deletes messages for good, wherever they are. */
		deleteForever: (ids) => deleteForever(tools, ids)
	};
}
// electron/store/search/word-index.ts
/** Writes after which a search has to look in so many places that it is noticed. */
var scatteredWrites = 700;
/** Pages of the word index put together in one step: a few milliseconds. */
var mergedPages = 32;
/** The upkeep of the full-text index, whose pieces SQLite is told not to put together by itself. */
var WordIndex = class {
	#tools;
	#writesSinceMerge = 0;
	constructor(tools) {
		this.#tools = tools;
	}
	/** Counts one transaction that wrote words. */
	noteWrite() {
		this.#writesSinceMerge += 1;
	}
	/** Whether the index is in so many pieces that `merge` should be called before more is written. */
	get areScattered() {
		return this.#writesSinceMerge > scatteredWrites;
	}
	/** Puts some pieces together, a few milliseconds long; answers whether there is more to do. */
	async merge() {
		const { sql } = this.#tools;
		const changes = () => sql.value("select total_changes() as value") ?? 0;
		const before = changes();
		sql.withoutSync(() => sql.run("insert into words(words, rank) values('merge', ?)", mergedPages));
		const hasMore = changes() - before > 1;
		if (!hasMore) this.#writesSinceMerge = 0;
		return this.#tools.commits.with(hasMore);
	}
};
// electron/store/segments/segment-appender.ts
/** Bytes gathered before they are handed to the file. */
var bufferBytes = 1048576;
/** Spare buffers kept for the next writes, over all segments. */
var spare = [];
var mostSpare = 8;
/**
* Appends to one segment through buffers of 1 MB. Only what lies after the last committed record is ever written
* again: a header is filled in when its message has ended, and an abandoned message is overwritten by the next.
* Writes reach the file in the order they were asked for; the first error ends the appender.
*/
var SegmentAppender = class {
	#file;
	#buffer = spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
	#bufferStart;
	#fill = 0;
	#queue;
	#queuedBytes = 0;
	#end;
	#error = null;
	#isClosed = false;
	/** Begins at `startBytes`; the file may still be opening. */
	constructor(file, startBytes) {
		this.#file = file;
		this.#bufferStart = startBytes;
		this.#end = startBytes;
		this.#queue = file.then(() => void 0, (error) => {
			this.#error = error;
		});
	}
	/** Where the next byte goes. */
	get position() {
		return this.#bufferStart + this.#fill;
	}
	/** Bytes handed to the file and not yet taken by it. */
	get queuedBytes() {
		return this.#queuedBytes;
	}
	/** What went wrong with the file, or null. */
	get error() {
		return this.#error;
	}
	/** Copies bytes to the end. */
	append(bytes) {
		for (let done = 0; done < bytes.length;) {
			const count = Math.min(bytes.length - done, bufferBytes - this.#fill);
			this.#buffer.set(count === bytes.length ? bytes : bytes.subarray(done, done + count), this.#fill);
			this.#fill += count;
			done += count;
			if (this.#fill === bufferBytes) this.#handOver(this.#fill);
		}
	}
	/** Appends zeros. */
	appendZeros(count) {
		for (let left = count; left > 0;) {
			const now = Math.min(left, bufferBytes - this.#fill);
			this.#buffer.fill(0, this.#fill, this.#fill + now);
			this.#fill += now;
			left -= now;
			if (this.#fill === bufferBytes) this.#handOver(this.#fill);
		}
	}
	/** Writes over bytes appended before, wherever they are by now. */
	patch(position, bytes) {
		const inFile = Math.min(bytes.length, Math.max(0, this.#bufferStart - position));
		if (inFile > 0) this.#enqueue(new Uint8Array(bytes.subarray(0, inFile)), position, null);
		if (inFile < bytes.length) this.#buffer.set(bytes.subarray(inFile), position + inFile - this.#bufferStart);
	}
	/** Forgets everything from `position` on. */
	rewind(position) {
		if (position >= this.#bufferStart) {
			this.#fill = position - this.#bufferStart;
			return;
		}
		this.#bufferStart = position;
		this.#fill = 0;
	}
	/** Hands everything before `position` to the file; what follows stays in memory. */
	handOverUpTo(position) {
		if (position > this.#bufferStart) this.#handOver(position - this.#bufferStart);
	}
	#handOver(count) {
		const full = this.#buffer;
		const next = spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
		full.copy(next, 0, count, this.#fill);
		this.#enqueue(full.subarray(0, count), this.#bufferStart, full);
		this.#buffer = next;
		this.#bufferStart += count;
		this.#fill -= count;
	}
	#enqueue(bytes, position, reusable) {
		this.#queuedBytes += bytes.length;
		this.#end = Math.max(this.#end, position + bytes.length);
		this.#queue = this.#queue.then(async () => {
			try {
				if (this.#error === null) await (await this.#file).write(bytes, position);
			} catch (error) {
				this.#error = error;
			} finally {
				this.#queuedBytes -= bytes.length;
				if (reusable !== null && spare.length < mostSpare) spare.push(reusable);
			}
		});
	}
	/** Waits until the file has taken everything handed over; throws what went wrong. */
	async settle() {
		await this.#queue;
		if (this.#error !== null) throw this.#error;
	}
	/** Makes everything handed over durable. */
	async sync() {
		await this.settle();
		try {
			await (await this.#file).sync();
		} catch (error) {
			this.#error = error;
			throw error;
		}
	}
	/** Cuts the file at `lengthBytes`, puts `tail` behind it and closes it; null leaves it as it is. What is in memory is dropped. */
	async close(lengthBytes, tail) {
		if (this.#isClosed) return;
		this.#isClosed = true;
		await this.#queue;
		if (spare.length < mostSpare) spare.push(this.#buffer);
		this.#buffer = Buffer.alloc(0);
		const file = await this.#file.catch(() => null);
		if (file === null) return;
		try {
			if (lengthBytes === null) return;
			if (this.#end > lengthBytes || this.#error !== null) await file.truncate(lengthBytes);
			if (tail.length > 0 && this.#error === null) await file.write(tail, lengthBytes);
		} finally {
			await file.close();
		}
	}
};
// electron/store/segments/segment-book.ts
/** A segment is sealed when it has grown to this; small enough to copy in a second, large enough to be few. */
var sealAtBytes = 67108864;
/**
* Which segments are being written. A segment has at most one writer, so that a long message that streams in never
* holds up another writer of the same account: that one gets a segment of its own.
*/
var SegmentBook = class {
	#folder;
	#files;
	#known;
	#sealAtBytes;
	#owned = /* @__PURE__ */ new Map();
	/** Segments whose tail is in doubt since an error; the next start looks at them. */
	#shunned = /* @__PURE__ */ new Set();
	constructor(store, known, sealAt = sealAtBytes) {
		this.#folder = store.folder;
		this.#files = store.files;
		this.#known = known;
		this.#sealAtBytes = sealAt;
	}
	/** Whether a segment of this length takes no more messages. */
	isFull(lengthBytes) {
		return lengthBytes >= this.#sealAtBytes;
	}
	/** An unsealed segment that nobody writes, or a new one. */
	acquire(account) {
		const free = this.#known.unsealed(account.no).find((known) => !this.#owned.has(known.id) && !this.#shunned.has(known.id) && this.#isThere(account, known));
		const segment = free === void 0 ? this.#create(account) : this.#reopen(account, free);
		this.#owned.set(segment.id, segment);
		return segment;
	}
	#pathOf(account, number) {
		return segmentPath(this.#folder, account.id, number);
	}
	/**
	* Whether a segment has what the index says. One that vanished meanwhile, or lost its end, may come back (a virus
	* scanner's doing): a new file under its name, with a hole where its messages were, would be in its way.
	*/
	#isThere(account, known) {
		return (this.#files.lengthNow(this.#pathOf(account, known.number)) ?? -1) >= known.committed;
	}
	#reopen(account, known) {
		const path = this.#pathOf(account, known.number);
		return {
			id: known.id,
			accountNo: account.no,
			accountId: account.id,
			number: known.number,
			appender: new SegmentAppender(this.#files.open(path, "write"), known.committed),
			committedBytes: known.committed,
			isInIndex: true
		};
	}
	/** A number no segment of the account has had. */
	newNumber(accountNo) {
		const inUse = [...this.#owned.values()].filter((open) => open.accountNo === accountNo);
		return Math.max(this.#known.highestNumber(accountNo), ...inUse.map((open) => open.number)) + 1;
	}
	#create(account) {
		const number = this.newNumber(account.no);
		return {
			id: this.#known.newId(),
			accountNo: account.no,
			accountId: account.id,
			number,
			appender: new SegmentAppender(this.#createFile(account, number), 0),
			committedBytes: 0,
			isInIndex: false
		};
	}
	async #createFile(account, number) {
		const folder = accountFolder(this.#folder, account.id);
		await this.#files.makeFolder(folder);
		const file = await this.#files.open(this.#pathOf(account, number), "write");
		try {
			await this.#files.syncFolder(folder);
			return file;
		} catch (error) {
			await file.close();
			throw error;
		}
	}
	/** Ends writing to a segment: cuts it after its last committed record and ends it as a tar file ends. */
	async release(segment) {
		this.#owned.delete(segment.id);
		if (segment.appender.error !== null) this.#shunned.add(segment.id);
		const tail = segment.committedBytes > 0 ? new Uint8Array(trailerBytes) : /* @__PURE__ */ new Uint8Array(0);
		await segment.appender.close(segment.committedBytes, tail);
		if (segment.committedBytes === 0 && !segment.isInIndex) await this.#removeEmpty(segment);
	}
	async #removeEmpty(segment) {
		await this.#files.remove(segmentPath(this.#folder, segment.accountId, segment.number));
	}
	/** Ends writing to a segment whose transaction failed: its tail is left for the next start to look at. */
	async abandon(segment) {
		this.#shunned.add(segment.id);
		this.#owned.delete(segment.id);
		await segment.appender.close(null, /* @__PURE__ */ new Uint8Array(0)).catch(() => void 0);
	}
	/** Whether anyone is writing to this segment. */
	isOwned(segmentId) {
		return this.#owned.has(segmentId);
	}
};
// electron/store/upkeep/backup.ts
/** Copies kept. */
var mostBackups = 3;
var dayMs = 864e5;
/** Tables without row numbers of messages or accounts in them: copied as they are, column by column. */
var plainTables = {
	tag: "name, color, position",
	rule: "id, position, body",
	saved_search: "name, query, position",
	check_record: "account_id, started_at, body",
	server_deletion: "account_id, at, body",
	server_quirk: "host, port, body",
	remote_allowed: "scope, value"
};
var copyStatements = [
	`create table copy.marks as select a.id as account_id, m.sha256, m.folder, m.is_read, m.is_starred, m.is_doubtful,
     (select json_group_array(tag) from message_tag t where t.message_id = m.id) as tags
   from main.message m join main.account a on a.no = m.account_no`,
	`create table copy.ledger as select a.id as account_id, l.key, l.state, l.message_id is not null as has_message,
     l.size, l.seen_steady, l.changed_steady, l.stored_steady
   from main.ledger l join main.account a on a.no = l.account_no`,
	`create table copy.message_choice as select a.id as account_id, c.sha256, c.charset, c.theme
   from main.message_choice c join main.account a on a.no = c.account_no`,
	"create table copy.setting as select name, value from main.setting",
	...Object.entries(plainTables).map(([table, columns]) => `create table copy.${table} as select ${columns} from main.${table}`)
];
/** Folder of the copies. */
function backupFolder(folder) {
	return join(folder, "backup");
}
/** Copies there are, the newest first. */
function backups(folder) {
	try {
		return readdirSync(backupFolder(folder)).filter((name) => /^index-\d{8}T\d{6}-\d{4}\.sqlite$/.test(name)).sort().reverse().map((name) => join(backupFolder(folder), name));
	} catch {
		return [];
	}
}
function newBackupPath(tools) {
	const time = new Date(tools.clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, "");
	const sequence = Number(tools.settings.get("backup-sequence") ?? 0) + 1;
	tools.settings.set("backup-sequence", String(sequence));
	return join(backupFolder(tools.folder), `index-${time}-${String(sequence % 1e4).padStart(4, "0")}.sqlite`);
}
/** Makes a copy now; the oldest beyond three go. Answers its path. */
function makeBackup(tools) {
	mkdirSync(backupFolder(tools.folder), {
		recursive: true,
		mode: 448
	});
	const path = newBackupPath(tools);
	const unfinished = `${path}.new`;
	removeIndex(unfinished);
	tools.clock.keep();
	tools.sql.exec(`attach database '${unfinished.replaceAll("'", "''")}' as copy`);
	try {
		tools.sql.exec("pragma copy.journal_mode = delete");
		tools.sql.transaction(() => {
			for (const statement of copyStatements) tools.sql.exec(statement);
		});
	} finally {
		tools.sql.exec("detach database copy");
	}
	renameSync(unfinished, path);
	tools.settings.set("last-backup", String(tools.clock.now()));
	for (const old of backups(tools.folder).slice(mostBackups)) rmSync(old, { force: true });
	return path;
}
/** When the last copy was made, or null. Milliseconds since the epoch. */
function lastBackupAt(tools) {
	const kept = tools.settings.get("last-backup");
	return kept === null ? null : Number(kept);
}
/** Makes a copy when the last one is a day old or from the future; answers whether it did. */
function backUpWhenDue(tools) {
	const last = lastBackupAt(tools);
	const age = last === null ? Number.POSITIVE_INFINITY : tools.clock.now() - last;
	if (age >= 0 && age < dayMs) return false;
	if (tools.sql.value("select 1 as value from message limit 1") === null) return false;
	makeBackup(tools);
	return true;
}
var marksSource = {
	backup: "select account_id, sha256, folder, is_read, is_starred, is_doubtful from copy.marks",
	index: `select a.id as account_id, m.sha256, m.folder, m.is_read, m.is_starred, m.is_doubtful
    from copy.message m join copy.account a on a.no = m.account_no`
};
var tagsSource = {
	backup: "select k.account_id, k.sha256, j.value as tag from copy.marks k, json_each(k.tags) j",
	index: `select a.id as account_id, m.sha256, t.tag from copy.message_tag t
    join copy.message m on m.id = t.message_id join copy.account a on a.no = m.account_no`
};
function restoreMarks({ sql, messages }, source) {
	sql.exec(`
    create temp table restored as select m.id, s.folder, s.is_read, s.is_starred, s.is_doubtful from (${marksSource[source]}) s
      join main.account a on a.id = s.account_id
      join main.message m on m.sha256 = s.sha256 and m.account_no = a.no
      where s.folder in (select id from main.folder) and s.is_read in (0, 1) and s.is_starred in (0, 1) and s.is_doubtful in (0, 1)`);
	messages.takeMarks({
		sql: "select id, folder, is_read, is_starred from restored",
		values: []
	}, 0);
	messages.setDoubtful(sql.numbers("select id as value from restored where is_doubtful = 1"));
	sql.exec(`
    drop table restored;
    insert or ignore into main.message_tag(message_id, tag) select m.id, s.tag from (${tagsSource[source]}) s
      join main.account a on a.id = s.account_id
      join main.message m on m.sha256 = s.sha256 and m.account_no = a.no;
    insert or ignore into main.tag(name, color, position)
      select distinct tag, 'grey', 1000 from main.message_tag;`);
}
function restoreLedger(sql) {
	const gone = ledgerStateNumber("gone");
	const skipped = ledgerStateNumber("skipped");
	const stored = ledgerStateNumber("stored");
	sql.exec(`
    insert into main.account(id) select distinct account_id from copy.ledger where true on conflict do nothing;
    insert into main.ledger(account_no, key, state, size, seen_steady, changed_steady, stored_steady)
      select a.no, l.key, l.state, l.size, l.seen_steady, l.changed_steady, l.stored_steady
      from copy.ledger l join main.account a on a.id = l.account_id
      where l.state in (${gone}, ${skipped})
        or (l.has_message = 0 and (l.stored_steady is not null or l.state = ${stored}))
      on conflict do nothing;
    update main.ledger set seen_steady = l.seen_steady, stored_steady = l.stored_steady
      from copy.ledger l join main.account a on a.id = l.account_id
      where ledger.account_no = a.no and ledger.key = l.key and l.stored_steady is not null;`);
}
function restorePlain(sql) {
	for (const [table, columns] of Object.entries(plainTables)) sql.exec(`insert or ignore into main.${table}(${columns}) select ${columns} from copy.${table}`);
	sql.exec(`
    insert or replace into main.setting(name, value) select name, value from copy.setting;
    insert or ignore into main.message_choice(account_no, sha256, charset, theme)
      select a.no, c.sha256, c.charset, c.theme from copy.message_choice c join main.account a on a.id = c.account_id;`);
}
function fromFile(tools, path, work) {
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
		if (isDamage(error) || error instanceof Error && /no such (table|column)/.test(error.message)) return false;
		throw error;
	} finally {
		tools.sql.exec("detach database copy");
	}
}
/** Takes marks and everything else that a copy holds from the newest copy that can be read; null when none can. */
function restoreFromBackup(tools) {
	for (const path of backups(tools.folder)) if (fromFile(tools, path, () => {
		restorePlain(tools.sql);
		restoreMarks(tools, "backup");
		restoreLedger(tools.sql);
	})) {
		tools.accounts.reload();
		tools.clock.reload();
		tools.revision.changed();
		return path;
	}
	return null;
}
/** Takes the marks that can still be read out of a damaged index: they are younger than those of a copy. */
function salvageMarks(tools, damagedPath) {
	const isSalvaged = fromFile(tools, damagedPath, () => restoreMarks(tools, "index"));
	tools.revision.changed();
	return isSalvaged;
}
// electron/store/segments/segment-scan.ts
var headBytes = 16384;
var readBytes = 1048576;
async function readAtMost(file, position, count) {
	const bytes = new Uint8Array(count);
	let done = 0;
	while (done < count) {
		const got = await file.read(bytes.subarray(done), position + done);
		if (got === 0) break;
		done += got;
	}
	return bytes.subarray(0, done);
}
async function readFacts(file, offset) {
	const first = await readAtMost(file, offset, 2048);
	const length = headerLengthAt(first);
	if (length === null) return null;
	if (length <= first.length) return decodeHeader(first);
	const whole = await readExactly(file, offset, length);
	return whole === null ? null : decodeHeader(whole);
}
/** Reads the header at `offset`; null when none is there, or the record is cut short. */
async function readRange(file, offset, fileBytes) {
	const header = await readFacts(file, offset);
	if (header === null) return null;
	const { facts } = header;
	const dataOffset = offset + header.headerBytes;
	const endOffset = dataOffset + facts.lengthBytes + paddingBytes(facts.lengthBytes);
	return endOffset > fileBytes ? null : {
		facts,
		recordOffset: offset,
		dataOffset,
		endOffset
	};
}
/** Reads the record that begins at `offset`; null when none does, or it is cut short. */
async function readRecord(file, offset, fileBytes) {
	const range = await readRange(file, offset, fileBytes);
	if (range === null) return null;
	const { facts, dataOffset } = range;
	const hash = createHash("sha256");
	const headLength = facts.kind === "ledger-note" ? facts.lengthBytes : Math.min(headBytes, facts.lengthBytes);
	const head = new Uint8Array(headLength);
	for (let done = 0; done < facts.lengthBytes;) {
		const part = await readExactly(file, dataOffset + done, Math.min(readBytes, facts.lengthBytes - done));
		if (part === null) return null;
		hash.update(part);
		if (done < headLength) head.set(part.subarray(0, headLength - done), done);
		done += part.length;
	}
	const isSound = hash.digest("hex") === facts.sha256;
	return {
		...range,
		isSound,
		head
	};
}
/** The next place where a record may begin: a block with a right checksum that announces a pax header. */
async function nextHeader(file, from, fileBytes) {
	for (let at = from; at < fileBytes; at += readBytes) {
		const part = await readAtMost(file, at, Math.min(readBytes, fileBytes - at));
		for (let inner = 0; inner + 512 <= part.length; inner += 512) if (headerLengthAt(part.subarray(inner)) !== null) return at + inner;
	}
	return null;
}
/**
* Reads a segment from `from` to its end: every record, sound or not, and every gap where the headers are damaged,
* after which reading goes on at the next header. Zeros at the end are no gap: a tar file ends with them.
*/
async function* scanSegment(file, from, fileBytes) {
	let at = from;
	while (at < fileBytes) {
		const record = await readRecord(file, at, fileBytes);
		if (record !== null) {
			yield {
				kind: "record",
				record
			};
			at = record.endOffset;
			continue;
		}
		const next = await nextHeader(file, at + 512, fileBytes);
		const to = next ?? fileBytes;
		if (next !== null || !await isZero(file, at, fileBytes)) yield {
			kind: "gap",
			from: at,
			to
		};
		at = to;
	}
}
async function isZero(file, from, to) {
	for (let at = from; at < to; at += readBytes) if ((await readAtMost(file, at, Math.min(readBytes, to - at))).some((byte) => byte !== 0)) return false;
	return true;
}
// electron/store/upkeep/adopt.ts
/** Records of a segment are put into the index in groups of this many. */
var groupRecords = 500;
/**
* Puts records that are in a segment but not in the index into it: what a start finds behind the last committed
* record, and every record when the index is rebuilt.
*/
var Adoption = class {
	#tools;
	#summarise;
	#segment;
	#notes = [];
	#spares = [];
	#items = [];
	#dead = [];
	#unsound = [];
	#pending = /* @__PURE__ */ new Set();
	#pendingFlawed = /* @__PURE__ */ new Set();
	#end;
	/** Messages that got a row. */
	adopted = 0;
	constructor(tools, summarise, segment) {
		this.#tools = tools;
		this.#summarise = summarise;
		this.#segment = segment;
		this.#end = segment.committedBytes;
	}
	/** Takes one record in; rows are written a group at a time. */
	add(record) {
		this.#end = record.endOffset;
		if (record.facts.kind === "ledger-note") {
			if (record.isSound) this.#notes.push(readLedgerNote(record.head));
			return;
		}
		this.#addMessage(record);
		if (this.#items.length >= groupRecords) this.commit(false);
	}
	#addMessage(record) {
		const { facts } = record;
		const sizeBytes = facts.isPartial ? facts.announcedBytes : facts.lengthBytes;
		if (this.#pending.has(facts.sha256) || this.#pendingFlawed.has(facts.ledgerKey)) this.commit(false);
		const placement = placementOf(this.#tools, this.#segment.accountNo, {
			sha256: facts.sha256,
			ledgerKey: facts.ledgerKey,
			isPartial: facts.isPartial,
			sizeBytes
		});
		if (placement.kind === "link") this.#addSpare(record, placement.messageId);
		else {
			this.adopted += placement.kind === "new" ? 1 : 0;
			this.#pending.add(facts.sha256);
			if (facts.isPartial || !record.isSound) this.#pendingFlawed.add(facts.ledgerKey);
			if (!record.isSound) this.#unsound.push(placement.messageId);
		}
		this.#items.push({
			...facts,
			sizeBytes,
			recordOffset: record.recordOffset,
			dataOffset: record.dataOffset,
			summary: this.#summarise(record.head),
			marks: {},
			placement
		});
	}
	#addSpare(record, messageId) {
		const { recordOffset, dataOffset, facts } = record;
		this.#dead.push({
			offset: recordOffset,
			length: record.endOffset - recordOffset
		});
		const { id: segmentId, number: segment } = this.#segment;
		const { receivedAt } = facts;
		if (record.isSound) this.#spares.push({
			messageId,
			segmentId,
			segment,
			recordOffset,
			dataOffset,
			receivedAt
		});
	}
	/** Writes what has been gathered, and the segment's new length, in one transaction. */
	commit(isSealed) {
		const { sql } = this.#tools;
		commitGroup(this.#tools, {
			segment: this.#segment,
			items: this.#items,
			committedBytes: this.#end,
			isSealed
		});
		sql.transaction(() => {
			for (const dead of this.#dead) this.#tools.segments.noteDeadRecord(this.#segment.id, dead.offset, dead.length);
			if (this.#unsound.length > 0) this.#tools.messages.setDamaged(this.#unsound, true);
		});
		this.#items = [];
		this.#dead = [];
		this.#unsound = [];
		this.#pending.clear();
		this.#pendingFlawed.clear();
	}
	/** What was met on the way, to be applied when every segment of the account has been read. */
	get leftovers() {
		return {
			notes: this.#notes,
			spares: this.#spares
		};
	}
};
function applyLinks(tools, accountNo, note) {
	const now = tools.clock.steadyNow();
	for (const link of note.links ?? []) tools.sql.run(`insert into ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady)
         select ?1, ?2, ?3, m.id, m.size, ?4, ?4, ?4 from message m where m.sha256 = ?5 and m.account_no = ?1
       on conflict do nothing`, accountNo, link.key, ledgerStateNumber("stored"), now, Buffer.from(link.sha256, "hex"));
	for (const key of note.known ?? []) tools.sql.run(`insert into ledger(account_no, key, state, seen_steady, changed_steady) values(?, ?, ?, ?, ?)
       on conflict do nothing`, accountNo, key, ledgerStateNumber("stored"), now, now);
}
var nameOf = (record) => `${record.segment} ${record.offset} ${record.receivedAt}`;
/** A message that came again after it had been deleted has its bytes in the later record. */
function moveToSpare(tools, id, spare) {
	const { segmentId, recordOffset, dataOffset, receivedAt } = spare;
	tools.messages.moveRecord(id, {
		segmentId,
		recordOffset,
		dataOffset
	});
	tools.messages.setReceived(id, receivedAt);
	tools.segments.reviveRecord(segmentId, recordOffset);
}
function applyDead(tools, accountNo, dead, spareOf) {
	const found = tools.sql.value(`select m.id as value from message m join segment s on s.id = m.segment_id
       where m.sha256 = ?1 and m.account_no = ?2 and s.number = ?3 and m.record_offset = ?4 and m.received_at = ?5`, Buffer.from(dead.sha256, "hex"), accountNo, dead.segment, dead.offset, dead.receivedAt);
	if (found === null) return;
	const id = found;
	if (dead.isDoubtful === true) tools.messages.setDoubtful([id]);
	const spare = spareOf(id);
	if (spare === void 0) removeMessages(tools, [id]);
	else {
		tools.messages.noteDeadRecords([id]);
		moveToSpare(tools, id, spare);
	}
}
/** Applies what the notes say: links and known keys first, then what is dead. */
function applyLeftovers(tools, accountNo, { notes, spares }) {
	if (notes.length === 0) return;
	const dead = notes.flatMap((note) => note.dead ?? []);
	const deadNames = new Set(dead.map(nameOf));
	const alive = /* @__PURE__ */ new Map();
	for (const spare of spares) if (!deadNames.has(nameOf({
		...spare,
		offset: spare.recordOffset
	}))) alive.set(spare.messageId, spare);
	tools.sql.transaction(() => {
		for (const note of notes) applyLinks(tools, accountNo, note);
		for (const record of dead) applyDead(tools, accountNo, record, (id) => alive.get(id));
	});
	tools.revision.changed();
}
// electron/store/upkeep/recovery.ts
var nothingTaken = {
	adopted: 0,
	notes: [],
	spares: []
};
/** Numbers of the segments in an account's folder; leftovers of an interrupted compaction are removed. */
async function segmentNumbers(tools, accountId) {
	const folder = accountFolder(tools.folder, accountId);
	const names = await tools.files.list(folder);
	for (const name of names.filter((each) => each.endsWith(".new"))) await tools.files.remove(`${folder}/${name}`);
	return names.flatMap((name) => {
		const match = /^(\d{6,})\.tar$/.exec(name);
		return match === null ? [] : [Number(match[1])];
	});
}
function openSegmentOf(tools, row, isInIndex) {
	const path = segmentPath(tools.folder, tools.accounts.idOf(row.account_no), row.number);
	return {
		id: row.id,
		accountNo: row.account_no,
		accountId: tools.accounts.idOf(row.account_no),
		number: row.number,
		appender: new SegmentAppender(tools.files.open(path, "read"), row.committed),
		committedBytes: row.committed,
		isInIndex
	};
}
/** Reads a segment from its committed length on and takes in what is whole; the answer says where that ends. */
async function adoptTail(tools, segment, fileBytes, options) {
	const path = segmentPath(tools.folder, tools.accounts.idOf(segment.accountNo), segment.number);
	const file = await tools.files.open(path, "read");
	const adoption = new Adoption(tools, options.summarise, segment);
	let found = 0;
	let end = segment.committedBytes;
	try {
		for await (const step of scanSegment(file, segment.committedBytes, fileBytes)) {
			if (!options.isWhole && (step.kind === "gap" || !step.record.isSound)) break;
			if (step.kind === "gap") continue;
			adoption.add(step.record);
			found++;
			options.onBytes(step.record.endOffset - end);
			end = step.record.endOffset;
		}
	} finally {
		await file.close();
	}
	if (found > 0) adoption.commit(end >= sealAtBytes);
	return {
		adopted: adoption.adopted,
		...adoption.leftovers
	};
}
/** Whether nothing but the end of a tar file lies behind the last record: how a clean close leaves it. */
async function endsCleanly(tools, path, committed, fileBytes) {
	if (fileBytes !== committed + 1024) return false;
	const file = await tools.files.open(path, "read");
	try {
		return (await readExactly(file, committed, 1024))?.every((byte) => byte === 0) ?? false;
	} finally {
		await file.close();
	}
}
async function cut(tools, segment) {
	const path = segmentPath(tools.folder, tools.accounts.idOf(segment.accountNo), segment.number);
	const file = await tools.files.open(path, "write");
	try {
		await file.truncate(segment.committedBytes);
		await file.sync();
	} finally {
		await file.close();
	}
}
function setSegmentState(tools, row, state, fileBytes) {
	if (row.state === state && state === segmentState.inUse) return;
	tools.sql.transaction(() => {
		tools.segments.setState(row.id, state);
		tools.messages.judgeByLength(row.id, fileBytes);
	});
}
/** Whether a message has its bytes in the segment. */
function isInUse(tools, segmentId) {
	return tools.sql.value("select 1 as value from message where segment_id = ? limit 1", segmentId) !== null;
}
/** A segment that vanished is of no interest any more when all its messages have been fetched again or deleted. */
function forgetIfEmpty(tools, row) {
	if (isInUse(tools, row.id)) return false;
	tools.sql.transaction(() => tools.segments.remove(row.id));
	return true;
}
async function recoverKnown(tools, summarise, row) {
	const path = segmentPath(tools.folder, tools.accounts.idOf(row.account_no), row.number);
	const nothing = {
		...nothingTaken,
		missing: null
	};
	if (row.state === segmentState.replaced) {
		await tools.files.remove(path);
		tools.segments.remove(row.id);
		return nothing;
	}
	const fileBytes = await tools.files.length(path);
	if (fileBytes === null && forgetIfEmpty(tools, row)) return nothing;
	if (fileBytes === null || fileBytes < row.committed) {
		setSegmentState(tools, row, segmentState.missing, fileBytes ?? 0);
		return {
			...nothing,
			missing: path
		};
	}
	setSegmentState(tools, row, segmentState.inUse, fileBytes);
	if (row.is_sealed === 1 || fileBytes === row.committed) return nothing;
	if (await endsCleanly(tools, path, row.committed, fileBytes)) return nothing;
	const segment = openSegmentOf(tools, row, true);
	const outcome = await adoptTail(tools, segment, fileBytes, {
		summarise,
		isWhole: false,
		onBytes: () => void 0
	});
	await segment.appender.close(null, /* @__PURE__ */ new Uint8Array(0));
	await cut(tools, segment);
	return {
		...outcome,
		missing: null
	};
}
/** Takes in a segment the index has never heard of; removed when everything in it is here already. */
async function adoptUnknown(tools, accountId, number, options) {
	const path = segmentPath(tools.folder, accountId, number);
	const row = {
		id: tools.segments.newId(),
		account_no: tools.accounts.numberOf(accountId),
		number,
		committed: 0,
		is_sealed: 0,
		state: segmentState.inUse
	};
	const fileBytes = await tools.files.length(path) ?? 0;
	const segment = openSegmentOf(tools, row, false);
	const outcome = await adoptTail(tools, segment, fileBytes, options);
	await segment.appender.close(null, /* @__PURE__ */ new Uint8Array(0));
	if (!options.isWhole && !isInUse(tools, row.id)) {
		await tools.files.remove(path);
		tools.segments.remove(row.id);
		return nothingTaken;
	}
	if (!options.isWhole) await cut(tools, segment);
	return outcome;
}
/** Applies what was found beside the messages of an account, when all its segments have been read; answers how many came. */
function applyTaken(tools, accountNo, taken) {
	applyLeftovers(tools, accountNo, {
		notes: taken.flatMap(({ notes }) => notes),
		spares: taken.flatMap(({ spares }) => spares)
	});
	return taken.reduce((sum, { adopted }) => sum + adopted, 0);
}
/** Looks at every segment behind its last committed record: whole records are adopted, the rest is cut off. */
async function recover(tools, summarise) {
	let adopted = 0;
	const gone = [];
	const accounts = /* @__PURE__ */ new Set([...tools.accounts.ids(), ...await tools.files.list(`${tools.folder}/mail`)]);
	for (const id of accounts) {
		if (!isAccountId(id)) continue;
		const accountId = id;
		const accountNo = tools.accounts.numberOf(accountId);
		const taken = [];
		const numbers = await segmentNumbers(tools, accountId);
		const rows = tools.segments.ofAccount(accountNo);
		for (const row of rows) {
			const outcome = await recoverKnown(tools, summarise, row);
			taken.push(outcome);
			if (outcome.missing !== null) gone.push(outcome.missing);
		}
		for (const number of numbers.filter((each) => !rows.some((row) => row.number === each))) {
			const options = {
				summarise,
				isWhole: false,
				onBytes: () => void 0
			};
			taken.push(await adoptUnknown(tools, accountId, number, options));
		}
		adopted += applyTaken(tools, accountNo, taken);
	}
	return {
		adopted,
		missing: gone
	};
}
/** Fills an empty index from the segments alone. */
async function adoptEverything(tools, summarise, progress) {
	const found = [];
	for (const id of await tools.files.list(`${tools.folder}/mail`)) {
		if (!isAccountId(id)) continue;
		const accountId = id;
		for (const number of await segmentNumbers(tools, accountId)) {
			const bytes = await tools.files.length(segmentPath(tools.folder, accountId, number));
			found.push({
				accountId,
				number,
				bytes: bytes ?? 0
			});
		}
	}
	const total = found.reduce((sum, each) => sum + each.bytes, 0);
	const taken = /* @__PURE__ */ new Map();
	let done = 0;
	for (const { accountId, number } of found) {
		const outcome = await adoptUnknown(tools, accountId, number, {
			summarise,
			isWhole: true,
			onBytes: (bytes) => {
				done += bytes;
				progress(done, total);
			}
		});
		taken.set(accountId, [...taken.get(accountId) ?? [], outcome]);
	}
	let messages = 0;
	for (const [accountId, ofAccount] of taken) messages += applyTaken(tools, tools.accounts.numberOf(accountId), ofAccount);
	return { messages };
}
// electron/store/upkeep/start-up.ts
/** Opens the index; one that is damaged, or not wanted any more, is put aside and a new one begun. */
function openOrPutAside(options) {
	const { folder, migrations } = options;
	const halfMade = clearHalfMade(folder);
	if (halfMade !== null) return {
		index: openIndex(folder, migrations),
		...halfMade
	};
	if (!hasIndex(folder)) {
		beginMaking(folder);
		return {
			index: openIndex(folder, migrations),
			damagedPath: null
		};
	}
	if (options.rebuild === true) {
		const damagedPath = putAside(folder);
		return {
			index: openIndex(folder, migrations),
			damagedPath
		};
	}
	try {
		return {
			index: openIndex(folder, migrations),
			damagedPath: null
		};
	} catch (error) {
		if (!isDamage(error)) throw error;
		const damagedPath = putAside(folder);
		return {
			index: openIndex(folder, migrations),
			damagedPath
		};
	}
}
/**
* Takes in what the segments hold beyond the index, all of it where the index is new, and sees to the backup. Answers
* what a person should hear of; null for nothing.
*/
async function putRight(tools, summarise, options, { index, damagedPath }) {
	if (index.isNew) {
		const { messages } = await adoptEverything(tools, summarise, options.onRebuild ?? (() => void 0));
		const backup = restoreFromBackup(tools);
		if (damagedPath !== null) salvageMarks(tools, damagedPath);
		endMaking(options.folder);
		return damagedPath !== null || messages > 0 || backup !== null ? {
			kind: "rebuilt",
			messages
		} : null;
	}
	const { adopted } = await recover(tools, summarise);
	if (index.migrated > 0) makeBackup(tools);
	else backUpWhenDue(tools);
	return adopted > 0 ? {
		kind: "repaired",
		messages: adopted
	} : null;
}
// ../../main/node_modules/events-universal/default.js
var require_default = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = __require("events");
}));
// ../../main/node_modules/fast-fifo/fixed-size.js
var require_fixed_size = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = class FixedFIFO {
		constructor(hwm) {
			if (!(hwm > 0) || (hwm - 1 & hwm) !== 0) throw new Error("Max size for a FixedFIFO should be a power of two");
			this.buffer = new Array(hwm);
			this.mask = hwm - 1;
			this.top = 0;
			this.btm = 0;
			this.next = null;
		}
		clear() {
			this.top = this.btm = 0;
			this.next = null;
			this.buffer.fill(void 0);
		}
		push(data) {
			if (this.buffer[this.top] !== void 0) return false;
			this.buffer[this.top] = data;
			this.top = this.top + 1 & this.mask;
			return true;
		}
		shift() {
			const last = this.buffer[this.btm];
			if (last === void 0) return void 0;
			this.buffer[this.btm] = void 0;
			this.btm = this.btm + 1 & this.mask;
			return last;
		}
		peek() {
			return this.buffer[this.btm];
		}
		isEmpty() {
			return this.buffer[this.btm] === void 0;
		}
	};
}));
// ../../main/node_modules/fast-fifo/index.js
var require_fast_fifo = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var FixedFIFO = require_fixed_size();
	module.exports = class FastFIFO {
		constructor(hwm) {
			this.hwm = hwm || 16;
			this.head = new FixedFIFO(this.hwm);
			this.tail = this.head;
			this.length = 0;
		}
		clear() {
			this.head = this.tail;
			this.head.clear();
			this.length = 0;
		}
		push(val) {
			this.length++;
			if (!this.head.push(val)) {
				const prev = this.head;
				this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length);
				this.head.push(val);
			}
		}
		shift() {
			if (this.length !== 0) this.length--;
			const val = this.tail.shift();
			if (val === void 0 && this.tail.next) {
				const next = this.tail.next;
				this.tail.next = null;
				this.tail = next;
				return this.tail.shift();
			}
			return val;
		}
		peek() {
			const val = this.tail.peek();
			if (val === void 0 && this.tail.next) return this.tail.next.peek();
			return val;
		}
		isEmpty() {
			return this.length === 0;
		}
	};
}));
// ../../main/node_modules/text-decoder/node_modules/b4a/index.js
var require_b4a$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function isBuffer(value) {
		return Buffer.isBuffer(value) || value instanceof Uint8Array;
	}
	function isEncoding(encoding) {
		return Buffer.isEncoding(encoding);
	}
	function alloc(size, fill, encoding) {
		return Buffer.alloc(size, fill, encoding);
	}
	function allocUnsafe(size) {
		return Buffer.allocUnsafe(size);
	}
	function allocUnsafeSlow(size) {
		return Buffer.allocUnsafeSlow(size);
	}
	function byteLength(string, encoding) {
		return Buffer.byteLength(string, encoding);
	}
	function compare(a, b) {
		return Buffer.compare(a, b);
	}
	function concat(buffers, totalLength) {
		return Buffer.concat(buffers, totalLength);
	}
	function copy(source, target, targetStart, start, end) {
		return toBuffer(source).copy(target, targetStart, start, end);
	}
	function equals(a, b) {
		return toBuffer(a).equals(b);
	}
	function fill(buffer, value, offset, end, encoding) {
		return toBuffer(buffer).fill(value, offset, end, encoding);
	}
	function from(value, encodingOrOffset, length) {
		return Buffer.from(value, encodingOrOffset, length);
	}
	function includes(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).includes(value, byteOffset, encoding);
	}
	function indexOf(buffer, value, byfeOffset, encoding) {
		return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
	}
	function lastIndexOf(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
	}
	function swap16(buffer) {
		return toBuffer(buffer).swap16();
	}
	function swap32(buffer) {
		return toBuffer(buffer).swap32();
	}
	function swap64(buffer) {
		return toBuffer(buffer).swap64();
	}
	function toBuffer(buffer) {
		if (Buffer.isBuffer(buffer)) return buffer;
		return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
	}
	function toString(buffer, encoding, start, end) {
		return toBuffer(buffer).toString(encoding, start, end);
	}
	function toHex(buffer, start, end) {
		return toBuffer(buffer).toString("hex", start, end);
	}
	function write(buffer, string, offset, length, encoding) {
		return toBuffer(buffer).write(string, offset, length, encoding);
	}
	function readDoubleBE(buffer, offset) {
		return toBuffer(buffer).readDoubleBE(offset);
	}
	function readDoubleLE(buffer, offset) {
		return toBuffer(buffer).readDoubleLE(offset);
	}
	function readFloatBE(buffer, offset) {
		return toBuffer(buffer).readFloatBE(offset);
	}
	function readFloatLE(buffer, offset) {
		return toBuffer(buffer).readFloatLE(offset);
	}
	function readInt32BE(buffer, offset) {
		return toBuffer(buffer).readInt32BE(offset);
	}
	function readInt32LE(buffer, offset) {
		return toBuffer(buffer).readInt32LE(offset);
	}
	function readUInt32BE(buffer, offset) {
		return toBuffer(buffer).readUInt32BE(offset);
	}
	function readUInt32LE(buffer, offset) {
		return toBuffer(buffer).readUInt32LE(offset);
	}
	function writeDoubleBE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleBE(value, offset);
	}
	function writeDoubleLE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleLE(value, offset);
	}
	function writeFloatBE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatBE(value, offset);
	}
	function writeFloatLE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatLE(value, offset);
	}
	function writeInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32BE(value, offset);
	}
	function writeInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32LE(value, offset);
	}
	function writeUInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32BE(value, offset);
	}
	function writeUInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32LE(value, offset);
	}
	module.exports = {
		isBuffer,
		isEncoding,
		alloc,
		allocUnsafe,
		allocUnsafeSlow,
		byteLength,
		compare,
		concat,
		copy,
		equals,
		fill,
		from,
		includes,
		indexOf,
		lastIndexOf,
		swap16,
		swap32,
		swap64,
		toBuffer,
		toString,
		toHex,
		write,
		readDoubleBE,
		readDoubleLE,
		readFloatBE,
		readFloatLE,
		readInt32BE,
		readInt32LE,
		readUInt32BE,
		readUInt32LE,
		writeDoubleBE,
		writeDoubleLE,
		writeFloatBE,
		writeFloatLE,
		writeInt32BE,
		writeInt32LE,
		writeUInt32BE,
		writeUInt32LE
	};
}));
// ../../main/node_modules/text-decoder/lib/pass-through-decoder.js
var require_pass_through_decoder = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var b4a = require_b4a$1();
	module.exports = class PassThroughDecoder {
		constructor(encoding) {
			this.encoding = encoding;
		}
		get remaining() {
			return 0;
		}
		decode(data) {
			return b4a.toString(data, this.encoding);
		}
		flush() {
			return "";
		}
	};
}));
// ../../main/node_modules/text-decoder/lib/utf8-decoder.js
var require_utf8_decoder = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var b4a = require_b4a$1();
	/**
	* https://encoding.spec.whatwg.org/#utf-8-decoder
	*/
	module.exports = class UTF8Decoder {
		constructor() {
			this._reset();
		}
		get remaining() {
			return this.bytesSeen;
		}
		decode(data) {
			if (data.byteLength === 0) return "";
			if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
				this.bytesSeen = trailingBytesSeen(data);
				return b4a.toString(data, "utf8");
			}
			let result = "";
			let start = 0;
			if (this.bytesNeeded > 0) {
				while (start < data.byteLength) {
					const byte = data[start];
					if (byte < this.lowerBoundary || byte > this.upperBoundary) {
						result += "�";
						this._reset();
						break;
					}
					this.lowerBoundary = 128;
					this.upperBoundary = 191;
					this.codePoint = this.codePoint << 6 | byte & 63;
					this.bytesSeen++;
					start++;
					if (this.bytesSeen === this.bytesNeeded) {
						result += String.fromCodePoint(this.codePoint);
						this._reset();
						break;
					}
				}
				if (this.bytesNeeded > 0) return result;
			}
			const trailing = trailingIncomplete(data, start);
			const end = data.byteLength - trailing;
			if (end > start) result += b4a.toString(data, "utf8", start, end);
			for (let i = end; i < data.byteLength; i++) {
				const byte = data[i];
				if (this.bytesNeeded === 0) {
					if (byte <= 127) {
						this.bytesSeen = 0;
						result += String.fromCharCode(byte);
					} else if (byte >= 194 && byte <= 223) {
						this.bytesNeeded = 2;
						this.bytesSeen = 1;
						this.codePoint = byte & 31;
					} else if (byte >= 224 && byte <= 239) {
						if (byte === 224) this.lowerBoundary = 160;
						else if (byte === 237) this.upperBoundary = 159;
						this.bytesNeeded = 3;
						this.bytesSeen = 1;
						this.codePoint = byte & 15;
					} else if (byte >= 240 && byte <= 244) {
						if (byte === 240) this.lowerBoundary = 144;
						else if (byte === 244) this.upperBoundary = 143;
						this.bytesNeeded = 4;
						this.bytesSeen = 1;
						this.codePoint = byte & 7;
					} else {
						this.bytesSeen = 1;
						result += "�";
					}
					continue;
				}
				if (byte < this.lowerBoundary || byte > this.upperBoundary) {
					result += "�";
					i--;
					this._reset();
					continue;
				}
				this.lowerBoundary = 128;
				this.upperBoundary = 191;
				this.codePoint = this.codePoint << 6 | byte & 63;
				this.bytesSeen++;
				if (this.bytesSeen === this.bytesNeeded) {
					result += String.fromCodePoint(this.codePoint);
					this._reset();
				}
			}
			return result;
		}
		flush() {
			const result = this.bytesNeeded > 0 ? "�" : "";
			this._reset();
			return result;
		}
		_reset() {
			this.codePoint = 0;
			this.bytesNeeded = 0;
			this.bytesSeen = 0;
			this.lowerBoundary = 128;
			this.upperBoundary = 191;
		}
	};
	function trailingIncomplete(data, start) {
		const len = data.byteLength;
		if (len <= start) return 0;
		const limit = Math.max(start, len - 4);
		let i = len - 1;
		while (i > limit && (data[i] & 192) === 128) i--;
		if (i < start) return 0;
		const byte = data[i];
		let needed;
		if (byte <= 127) return 0;
		if (byte >= 194 && byte <= 223) needed = 2;
		else if (byte >= 224 && byte <= 239) needed = 3;
		else if (byte >= 240 && byte <= 244) needed = 4;
		else return 0;
		const available = len - i;
		return available < needed ? available : 0;
	}
	function trailingBytesSeen(data) {
		const len = data.byteLength;
		if (len === 0) return 0;
		const last = data[len - 1];
		if (last <= 127) return 0;
		if ((last & 192) !== 128) return 1;
		const limit = Math.max(0, len - 4);
		let i = len - 2;
		while (i >= limit && (data[i] & 192) === 128) i--;
		if (i < 0) return 1;
		const first = data[i];
		let needed;
		if (first >= 194 && first <= 223) needed = 2;
		else if (first >= 224 && first <= 239) needed = 3;
		else if (first >= 240 && first <= 244) needed = 4;
		else return 1;
		if (len - i !== needed) return 1;
		if (needed >= 3) {
			const second = data[i + 1];
			if (first === 224 && second < 160) return 1;
			if (first === 237 && second > 159) return 1;
			if (first === 240 && second < 144) return 1;
			if (first === 244 && second > 143) return 1;
		}
		return 0;
	}
}));
// ../../main/node_modules/text-decoder/index.js
var require_text_decoder = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var PassThroughDecoder = require_pass_through_decoder();
	var UTF8Decoder = require_utf8_decoder();
	module.exports = class TextDecoder {
		constructor(encoding = "utf8") {
			this.encoding = normalizeEncoding(encoding);
			switch (this.encoding) {
				case "utf8":
					this.decoder = new UTF8Decoder();
					break;
				case "utf16le":
				case "base64": throw new Error("Unsupported encoding: " + this.encoding);
				default: this.decoder = new PassThroughDecoder(this.encoding);
			}
		}
		get remaining() {
			return this.decoder.remaining;
		}
		push(data) {
			if (typeof data === "string") return data;
			return this.decoder.decode(data);
		}
		write(data) {
			return this.push(data);
		}
		end(data) {
			let result = "";
			if (data) result = this.push(data);
			result += this.decoder.flush();
			return result;
		}
	};
	function normalizeEncoding(encoding) {
		encoding = encoding.toLowerCase();
		switch (encoding) {
			case "utf8":
			case "utf-8": return "utf8";
			case "ucs2":
			case "ucs-2":
			case "utf16le":
			case "utf-16le": return "utf16le";
			case "latin1":
			case "binary": return "latin1";
			case "base64":
			case "ascii":
			case "hex": return encoding;
			default: throw new Error("Unknown encoding: " + encoding);
		}
	}
}));
// ../../main/node_modules/streamx/lib/errors.js
var require_errors = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = class StreamError extends Error {
		constructor(msg, code, fn = StreamError) {
			super(msg);
			this.code = code;
			if (Error.captureStackTrace) Error.captureStackTrace(this, fn);
		}
		static isStreamDestroyed(err) {
			return err && err.code === "STREAM_DESTROYED";
		}
		static isPrematureClose(err) {
			return err && err.code === "PREMATURE_CLOSE";
		}
		static isAborted(err) {
			return err && err.code === "ABORTED";
		}
		static isBadArgument(err) {
			return err && err.code === "BAD_ARGUMENT";
		}
		get name() {
			return "StreamError";
		}
		static STREAM_DESTROYED() {
			return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
		}
		static PREMATURE_CLOSE(msg = "Premature close") {
			return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
		}
		static ABORTED() {
			return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
		}
		static BAD_ARGUMENT(msg = "Bad argument") {
			return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
		}
	};
}));
// ../../main/node_modules/streamx/index.js
var require_streamx = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var { EventEmitter } = require_default();
	var FIFO = require_fast_fifo();
	var TextDecoder = require_text_decoder();
	var StreamError = require_errors();
	var qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
	var OPENING = 1;
	var PREDESTROYING = 2;
	var DESTROYING = 4;
	var DESTROYED = 8;
	var NOT_OPENING = 536870910;
	var NOT_PREDESTROYING = 536870909;
	var READ_UPDATING = 32;
	var READ_PRIMARY = 64;
	var READ_QUEUED = 128;
	var READ_RESUMED = 256;
	var READ_PIPE_DRAINED = 512;
	var READ_ENDING = 1024;
	var READ_EMIT_DATA = 2048;
	var READ_EMIT_READABLE = 4096;
	var READ_EMITTED_READABLE = 8192;
	var READ_DONE = 16384;
	var READ_NEXT_TICK = 32768;
	var READ_READ_AHEAD = 131072;
	var READ_FLOWING = 768;
	var READ_ACTIVE_AND_NEEDS_PUSH = 65552;
	var READ_PRIMARY_AND_ACTIVE = 80;
	var READ_EMIT_READABLE_AND_QUEUED = 4224;
	var READ_RESUMED_READ_AHEAD = 131328;
	var READ_NOT_ACTIVE = 536870895;
	var READ_NON_PRIMARY_AND_PUSHED = 536805311;
	var READ_PUSHED = 536805375;
	var READ_PAUSED = 536870655;
	var READ_NOT_QUEUED = 536862591;
	var READ_NOT_ENDING = 536869887;
	var READ_PIPE_NOT_DRAINED = 536870143;
	var READ_NOT_NEXT_TICK = 536838143;
	var READ_NOT_UPDATING = 536870879;
	var READ_NO_READ_AHEAD = 536739839;
	var READ_PAUSED_NO_READ_AHEAD = 536739583;
	var WRITE_ACTIVE = 1 << 18;
	var WRITE_UPDATING = 2 << 18;
	var WRITE_PRIMARY = 4 << 18;
	var WRITE_QUEUED = 8 << 18;
	var WRITE_UNDRAINED = 16 << 18;
	var WRITE_DONE = 32 << 18;
	var WRITE_EMIT_DRAIN = 64 << 18;
	var WRITE_NEXT_TICK = 128 << 18;
	var WRITE_WRITING = 256 << 18;
	var WRITE_FINISHING = 512 << 18;
	var WRITE_CORKED = 1024 << 18;
	var WRITE_NOT_ACTIVE = 469499903;
	var WRITE_NON_PRIMARY = 535822335;
	var WRITE_NOT_FINISHING = 402391039;
	var WRITE_DRAINED = 532676607;
	var WRITE_NOT_QUEUED = 534773759;
	var WRITE_NOT_NEXT_TICK = 503316479;
	var WRITE_NOT_UPDATING = 536346623;
	var WRITE_NOT_CORKED = 268435455;
	var ACTIVE = 262160;
	var NOT_ACTIVE = 536608751;
	var DONE = 8404992;
	var DESTROY_STATUS = 14;
	var OPEN_STATUS = 15;
	var AUTO_DESTROY = 8405006;
	var NON_PRIMARY = 535822271;
	var ACTIVE_OR_TICKING = 33587200;
	var IS_OPENING = 33587215;
	var READ_PRIMARY_STATUS = 17423;
	var READ_STATUS = 16527;
	var READ_ENDING_STATUS = 1167;
	var READ_READABLE_STATUS = 12431;
	var SHOULD_NOT_READ = 214047;
	var READ_BACKPRESSURE_STATUS = 17422;
	var READ_UPDATE_SYNC_STATUS = 32879;
	var READ_NEXT_TICK_OR_OPENING = 32769;
	var WRITE_PRIMARY_STATUS = 142606351;
	var WRITE_QUEUED_AND_UNDRAINED = 6291456;
	var WRITE_QUEUED_AND_ACTIVE = 2359296;
	var WRITE_DRAIN_STATUS = 6553615;
	var WRITE_STATUS = 270794767;
	var WRITE_PRIMARY_AND_ACTIVE = 1310720;
	var WRITE_ACTIVE_AND_WRITING = 67371008;
	var WRITE_FINISHING_STATUS = 144965647;
	var WRITE_BACKPRESSURE_STATUS = 146800654;
	var WRITE_UPDATE_SYNC_STATUS = 35127311;
	var WRITE_DROP_DATA = 142606350;
	var asyncIterator = Symbol.asyncIterator || Symbol("asyncIterator");
	var WritableState = class {
		constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
			this.stream = stream;
			this.queue = new FIFO();
			this.highWaterMark = highWaterMark;
			this.buffered = 0;
			this.error = null;
			this.pipeline = null;
			this.drains = null;
			this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
			this.map = mapWritable || map;
			this.afterWrite = afterWrite.bind(this);
			this.afterUpdateNextTick = updateWriteNT.bind(this);
		}
		get ending() {
			return (this.stream._duplexState & WRITE_FINISHING) !== 0;
		}
		get ended() {
			return (this.stream._duplexState & WRITE_DONE) !== 0;
		}
		push(data) {
			if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
			if (this.map !== null) data = this.map(data);
			this.buffered += this.byteLength(data);
			this.queue.push(data);
			if (this.buffered < this.highWaterMark) {
				this.stream._duplexState |= WRITE_QUEUED;
				return true;
			}
			this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
			return false;
		}
		shift() {
			const data = this.queue.shift();
			this.buffered -= this.byteLength(data);
			if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
			return data;
		}
		end(data) {
			if (typeof data === "function") this.stream.once("finish", data);
			else if (data !== void 0 && data !== null) this.push(data);
			this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
		}
		autoBatch(data, cb) {
			const buffer = [];
			const stream = this.stream;
			buffer.push(data);
			while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) buffer.push(stream._writableState.shift());
			if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
			stream._writev(buffer, cb);
		}
		update() {
			const stream = this.stream;
			stream._duplexState |= WRITE_UPDATING;
			do {
				while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
					const data = this.shift();
					stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
					stream._write(data, this.afterWrite);
				}
				if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
			} while (this.continueUpdate() === true);
			stream._duplexState &= WRITE_NOT_UPDATING;
		}
		updateNonPrimary() {
			const stream = this.stream;
			if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
				stream._duplexState = stream._duplexState | WRITE_ACTIVE;
				stream._final(afterFinal.bind(this));
				return;
			}
			if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
				if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
					stream._duplexState |= ACTIVE;
					stream._destroy(afterDestroy.bind(this));
				}
				return;
			}
			if ((stream._duplexState & IS_OPENING) === OPENING) {
				stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
				stream._open(afterOpen.bind(this));
			}
		}
		continueUpdate() {
			if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
			this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
			return true;
		}
		updateCallback() {
			if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) this.update();
			else this.updateNextTick();
		}
		updateNextTick() {
			if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
			this.stream._duplexState |= WRITE_NEXT_TICK;
			if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
	};
	var ReadableState = class {
		constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
			this.stream = stream;
			this.queue = new FIFO();
			this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
			this.buffered = 0;
			this.readAhead = highWaterMark > 0;
			this.error = null;
			this.pipeline = null;
			this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
			this.map = mapReadable || map;
			this.pipeTo = null;
			this.afterRead = afterRead.bind(this);
			this.afterUpdateNextTick = updateReadNT.bind(this);
		}
		get ending() {
			return (this.stream._duplexState & READ_ENDING) !== 0;
		}
		get ended() {
			return (this.stream._duplexState & READ_DONE) !== 0;
		}
		pipe(pipeTo, cb) {
			if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
			if (typeof cb !== "function") cb = null;
			this.stream._duplexState |= READ_PIPE_DRAINED;
			this.pipeTo = pipeTo;
			this.pipeline = new Pipeline(this.stream, pipeTo, cb);
			if (cb) this.stream.on("error", noop);
			if (isStreamx(pipeTo)) {
				pipeTo._writableState.pipeline = this.pipeline;
				if (cb) pipeTo.on("error", noop);
				pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
			} else {
				const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
				const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
				pipeTo.on("error", onerror);
				pipeTo.on("close", onclose);
				pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
			}
			pipeTo.on("drain", afterDrain.bind(this));
			this.stream.emit("piping", pipeTo);
			pipeTo.emit("pipe", this.stream);
		}
		push(data) {
			const stream = this.stream;
			if (data === null) {
				this.highWaterMark = 0;
				stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
				return false;
			}
			if (this.map !== null) {
				data = this.map(data);
				if (data === null) {
					stream._duplexState &= READ_PUSHED;
					return this.buffered < this.highWaterMark;
				}
			}
			this.buffered += this.byteLength(data);
			this.queue.push(data);
			stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
			return this.buffered < this.highWaterMark;
		}
		shift() {
			const data = this.queue.shift();
			this.buffered -= this.byteLength(data);
			if (this.buffered === 0) this.stream._duplexState &= READ_NOT_QUEUED;
			return data;
		}
		unshift(data) {
			const pending = [this.map !== null ? this.map(data) : data];
			while (this.buffered > 0) pending.push(this.shift());
			for (let i = 0; i < pending.length - 1; i++) {
				const data = pending[i];
				this.buffered += this.byteLength(data);
				this.queue.push(data);
			}
			this.push(pending[pending.length - 1]);
		}
		read() {
			const stream = this.stream;
			if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
				const data = this.shift();
				if (this.pipeTo !== null && this.pipeTo.write(data) === false) stream._duplexState &= READ_PIPE_NOT_DRAINED;
				if ((stream._duplexState & READ_EMIT_DATA) !== 0) stream.emit("data", data);
				return data;
			}
			if (this.readAhead === false) {
				stream._duplexState |= READ_READ_AHEAD;
				this.updateNextTick();
			}
			return null;
		}
		drain() {
			const stream = this.stream;
			while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
				const data = this.shift();
				if (this.pipeTo !== null && this.pipeTo.write(data) === false) stream._duplexState &= READ_PIPE_NOT_DRAINED;
				if ((stream._duplexState & READ_EMIT_DATA) !== 0) stream.emit("data", data);
			}
		}
		update() {
			const stream = this.stream;
			stream._duplexState |= READ_UPDATING;
			do {
				this.drain();
				while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
					stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
					stream._read(this.afterRead);
					this.drain();
				}
				if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
					stream._duplexState |= READ_EMITTED_READABLE;
					stream.emit("readable");
				}
				if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
			} while (this.continueUpdate() === true);
			stream._duplexState &= READ_NOT_UPDATING;
		}
		updateNonPrimary() {
			const stream = this.stream;
			if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
				stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
				stream.emit("end");
				if ((stream._duplexState & AUTO_DESTROY) === DONE) stream._duplexState |= DESTROYING;
				if (this.pipeTo !== null) this.pipeTo.end();
			}
			if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
				if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
					stream._duplexState |= ACTIVE;
					stream._destroy(afterDestroy.bind(this));
				}
				return;
			}
			if ((stream._duplexState & IS_OPENING) === OPENING) {
				stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
				stream._open(afterOpen.bind(this));
			}
		}
		continueUpdate() {
			if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
			this.stream._duplexState &= READ_NOT_NEXT_TICK;
			return true;
		}
		updateCallback() {
			if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) this.update();
			else this.updateNextTick();
		}
		updateNextTickIfOpen() {
			if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
			this.stream._duplexState |= READ_NEXT_TICK;
			if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
		updateNextTick() {
			if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
			this.stream._duplexState |= READ_NEXT_TICK;
			if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
	};
	var TransformState = class {
		constructor(stream) {
			this.data = null;
			this.afterTransform = afterTransform.bind(stream);
			this.afterFinal = null;
		}
	};
	var Pipeline = class {
		constructor(src, dst, cb) {
			this.from = src;
			this.to = dst;
			this.afterPipe = cb;
			this.error = null;
			this.pipeToFinished = false;
		}
		finished() {
			this.pipeToFinished = true;
		}
		done(stream, err) {
			if (err) this.error = err;
			if (stream === this.to) {
				this.to = null;
				if (this.from !== null) {
					if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
					return;
				}
			}
			if (stream === this.from) {
				this.from = null;
				if (this.to !== null) {
					if ((stream._duplexState & READ_DONE) === 0) this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
					return;
				}
			}
			if (this.afterPipe !== null) this.afterPipe(this.error);
			this.to = this.from = this.afterPipe = null;
		}
	};
	function afterDrain() {
		this.stream._duplexState |= READ_PIPE_DRAINED;
		this.updateCallback();
	}
	function afterFinal(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		if ((stream._duplexState & DESTROY_STATUS) === 0) {
			stream._duplexState |= WRITE_DONE;
			stream.emit("finish");
		}
		if ((stream._duplexState & AUTO_DESTROY) === DONE) stream._duplexState |= DESTROYING;
		stream._duplexState &= WRITE_NOT_FINISHING;
		if ((stream._duplexState & WRITE_UPDATING) === 0) this.update();
		else this.updateNextTick();
	}
	function afterDestroy(err) {
		const stream = this.stream;
		if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error;
		if (err) stream.emit("error", err);
		stream._duplexState |= DESTROYED;
		stream.emit("close");
		const rs = stream._readableState;
		const ws = stream._writableState;
		if (rs !== null && rs.pipeline !== null) rs.pipeline.done(stream, err);
		if (ws !== null) {
			while (ws.drains !== null && ws.drains.length > 0) ws.drains.shift().resolve(false);
			if (ws.pipeline !== null) ws.pipeline.done(stream, err);
		}
	}
	function afterWrite(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		stream._duplexState &= WRITE_NOT_ACTIVE;
		if (this.drains !== null) tickDrains(this.drains);
		if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
			stream._duplexState &= WRITE_DRAINED;
			if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) stream.emit("drain");
		}
		this.updateCallback();
	}
	function afterRead(err) {
		if (err) this.stream.destroy(err);
		this.stream._duplexState &= READ_NOT_ACTIVE;
		if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) this.stream._duplexState &= READ_NO_READ_AHEAD;
		this.updateCallback();
	}
	function updateReadNT() {
		if ((this.stream._duplexState & READ_UPDATING) === 0) {
			this.stream._duplexState &= READ_NOT_NEXT_TICK;
			this.update();
		}
	}
	function updateWriteNT() {
		if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
			this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
			this.update();
		}
	}
	function tickDrains(drains) {
		for (let i = 0; i < drains.length; i++) if (--drains[i].writes === 0) {
			drains.shift().resolve(true);
			i--;
		}
	}
	function afterOpen(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		if ((stream._duplexState & DESTROYING) === 0) {
			if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) stream._duplexState |= READ_PRIMARY;
			if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) stream._duplexState |= WRITE_PRIMARY;
			stream.emit("open");
		}
		stream._duplexState &= NOT_ACTIVE;
		if (stream._writableState !== null) stream._writableState.updateCallback();
		if (stream._readableState !== null) stream._readableState.updateCallback();
	}
	function afterTransform(err, data) {
		if (data !== void 0 && data !== null) this.push(data);
		this._writableState.afterWrite(err);
	}
	function newListener(name) {
		if (this._readableState !== null) {
			if (name === "data") {
				this._duplexState |= 133376;
				this._readableState.updateNextTick();
			}
			if (name === "readable") {
				this._duplexState |= READ_EMIT_READABLE;
				this._readableState.updateNextTick();
			}
		}
		if (this._writableState !== null) {
			if (name === "drain") {
				this._duplexState |= WRITE_EMIT_DRAIN;
				this._writableState.updateNextTick();
			}
		}
	}
	var Stream = class extends EventEmitter {
		constructor(opts) {
			super();
			this._duplexState = 0;
			this._readableState = null;
			this._writableState = null;
			if (opts) {
				if (opts.open) this._open = opts.open;
				if (opts.destroy) this._destroy = opts.destroy;
				if (opts.predestroy) this._predestroy = opts.predestroy;
				if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
			}
			this.on("newListener", newListener);
		}
		_open(cb) {
			cb(null);
		}
		_destroy(cb) {
			cb(null);
		}
		_predestroy() {}
		get readable() {
			return this._readableState !== null ? true : void 0;
		}
		get writable() {
			return this._writableState !== null ? true : void 0;
		}
		get destroyed() {
			return (this._duplexState & DESTROYED) !== 0;
		}
		get destroying() {
			return (this._duplexState & DESTROY_STATUS) !== 0;
		}
		destroy(err) {
			if ((this._duplexState & DESTROY_STATUS) === 0) {
				if (!err) err = StreamError.STREAM_DESTROYED();
				this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
				if (this._readableState !== null) {
					this._readableState.highWaterMark = 0;
					this._readableState.error = err;
				}
				if (this._writableState !== null) {
					this._writableState.highWaterMark = 0;
					this._writableState.error = err;
				}
				this._duplexState |= PREDESTROYING;
				this._predestroy();
				this._duplexState &= NOT_PREDESTROYING;
				if (this._readableState !== null) this._readableState.updateNextTick();
				if (this._writableState !== null) this._writableState.updateNextTick();
			}
		}
	};
	var Readable = class Readable extends Stream {
		constructor(opts) {
			super(opts);
			this._duplexState |= 8519681;
			this._readableState = new ReadableState(this, opts);
			if (opts) {
				if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
				if (opts.read) this._read = opts.read;
				if (opts.eagerOpen) this._readableState.updateNextTick();
				if (opts.encoding) this.setEncoding(opts.encoding);
			}
		}
		static deferred(fn, opts) {
			const out = new PassThrough(opts);
			fn().then((src) => {
				if (src === null) return out.end();
				if (out.destroying) return;
				pipeline(src, out, noop);
			}).catch((err) => out.destroy(err));
			return out;
		}
		setEncoding(encoding) {
			const dec = new TextDecoder(encoding);
			const map = this._readableState.map || echo;
			this._readableState.map = mapOrSkip;
			return this;
			function mapOrSkip(data) {
				const next = dec.push(data);
				return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
			}
		}
		_read(cb) {
			cb(null);
		}
		pipe(dest, cb) {
			this._readableState.updateNextTick();
			this._readableState.pipe(dest, cb);
			return dest;
		}
		read() {
			this._readableState.updateNextTick();
			return this._readableState.read();
		}
		push(data) {
			this._readableState.updateNextTickIfOpen();
			return this._readableState.push(data);
		}
		unshift(data) {
			this._readableState.updateNextTickIfOpen();
			return this._readableState.unshift(data);
		}
		resume() {
			this._duplexState |= READ_RESUMED_READ_AHEAD;
			this._readableState.updateNextTick();
			return this;
		}
		pause() {
			this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
			return this;
		}
		static _fromAsyncIterator(ite, opts) {
			let destroy;
			const rs = new Readable({
				...opts,
				read(cb) {
					ite.next().then(push).then(cb.bind(null, null)).catch(cb);
				},
				predestroy() {
					destroy = ite.return();
				},
				destroy(cb) {
					if (!destroy) return cb(null);
					destroy.then(cb.bind(null, null)).catch(cb);
				}
			});
			return rs;
			function push(data) {
				if (data.done) rs.push(null);
				else rs.push(data.value);
			}
		}
		static from(data, opts) {
			if (isReadStreamx(data)) return data;
			if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
			if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
			let i = 0;
			return new Readable({
				...opts,
				read(cb) {
					this.push(i === data.length ? null : data[i++]);
					cb(null);
				}
			});
		}
		static isBackpressured(rs) {
			return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
		}
		static isPaused(rs) {
			return (rs._duplexState & READ_RESUMED) === 0;
		}
		[asyncIterator]() {
			const stream = this;
			let error = null;
			let promiseResolve = null;
			let promiseReject = null;
			this.on("error", (err) => {
				error = err;
			});
			this.on("readable", onreadable);
			this.on("close", onclose);
			return {
				[asyncIterator]() {
					return this;
				},
				next() {
					return new Promise(function(resolve, reject) {
						promiseResolve = resolve;
						promiseReject = reject;
						const data = stream.read();
						if (data !== null) ondata(data);
						else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
					});
				},
				return() {
					return destroy(null);
				},
				throw(err) {
					return destroy(err);
				}
			};
			function onreadable() {
				if (promiseResolve !== null) ondata(stream.read());
			}
			function onclose() {
				if (promiseResolve !== null) ondata(null);
			}
			function ondata(data) {
				if (promiseReject === null) return;
				if (error) promiseReject(error);
				else if (data === null && (stream._duplexState & READ_DONE) === 0) promiseReject(StreamError.STREAM_DESTROYED());
				else promiseResolve({
					value: data,
					done: data === null
				});
				promiseReject = promiseResolve = null;
			}
			function destroy(err) {
				stream.destroy(err);
				return new Promise((resolve, reject) => {
					if (stream._duplexState & DESTROYED) return resolve({
						value: void 0,
						done: true
					});
					stream.once("close", function() {
						if (err) reject(err);
						else resolve({
							value: void 0,
							done: true
						});
					});
				});
			}
		}
	};
	var Writable = class extends Stream {
		constructor(opts) {
			super(opts);
			this._duplexState |= 16385;
			this._writableState = new WritableState(this, opts);
			if (opts) {
				if (opts.writev) this._writev = opts.writev;
				if (opts.write) this._write = opts.write;
				if (opts.final) this._final = opts.final;
				if (opts.eagerOpen) this._writableState.updateNextTick();
			}
		}
		cork() {
			this._duplexState |= WRITE_CORKED;
		}
		uncork() {
			this._duplexState &= WRITE_NOT_CORKED;
			this._writableState.updateNextTick();
		}
		_writev(batch, cb) {
			cb(null);
		}
		_write(data, cb) {
			this._writableState.autoBatch(data, cb);
		}
		_final(cb) {
			cb(null);
		}
		static isBackpressured(ws) {
			return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
		}
		static drained(ws) {
			if (ws.destroyed) return Promise.resolve(false);
			const state = ws._writableState;
			const writes = (isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length) + (ws._duplexState & WRITE_WRITING ? 1 : 0);
			if (writes === 0) return Promise.resolve(true);
			if (state.drains === null) state.drains = [];
			return new Promise((resolve) => {
				state.drains.push({
					writes,
					resolve
				});
			});
		}
		write(data) {
			this._writableState.updateNextTick();
			return this._writableState.push(data);
		}
		end(data) {
			this._writableState.updateNextTick();
			this._writableState.end(data);
			return this;
		}
	};
	var Duplex = class extends Readable {
		constructor(opts) {
			super(opts);
			this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
			this._writableState = new WritableState(this, opts);
			if (opts) {
				if (opts.writev) this._writev = opts.writev;
				if (opts.write) this._write = opts.write;
				if (opts.final) this._final = opts.final;
			}
		}
		cork() {
			this._duplexState |= WRITE_CORKED;
		}
		uncork() {
			this._duplexState &= WRITE_NOT_CORKED;
			this._writableState.updateNextTick();
		}
		_writev(batch, cb) {
			cb(null);
		}
		_write(data, cb) {
			this._writableState.autoBatch(data, cb);
		}
		_final(cb) {
			cb(null);
		}
		write(data) {
			this._writableState.updateNextTick();
			return this._writableState.push(data);
		}
		end(data) {
			this._writableState.updateNextTick();
			this._writableState.end(data);
			return this;
		}
	};
	var Transform = class extends Duplex {
		constructor(opts) {
			super(opts);
			this._transformState = new TransformState(this);
			if (opts) {
				if (opts.transform) this._transform = opts.transform;
				if (opts.flush) this._flush = opts.flush;
			}
		}
		_write(data, cb) {
			if (this._readableState.buffered >= this._readableState.highWaterMark) this._transformState.data = data;
			else this._transform(data, this._transformState.afterTransform);
		}
		_read(cb) {
			if (this._transformState.data !== null) {
				const data = this._transformState.data;
				this._transformState.data = null;
				cb(null);
				this._transform(data, this._transformState.afterTransform);
			} else cb(null);
		}
		destroy(err) {
			super.destroy(err);
			if (this._transformState.data !== null) {
				this._transformState.data = null;
				this._transformState.afterTransform();
			}
		}
		_transform(data, cb) {
			cb(null, data);
		}
		_flush(cb) {
			cb(null);
		}
		_final(cb) {
			this._transformState.afterFinal = cb;
			this._flush(transformAfterFlush.bind(this));
		}
	};
	var PassThrough = class extends Transform {};
	function transformAfterFlush(err, data) {
		const cb = this._transformState.afterFinal;
		if (err) return cb(err);
		if (data !== null && data !== void 0) this.push(data);
		this.push(null);
		cb(null);
	}
	function pipelinePromise(...streams) {
		return new Promise((resolve, reject) => {
			return pipeline(...streams, (err) => {
				if (err) return reject(err);
				resolve();
			});
		});
	}
	function pipeline(stream, ...streams) {
		const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
		const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
		if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
		let src = all[0];
		let dest = null;
		let error = null;
		for (let i = 1; i < all.length; i++) {
			dest = all[i];
			if (isStreamx(src)) src.pipe(dest, onerror);
			else {
				errorHandle(src, true, i > 1, onerror);
				src.pipe(dest);
			}
			src = dest;
		}
		if (done) {
			let fin = false;
			const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
			dest.on("error", (err) => {
				if (error === null) error = err;
			});
			dest.on("finish", () => {
				fin = true;
				if (!autoDestroy) done(error);
			});
			if (autoDestroy) dest.on("close", () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())));
		}
		return dest;
		function errorHandle(s, rd, wr, onerror) {
			s.on("error", onerror);
			s.on("close", onclose);
			function onclose() {
				if (rd && s._readableState && !s._readableState.ended) return onerror(StreamError.PREMATURE_CLOSE());
				if (wr && s._writableState && !s._writableState.ended) return onerror(StreamError.PREMATURE_CLOSE());
			}
		}
		function onerror(err) {
			if (!err || error) return;
			error = err;
			for (const s of all) s.destroy(err);
		}
	}
	function echo(s) {
		return s;
	}
	function isStream(stream) {
		return !!stream._readableState || !!stream._writableState;
	}
	function isStreamx(stream) {
		return typeof stream._duplexState === "number" && isStream(stream);
	}
	function isEnding(stream) {
		return !!stream._readableState && stream._readableState.ending;
	}
	function isEnded(stream) {
		return !!stream._readableState && stream._readableState.ended;
	}
	function isFinishing(stream) {
		return !!stream._writableState && stream._writableState.ending;
	}
	function isFinished(stream) {
		return !!stream._writableState && stream._writableState.ended;
	}
	function getStreamError(stream, opts = {}) {
		const err = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
		return !opts.all && StreamError.isStreamDestroyed(err) ? null : err;
	}
	function isReadStreamx(stream) {
		return isStreamx(stream) && stream.readable;
	}
	function isDisturbed(stream) {
		return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
	}
	function isTypedArray(data) {
		return typeof data === "object" && data !== null && typeof data.byteLength === "number";
	}
	function defaultByteLength(data) {
		return isTypedArray(data) ? data.byteLength : 1024;
	}
	function noop() {}
	function abort() {
		this.destroy(StreamError.ABORTED());
	}
	function isWritev(s) {
		return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev;
	}
	module.exports = {
		pipeline,
		pipelinePromise,
		isStream,
		isStreamx,
		isEnding,
		isEnded,
		isFinishing,
		isFinished,
		isDisturbed,
		getStreamError,
		Stream,
		Writable,
		Readable,
		Duplex,
		Transform,
		PassThrough
	};
}));
// ../../main/node_modules/tar-stream/node_modules/b4a/index.js
var require_b4a = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function isBuffer(value) {
		return Buffer.isBuffer(value) || value instanceof Uint8Array;
	}
	function isEncoding(encoding) {
		return Buffer.isEncoding(encoding);
	}
	function alloc(size, fill, encoding) {
		return Buffer.alloc(size, fill, encoding);
	}
	function allocUnsafe(size) {
		return Buffer.allocUnsafe(size);
	}
	function allocUnsafeSlow(size) {
		return Buffer.allocUnsafeSlow(size);
	}
	function byteLength(string, encoding) {
		return Buffer.byteLength(string, encoding);
	}
	function compare(a, b) {
		return Buffer.compare(a, b);
	}
	function concat(buffers, totalLength) {
		return Buffer.concat(buffers, totalLength);
	}
	function copy(source, target, targetStart, start, end) {
		return toBuffer(source).copy(target, targetStart, start, end);
	}
	function equals(a, b) {
		return toBuffer(a).equals(b);
	}
	function fill(buffer, value, offset, end, encoding) {
		return toBuffer(buffer).fill(value, offset, end, encoding);
	}
	function from(value, encodingOrOffset, length) {
		return Buffer.from(value, encodingOrOffset, length);
	}
	function includes(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).includes(value, byteOffset, encoding);
	}
	function indexOf(buffer, value, byfeOffset, encoding) {
		return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
	}
	function lastIndexOf(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
	}
	function swap16(buffer) {
		return toBuffer(buffer).swap16();
	}
	function swap32(buffer) {
		return toBuffer(buffer).swap32();
	}
	function swap64(buffer) {
		return toBuffer(buffer).swap64();
	}
	function toBuffer(buffer) {
		if (Buffer.isBuffer(buffer)) return buffer;
		return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
	}
	function toString(buffer, encoding, start, end) {
		return toBuffer(buffer).toString(encoding, start, end);
	}
	function toHex(buffer, start, end) {
		return toBuffer(buffer).toString("hex", start, end);
	}
	function write(buffer, string, offset, length, encoding) {
		return toBuffer(buffer).write(string, offset, length, encoding);
	}
	function readDoubleBE(buffer, offset) {
		return toBuffer(buffer).readDoubleBE(offset);
	}
	function readDoubleLE(buffer, offset) {
		return toBuffer(buffer).readDoubleLE(offset);
	}
	function readFloatBE(buffer, offset) {
		return toBuffer(buffer).readFloatBE(offset);
	}
	function readFloatLE(buffer, offset) {
		return toBuffer(buffer).readFloatLE(offset);
	}
	function readInt32BE(buffer, offset) {
		return toBuffer(buffer).readInt32BE(offset);
	}
	function readInt32LE(buffer, offset) {
		return toBuffer(buffer).readInt32LE(offset);
	}
	function readUInt32BE(buffer, offset) {
		return toBuffer(buffer).readUInt32BE(offset);
	}
	function readUInt32LE(buffer, offset) {
		return toBuffer(buffer).readUInt32LE(offset);
	}
	function writeDoubleBE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleBE(value, offset);
	}
	function writeDoubleLE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleLE(value, offset);
	}
	function writeFloatBE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatBE(value, offset);
	}
	function writeFloatLE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatLE(value, offset);
	}
	function writeInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32BE(value, offset);
	}
	function writeInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32LE(value, offset);
	}
	function writeUInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32BE(value, offset);
	}
	function writeUInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32LE(value, offset);
	}
	module.exports = {
		isBuffer,
		isEncoding,
		alloc,
		allocUnsafe,
		allocUnsafeSlow,
		byteLength,
		compare,
		concat,
		copy,
		equals,
		fill,
		from,
		includes,
		indexOf,
		lastIndexOf,
		swap16,
		swap32,
		swap64,
		toBuffer,
		toString,
		toHex,
		write,
		readDoubleBE,
		readDoubleLE,
		readFloatBE,
		readFloatLE,
		readInt32BE,
		readInt32LE,
		readUInt32BE,
		readUInt32LE,
		writeDoubleBE,
		writeDoubleLE,
		writeFloatBE,
		writeFloatLE,
		writeInt32BE,
		writeInt32LE,
		writeUInt32BE,
		writeUInt32LE
	};
}));
// ../../main/node_modules/tar-stream/headers.js
var require_headers = /* @__PURE__ */ __commonJSMin(((exports) => {
	var b4a = require_b4a();
	var ZEROS = "0000000000000000000";
	var SEVENS = "7777777777777777777";
	var ZERO_OFFSET = "0".charCodeAt(0);
	var USTAR_MAGIC = b4a.from([
		117,
		115,
		116,
		97,
		114,
		0
	]);
	var USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET]);
	var GNU_MAGIC = b4a.from([
		117,
		115,
		116,
		97,
		114,
		32
	]);
	var GNU_VER = b4a.from([32, 0]);
	var MASK = 4095;
	var MAGIC_OFFSET = 257;
	var VERSION_OFFSET = 263;
	exports.decodeLongPath = function decodeLongPath(buf, encoding) {
		return decodeStr(buf, 0, buf.length, encoding);
	};
	exports.encodePax = function encodePax(opts) {
		let result = "";
		if (opts.name) result += addLength(" path=" + opts.name + "\n");
		if (opts.linkname) result += addLength(" linkpath=" + opts.linkname + "\n");
		const pax = opts.pax;
		if (pax) for (const key in pax) result += addLength(" " + key + "=" + pax[key] + "\n");
		return b4a.from(result);
	};
	exports.decodePax = function decodePax(buf) {
		const result = {};
		while (buf.length) {
			let i = 0;
			while (i < buf.length && buf[i] !== 32) i++;
			const len = parseInt(b4a.toString(buf.subarray(0, i)), 10);
			if (!len) return result;
			const b = b4a.toString(buf.subarray(i + 1, len - 1));
			const keyIndex = b.indexOf("=");
			if (keyIndex === -1) return result;
			result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
			buf = buf.subarray(len);
		}
		return result;
	};
	exports.encode = function encode(opts) {
		const buf = b4a.alloc(512);
		let name = opts.name;
		let prefix = "";
		if (opts.typeflag === 5 && name[name.length - 1] !== "/") name += "/";
		if (b4a.byteLength(name) !== name.length) return null;
		while (b4a.byteLength(name) > 100) {
			const i = name.indexOf("/");
			if (i === -1) return null;
			prefix += prefix ? "/" + name.slice(0, i) : name.slice(0, i);
			name = name.slice(i + 1);
		}
		if (b4a.byteLength(name) > 100 || b4a.byteLength(prefix) > 155) return null;
		if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
		b4a.write(buf, name);
		b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100);
		b4a.write(buf, encodeOct(opts.uid, 6), 108);
		b4a.write(buf, encodeOct(opts.gid, 6), 116);
		encodeSize(opts.size, buf, 124);
		b4a.write(buf, encodeOct(opts.mtime.getTime() / 1e3 | 0, 11), 136);
		buf[156] = ZERO_OFFSET + toTypeflag(opts.type);
		if (opts.linkname) b4a.write(buf, opts.linkname, 157);
		b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET);
		b4a.copy(USTAR_VER, buf, VERSION_OFFSET);
		if (opts.uname) b4a.write(buf, opts.uname, 265);
		if (opts.gname) b4a.write(buf, opts.gname, 297);
		b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329);
		b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337);
		if (prefix) b4a.write(buf, prefix, 345);
		b4a.write(buf, encodeOct(cksum(buf), 6), 148);
		return buf;
	};
	exports.decode = function decode(buf, filenameEncoding, allowUnknownFormat) {
		let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET;
		let name = decodeStr(buf, 0, 100, filenameEncoding);
		const mode = decodeOct(buf, 100, 8);
		const uid = decodeOct(buf, 108, 8);
		const gid = decodeOct(buf, 116, 8);
		const size = decodeOct(buf, 124, 12);
		const mtime = decodeOct(buf, 136, 12);
		const type = toType(typeflag);
		const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding);
		const uname = decodeStr(buf, 265, 32);
		const gname = decodeStr(buf, 297, 32);
		const devmajor = decodeOct(buf, 329, 8);
		const devminor = decodeOct(buf, 337, 8);
		const c = cksum(buf);
		if (c === 256) return null;
		if (c !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
		if (isUSTAR(buf)) {
			if (buf[345]) name = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name;
		} else if (isGNU(buf)) {} else if (!allowUnknownFormat) throw new Error("Invalid tar header: unknown format.");
		if (typeflag === 0 && name && name[name.length - 1] === "/") typeflag = 5;
		return {
			name,
			mode,
			uid,
			gid,
			size,
			byteOffset: 0,
			mtime: /* @__PURE__ */ new Date(1e3 * mtime),
			type,
			linkname,
			uname,
			gname,
			devmajor,
			devminor,
			pax: null
		};
	};
	function isUSTAR(buf) {
		return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, 263));
	}
	function isGNU(buf) {
		return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, 263)) && b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, 265));
	}
	function clamp(index, len, defaultValue) {
		if (typeof index !== "number") return defaultValue;
		index = ~~index;
		if (index >= len) return len;
		if (index >= 0) return index;
		index += len;
		if (index >= 0) return index;
		return 0;
	}
	function toType(flag) {
		switch (flag) {
			case 0: return "file";
			case 1: return "link";
			case 2: return "symlink";
			case 3: return "character-device";
			case 4: return "block-device";
			case 5: return "directory";
			case 6: return "fifo";
			case 7: return "contiguous-file";
			case 72: return "pax-header";
			case 55: return "pax-global-header";
			case 27: return "gnu-long-link-path";
			case 28:
			case 30: return "gnu-long-path";
		}
		return null;
	}
	function toTypeflag(flag) {
		switch (flag) {
			case "file": return 0;
			case "link": return 1;
			case "symlink": return 2;
			case "character-device": return 3;
			case "block-device": return 4;
			case "directory": return 5;
			case "fifo": return 6;
			case "contiguous-file": return 7;
			case "pax-header": return 72;
		}
		return 0;
	}
	function indexOf(block, num, offset, end) {
		for (; offset < end; offset++) if (block[offset] === num) return offset;
		return end;
	}
	function cksum(block) {
		let sum = 256;
		for (let i = 0; i < 148; i++) sum += block[i];
		for (let j = 156; j < 512; j++) sum += block[j];
		return sum;
	}
	function encodeOct(val, n) {
		val = val.toString(8);
		if (val.length > n) return SEVENS.slice(0, n) + " ";
		return ZEROS.slice(0, n - val.length) + val + " ";
	}
	function encodeSizeBin(num, buf, off) {
		buf[off] = 128;
		for (let i = 11; i > 0; i--) {
			buf[off + i] = num & 255;
			num = Math.floor(num / 256);
		}
	}
	function encodeSize(num, buf, off) {
		if (num.toString(8).length > 11) encodeSizeBin(num, buf, off);
		else b4a.write(buf, encodeOct(num, 11), off);
	}
	function parse256(buf) {
		let positive;
		if (buf[0] === 128) positive = true;
		else if (buf[0] === 255) positive = false;
		else return null;
		const tuple = [];
		let i;
		for (i = buf.length - 1; i > 0; i--) {
			const byte = buf[i];
			if (positive) tuple.push(byte);
			else tuple.push(255 - byte);
		}
		let sum = 0;
		const l = tuple.length;
		for (i = 0; i < l; i++) sum += tuple[i] * Math.pow(256, i);
		return positive ? sum : -1 * sum;
	}
	function decodeOct(val, offset, length) {
		val = val.subarray(offset, offset + length);
		offset = 0;
		if (val[offset] & 128) return parse256(val);
		else {
			while (offset < val.length && val[offset] === 32) offset++;
			const end = clamp(indexOf(val, 32, offset, val.length), val.length, val.length);
			while (offset < end && val[offset] === 0) offset++;
			if (end === offset) return 0;
			return parseInt(b4a.toString(val.subarray(offset, end)), 8);
		}
	}
	function decodeStr(val, offset, length, encoding) {
		return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding);
	}
	function addLength(str) {
		const len = b4a.byteLength(str);
		let digits = Math.floor(Math.log(len) / Math.log(10)) + 1;
		if (len + digits >= Math.pow(10, digits)) digits++;
		return len + digits + str;
	}
}));
// ../../main/node_modules/tar-stream/extract.js
var require_extract = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var { Writable, Readable, getStreamError } = require_streamx();
	var FIFO = require_fast_fifo();
	var b4a = require_b4a();
	var headers = require_headers();
	var EMPTY = b4a.alloc(0);
	var MAX_HEADER_SIZE = 4194304;
	var BufferList = class {
		constructor() {
			this.buffered = 0;
			this.shifted = 0;
			this.queue = new FIFO();
			this._offset = 0;
		}
		push(buffer) {
			this.buffered += buffer.byteLength;
			this.queue.push(buffer);
		}
		shiftFirst(size) {
			return this.buffered === 0 ? null : this._next(size);
		}
		shift(size) {
			if (size > this.buffered) return null;
			if (size === 0) return EMPTY;
			let chunk = this._next(size);
			if (size === chunk.byteLength) return chunk;
			const chunks = [chunk];
			while ((size -= chunk.byteLength) > 0) {
				chunk = this._next(size);
				chunks.push(chunk);
			}
			return b4a.concat(chunks);
		}
		_next(size) {
			const buf = this.queue.peek();
			const rem = buf.byteLength - this._offset;
			if (size >= rem) {
				const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf;
				this.queue.shift();
				this._offset = 0;
				this.buffered -= rem;
				this.shifted += rem;
				return sub;
			}
			this.buffered -= size;
			this.shifted += size;
			return buf.subarray(this._offset, this._offset += size);
		}
	};
	var Source = class extends Readable {
		constructor(self, header, offset) {
			super();
			this.header = header;
			this.offset = offset;
			this._parent = self;
		}
		_read(cb) {
			if (this.header.size === 0) this.push(null);
			if (this._parent._stream === this) this._parent._update();
			cb(null);
		}
		_predestroy() {
			this._parent.destroy(getStreamError(this));
		}
		_detach() {
			if (this._parent._stream === this) {
				this._parent._stream = null;
				this._parent._missing = overflow(this.header.size);
				this._parent._update();
			}
		}
		_destroy(cb) {
			this._detach();
			cb(null);
		}
	};
	var Extract = class extends Writable {
		constructor(opts) {
			super(opts);
			if (!opts) opts = {};
			this._buffer = new BufferList();
			this._offset = 0;
			this._header = null;
			this._stream = null;
			this._missing = 0;
			this._longHeader = false;
			this._callback = noop;
			this._locked = false;
			this._finished = false;
			this._pax = null;
			this._paxGlobal = null;
			this._gnuLongPath = null;
			this._gnuLongLinkPath = null;
			this._filenameEncoding = opts.filenameEncoding || "utf-8";
			this._allowUnknownFormat = !!opts.allowUnknownFormat;
			this._unlockBound = this._unlock.bind(this);
		}
		_unlock(err) {
			this._locked = false;
			if (err) {
				this.destroy(err);
				this._continueWrite(err);
				return;
			}
			this._update();
		}
		_consumeHeader() {
			if (this._locked) return false;
			this._offset = this._buffer.shifted;
			try {
				this._header = headers.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat);
			} catch (err) {
				this._continueWrite(err);
				return false;
			}
			if (!this._header) return true;
			this._header.byteOffset = this._buffer.shifted;
			switch (this._header.type) {
				case "gnu-long-path":
				case "gnu-long-link-path":
				case "pax-global-header":
				case "pax-header":
					this._longHeader = true;
					this._missing = this._header.size;
					if (this._missing > MAX_HEADER_SIZE) {
						this._continueWrite(/* @__PURE__ */ new Error("Header exceeds max size"));
						return false;
					}
					return true;
			}
			this._locked = true;
			this._applyLongHeaders();
			if (!(this._header.size >= 0)) {
				this._continueWrite(/* @__PURE__ */ new Error("Invalid header"));
				return false;
			}
			if (this._header.size === 0 || this._header.type === "directory") {
				this.emit("entry", this._header, this._createStream(), this._unlockBound);
				return true;
			}
			this._stream = this._createStream();
			this._missing = this._header.size;
			this.emit("entry", this._header, this._stream, this._unlockBound);
			return true;
		}
		_applyLongHeaders() {
			if (this._gnuLongPath) {
				this._header.name = this._gnuLongPath;
				this._gnuLongPath = null;
			}
			if (this._gnuLongLinkPath) {
				this._header.linkname = this._gnuLongLinkPath;
				this._gnuLongLinkPath = null;
			}
			if (this._pax) {
				if (this._pax.path) this._header.name = this._pax.path;
				if (this._pax.linkpath) this._header.linkname = this._pax.linkpath;
				if (this._pax.size) this._header.size = parseInt(this._pax.size, 10);
				this._header.pax = this._pax;
				this._pax = null;
			}
		}
		_decodeLongHeader(buf) {
			switch (this._header.type) {
				case "gnu-long-path":
					this._gnuLongPath = headers.decodeLongPath(buf, this._filenameEncoding);
					break;
				case "gnu-long-link-path":
					this._gnuLongLinkPath = headers.decodeLongPath(buf, this._filenameEncoding);
					break;
				case "pax-global-header":
					this._paxGlobal = headers.decodePax(buf);
					break;
				case "pax-header": this._pax = this._paxGlobal === null ? headers.decodePax(buf) : Object.assign({}, this._paxGlobal, headers.decodePax(buf));
			}
		}
		_consumeLongHeader() {
			this._longHeader = false;
			this._missing = overflow(this._header.size);
			const buf = this._buffer.shift(this._header.size);
			try {
				this._decodeLongHeader(buf);
			} catch (err) {
				this._continueWrite(err);
				return false;
			}
			return true;
		}
		_consumeStream() {
			const buf = this._buffer.shiftFirst(this._missing);
			if (buf === null) return false;
			this._missing -= buf.byteLength;
			const drained = this._stream.push(buf);
			if (this._missing === 0) {
				this._stream.push(null);
				if (drained) this._stream._detach();
				return drained && this._locked === false;
			}
			return drained;
		}
		_createStream() {
			return new Source(this, this._header, this._offset);
		}
		_update() {
			while (this._buffer.buffered > 0 && !this.destroying) {
				if (this._missing > 0) {
					if (this._stream !== null) {
						if (this._consumeStream() === false) return;
						continue;
					}
					if (this._longHeader === true) {
						if (this._missing > this._buffer.buffered) break;
						if (this._consumeLongHeader() === false) return false;
						continue;
					}
					const ignore = this._buffer.shiftFirst(this._missing);
					if (ignore !== null) this._missing -= ignore.byteLength;
					continue;
				}
				if (this._buffer.buffered < 512) break;
				if (this._stream !== null || this._consumeHeader() === false) return;
			}
			this._continueWrite(null);
		}
		_continueWrite(err) {
			const cb = this._callback;
			this._callback = noop;
			cb(err);
		}
		_write(data, cb) {
			this._callback = cb;
			this._buffer.push(data);
			this._update();
		}
		_final(cb) {
			this._finished = this._missing === 0 && this._buffer.buffered === 0;
			cb(this._finished ? null : /* @__PURE__ */ new Error("Unexpected end of data"));
		}
		_predestroy() {
			this._continueWrite(null);
		}
		_destroy(cb) {
			if (this._stream) this._stream.destroy(getStreamError(this));
			cb(null);
		}
		[Symbol.asyncIterator]() {
			let error = null;
			let promiseResolve = null;
			let promiseReject = null;
			let entryStream = null;
			let entryCallback = null;
			const extract = this;
			this.on("entry", onentry);
			this.on("error", (err) => {
				error = err;
			});
			this.on("close", onclose);
			return {
				[Symbol.asyncIterator]() {
					return this;
				},
				next() {
					return new Promise(onnext);
				},
				return() {
					return destroy(null);
				},
				throw(err) {
					return destroy(err);
				}
			};
			function consumeCallback(err) {
				if (!entryCallback) return;
				const cb = entryCallback;
				entryCallback = null;
				cb(err);
			}
			function onnext(resolve, reject) {
				if (error) return reject(error);
				if (entryStream) {
					resolve({
						value: entryStream,
						done: false
					});
					entryStream = null;
					return;
				}
				promiseResolve = resolve;
				promiseReject = reject;
				consumeCallback(null);
				if (extract._finished && promiseResolve) {
					promiseResolve({
						value: void 0,
						done: true
					});
					promiseResolve = promiseReject = null;
				}
			}
			function onentry(header, stream, callback) {
				entryCallback = callback;
				stream.on("error", noop);
				if (promiseResolve) {
					promiseResolve({
						value: stream,
						done: false
					});
					promiseResolve = promiseReject = null;
				} else entryStream = stream;
			}
			function onclose() {
				consumeCallback(error);
				if (!promiseResolve) return;
				if (error) promiseReject(error);
				else promiseResolve({
					value: void 0,
					done: true
				});
				promiseResolve = promiseReject = null;
			}
			function destroy(err) {
				extract.destroy(err);
				consumeCallback(err);
				return new Promise((resolve, reject) => {
					if (extract.destroyed) return resolve({
						value: void 0,
						done: true
					});
					extract.once("close", function() {
						if (err) reject(err);
						else resolve({
							value: void 0,
							done: true
						});
					});
				});
			}
		}
	};
	module.exports = function extract(opts) {
		return new Extract(opts);
	};
	function noop() {}
	function overflow(size) {
		size &= 511;
		return size && 512 - size;
	}
}));
// ../../main/node_modules/tar-stream/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var constants = {
		S_IFMT: 61440,
		S_IFDIR: 16384,
		S_IFCHR: 8192,
		S_IFBLK: 24576,
		S_IFIFO: 4096,
		S_IFLNK: 40960
	};
	try {
		module.exports = __require("fs").constants || constants;
	} catch {
		module.exports = constants;
	}
}));
// ../../main/node_modules/tar-stream/pack.js
var require_pack = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var { Readable, Writable, getStreamError } = require_streamx();
	var b4a = require_b4a();
	var constants = require_constants();
	var headers = require_headers();
	var DMODE = 493;
	var FMODE = 420;
	var END_OF_TAR = b4a.alloc(1024);
	var Sink = class extends Writable {
		constructor(pack, header, callback) {
			super({
				mapWritable,
				eagerOpen: true
			});
			this.written = 0;
			this.header = header;
			this._callback = callback;
			this._linkname = null;
			this._isLinkname = header.type === "symlink" && !header.linkname;
			this._isVoid = header.type !== "file" && header.type !== "contiguous-file";
			this._finished = false;
			this._pack = pack;
			this._openCallback = null;
			if (this._pack._stream === null) this._pack._stream = this;
			else this._pack._pending.push(this);
		}
		_open(cb) {
			this._openCallback = cb;
			if (this._pack._stream === this) this._continueOpen();
		}
		_continuePack(err) {
			if (this._callback === null) return;
			const callback = this._callback;
			this._callback = null;
			callback(err);
		}
		_continueOpen() {
			if (this._pack._stream === null) this._pack._stream = this;
			const cb = this._openCallback;
			this._openCallback = null;
			if (cb === null) return;
			if (this._pack.destroying) return cb(/* @__PURE__ */ new Error("pack stream destroyed"));
			if (this._pack._finalized) return cb(/* @__PURE__ */ new Error("pack stream is already finalized"));
			this._pack._stream = this;
			if (!this._isLinkname) this._pack._encode(this.header);
			if (this._isVoid) {
				this._finish();
				this._continuePack(null);
			}
			cb(null);
		}
		_write(data, cb) {
			if (this._isLinkname) {
				this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data;
				return cb(null);
			}
			if (this._isVoid) {
				if (data.byteLength > 0) return cb(/* @__PURE__ */ new Error("No body allowed for this entry"));
				return cb();
			}
			this.written += data.byteLength;
			if (this._pack.push(data)) return cb();
			this._pack._drain = cb;
		}
		_finish() {
			if (this._finished) return;
			this._finished = true;
			if (this._isLinkname) {
				this.header.linkname = this._linkname ? b4a.toString(this._linkname, "utf-8") : "";
				this._pack._encode(this.header);
			}
			overflow(this._pack, this.header.size);
			this._pack._done(this);
		}
		_final(cb) {
			if (this.written !== this.header.size) return cb(/* @__PURE__ */ new Error("Size mismatch"));
			this._finish();
			cb(null);
		}
		_getError() {
			return getStreamError(this) || /* @__PURE__ */ new Error("tar entry destroyed");
		}
		_predestroy() {
			this._pack.destroy(this._getError());
		}
		_destroy(cb) {
			this._pack._done(this);
			this._continuePack(this._finished ? null : this._getError());
			cb();
		}
	};
	var Pack = class extends Readable {
		constructor(opts) {
			super(opts);
			this._drain = noop;
			this._finalized = false;
			this._finalizing = false;
			this._pending = [];
			this._stream = null;
		}
		entry(header, buffer, callback) {
			if (this._finalized || this.destroying) throw new Error("already finalized or destroyed");
			if (typeof buffer === "function") {
				callback = buffer;
				buffer = null;
			}
			if (!callback) callback = noop;
			if (!header.size || header.type === "symlink") header.size = 0;
			if (!header.type) header.type = modeToType(header.mode);
			if (!header.mode) header.mode = header.type === "directory" ? DMODE : FMODE;
			if (!header.uid) header.uid = 0;
			if (!header.gid) header.gid = 0;
			if (!header.mtime) header.mtime = /* @__PURE__ */ new Date();
			if (typeof buffer === "string") buffer = b4a.from(buffer);
			const sink = new Sink(this, header, callback);
			if (b4a.isBuffer(buffer)) {
				header.size = buffer.byteLength;
				sink.write(buffer);
				sink.end();
				return sink;
			}
			if (sink._isVoid) return sink;
			return sink;
		}
		finalize() {
			if (this._stream || this._pending.length > 0) {
				this._finalizing = true;
				return;
			}
			if (this._finalized) return;
			this._finalized = true;
			this.push(END_OF_TAR);
			this.push(null);
		}
		_done(stream) {
			if (stream !== this._stream) return;
			this._stream = null;
			if (this._finalizing) this.finalize();
			if (this._pending.length) this._pending.shift()._continueOpen();
		}
		_encode(header) {
			if (!header.pax) {
				const buf = headers.encode(header);
				if (buf) {
					this.push(buf);
					return;
				}
			}
			this._encodePax(header);
		}
		_encodePax(header) {
			const paxHeader = headers.encodePax({
				name: header.name,
				linkname: header.linkname,
				pax: header.pax
			});
			const newHeader = {
				name: "PaxHeader",
				mode: header.mode,
				uid: header.uid,
				gid: header.gid,
				size: paxHeader.byteLength,
				mtime: header.mtime,
				type: "pax-header",
				linkname: header.linkname && "PaxHeader",
				uname: header.uname,
				gname: header.gname,
				devmajor: header.devmajor,
				devminor: header.devminor
			};
			this.push(headers.encode(newHeader));
			this.push(paxHeader);
			overflow(this, paxHeader.byteLength);
			newHeader.size = header.size;
			newHeader.type = header.type;
			this.push(headers.encode(newHeader));
		}
		_doDrain() {
			const drain = this._drain;
			this._drain = noop;
			drain();
		}
		_predestroy() {
			const err = getStreamError(this);
			if (this._stream) this._stream.destroy(err);
			while (this._pending.length) {
				const stream = this._pending.shift();
				stream.destroy(err);
				stream._continueOpen();
			}
			this._doDrain();
		}
		_read(cb) {
			this._doDrain();
			cb();
		}
	};
	module.exports = function pack(opts) {
		return new Pack(opts);
	};
	function modeToType(mode) {
		switch (mode & constants.S_IFMT) {
			case constants.S_IFBLK: return "block-device";
			case constants.S_IFCHR: return "character-device";
			case constants.S_IFDIR: return "directory";
			case constants.S_IFIFO: return "fifo";
			case constants.S_IFLNK: return "symlink";
		}
		return "file";
	}
	function noop() {}
	function overflow(self, size) {
		size &= 511;
		if (size) self.push(END_OF_TAR.subarray(0, 512 - size));
	}
	function mapWritable(buf) {
		return b4a.isBuffer(buf) ? buf : b4a.from(buf);
	}
}));
// electron/store/upkeep/whole-backup.ts
var import_tar_stream = (/* @__PURE__ */ __commonJSMin(((exports) => {
	exports.extract = require_extract();
	exports.pack = require_pack();
})))();
async function partsOf(tools) {
	const copy = makeBackup(tools);
	const segments = tools.sql.all(`select account_no, number, committed from segment
     where state = ${segmentState.inUse} and committed > 0 order by account_no, number`);
	const parts = [];
	for (const { account_no, number, committed } of segments) {
		const accountId = tools.accounts.idOf(account_no);
		const path = segmentPath(tools.folder, accountId, number);
		parts.push({
			name: `mail/${accountId}/${String(number).padStart(6, "0")}.tar`,
			path,
			bytes: committed
		});
	}
	for (const accountId of tools.accounts.ids()) {
		const path = join(accountFolder(tools.folder, accountId), maildropNoteName);
		const bytes = await tools.files.length(path);
		if (bytes !== null) parts.push({
			name: `mail/${accountId}/${maildropNoteName}`,
			path,
			bytes
		});
	}
	return [...parts, {
		name: `backup/${copy.slice(dirname(copy).length + 1)}`,
		path: copy,
		bytes: (await stat(copy)).size
	}];
}
/** Writes the whole store, with the marks, into one tar file, which must not exist yet. */
async function backUpWhole(tools, target, extra, progress) {
	try {
		const parts = await partsOf(tools);
		const total = parts.reduce((sum, part) => sum + part.bytes, 0);
		const tar = (0, import_tar_stream.pack)();
		const written = pipeline(tar, createWriteStream(target, {
			flags: "wx",
			mode: 384
		}));
		written.catch((error) => tar.destroy(error));
		let done = 0;
		for (const { name, bytes } of extra) tar.entry({
			name,
			mode: 384
		}, Buffer.from(bytes));
		for (const part of parts) {
			await addPart(tar, part);
			done += part.bytes;
			progress(done, total);
		}
		tar.finalize();
		await written;
		return ok({ bytes: total });
	} catch (error) {
		const failure = failureOf(error);
		if (failure === null) throw error;
		await rm(target, { force: true });
		return failed(failure);
	}
}
async function addPart(tar, part) {
	const entry = tar.entry({
		name: part.name,
		size: part.bytes,
		mode: 384
	});
	await pipeline(createReadStream(part.path, { end: part.bytes - 1 }), entry);
}
var wholeBackupSetting = "last-whole-backup";
/** Remembers that a whole backup has come to its place. */
function noteWholeBackup(tools) {
	tools.settings.set(wholeBackupSetting, String(tools.clock.now()));
}
/** When the person last made a whole backup, or null: the daily copy of marks lies beside the mail and holds none of it. */
function lastWholeBackupAt(tools) {
	const kept = tools.settings.get(wholeBackupSetting);
	return kept === null ? null : Number(kept);
}
// electron/store/upkeep/accounts.ts
/** Space the mail takes, account by account. Bytes. */
async function storageState(tools) {
	const rows = tools.sql.all(`select a.id, (select count(*) from message m where m.account_no = a.no) as messages,
       (select coalesce(sum(committed), 0) from segment s where s.account_no = a.no and s.state <> ${segmentState.replaced}) as bytes,
       (select coalesce(sum(d.length), 0) from dead_record d join segment s on s.id = d.segment_id
          where s.account_no = a.no) as dead
     from account a order by a.no`);
	const index = indexPath(tools.folder);
	const indexBytes = (await tools.files.length(index) ?? 0) + (await tools.files.length(`${index}-wal`) ?? 0);
	return {
		folder: tools.folder,
		accounts: rows.map(({ id, messages, bytes, dead }) => ({
			accountId: id,
			messages,
			bytes,
			deadBytes: dead
		})),
		indexBytes,
		lastBackupAt: lastWholeBackupAt(tools)
	};
}
/** Removes an account's mail, ledger and history for good. Nothing of it may be being written. */
async function removeAccount(tools, accountId) {
	const accountNo = tools.accounts.knownNumber(accountId);
	if (accountNo === null) return;
	const { sql } = tools;
	if (sql.numbers("select id as value from segment where account_no = ?", accountNo).some((id) => tools.book.isOwned(id))) throw new Error("mail of this account is being written");
	sql.transaction(() => {
		tools.messages.removeOfAccount(accountNo);
		for (const statement of [
			"delete from ledger where account_no = ?",
			"delete from thread_reference where account_no = ?",
			"delete from thread_subject where account_no = ?",
			"delete from message_choice where account_no = ?",
			"delete from dead_record where segment_id in (select id from segment where account_no = ?)",
			"delete from segment where account_no = ?",
			"delete from account where no = ?"
		]) sql.run(statement, accountNo);
		sql.run("delete from check_record where account_id = ?", accountId);
	});
	tools.accounts.forget(accountId);
	tools.revision.changed();
	await rm(accountFolder(tools.folder, accountId), {
		recursive: true,
		force: true
	});
}
// electron/store/upkeep/compaction.ts
var copyBytes = 1048576;
/** Thrown inside when a segment is not sound enough to be copied; it is left as it is. */
var Unsound = class extends Error {};
function worthCompacting(tools, accountNo) {
	return tools.sql.all(`select id, number, committed from segment s where account_no = ? and state = ${segmentState.inUse}
         and exists (select 1 from dead_record d where d.segment_id = s.id) order by number`, accountNo).filter((segment) => !tools.book.isOwned(segment.id));
}
async function copyRecord(from, range, to) {
	const header = await readExactly(from, range.recordOffset, range.dataOffset - range.recordOffset);
	if (header === null) throw new Unsound();
	to.append(header);
	const hash = createHash("sha256");
	let left = range.facts.lengthBytes;
	for (let at = range.dataOffset; at < range.endOffset;) {
		const part = await readExactly(from, at, Math.min(copyBytes, range.endOffset - at));
		if (part === null) throw new Unsound();
		hash.update(part.subarray(0, Math.min(left, part.length)));
		left -= Math.min(left, part.length);
		to.append(part);
		at += part.length;
		await to.settle();
	}
	if (hash.digest("hex") !== range.facts.sha256) throw new Unsound();
}
async function keepLedgerNote(from, range, target) {
	const data = await readExactly(from, range.dataOffset, range.facts.lengthBytes);
	if (data === null) throw new Unsound();
	const note = readLedgerNote(data);
	target.links.push(...note.links ?? []);
	target.dead.push(...note.dead ?? []);
}
/** Copies one segment's live records; the target is as before when the segment turns out not to be sound. */
async function copySegment(tools, old, target) {
	const { appender } = target.segment;
	const start = appender.position;
	const before = [
		target.moved.length,
		target.links.length,
		target.dead.length
	];
	const live = new Map(tools.sql.all("select id, record_offset from message where segment_id = ?", old.id).map((row) => [row.record_offset, row.id]));
	const path = segmentPath(tools.folder, tools.accounts.idOf(target.segment.accountNo), old.number);
	const file = await tools.files.open(path, "read");
	try {
		for (let at = 0; at < old.committed;) {
			const range = await readRange(file, at, old.committed);
			if (range === null) throw new Unsound();
			const id = live.get(at);
			if (range.facts.kind === "ledger-note") await keepLedgerNote(file, range, target);
			else if (id !== void 0) {
				const recordOffset = appender.position;
				await copyRecord(file, range, appender);
				target.moved.push({
					id,
					recordOffset,
					dataOffset: recordOffset + range.dataOffset - at
				});
				live.delete(at);
			}
			at = range.endOffset;
		}
		if (live.size > 0) throw new Unsound();
		target.olds.push(old);
		return true;
	} catch (error) {
		if (!(error instanceof Unsound)) throw error;
		appender.rewind(start);
		[target.moved.length, target.links.length, target.dead.length] = before;
		return false;
	} finally {
		await file.close();
	}
}
/** What the new segment must say beside its records, so that a rebuild knows what the old ones said. */
function noteOf(tools, target) {
	const { accountNo } = target.segment;
	const known = tools.sql.all(`select key from ledger where account_no = ?1 and message_id is null
         and (state = ?2 or (stored_steady is not null and state <> ?3))`, accountNo, ledgerStateNumber("stored"), ledgerStateNumber("gone")).map(({ key }) => key);
	const goneNumbers = new Set(target.olds.map((old) => old.number));
	return {
		links: target.links,
		known,
		dead: target.dead.filter((record) => !goneNumbers.has(record.segment))
	};
}
function newTarget(tools, accountNo) {
	const number = tools.book.newNumber(accountNo);
	const path = segmentPath(tools.folder, tools.accounts.idOf(accountNo), number);
	return {
		segment: {
			id: tools.segments.newId(),
			accountNo,
			accountId: tools.accounts.idOf(accountNo),
			number,
			appender: new SegmentAppender(tools.files.open(`${path}.new`, "write"), 0),
			committedBytes: 0,
			isInIndex: false
		},
		path,
		olds: [],
		moved: [],
		links: [],
		dead: []
	};
}
function switchOver(tools, target, end) {
	const { sql } = tools;
	sql.transaction(() => {
		tools.segments.noteCommitted(target.segment, end, tools.book.isFull(end));
		for (const { id, recordOffset, dataOffset } of target.moved) tools.messages.moveRecord(id, {
			segmentId: target.segment.id,
			recordOffset,
			dataOffset
		});
		for (const old of target.olds) {
			tools.segments.forgetDeadRecords(old.id);
			tools.segments.setState(old.id, segmentState.replaced);
		}
	});
}
/** Whether a message was moved or deleted since it was copied: then the copy is not to be switched to. */
function isStillTrue(tools, target) {
	const ids = new Set(target.olds.map((old) => old.id));
	const rows = tools.sql.numbers("select id as value from message where segment_id in (select value from json_each(?)) order by id", JSON.stringify([...ids]));
	const moved = target.moved.map(({ id }) => id).sort((a, b) => a - b);
	return rows.length === moved.length && rows.every((id, index) => id === moved[index]);
}
async function finishTarget(tools, target) {
	const { segment, path } = target;
	const accountId = tools.accounts.idOf(segment.accountNo);
	const note = noteOf(tools, target);
	if (Object.values(note).some((list) => list.length > 0)) appendLedgerNote(segment, accountId, note, tools.clock.now());
	const end = segment.appender.position;
	segment.appender.handOverUpTo(end);
	await segment.appender.sync();
	await segment.appender.close(end, /* @__PURE__ */ new Uint8Array(0));
	if (target.olds.length === 0 || !isStillTrue(tools, target)) {
		await tools.files.remove(`${path}.new`);
		return 0;
	}
	await tools.files.rename(`${path}.new`, path);
	await tools.files.syncFolder(accountFolder(tools.folder, accountId));
	switchOver(tools, target, end);
	for (const old of target.olds) {
		await tools.files.remove(segmentPath(tools.folder, accountId, old.number));
		tools.segments.remove(old.id);
	}
	return target.olds.reduce((sum, old) => sum + old.committed, 0) - end;
}
/** Leaves dead records of an account behind. Segments that are being written, and damaged ones, are left alone. */
async function compactAccount(tools, accountId) {
	const accountNo = tools.accounts.numberOf(accountId);
	let freedBytes = 0;
	let segments = 0;
	let target = null;
	try {
		for (const old of worthCompacting(tools, accountNo)) {
			target ??= newTarget(tools, accountNo);
			if (await copySegment(tools, old, target)) segments++;
			if (!tools.book.isFull(target.segment.appender.position)) continue;
			freedBytes += await finishTarget(tools, target);
			target = null;
		}
		if (target !== null) freedBytes += await finishTarget(tools, target);
	} catch (error) {
		await target?.segment.appender.close(null, /* @__PURE__ */ new Uint8Array(0)).catch(() => void 0);
		throw storeError(error);
	}
	return {
		freedBytes,
		segments
	};
}
// electron/store/upkeep/verify.ts
/** What the index says is in a segment, by where each record begins. */
function expectedRecords(tools, segment) {
	const rows = tools.sql.all(`select m.id, m.record_offset, m.sha256, m.data_offset + m.length as end, e.subject
       from message m join envelope e on e.id = m.id where m.segment_id = ? order by m.record_offset`, segment.id);
	return new Map(rows.map((row) => [row.record_offset, row]));
}
async function verifySegment(tools, segment, onBytes) {
	const path = segmentPath(tools.folder, tools.accounts.idOf(segment.account_no), segment.number);
	const expected = expectedRecords(tools, segment);
	const length = await tools.files.length(path);
	const sound = [];
	const damaged = [];
	const name = (row, kind) => ({
		path,
		offset: kind === "missing" ? 0 : row.record_offset,
		kind,
		messageId: row.id,
		subject: row.subject
	});
	if (length === null) {
		if (expected.size === 0) damaged.push({
			path,
			offset: 0,
			kind: "missing",
			messageId: null,
			subject: null
		});
		return {
			sound,
			damaged: [...damaged, ...[...expected.values()].map((row) => name(row, "missing"))]
		};
	}
	const file = await tools.files.open(path, "read");
	try {
		for await (const step of scanSegment(file, 0, Math.min(length, segment.committed))) {
			if (step.kind === "gap") continue;
			const { record } = step;
			onBytes(record.endOffset);
			const row = expected.get(record.recordOffset);
			if (row === void 0) continue;
			expected.delete(record.recordOffset);
			const isSame = Buffer.from(row.sha256).toString("hex") === record.facts.sha256;
			if (record.isSound && isSame) sound.push(row.id);
			else damaged.push(name(row, "wrong-bytes"));
		}
	} finally {
		await file.close();
	}
	for (const row of expected.values()) damaged.push(name(row, row.end > length ? "cut-short" : "unreadable-header"));
	return {
		sound,
		damaged
	};
}
/** Re-reads every record and compares the hashes; messages are marked damaged, or sound again, as found. */
async function verifyStore(tools, progress) {
	const segments = tools.sql.all(`select id, account_no, number, committed from segment
     where state <> ${segmentState.replaced} order by account_no, number`);
	const total = segments.reduce((sum, segment) => sum + segment.committed, 0);
	let before = 0;
	let checked = 0;
	const damaged = [];
	for (const segment of segments) {
		const found = await verifySegment(tools, segment, (position) => progress(before + position, total));
		before += segment.committed;
		checked += found.sound.length + found.damaged.length;
		damaged.push(...found.damaged);
		tools.sql.transaction(() => {
			tools.messages.setDamaged(found.sound, false);
			tools.messages.setDamaged(found.damaged.flatMap(({ messageId }) => messageId ?? []), true);
		});
	}
	tools.revision.changed();
	return {
		checked,
		damaged
	};
}
// electron/store/upkeep/upkeep.ts
/** What keeps a store in order, and what a person does with all of it. */
function upkeep(tools) {
	return {
		/** Leaves dead records of an account, or of all, behind. Damaged segments and those being written are left alone. */
		async compact(accountId) {
			const outcome = {
				freedBytes: 0,
				segments: 0
			};
			for (const id of accountId === null ? tools.accounts.ids() : [accountId]) {
				const one = await compactAccount(tools, id);
				outcome.freedBytes += one.freedBytes;
				outcome.segments += one.segments;
			}
			return outcome;
		},
		/** Re-reads every record and compares the hashes; names what is damaged. */
		verify: (progress = () => void 0) => verifyStore(tools, progress),
		/** Copies marks, ledger and lists into the backup folder now; answers the path. */
		backUp: async () => makeBackup(tools),
		/** The same, once a day; cheap to ask. Answers whether a copy was made. */
		backUpWhenDue: async () => backUpWhenDue(tools),
		/** Writes the whole store into one tar file that does not exist yet; `extra` are files to go with it (settings). */
		backUpWhole: (target, extra = [], progress = () => void 0) => backUpWhole(tools, target, extra, progress),
		/** Remembers that a whole backup has come to its place, for the person to know how old the last one is. */
		async noteWholeBackup() {
			noteWholeBackup(tools);
			return tools.commits.next();
		},
		/** Space the mail takes. */
		storageState: () => storageState(tools),
		/** Removes an account's mail, ledger and history for good. Nothing of it may be being written. */
		async removeAccount(accountId) {
			await removeAccount(tools, accountId);
			return tools.commits.next();
		}
	};
}
// electron/store/store.ts
function noSummary() {
	return {
		subject: "",
		from: {
			name: "",
			address: ""
		},
		sentAt: null
	};
}
/**
* Opens a store, made when there is none. Fails with `store-busy` (another process has it), `folder-read-only`,
* `disk-full` or `store-damaged`. An index that is missing or damaged is rebuilt from the segments on the way.
*/
async function openStore(options) {
	let lock = null;
	let sql = null;
	try {
		lock = lockStore(options.folder);
		const { index, damagedPath } = openOrPutAside(options);
		sql = index.sql;
		const tools = toolsOf(options, sql);
		const summarise = options.summarise ?? noSummary;
		const notice = await putRight(tools, summarise, options, {
			index,
			damagedPath
		});
		return ok(new Store({
			tools,
			summarise,
			lock,
			notice
		}));
	} catch (error) {
		sql?.close();
		lock?.close();
		const failure = failureOf(error);
		if (failure === null) throw error;
		return failed(failure);
	}
}
function toolsOf(options, sql) {
	const { folder, files = nodeFiles } = options;
	const settings = new Settings(sql);
	const segments = new SegmentTable(sql);
	const folders = new FolderRegister(sql);
	return {
		folder,
		files,
		sql,
		settings,
		clock: new StoreClock(sql, settings, options.clock ?? Date.now),
		accounts: new AccountRegister(sql),
		folders,
		messages: new MessageTable(sql, folders),
		segments,
		book: new SegmentBook({
			folder,
			files
		}, segments, options.sealAtBytes),
		hashes: new KnownHashes(sql),
		revision: new Revision(),
		commits: new Commits()
	};
}
/** An open store: the only writer of its folder until it is closed. */
var Store = class {
	#tools;
	#summarise;
	#lock;
	#listeners = /* @__PURE__ */ new Set();
	#writers = /* @__PURE__ */ new Set();
	#isClosed = false;
	/** What was put right at the start, or null. */
	notice;
	/** Pages, ids and numbers of places, and searches. */
	lists;
	/** Single messages: rows, bytes, and whether some bytes are here. */
	messages;
	/** Read, starred, tagged, moved, in doubt; and undoing that. */
	marks;
	/** Deleting for good. */
	trash;
	/** What parsing finds in messages. */
	parsed;
	/** The full-text index. */
	words;
	tags;
	searches;
	rules;
	/** Messages for which rules have not been carried out yet. */
	rulesDue;
	history;
	choices;
	remotePictures;
	servers;
	maildrops;
	/** Backups, verifying, compaction, space, removing an account. */
	upkeep;
	constructor(parts) {
		const { tools } = parts;
		this.#tools = tools;
		this.#summarise = parts.summarise;
		this.#lock = parts.lock;
		this.notice = parts.notice;
		this.lists = new MessageLists(tools);
		this.messages = messages(tools);
		this.marks = new Marks(tools);
		this.trash = trash(tools);
		this.words = new WordIndex(tools);
		this.parsed = new ParsedMessages(tools, this.words);
		this.tags = tagList(tools);
		this.searches = savedSearches(tools);
		this.rules = ruleList(tools);
		this.rulesDue = rulesDue(tools);
		this.history = history(tools);
		this.choices = messageChoices(tools);
		this.remotePictures = remotePictures(tools);
		this.servers = knownServers(tools);
		this.maildrops = maildrops(tools);
		this.upkeep = upkeep(tools);
	}
	/** Folder of the store. */
	get folder() {
		return this.#tools.folder;
	}
	/** Grows with every change that a list could show. */
	get revision() {
		return this.#tools.revision.current;
	}
	/** Milliseconds of a clock that neither runs back nor leaps: what ages are counted in. */
	steadyNow() {
		return this.#tools.clock.steadyNow();
	}
	/** A writer for an account's messages; close it when the session is over. */
	writer(accountId) {
		const writer = new MessageWriter(this.#tools, accountId, {
			summarise: this.#summarise,
			onCommitted: (batch, commit) => {
				for (const listener of this.#listeners) listener(batch, commit);
			},
			onClosed: () => {
				this.#writers.delete(writer);
				if (this.#writers.size === 0) this.#tools.hashes.forget();
			}
		});
		this.#writers.add(writer);
		return writer;
	}
	/** Calls the listener with every group of messages that became durable, whoever wrote them. */
	onCommitted(listener) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	/** The ledger of an account. */
	ledger(accountId) {
		return new Ledger(this.#tools, accountId);
	}
	/** Accounts that have anything here. */
	accountIds() {
		return this.#tools.accounts.ids();
	}
	/** Finishes what is being written and lets the folder go. */
	async close() {
		if (this.#isClosed) return;
		this.#isClosed = true;
		for (const writer of this.#writers) await writer.close().catch(() => void 0);
		try {
			this.#tools.clock.keep();
		} catch (error) {
			if (failureOf(error) === null) throw error;
		}
		this.#tools.sql.close();
		try {
			writeClosedFile(this.#tools.folder);
		} catch (error) {
			if (failureOf(error) === null) throw error;
		}
		this.#lock.close();
	}
	async [Symbol.asyncDispose]() {
		await this.close();
	}
};
// test/store/random.ts
/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed) {
	let state = seed >>> 0;
	return () => {
		state = state + 1831565813 >>> 0;
		let mixed = Math.imul(state ^ state >>> 15, 1 | state);
		mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
		return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
	};
}
// \0@oxc-project+runtime@0.156.0/helpers/esm/usingCtx.js
function _usingCtx() {
	var r = "function" == typeof SuppressedError ? SuppressedError : function(r, e) {
		var n = Error();
		return n.name = "SuppressedError", n.error = r, n.suppressed = e, n;
	}, e = {}, n = [];
	function using(r, e) {
		if (null != e) {
			if (Object(e) !== e) throw new TypeError("using declarations can only be used with objects, functions, null, or undefined.");
			if (r) var o = e[Symbol.asyncDispose || Symbol["for"]("Symbol.asyncDispose")];
			if (void 0 === o && (o = e[Symbol.dispose || Symbol["for"]("Symbol.dispose")], r)) var t = o;
			if ("function" != typeof o) throw new TypeError("Object is not disposable.");
			t && (o = function o() {
				try {
					t.call(e);
				} catch (r) {
					return Promise.reject(r);
				}
			}), n.push({
				v: e,
				d: o,
				a: r
			});
		} else r && n.push({
			d: e,
			a: r
		});
		return e;
	}
	return {
		e,
		u: using.bind(null, !1),
		a: using.bind(null, !0),
		d: function d() {
			var o, t = this.e, s = 0;
			function next() {
				for (; o = n.pop();) try {
					if (!o.a && 1 === s) return s = 0, n.push(o), Promise.resolve().then(next);
					if (o.d) {
						var r = o.d.call(o.v);
						if (o.a) return s |= 2, Promise.resolve(r).then(next, err);
					} else s |= 1;
				} catch (r) {
					return err(r);
				}
				if (1 === s) return t !== e ? Promise.reject(t) : Promise.resolve();
				if (t !== e) throw t;
			}
			function err(n) {
				return t = t !== e ? new r(n, t) : n, next();
			}
			return next();
		}
	};
}
// test/store/intake/killed-child.ts
var account = "a11a000000000001";
var [folder = "", task = "", seed = "1"] = process.argv.slice(2);
var random = randomFrom(Number(seed));
var say = (word) => writeSync(1, `${word}\n`);
/** Short ones mostly, and now and then one that does not fit into the buffers. */
function letter(name) {
	const length = random() < .05 ? 3e6 : Math.floor(random() * 9e3);
	return Buffer.from(`From: x@example.org\r\nSubject: ${name}\r\n\r\n${name.repeat(Math.ceil(length / name.length))}`);
}
async function writeOn(store) {
	try {
		var _usingCtx$1 = _usingCtx();
		const writer = _usingCtx$1.a(store.writer(account));
		writer.onCommitted((batch) => {
			for (const { ledgerKey } of batch) say(ledgerKey);
		});
		const known = new Set(store.ledger(account).entries().map(({ key }) => key));
		for (let n = 0; n < 3e3; n++) {
			const bytes = letter(`m${n}`);
			if (known.has(`m${n}#1`)) continue;
			writer.begin({
				uidl: `m${n}`,
				occurrence: 1,
				announcedSizeBytes: bytes.length
			});
			for (let at = 0; at < bytes.length; at += 65536) await writer.chunk(bytes.subarray(at, at + 65536));
			await writer.end({ doubtful: false });
			if (random() < .1) await writer.flush();
			else if (random() < .3) await new Promise((resolve) => setImmediate(resolve));
		}
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function compactOn(store) {
	for (let round = 0;; round++) {
		const ids = store.lists.ids({ place: {
			kind: "folder",
			folder: "inbox",
			accountId: account
		} });
		if (ids.length < 20) return;
		const doomed = ids.filter(() => random() < .1);
		for (const { subject } of store.messages.summaries(doomed)) say(`-${subject}`);
		await store.trash.deleteForever(doomed);
		say(`round${round}`);
		await store.upkeep.compact(account);
	}
}
var opened = await openStore({
	folder,
	sealAtBytes: 2e6,
	summarise: (bytes) => ({
		subject: /^Subject: (\S*)/m.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? "",
		from: {
			name: "",
			address: ""
		},
		sentAt: null
	})
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
say("ready");
await (task === "write" ? writeOn(opened.value) : compactOn(opened.value));
await opened.value.close();
say("done");
export {};
