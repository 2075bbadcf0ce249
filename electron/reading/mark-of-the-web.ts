import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { quarantineValue, zoneIdentifier } from '../../shared/attachment-policy.ts';

const run = promisify(execFile);

/** What differs between systems, so that each can be tested on any. */
export type MarkOfTheWebTools = {
  readonly platform: NodeJS.Platform;
  readonly writeStream: (path: string, text: string) => Promise<void>;
  readonly run: (program: string, args: readonly string[]) => Promise<unknown>;
  readonly now: () => number;
  readonly newId: () => string;
};

const usualTools: MarkOfTheWebTools = {
  platform: process.platform,
  writeStream: (path, text) => writeFile(path, text),
  run: (program, args) => run(program, [...args]),
  now: Date.now,
  newId: randomUUID,
};

/**
 * Marks a saved file as come from the internet, so that the system warns before it runs: the mark of the web on
 * Windows, quarantine on macOS; Linux has none. A file system that cannot hold the mark (FAT, a share) is no failure.
 */
export async function setMarkOfTheWeb(path: string, tools: MarkOfTheWebTools = usualTools): Promise<void> {
  try {
    if (tools.platform === 'win32') await tools.writeStream(`${path}:Zone.Identifier`, zoneIdentifier());
    if (tools.platform === 'darwin') {
      const value = quarantineValue(tools.now(), tools.newId());
      await tools.run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', value, path]);
    }
  } catch {
    // The file itself is saved; the mark is a help of the system that not every disk can keep.
  }
}
