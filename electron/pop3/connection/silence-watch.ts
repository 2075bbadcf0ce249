import type { Expectation } from '../replies/expectation.ts';
import type { ReplyReader } from '../replies/reply-reader.ts';
import type { Pop3Timeouts } from './timeouts.ts';

/** What the watch tells its owner. */
export type SilenceHooks = {
  /** The server has said nothing for longer than this reply allows. */
  readonly silent: (expectation: Expectation, limitMs: number) => void;
  /** Silence has followed what may be a damaged end of a message: the idle-tail rule. */
  readonly tailSilent: () => void;
};

/** Watches one connection for silence. Hearing something touches no timer: the timer looks at the clock when it goes off. */
export class SilenceWatch {
  readonly #reader: ReplyReader;
  readonly #timeouts: Pop3Timeouts;
  readonly #hooks: SilenceHooks;
  #timer: NodeJS.Timeout | undefined;
  #tailTimer: NodeJS.Timeout | undefined;
  #lastHeardAt = 0;
  /** Whether the server has ever said anything. */
  hasHeard = false;
  /** Silence allowed while several replies are due; null where each reply's own limit counts. Milliseconds. */
  pipelineTrialMs: number | null = null;

  constructor(reader: ReplyReader, timeouts: Pop3Timeouts, hooks: SilenceHooks) {
    this.#reader = reader;
    this.#timeouts = timeouts;
    this.#hooks = hooks;
  }

  /** A reply is waited for from now on. */
  begin(timeoutMs: number): void {
    this.#lastHeardAt = performance.now();
    this.#arm(Math.min(timeoutMs, this.pipelineTrialMs ?? timeoutMs));
  }

  /** Bytes have come, and are about to be read. */
  hear(): void {
    this.#lastHeardAt = performance.now();
    this.hasHeard = true;
    if (this.#tailTimer !== undefined) clearTimeout(this.#tailTimer);
    this.#tailTimer = undefined;
  }

  /** Begins to wait for silence where a body may have ended in a damaged way. */
  watchTail(): void {
    if (this.#tailTimer === undefined && this.#reader.hasDamagedTail)
      this.#tailTimer = setTimeout(this.#tailIdle, this.#timeouts.tailMs);
  }

  /** Reading is held up by this side: silence means nothing until `resume`. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  resume(): void {
    this.begin(this.#limitMs());
    this.watchTail();
  }

  /** The connection is closed. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#tailTimer);
  }

  readonly #tailIdle = (): void => {
    this.#tailTimer = undefined;
    if (this.#reader.hasDamagedTail) this.#hooks.tailSilent();
  };

  readonly #idle = (): void => {
    this.#timer = undefined;
    const expectation = this.#reader.due[0];
    if (expectation === undefined || this.#reader.isBlocked) return;
    const limitMs = this.#limitMs();
    const leftMs = this.#lastHeardAt + limitMs - performance.now();
    if (leftMs > 1) this.#arm(leftMs);
    else this.#hooks.silent(expectation, limitMs);
  };

  #limitMs(): number {
    const replyMs = this.#replyMs();
    return this.#reader.mode === 'body' ? Math.min(this.#timeouts.idleMs, replyMs) : replyMs;
  }

  #replyMs(): number {
    const { due, mode } = this.#reader;
    const ownMs = due[0]?.timeoutMs ?? 0;
    // Within a listing the server is at work: only silence before a reply tells.
    const isTrial = due.length > 1 && mode === 'status';
    return isTrial ? Math.min(ownMs, this.pipelineTrialMs ?? ownMs) : ownMs;
  }

  #arm(waitMs: number): void {
    clearTimeout(this.#timer);
    // What a reply allows can become less while it is waited for, so the clock is looked at this often.
    this.#timer = setTimeout(this.#idle, Math.min(waitMs, this.#timeouts.patienceMs));
  }
}
