import type { CheckProgress } from '../../../shared/account-state.ts';
import { secondMs } from '../../../shared/durations.ts';
import type { AccountId } from '../../../shared/ids.ts';

/** Pause between two reports. A person cannot read faster, and each report costs a message to the window. */
const reportEveryMs = 100;
/** Bytes between two readings of the clock. Reading it costs more than counting bytes. */
const lookEveryBytes = 64 * 1024;

/** A server that answers nothing for so long is named as the one that is waited for. Milliseconds. */
const slowAfterMs = 5 * secondMs;

/** Counts the work of a check, and reports it no faster than a window can follow. To be disposed of with the check. */
export class ProgressCounter implements Disposable {
  readonly #accountId: AccountId;
  readonly #now: () => number;
  readonly #report: (progress: CheckProgress) => void;
  readonly #startedAt: number;
  #phase: CheckProgress['phase'] = 'waiting';
  #phaseStartedAt: number;
  #lastReportAt = Number.NEGATIVE_INFINITY;
  #total = 0;
  #totalBytes = 0;
  #done = 0;
  #doneBytes = 0;
  #unseenBytes = 0;
  readonly #watch: NodeJS.Timeout;
  /** What was done in this phase when the watch last looked. */
  #seenWork = 0;
  #isSlow = false;

  constructor(accountId: AccountId, now: () => number, report: (progress: CheckProgress) => void) {
    this.#accountId = accountId;
    this.#now = now;
    this.#report = report;
    this.#startedAt = now();
    this.#phaseStartedAt = this.#startedAt;
    this.#watch = setInterval(() => this.#look(), slowAfterMs).unref();
    this.#tell();
  }

  /** Reports no more. */
  [Symbol.dispose](): void {
    clearInterval(this.#watch);
  }

  /** Begins a new phase and reports it at once. Counts restart where a total is given. */
  enter(phase: CheckProgress['phase'], total?: { readonly count: number; readonly bytes: number }): void {
    this.#phase = phase;
    this.#phaseStartedAt = this.#now();
    if (total !== undefined) {
      this.#total = total.count;
      this.#totalBytes = total.bytes;
      this.#done = 0;
      this.#doneBytes = 0;
    }
    this.#moveOn();
    this.#tell();
  }

  /** Adds bytes of the current message. */
  addBytes(count: number): void {
    this.#doneBytes += count;
    this.#unseenBytes += count;
    if (this.#isSlow) this.#answered();
    if (this.#unseenBytes < lookEveryBytes) return;
    this.#unseenBytes = 0;
    this.#tellIfDue();
  }

  /** Counts one finished message. */
  addMessage(): void {
    this.#done += 1;
    if (this.#isSlow) this.#answered();
  }

  /** The server has been silent for a while, and speaks again. */
  #answered(): void {
    this.#moveOn();
    this.#tell();
  }

  #moveOn(): void {
    this.#isSlow = false;
    this.#seenWork = this.#doneBytes + this.#done;
    this.#watch.refresh();
  }

  #look(): void {
    const work = this.#doneBytes + this.#done;
    const isStill = work === this.#seenWork && this.#phase !== 'waiting';
    this.#seenWork = work;
    if (!isStill || this.#isSlow) return;
    this.#isSlow = true;
    this.#tell();
  }

  #tellIfDue(): void {
    if (this.#now() - this.#lastReportAt >= reportEveryMs) this.#tell();
  }

  #tell(): void {
    const now = this.#now();
    this.#lastReportAt = now;
    const seconds = (now - this.#phaseStartedAt) / 1000;
    this.#report({
      accountId: this.#accountId,
      phase: this.#phase,
      done: this.#done,
      total: this.#total,
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
      bytesPerSecond: seconds > 0.2 ? Math.round(this.#doneBytes / seconds) : 0,
      startedAt: this.#startedAt,
      isSlow: this.#isSlow,
    });
  }
}
