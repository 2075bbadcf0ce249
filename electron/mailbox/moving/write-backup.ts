import { readFile, rename, rm } from 'node:fs/promises';
import type { Failure } from '../../../shared/failure.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Store } from '../../store/store.ts';

type BackupOrder = {
  /** Where the person wants the backup. */
  readonly path: string;
  /** The settings file, which goes with the mail. */
  readonly settingsPath: string;
  onProgress(done: number, total: number): void;
};

/** Writes a whole backup beside its place and then moves it there: only a whole one replaces an older one. */
export async function writeBackup(
  upkeep: Store['upkeep'],
  order: BackupOrder,
): Promise<Result<{ path: string }, Failure>> {
  const beside = `${order.path}.part`;
  const written = await attemptWork(() => writeBeside(upkeep, order, beside));
  const backup = written.ok ? written.value : written;
  if (!backup.ok) await rm(beside, { force: true }).catch(() => undefined);
  return backup;
}

async function writeBeside(
  upkeep: Store['upkeep'],
  { path, settingsPath, onProgress }: BackupOrder,
  beside: string,
): Promise<Result<{ path: string }, Failure>> {
  await rm(beside, { force: true });
  // Settings that were never changed have no file.
  const settings = await readFile(settingsPath).catch(() => null);
  const extra = settings === null ? [] : [{ name: 'settings.json', bytes: settings }];
  const written = await upkeep.backUpWhole(beside, extra, onProgress);
  if (!written.ok) return written;
  await rename(beside, path);
  await upkeep.noteWholeBackup();
  return ok({ path });
}
