/** Lets pieces of work run one after another, in the order in which they were asked for. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Whether nothing runs and nothing waits. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Runs work after all that came before it, whatever became of that. */
  async take<Value>(work: () => Promise<Value>): Promise<Value> {
    const before = this.#last;
    let done: () => void = () => undefined;
    this.#last = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#waiting++;
    try {
      await before;
      return await work();
    } finally {
      this.#waiting--;
      done();
    }
  }
}
