import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Place and size of a window or a screen, in device-independent pixels. */
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** How a window was left. */
export type WindowPlace = { readonly bounds: Bounds; readonly isMaximized: boolean };

/** Size of a window that was never moved, and the smallest it may be. */
export type WindowSize = {
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
};

/** How much of a window must be in sight for it to be caught hold of, in pixels each way. */
const leastInSight = 100;

/** The place a window was left at; null where nothing usable was kept. */
export function readWindowPlace(path: string): WindowPlace | null {
  try {
    const { bounds, isMaximized } = JSON.parse(readFileSync(path, 'utf8'));
    const { x, y, width, height } = bounds;
    if (![x, y, width, height].every((value) => Number.isInteger(value) && Math.abs(value) < 100_000))
      return null;
    return { bounds: { x, y, width, height }, isMaximized: isMaximized === true };
  } catch {
    return null; // missing or nonsense: the window opens as it does the first time
  }
}

/** Keeps the place a window is left at. A place that cannot be kept is no trouble worth a word. */
export function keepWindowPlace(path: string, place: WindowPlace): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify(place), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // A full disk is told of where mail would be lost, not here.
  }
}

/**
 * Where a window opens: as it was left while enough of that is on a screen, else in its usual size, and never larger
 * than the screen. Without x and y the system puts it where it likes. `areas` are the free parts of the screens, the
 * main one first.
 */
export function fitBounds(
  left: Bounds | null,
  areas: readonly Bounds[],
  usual: WindowSize,
): { width: number; height: number; x?: number; y?: number } {
  const area = left === null ? undefined : areas.find((one) => isInSight(left, one));
  const room = area ?? areas[0] ?? { x: 0, y: 0, width: usual.width, height: usual.height };
  const bounded = (length: number, least: number, most: number) => Math.min(Math.max(length, least), most);
  const wanted = area === undefined || left === null ? usual : left;
  const width = bounded(wanted.width, usual.minWidth, Math.max(room.width, usual.minWidth));
  const height = bounded(wanted.height, usual.minHeight, Math.max(room.height, usual.minHeight));
  if (left === null || area === undefined) return { width, height };
  return { x: left.x, y: Math.max(left.y, area.y), width, height };
}

/** The title bar is at the top, so the top edge is what must not be beyond the screen. */
function isInSight(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const below = area.y + area.height - window.y;
  return across >= leastInSight && below >= leastInSight && window.y > area.y - window.height;
}
