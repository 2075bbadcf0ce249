import { accessSync, constants, mkdirSync, statSync } from 'node:fs';

/**
 * The system's reason why the folder for all data cannot be used; null where it can. Asked first of all: in such a
 * folder Chromium's own lock fails silently, as if another copy were running.
 */
export function whyUnusable(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) return 'it is a file';
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
