import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { migrate, migrations } from './migrations.ts';
import { Sql } from './sql.ts';
import { failureOf, isInputOutputError, StoreError } from './store-error.ts';

/** Path of the index in a store's folder. */
export function indexPath(folder: string): string {
  return join(folder, 'index.sqlite');
}

/** Whether there is an index that is not empty. */
export function hasIndex(folder: string): boolean {
  return existsSync(indexPath(folder)) && statSync(indexPath(folder)).size > 0;
}

/** Whether a folder is a store: mail, or an index of it, was kept there. */
export function isStore(folder: string): boolean {
  return hasIndex(folder) || existsSync(join(folder, 'mail'));
}

const sidecars = ['', '-wal', '-shm'];

/** Removes the files of an index. */
export function removeIndex(path: string): void {
  for (const sidecar of sidecars) rmSync(path + sidecar, { force: true });
}

/** Where a damaged index is put. */
export const pathAside = (folder: string) => join(folder, 'index.damaged.sqlite');

/*
 * Such a file exists while an index is being made from the segments. The index is then not believed, because the
 * process may have been killed in the middle. The file is empty: its existence says all, so a full disk cannot cut it
 * short.
 */
const makingFile = (folder: string) => join(folder, 'index.making');
const remakingFile = (folder: string) => join(folder, 'index.remaking');

/** Notes that an index is about to be made where there is none. */
export function beginMaking(folder: string): void {
  writeFileSync(makingFile(folder), '', { mode: 0o600 });
}

/** Notes that the index is complete: it holds everything from the segments, and the marks of the old index. */
export function endMaking(folder: string): void {
  for (const mark of [makingFile(folder), remakingFile(folder)]) rmSync(mark, { force: true });
}

/**
 * Removes the rest of an index whose making was interrupted. Answers null when there was none, else the path of the
 * damaged index that was put aside before, if there is one.
 */
export function clearHalfMade(folder: string): { readonly damagedPath: string | null } | null {
  if (existsSync(remakingFile(folder))) {
    if (!existsSync(pathAside(folder))) return { damagedPath: putAside(folder) };
    removeIndex(indexPath(folder));
    return { damagedPath: pathAside(folder) };
  }
  if (!existsSync(makingFile(folder))) return null;
  removeIndex(indexPath(folder));
  return { damagedPath: null };
}

/** Puts a damaged index aside, to be made anew. Only the last one is kept, for its marks. */
export function putAside(folder: string): string {
  const aside = pathAside(folder);
  removeIndex(aside);
  writeFileSync(remakingFile(folder), '', { mode: 0o600 });
  for (const sidecar of sidecars)
    try {
      renameSync(indexPath(folder) + sidecar, aside + sidecar);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  return aside;
}

/**
 * Tests at the start, not at the first message, whether the folder can be written and has room. Throws the error of the
 * file system.
 */
function probe(folder: string): void {
  const path = join(folder, 'index.probe');
  try {
    writeFileSync(path, new Uint8Array(4096), { mode: 0o600 });
  } finally {
    try {
      rmSync(path, { force: true });
    } catch {
      // Another program (a virus scanner, on Windows) has it open. It could be written, and the next start writes over
      // it.
    }
  }
}

/**
 * Holds the store for one process. This is an SQLite file under an exclusive lock, which the system releases when the
 * process ends, also by a crash. Throws a StoreError with `store-busy` when another process has it.
 */
export function lockStore(folder: string): Sql {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new Sql(join(folder, 'lock.sqlite'));
  try {
    // Taking the lock writes nothing, so it need not be durable. A sync would take longer than all else here.
    lock.exec('pragma locking_mode = exclusive; begin exclusive; commit');
    // SQLite takes no lock on a read-only file, and reports nothing.
    accessSync(lock.path, constants.W_OK);
    probe(folder);
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * A file written at a clean close. It holds the size and time of the index. While they agree, the index is not checked.
 */
function closedFile(folder: string): string {
  return join(folder, 'index.closed');
}

function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

function wasClosedCleanly(folder: string): boolean {
  try {
    return readFileSync(closedFile(folder), 'utf8') === stampOf(indexPath(folder));
  } catch {
    // Without this file or without an index, the store was not closed cleanly. An existing index is then checked.
    return false;
  }
}

/** Notes that the index has been closed cleanly. Call it after the close. */
export function writeClosedFile(folder: string): void {
  writeFileSync(closedFile(folder), stampOf(indexPath(folder)), { mode: 0o600 });
}

/**
 * Checks an index that was not closed cleanly. If it has a log beside it, the process was killed. SQLite survives that,
 * so a quick check is enough. Without a log, the index was changed while nobody had it open. Then a thorough check also
 * compares each index with its table (2 s for 100,000 messages).
 */
function look(sql: Sql, isThorough: boolean): void {
  const pragma = isThorough ? 'integrity_check' : 'quick_check';
  const found = sql.all<Record<string, string>>(`pragma ${pragma}(1)`)[0]?.[pragma];
  if (found !== 'ok')
    throw new StoreError({
      kind: 'store-damaged',
      what: found ?? 'index.sqlite',
      step: 'store',
      canRetry: false,
    });
}

function configure(sql: Sql): void {
  sql.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma secure_delete = on;
    pragma cache_size = -32000;
    pragma wal_autocheckpoint = 4000;
    pragma journal_size_limit = 33554432;`);
}

/** An open index and how it was found. */
export type OpenedIndex = {
  readonly sql: Sql;
  readonly isNew: boolean;
  /** Migration steps that were run on an index that was not new. */
  readonly migrated: number;
};

/**
 * Whether every byte of the index can be read. If so, an error of SQLite means that it cannot write beside the index.
 */
function isIndexReadable(folder: string): boolean {
  const buffer = new Uint8Array(1024 * 1024);
  try {
    const file = openSync(indexPath(folder), 'r');
    try {
      while (readSync(file, buffer) > 0);
      return true;
    } finally {
      closeSync(file);
    }
  } catch {
    // It cannot be read for some reason. So it is damaged.
    return false;
  }
}

function openSql(folder: string): Sql {
  try {
    return new Sql(indexPath(folder));
  } catch (error) {
    throw failureOf(error) === null
      ? new StoreError({ kind: 'store-damaged', what: 'index.sqlite', step: 'store', canRetry: false }, error)
      : error;
  }
}

const newer = () => new StoreError({ kind: 'store-newer', step: 'store', canRetry: false });

function versionOf(sql: Sql): number {
  return sql.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0;
}

/** Where the version of an index stands in its file, big endian. SQLite file format §1.3, `user_version`. */
const versionAt = 60;

/**
 * Throws a StoreError with `store-newer` when a newer version has made the index. The file is only read. Call it before
 * anything else touches the store.
 */
export function refuseNewer(folder: string, steps: readonly string[] = migrations): void {
  const head = headOf(indexPath(folder));
  if (head?.toString('latin1', 0, 15) === 'SQLite format 3' && head.readInt32BE(versionAt) > steps.length)
    throw newer();
}

/** The first bytes of a file; null where they cannot be read. */
function headOf(path: string): Buffer | null {
  const head = Buffer.alloc(versionAt + 4);
  try {
    const file = openSync(path, 'r');
    try {
      return readSync(file, head) === head.length ? head : null;
    } finally {
      closeSync(file);
    }
  } catch {
    // There is no index, or it cannot be read. Opening it says which.
    return null;
  }
}

/** The copy of the index that is made before it is brought up to date. Only the last one is kept. */
export const pathBeforeUpdate = (folder: string) => join(folder, 'index.before-update.sqlite');

/** Copies the index as it is before anything in it is changed. Throws the error of the file system. */
function copyBeforeUpdate(folder: string, sql: Sql): void {
  sql.get('pragma wal_checkpoint(truncate)');
  const path = pathBeforeUpdate(folder);
  const unfinished = `${path}.new`;
  try {
    // A file system that can share the bytes of two files makes the copy at once.
    copyFileSync(indexPath(folder), unfinished, constants.COPYFILE_FICLONE);
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Opens the index, checks it if it was not closed cleanly, and brings it up to date. Throws on damage. */
export function openIndex(folder: string, steps: readonly string[] = migrations): OpenedIndex {
  const isClean = wasClosedCleanly(folder);
  const hasLog = existsSync(`${indexPath(folder)}-wal`);
  refuseNewer(folder, steps);
  const sql = openSql(folder);
  try {
    // What a newer version has done may stand in the log only.
    if (versionOf(sql) > steps.length) throw newer();
    configure(sql);
    const tables = sql.value<number>('select count(*) as value from sqlite_master') ?? 0;
    const isNew = tables === 0;
    if (!isNew && !isClean) look(sql, !hasLog);
    rmSync(closedFile(folder), { force: true });
    if (!isNew && versionOf(sql) < steps.length) copyBeforeUpdate(folder, sql);
    const migrated = migrate(sql, steps);
    return { sql, isNew, migrated: isNew ? 0 : migrated };
  } catch (error) {
    sql.close();
    // With few free pages on the disk, opening fails like this. A sound index must not be thrown away for it.
    if (isInputOutputError(error) && isIndexReadable(folder))
      throw new StoreError({ kind: 'disk-full', step: 'store', canRetry: true }, error);
    throw error;
  }
}
