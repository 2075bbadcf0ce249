import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Place and size of a window or a screen, in device-independent pixels. */
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The place of a window when it was closed. */
export type WindowPlace = { readonly bounds: Bounds; readonly isMaximized: boolean };

/** Size of a window that was never moved, and the smallest it may be. */
export type WindowSize = {
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
};

/** Pixels of a window that must be in sight each way, so that a person can catch hold of it. */
const leastInSight = 100;

/** Reads the place where a window was left; null where no usable one was kept. */
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

/** Keeps the place of a window. A failure is not told: only the place is lost. */
export function keepWindowPlace(path: string, place: WindowPlace): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify(place), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // The same full disk is told of where mail would be lost.
  }
}

/**
 * Where a window opens. It opens where it was left while enough of that place is on a screen, else in its usual size.
 * It is never larger than the screen. Without x and y the system chooses the place. `areas` are the free parts of the
 * screens, the main one first.
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

/** The title bar is at the top, so the top edge must be on the screen. */
function isInSight(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const below = area.y + area.height - window.y;
  return across >= leastInSight && below >= leastInSight && window.y > area.y - window.height;
}
