import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** How folders begin in which a backup is unpacked beside the store. */
export const stagingPrefix = 'restore-';

/** Removes what a restoring that was killed has left beside the store. Nothing else may be using the store. */
export async function removeStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^restore-[0-9A-Za-z]{6}$/.test(name)) continue;
    const path = join(folder, name);
    if ((await lstat(path)).isDirectory()) await rm(path, { recursive: true, force: true });
  }
}
