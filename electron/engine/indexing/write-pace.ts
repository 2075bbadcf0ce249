/**
 * A stretch of work is never taken for shorter or longer than these many units. In shorter ones the word index comes
 * to lie in so many pieces that putting them together costs more than is won.
 */
const fewest = 80_000;
const most = 400_000;
/** What the last stretch says against those before it. */
const weightOfLast = 0.2;

/** How much of a work can be done at a stretch of about so many milliseconds, learnt from the stretches before. */
export class WritePace {
  readonly #stretchMs: number;
  #unitsPerMs: number;

  constructor(stretchMs: number, unitsPerMs: number) {
    this.#stretchMs = stretchMs;
    this.#unitsPerMs = unitsPerMs;
  }

  /** Units for the next stretch. */
  get units(): number {
    return Math.min(most, Math.max(fewest, this.#unitsPerMs * this.#stretchMs));
  }

  /** A stretch of so many units took so long. */
  note(units: number, tookMs: number): void {
    const rate = units / Math.max(tookMs, 0.1);
    this.#unitsPerMs += (rate - this.#unitsPerMs) * weightOfLast;
  }
}
