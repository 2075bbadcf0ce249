/** Attempts that the window names, so that it can stop them. A new one under the same name ends the one before. */
export class Attempts {
  readonly #running = new Map<string, AbortController>();

  /** Runs an attempt under its name. */
  async run<Value>(name: string, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const controller = new AbortController();
    this.#running.get(name)?.abort();
    this.#running.set(name, controller);
    try {
      return await work(controller.signal);
    } finally {
      if (this.#running.get(name) === controller) this.#running.delete(name);
    }
  }

  /** Stops the attempt of this name, if it still runs. */
  stop(name: string): void {
    this.#running.get(name)?.abort();
  }
}
