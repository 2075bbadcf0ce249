/**
 * The least and the most units in a stretch of work. Short stretches scatter the word index over many pieces, and
 * merging those costs more time than the short stretches save.
 */
const fewest = 80_000;
const most = 400_000;
/** How much the last stretch counts against those before it, from 0 to 1. */
const weightOfLast = 0.2;

/** Learns from each stretch of work how many units fit into the next one of about `stretchMs` milliseconds. */
export class WritePace {
  readonly #stretchMs: number;
  #unitsPerMs: number;

  constructor(stretchMs: number, unitsPerMs: number) {
    this.#stretchMs = stretchMs;
    this.#unitsPerMs = unitsPerMs;
  }

  /** How many units the next stretch should have. */
  get units(): number {
    return Math.min(most, Math.max(fewest, this.#unitsPerMs * this.#stretchMs));
  }

  /** A stretch of `units` has taken `tookMs` milliseconds. */
  note(units: number, tookMs: number): void {
    const rate = units / Math.max(tookMs, 0.1);
    this.#unitsPerMs += (rate - this.#unitsPerMs) * weightOfLast;
  }
}
