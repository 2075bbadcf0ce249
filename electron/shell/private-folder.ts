import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes the private folder (0700) for copies of opened attachments. It lies in the data folder, which only its owner
 * may enter and only one running copy uses. Copies found there come from a run that did not end well, and are removed.
 * Earlier versions had such folders in the system's place for temporary files. Those are removed as well.
 */
export async function makePrivateFolder(dataFolder: string, earlierPlace = tmpdir()): Promise<string> {
  await removeLeftBehind(earlierPlace);
  const path = join(dataFolder, 'opened');
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { mode: 0o700 });
  return path;
}

/** Removes a private folder and all copies in it. A folder of another user stays. */
export async function removePrivateFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Anybody can make a folder of such a name in a shared place. Only folders that are certainly ours are removed. */
async function removeLeftBehind(place: string): Promise<void> {
  if (!(await isSafeFromOthers(place))) return;
  for (const name of await readdir(place).catch(() => [])) {
    const owner = Number(/^poppy-(?:open|parts)-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isInteger(owner) || isRunning(owner)) continue;
    const path = join(place, name);
    if (await isOwnFolder(path)) await removePrivateFolder(path);
  }
}

/**
 * Whether nobody else can put a link in the place of our folder there. The place is sticky, or only we can change it.
 */
async function isSafeFromOthers(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => null);
  if (found === null || !found.isDirectory()) return false;
  const isOurs = process.getuid === undefined || found.uid === process.getuid();
  return (found.mode & 0o1000) !== 0 || (isOurs && (found.mode & 0o022) === 0);
}

/** Whether this is a real folder of this user, and nobody else could ever write to it. */
async function isOwnFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  if (found === null || !found.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o777) === 0o700;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
