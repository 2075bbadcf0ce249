import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'poppy-open-';

/**
 * Makes the private folder (0700) that opened attachments are copied to, and removes those that earlier runs of the
 * same person left behind, with the parts their engines had kept. A folder in use by another running copy is told by
 * its process number.
 */
export async function makePrivateFolder(place = tmpdir()): Promise<string> {
  const names = await readdir(place).catch(() => []);
  for (const name of names) {
    const owner = Number(/^poppy-(?:open|parts)-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(owner) && !isRunning(owner)) await removePrivateFolder(join(place, name));
  }
  return mkdtemp(join(place, `${prefix}${process.pid}-`));
}

/** Removes a private folder and all copies in it; a folder of somebody else is left alone. */
export async function removePrivateFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
