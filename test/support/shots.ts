import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';

/** The checkout's folder. */
export const top = resolve(import.meta.dirname, '..', '..');

/** Saves what a window shows to build/shots, for people to look at. */
export async function shoot(window: Page, name: string): Promise<void> {
  const folder = process.env.POPPY_SHOTS ?? join(top, 'build', 'shots');
  try {
    mkdirSync(folder, { recursive: true });
    await window.screenshot({ path: join(folder, `${name}.png`) });
  } catch (error) {
    // The tests also run as a user who may not write into the checkout; pictures are no proof, so it may go on.
    if (!(error instanceof Error) || !/EACCES|EROFS/.test(error.message)) throw error;
  }
}
