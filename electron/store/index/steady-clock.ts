import { dayMs } from '../../../shared/durations.ts';

/** The longest absence that is believed. A longer one counts as one day, because the clock may be wrong. */
const longestBelievedMs = 31 * dayMs;

/** Two readings that belong together: our own count of elapsed time, and the wall clock at its last advance. */
export type SteadyTime = { readonly steadyMs: number; readonly wallMs: number };

/**
 * Advances the steady time to a new reading of the wall clock. It never runs backwards and never leaps. Retention and
 * forgetting count in steady time, so a clock set a year forward or back removes nothing too early.
 */
export function advanceSteadyTime(before: SteadyTime, wallMs: number): SteadyTime {
  const elapsed = wallMs - before.wallMs;
  if (elapsed <= 0) return { steadyMs: before.steadyMs, wallMs };
  return { steadyMs: before.steadyMs + (elapsed > longestBelievedMs ? dayMs : elapsed), wallMs };
}
