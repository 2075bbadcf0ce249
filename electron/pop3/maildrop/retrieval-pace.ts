/** Watches how soon messages begin, to tell one silent message from a slow server. */
export class RetrievalPace {
  readonly #promptMs: number;
  #turnAt = 0;
  #hasBegun = false;
  #isSlow = false;

  constructor({ patience }: { readonly patience: { readonly promptMs: number } | null }) {
    this.#promptMs = patience?.promptMs ?? 0;
  }

  /** The reply to the next message is waited for from now on. */
  turn(): void {
    this.#turnAt = performance.now();
  }

  /** The reply to a message has begun. */
  begun(): void {
    this.#hasBegun = true;
    this.#isSlow ||= performance.now() - this.#turnAt > this.#promptMs;
  }

  /** Whether messages have begun, and all of them soon. */
  get isPrompt(): boolean {
    return this.#hasBegun && !this.#isSlow;
  }
}
