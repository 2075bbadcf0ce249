/** Grows with every change that a list could show. What was computed under an older revision is stale. */
export class Revision {
  #current = 0;

  /** The revision of now. */
  get current(): number {
    return this.#current;
  }

  /** Says that rows have changed. */
  changed(): void {
    this.#current++;
  }
}
