/**
 * Lets a person take deletions back until QUIT is written. After QUIT the server decides (RFC 1939 §6), so an undo
 * that comes later is refused.
 */
export class UndoUntilQuit {
  readonly #undone = new AbortController();
  #isClosed = false;

  /** Aborted once the deletions are taken back: no further DELE is sent. */
  get signal(): AbortSignal {
    return this.#undone.signal;
  }

  /** Takes the deletions back; false where QUIT is written and it is too late. */
  undo(): boolean {
    if (!this.#isClosed) this.#undone.abort();
    return !this.#isClosed;
  }

  /** Ends the time for an undo, right before QUIT; false where the deletions have been taken back. */
  close(): boolean {
    if (this.#undone.signal.aborted) return false;
    this.#isClosed = true;
    return true;
  }
}
