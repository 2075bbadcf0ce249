import type { WebContents } from 'electron';

const deathsWithinMs = 60_000;
const mostRevivals = 3;

/** When each page died lately, in milliseconds since the epoch. */
const deaths = new WeakMap<Pick<WebContents, 'reload'>, readonly number[]>();

/**
 * Loads a page again that has died or lost its channel. A page that dies more than three times within a minute is
 * left alone, so that the rest of the program stays usable.
 */
export function revivePage(contents: Pick<WebContents, 'reload'>, now = Date.now()): void {
  const lately = [...(deaths.get(contents) ?? []).filter((at) => now - at < deathsWithinMs), now];
  deaths.set(contents, lately);
  if (lately.length <= mostRevivals) contents.reload();
}
