/** A change that was asked for. The token is null while the change is on its way, and when it was refused. */
type Change = { readonly made: Promise<string | null>; token: string | null };

const keptChanges = 50;

/** The changes that can be undone, the newest last. A change counts from its request, not from its answer. */
export class UndoHistory {
  readonly #changes: Change[] = [];

  /** Notes a change. It answers with its token, or with null when nothing was changed. */
  async note(made: Promise<string | null>): Promise<boolean> {
    const change: Change = { made, token: null };
    this.#changes.push(change);
    this.#changes.splice(0, this.#changes.length - keptChanges);
    try {
      change.token = await made;
      return change.token !== null;
    } finally {
      if (change.token === null) this.#drop(change);
    }
  }

  /**
   * Takes out the newest change and answers its token. Waits for the token where the change is still on its way. Null
   * when there is no change, or when the newest was refused: the person did not mean an older one.
   */
  async takeNewest(): Promise<string | null> {
    return (await this.#changes.pop()?.made.catch(() => null)) ?? null;
  }

  /** Removes the change with this token. It is undone in another way. */
  forget(token: string): void {
    const change = this.#changes.find((one) => one.token === token);
    if (change !== undefined) this.#drop(change);
  }

  #drop(change: Change): void {
    const at = this.#changes.indexOf(change);
    if (at >= 0) this.#changes.splice(at, 1);
  }
}
