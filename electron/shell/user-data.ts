import { accessSync, constants, mkdirSync, statSync } from 'node:fs';

/**
 * Why the folder for all data cannot be used, as the system says it; null where it can. Asked before anything else:
 * Chromium's own lock fails in such a folder without a word, as if another copy were running.
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
