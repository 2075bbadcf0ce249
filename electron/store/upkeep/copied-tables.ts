import { Sql, type SqlValue } from '../index/sql.ts';
import { StoreError } from '../index/store-error.ts';
import { isAccountId } from '../segments/segment-file.ts';

/*
 * A copy of the index may come from elsewhere, inside a backup that somebody else made. It is data and nothing more:
 * it is opened by itself, nothing that its schema could run is run, only plain tables with known columns are read, each
 * value is looked at, and rows, bytes and time are bounded. What passes goes into temporary tables of our own index.
 */

type Check = (value: SqlValue) => boolean;

const longestText = 65_536;

const text: Check = (value) => typeof value === 'string' && value.length <= longestText;
const account: Check = (value) => typeof value === 'string' && isAccountId(value);
const whole: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value);
const flag: Check = (value) => value === 0 || value === 1;
const hash: Check = (value) => value instanceof Uint8Array && value.length === 32;
const orNone =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** What a copy holds: its tables, with their columns and what a value of each must be. */
const copiedTables: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  marks: {
    ...{ account_id: account, sha256: hash, folder: whole, is_read: flag, is_starred: flag },
    ...{ is_doubtful: flag, tags: orNone(text) },
  },
  ledger: {
    ...{ account_id: account, key: text, state: whole, has_message: flag, size: whole },
    ...{ seen_steady: whole, changed_steady: whole, stored_steady: orNone(whole) },
  },
  message_choice: { account_id: account, sha256: hash, charset: orNone(text), theme: orNone(text) },
  setting: { name: text, value: text },
  tag: { name: text, color: text, position: whole },
  rule: { id: text, position: whole, body: text },
  saved_search: { name: text, query: text, position: whole },
  check_record: { account_id: account, started_at: whole, body: text },
  server_deletion: { account_id: account, at: whole, body: text },
  server_quirk: { host: text, port: whole, body: text },
  remote_allowed: { scope: text, value: text },
};

/** How much is read at most: all that twenty mailboxes of 100,000 messages have. */
export type CopyLimits = { readonly rows: number; readonly timeMs: number };

const defaultLimits: CopyLimits = { rows: 4_000_000, timeMs: 60_000 };
const rowsAtOnce = 1000;

const damaged = (what: string) =>
  new StoreError({ kind: 'store-damaged', what, step: 'store', canRetry: false });

/**
 * Reads a copy of the index into temporary tables `copied_…` of our own, which `dropCopied` removes again. Rows that are
 * not what they should be are left out. Throws a StoreError with `store-damaged` for anything but such a copy.
 */
export function readCopied(own: Sql, path: string, limits: CopyLimits = defaultLimits): void {
  const copy = new Sql(path);
  const end = performance.now() + limits.timeMs;
  try {
    copy.exec(
      'pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on; pragma mmap_size = 0',
    );
    dropCopied(own);
    let left = limits.rows;
    for (const [table, columns] of Object.entries(copiedTables)) {
      refuseStrange(copy, table, Object.keys(columns));
      own.exec(`create temp table copied_${table}(${Object.keys(columns).join(', ')})`);
      left = readTable(own, copy, { table, columns, left, end });
    }
  } finally {
    copy.close();
  }
}

/** Removes the temporary tables. */
export function dropCopied(own: Sql): void {
  for (const table of Object.keys(copiedTables)) own.exec(`drop table if exists temp.copied_${table}`);
}

/** Only a plain table has a page of its own. A virtual table would run code, and so would a computed column. */
function refuseStrange(copy: Sql, table: string, columns: readonly string[]): void {
  const found = copy.get<{ type: string; rootpage: number; sql: string }>(
    'select type, rootpage, sql from sqlite_schema where name = ? collate nocase',
    table,
  );
  if (found === undefined || found.type !== 'table' || found.rootpage <= 0)
    throw damaged(`the copy has no plain table ${table}`);
  const named = copy.all<{ name: string; hidden: number }>(
    `select name, hidden from pragma_table_xinfo('${table}')`,
  );
  if (named.some(({ hidden }) => hidden !== 0)) throw damaged(`the table ${table} computes something`);
  // A column of such a name would hide the number of the row, by which rows are read.
  if (named.some(({ name }) => /^(rowid|oid|_rowid_)$/i.test(name)))
    throw damaged(`the rows of ${table} have no numbers`);
  for (const column of columns)
    if (named.every(({ name }) => name !== column)) throw damaged(`the table ${table} has no ${column}`);
}

type Reading = {
  readonly table: string;
  readonly columns: Readonly<Record<string, Check>>;
  /** Rows that may still be read. */
  readonly left: number;
  readonly end: number;
};

/** Reads a table some rows at a time; answers how many rows may still be read. */
function readTable(own: Sql, copy: Sql, { table, columns, left, end }: Reading): number {
  const names = Object.keys(columns);
  const checks = Object.values(columns);
  // What is too long is never brought into memory.
  const wanted = names
    .map((name) => `iif(octet_length(${name}) > ${longestText}, null, ${name}) as ${name}`)
    .join(', ');
  let last = Number.MIN_SAFE_INTEGER;
  for (let rest = left; ; ) {
    const rows = copy.all<Record<string, SqlValue | ArrayBuffer>>(
      `select rowid as row_number, ${wanted} from main.${table} where rowid > ? order by rowid limit ${rowsAtOnce}`,
      last,
    );
    rest -= rows.length;
    if (rest < 0 || performance.now() > end) throw damaged(`the table ${table} does not end`);
    const values = rows.map((row) => names.map((name) => asValue(row[name])));
    const sound = values.filter((row) => row.every((value, index) => checks[index]?.(value) === true));
    own.insert(`temp.copied_${table}(${names.join(', ')})`, names.length, sound.flat());
    const next = rows.at(-1)?.row_number;
    if (rows.length < rowsAtOnce || typeof next !== 'number') return rest;
    if (next <= last) throw damaged(`the rows of ${table} are out of order`);
    last = next;
  }
}

/** The binding gives blobs of several rows without a view on them. */
function asValue(value: SqlValue | ArrayBuffer | undefined): SqlValue {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : (value ?? null);
}
