/** A number that grows with every change that a list could show. A result from an older revision is stale. */
export class Revision {
  #current = 0;

  /** The present revision. */
  get current(): number {
    return this.#current;
  }

  /** Notes that rows have changed. */
  changed(): void {
    this.#current++;
  }
}
