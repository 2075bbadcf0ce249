import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { attemptWork } from '../store/attempt.ts';

/**
 * Writes a file beside its place and then moves it there, so that a full disk leaves an older file as it was. The
 * person has agreed that an older file is replaced. `write` makes the file at the path it is given.
 */
export async function replaceFile(
  path: string,
  write: (beside: string) => Promise<Result<unknown, Failure>>,
): Promise<Result<{ readonly path: string }, Failure>> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);
  const written = await attemptWork(async (): Promise<Result<unknown, Failure>> => {
    const made = await write(beside);
    if (made.ok) await rename(beside, path);
    return made;
  });
  const saved = written.ok ? written.value : written;
  if (saved.ok) return ok({ path });
  // The failure is what the person is told; a file that is left beside does no harm.
  await rm(beside, { force: true }).catch(() => undefined);
  return saved;
}
