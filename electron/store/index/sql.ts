import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';
import Database from 'libsql';
import { isNumber } from './guards.ts';

/** A value that a column can hold. Blobs come back as Uint8Array. */
export type SqlValue = string | number | null | Uint8Array;

type Statement = ReturnType<InstanceType<typeof Database>['prepare']>;

/** Measured with rows of 5, 8 and 18 columns: with 16 it takes a tenth longer, with 64 it gains nothing. */
const rowsAtOnce = 32;

function insertText(into: string, columns: number, rows: number, onConflict: string): string {
  const row = `(${'?, '.repeat(columns - 1)}?)`;
  return `insert into ${into} values ${`${row}, `.repeat(rows - 1)}${row} ${onConflict}`;
}

/** The numbers of a JSON array from SQLite. */
export function numbersOf(json: string): number[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list) || !list.every(isNumber)) throw new Error('not an array of numbers');
  return list;
}

/**
 * Lets only the owner read a file that SQLite will open or make, whatever the umask is. SQLite itself follows the
 * umask. SQLite gives the log and other files beside it the same mode. Files of other users stay as they are.
 */
export function keepPrivate(path: string): void {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const { mode, uid } = fstatSync(file);
    const isOurs = process.getuid === undefined || uid === process.getuid();
    if ((mode & 0o077) !== 0 && isOurs) fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}

/**
 * One connection to an SQLite file. A statement is prepared once and kept by its text. Parameters always travel as one
 * array. The binding takes a single object for named parameters, and aborts the process when that object is a blob.
 */
export class Sql {
  readonly path: string;
  readonly #database: InstanceType<typeof Database>;
  readonly #statements = new Map<string, Statement>();
  #isClosed = false;

  /** Opens or creates the file. Throws the error of SQLite (SQLITE_CANTOPEN, SQLITE_NOTADB…). */
  constructor(path: string) {
    this.path = path;
    keepPrivate(path);
    this.#database = new Database(path);
  }

  #prepare(text: string): Statement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#open().prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  /** The binding ends the whole process where it is asked anything after the end. */
  #open(): InstanceType<typeof Database> {
    if (this.#isClosed) throw new Error(`${this.path} is closed`);
    return this.#database;
  }

  /** Path of the write-ahead log. Its contents are durable once it has been synced. */
  get logPath(): string {
    return `${this.path}-wal`;
  }

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    return this.#open().inTransaction;
  }

  /** Runs statements that take no parameters. */
  exec(text: string): void {
    this.#open().exec(text);
  }

  /** Runs one statement. Answers how many rows it changed. */
  run(text: string, ...values: readonly SqlValue[]): number {
    return this.#prepare(text).run(values).changes;
  }

  /**
   * Inserts rows, up to 32 in one statement, because a call of the binding costs as much as a row. `into` names table
   * and columns, `onConflict` follows the values. The values of all rows stand one after another.
   */
  insert(into: string, columns: number, values: readonly SqlValue[], onConflict = ''): void {
    const many = columns * rowsAtOnce;
    let at = 0;
    for (; values.length - at >= many; at += many)
      this.#prepare(insertText(into, columns, rowsAtOnce, onConflict)).run(values.slice(at, at + many));
    for (; at < values.length; at += columns)
      this.#prepare(insertText(into, columns, 1, onConflict)).run(values.slice(at, at + columns));
  }

  /** The first row, or undefined. */
  get<Row>(text: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#prepare(text).get(values) as Row | undefined;
  }

  /** Every row, as objects. The binding throws errors of the first step unconverted. */
  all<Row>(text: string, ...values: readonly SqlValue[]): Row[] {
    return this.#prepare(text).all(values) as Row[];
  }

  /** The one value of the first row, or null. The query must name its column `value`. */
  value<Value extends SqlValue>(text: string, ...values: readonly SqlValue[]): Value | null {
    const row = this.get<{ value: Value }>(text, ...values);
    return row?.value ?? null;
  }

  /**
   * A column of numbers, read as one JSON text. For 100,000 numbers this is ten times faster than rows. The query must
   * name its column `value`. The order is kept.
   */
  numbers(text: string, ...values: readonly SqlValue[]): number[] {
    const joined = this.value<string>(`select json_group_array(value) as value from (${text})`, ...values);
    return joined === null ? [] : numbersOf(joined);
  }

  /** Runs the work in one transaction. If the work throws, the transaction is rolled back and the error goes on. */
  transaction<Value>(work: () => Value): Value {
    this.exec('begin immediate');
    try {
      const value = work();
      this.exec('commit');
      return value;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /**
   * Runs work whose transactions do not wait for the disk. They are durable once the log has been synced (`logPath`),
   * or with the next transaction that waits. Until then a power cut can undo them, each as a whole, the last one first.
   * Nothing else can.
   */
  withoutSync<Value>(work: () => Value): Value {
    this.exec('pragma synchronous = normal');
    try {
      return work();
    } finally {
      this.exec('pragma synchronous = full');
    }
  }

  #rollBack(): void {
    try {
      this.exec('rollback');
    } catch {
      // SQLite has rolled back by itself (full disk, damaged file). Nothing is left to undo.
    }
  }

  /**
   * Closes the file and folds the write-ahead log into it. The binding finalizes statements only at garbage collection,
   * and the connection lives until then. So the log is ended here first.
   */
  close(): void {
    if (this.#isClosed) return;
    try {
      this.exec('pragma journal_mode = delete');
    } catch {
      // With a full disk or a damaged file this fails. The next opening deals with the log as it is.
    }
    this.#statements.clear();
    this.#isClosed = true;
    this.#database.close();
  }
}
