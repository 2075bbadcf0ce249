import { minuteMs } from '../../../shared/durations.ts';
import type { Settings } from './settings.ts';

/** Deletions of one hour are erased together, for erasing writes the whole index anew. */
const gatheredForMs = 60 * minuteMs;

const dueSetting = 'erase-since';

/** Notes that something was deleted for good. Call it inside the transaction of the deletion. `now` in milliseconds. */
export function noteErasureDue(settings: Settings, now: number): void {
  if (settings.get(dueSetting) === null) settings.set(dueSetting, String(now));
}

/** Whether what was deleted for good has waited long enough to be erased. A clock that ran back does not put it off. */
export function isErasureDue(settings: Settings, now: number): boolean {
  const since = settings.get(dueSetting);
  if (since === null) return false;
  const age = now - Number(since);
  return !(age >= 0 && age < gatheredForMs);
}

/** Notes that nothing is left of what was deleted for good. */
export function endErasure(settings: Settings): void {
  settings.remove(dueSetting);
}
