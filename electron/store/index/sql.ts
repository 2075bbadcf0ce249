import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';
import Database from 'libsql';
import { isNumber } from './guards.ts';

/** A value a column can hold. Blobs come back as Uint8Array. */
export type SqlValue = string | number | null | Uint8Array;

type Statement = ReturnType<InstanceType<typeof Database>['prepare']>;

/** Measured with rows of 5, 8 and 18 columns: 16 cost a tenth more, 64 gain nothing. */
const rowsAtOnce = 32;

function insertText(into: string, columns: number, rows: number, onConflict: string): string {
  const row = `(${'?, '.repeat(columns - 1)}?)`;
  return `insert into ${into} values ${`${row}, `.repeat(rows - 1)}${row} ${onConflict}`;
}

/** The numbers of a JSON array that SQLite has made. */
export function numbersOf(json: string): number[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list) || !list.every(isNumber)) throw new Error('not an array of numbers');
  return list;
}

/**
 * Sees to it that only its owner can read a file that SQLite is to open or make, whatever the umask: SQLite would make
 * it as the umask has it. The log and other files beside it get the same mode from it. Files of others stay as they are.
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
 * One connection to an SQLite file. Statements are prepared once and kept by their text. Parameters always travel as
 * one array: the binding takes a lone object for named parameters and aborts the process when it is a blob.
 */
export class Sql {
  readonly path: string;
  readonly #database: InstanceType<typeof Database>;
  readonly #statements = new Map<string, Statement>();

  /** Opens or creates the file; throws what SQLite says (SQLITE_CANTOPEN, SQLITE_NOTADB…). */
  constructor(path: string) {
    this.path = path;
    keepPrivate(path);
    this.#database = new Database(path);
  }

  #prepare(text: string): Statement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  /** The write-ahead log: what it holds is durable once it has been synced. */
  get logPath(): string {
    return `${this.path}-wal`;
  }

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Runs statements that take no parameters. */
  exec(text: string): void {
    this.#database.exec(text);
  }

  /** Runs one statement and says how many rows it changed. */
  run(text: string, ...values: readonly SqlValue[]): number {
    return this.#prepare(text).run(values).changes;
  }

  /**
   * Inserts rows, 32 to a statement where there are so many: a call of the binding costs as much as a row itself. `into`
   * names table and columns, `onConflict` is what follows the values; the values of all rows stand one after another.
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

  /** Every row, as objects. Errors of the first step come unconverted from the binding. */
  all<Row>(text: string, ...values: readonly SqlValue[]): Row[] {
    return this.#prepare(text).all(values) as Row[];
  }

  /** The one value of the first row, or null. The query must name its column `value`. */
  value<Value extends SqlValue>(text: string, ...values: readonly SqlValue[]): Value | null {
    const row = this.get<{ value: Value }>(text, ...values);
    return row?.value ?? null;
  }

  /**
   * A column of numbers as one JSON text, parsed: ten times faster than rows where there are 100,000. The query must
   * name its column `value`; its order is kept.
   */
  numbers(text: string, ...values: readonly SqlValue[]): number[] {
    const joined = this.value<string>(`select json_group_array(value) as value from (${text})`, ...values);
    return joined === null ? [] : numbersOf(joined);
  }

  /** Runs the work in one transaction; anything thrown rolls it back and goes on. */
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
   * Runs work whose transactions do not wait for the disk. They are durable once the log has been synced (`logPath`), or
   * with the next transaction that waits; until then a power cut takes them back whole, the last first, and nothing else
   * can.
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
      // SQLite has rolled back by itself (full disk, damaged file): there is nothing left to undo.
    }
  }

  /**
   * Closes the file; the write-ahead log is folded in. The binding finalizes statements only when they are collected,
   * and until then the connection lives on, so the log is ended by hand first.
   */
  close(): void {
    try {
      this.exec('pragma journal_mode = delete');
    } catch {
      // A full disk or a damaged file cannot be tidied: the next opening deals with the log as it is.
    }
    this.#statements.clear();
    this.#database.close();
  }
}
