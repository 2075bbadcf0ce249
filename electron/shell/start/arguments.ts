import { isAbsolute, resolve } from 'node:path';

/** What the command line asks for. */
export type Arguments = {
  /** Folder for all data, absolute; null for the system's usual place. */
  readonly userDataFolder: string | null;
  /** Message file to show in a window of its own, absolute. */
  readonly file: string | null;
  /** Start without showing a window (start at login). */
  readonly isHidden: boolean;
};

/**
 * Reads the arguments after the program's own name and folder. Chromium reads its own switches itself. The first plain
 * argument that names a message file is opened.
 */
export function readArguments(values: readonly string[], workingFolder: string): Arguments {
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(workingFolder, path));
  let userDataFolder: string | null = null;
  let file: string | null = null;
  let isHidden = false;
  for (const value of values) {
    if (value.startsWith('--user-data-dir=')) {
      userDataFolder = absolute(value.slice('--user-data-dir='.length));
    } else if (value === '--hidden') {
      isHidden = true;
    } else if (!value.startsWith('-') && /\.(eml|mht|msg)$/i.test(value)) {
      file ??= absolute(value);
    }
  }
  return { userDataFolder, file, isHidden };
}
