import type { Settings } from './settings.ts';
import type { Sql } from './sql.ts';
import { advanceSteadyTime, type SteadyTime } from './steady-clock.ts';

const settingName = 'steady-time';
/** The steady time is written down after each advance of this much. */
const keepEveryMs = 60_000;

/** Tells the time, by the wall clock and by the steady clock. Ages are counted by the steady clock. */
export class StoreClock {
  readonly #sql: Sql;
  readonly #settings: Settings;
  readonly #wall: () => number;
  #steady: SteadyTime;

  constructor(sql: Sql, settings: Settings, wall: () => number) {
    this.#sql = sql;
    this.#settings = settings;
    this.#wall = wall;
    this.#steady = this.#read();
    this.steadyNow();
  }

  /** Reads the steady time again. Call it after a backup has been taken in. */
  reload(): void {
    this.#steady = this.#read();
    this.steadyNow();
  }

  #read(): SteadyTime {
    const kept = this.#settings.get(settingName);
    if (kept === null) return { steadyMs: this.#wall(), wallMs: this.#wall() };
    const [steadyMs = 0, wallMs = 0] = kept.split(' ').map(Number);
    return { steadyMs, wallMs };
  }

  /** The wall clock. Milliseconds since the epoch. */
  now(): number {
    return this.#wall();
  }

  /**
   * Time that never runs backwards and never leaps; milliseconds. It is written down each time it has moved by a
   * minute.
   */
  steadyNow(): number {
    const before = this.#steady;
    this.#steady = advanceSteadyTime(before, this.#wall());
    if (Math.abs(this.#steady.wallMs - before.wallMs) >= keepEveryMs && !this.#sql.isInTransaction)
      this.keep();
    return this.#steady.steadyMs;
  }

  /** Writes the steady time down. */
  keep(): void {
    this.#settings.set(settingName, `${this.#steady.steadyMs} ${this.#steady.wallMs}`);
  }
}
