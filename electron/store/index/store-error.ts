import type { Failure } from '../../../shared/failure.ts';

/** Carries an expected failure of the disk or the index through code that cannot return one. */
export class StoreError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(`store: ${failure.kind}`, { cause });
    this.name = 'StoreError';
    this.failure = failure;
  }
}

const kinds: readonly [RegExp, (what: string) => Failure][] = [
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)/, () => ({ kind: 'disk-full', step: 'store', canRetry: true })],
  [
    /^(EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/,
    () => ({ kind: 'folder-read-only', step: 'store', canRetry: true }),
  ],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, () => ({ kind: 'store-busy', step: 'store', canRetry: true })],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_IOERR|SQLITE_FORMAT|EIO)/,
    (what) => ({ kind: 'store-damaged', what, step: 'store', canRetry: false }),
  ],
];

/** SQLite's messages for errors that reach us without their code (rows of a query, opening a file). */
const messages: readonly [RegExp, string][] = [
  [/database or disk is full/, 'SQLITE_FULL'],
  [/readonly database/, 'SQLITE_READONLY'],
  [/unable to open database/, 'SQLITE_CANTOPEN'],
  [/database is locked/, 'SQLITE_BUSY'],
  [/malformed|not a database/, 'SQLITE_CORRUPT'],
  [/disk I\/O error/, 'SQLITE_IOERR'],
  // A failed opening gives only a number. The folder cannot be written, or the disk is full.
  [/local database .*: 14\b/, 'SQLITE_CANTOPEN'],
  [/local database .*: 13\b/, 'SQLITE_FULL'],
];

/** The expected failure behind an error of the file system or SQLite; null for a mistake of ours. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof StoreError) return error.failure;
  if (!(error instanceof Error)) return null;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const code = kinds.some(([pattern]) => pattern.test(own))
    ? own
    : (messages.find(([pattern]) => pattern.test(error.message))?.[1] ?? '');
  const made = kinds.find(([pattern]) => pattern.test(code));
  return made === undefined ? null : made[1](error.message);
}

/** The error as a StoreError when it is an expected one, else the error itself. */
export function storeError(error: unknown): unknown {
  const failure = failureOf(error);
  return failure === null ? error : new StoreError(failure, error);
}

/** Whether SQLite says only that reading or writing failed. The file may be damaged, or the disk may be full. */
export function isInputOutputError(error: unknown): boolean {
  if (error instanceof StoreError) return isInputOutputError(error.cause);
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_IOERR');
}

/** Whether the error says that the index itself cannot be trusted. */
export function isDamage(error: unknown): boolean {
  return failureOf(error)?.kind === 'store-damaged';
}
