import { minuteMs } from '../../../shared/durations.ts';
import type { Settings } from './settings.ts';

/** Deletions of one hour are erased together, because erasing writes the whole index anew. */
const gatheredForMs = 60 * minuteMs;

const dueSetting = 'erase-since';

/** Notes that something was deleted for good. Call it inside the transaction of the deletion. `now` in milliseconds. */
export function noteErasureDue(settings: Settings, now: number): void {
  if (settings.get(dueSetting) === null) settings.set(dueSetting, String(now));
}

/** Whether deleted messages have waited long enough to be erased. A clock that ran back does not delay this. */
export function isErasureDue(settings: Settings, now: number): boolean {
  const since = settings.get(dueSetting);
  if (since === null) return false;
  const age = now - Number(since);
  return !(age >= 0 && age < gatheredForMs);
}

/** Notes that every trace of the deleted messages has been erased. */
export function endErasure(settings: Settings): void {
  settings.remove(dueSetting);
}
