import { dayMs } from '../../../shared/durations.ts';

/** The longest absence that is believed; a longer one counts as one day, for it may be a clock set wrong. */
const longestBelievedMs = 31 * dayMs;

/** Two readings that travel together: our own count of elapsed time and the wall clock it was last advanced by. */
export type SteadyTime = { readonly steadyMs: number; readonly wallMs: number };

/**
 * Moves the steady time on to a new reading of the wall clock. It never runs backwards and never leaps: retention
 * and forgetting count in steady time, so that a clock set a year forward or back removes nothing too early.
 */
export function advanceSteadyTime(before: SteadyTime, wallMs: number): SteadyTime {
  const elapsed = wallMs - before.wallMs;
  if (elapsed <= 0) return { steadyMs: before.steadyMs, wallMs };
  return { steadyMs: before.steadyMs + (elapsed > longestBelievedMs ? dayMs : elapsed), wallMs };
}
