import { lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/*
 * How a restoring that is killed leaves nothing half done. A backup is unpacked into a folder beside the store. Nothing of
 * it is in the store yet, and a start removes what a killed run has left there. Once it is whole, the folder gets the name
 * of one that is being restored. From then on each start goes on with it until everything is in the store. What is
 * there already is passed over.
 */

/** A folder that is being unpacked. */
const unpackedName = /^restore-[0-9A-Za-z]{6}$/;
/** A folder that is being restored, with the number of starts that have tried. */
const restoredName = /^restoring-([1-9])-([0-9A-Za-z]{6})$/;
/** A backup that ends the program so many times is given up. */
const mostTries = 3;

/** Makes a folder beside the store in which a backup is unpacked. */
export function makeStaging(folder: string): Promise<string> {
  return mkdtemp(join(folder, 'restore-'));
}

/** Turns a folder with a whole backup into one that is being restored. Answers its new path. */
export async function beginRestoring(folder: string, staging: string): Promise<string> {
  const restored = join(folder, `restoring-1-${staging.slice(-6)}`);
  await rename(staging, restored);
  return restored;
}

/** Folders that an earlier run was restoring, each with one try more. One that had all its tries is removed. */
export async function interruptedRestorings(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const [, tries, end] = restoredName.exec(name) ?? [];
    const path = join(folder, name);
    if (tries === undefined || !(await lstat(path)).isDirectory()) continue;
    if (Number(tries) >= mostTries) {
      await rm(path, { recursive: true, force: true });
      continue;
    }
    const next = join(folder, `restoring-${Number(tries) + 1}-${end}`);
    await rename(path, next);
    found.push(next);
  }
  return found;
}

/** Takes back the try that a restoring was given: it did not fail, but the program was closed. */
export async function takeBackTry(folder: string, restored: string): Promise<void> {
  const [, tries, end] = restoredName.exec(basename(restored)) ?? [];
  if (Number(tries) > 1) await rename(restored, join(folder, `restoring-${Number(tries) - 1}-${end}`));
}

/** Removes what an unpacking that was killed has left beside the store. Nothing else may be using the store. */
export async function removeStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!unpackedName.test(name)) continue;
    const path = join(folder, name);
    if ((await lstat(path)).isDirectory()) await rm(path, { recursive: true, force: true });
  }
}
