/** A change that was asked for: its token once it is made, null while it is on its way or when it was refused. */
type Change = { readonly made: Promise<string | null>; token: string | null };

const keptChanges = 50;

/** What can be taken back, the newest last; a change counts from the moment it is asked for, not from its answer. */
export class UndoHistory {
  readonly #changes: Change[] = [];

  /** Notes a change that answers with its token, or with null when nothing was changed. */
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
   * Takes out the newest change and answers its token, waiting for it where it is still on its way. Null when there is
   * none, or when that change was refused: an older one is not what the person meant.
   */
  async takeNewest(): Promise<string | null> {
    return (await this.#changes.pop()?.made.catch(() => null)) ?? null;
  }

  /** Takes out the change with this token: it is taken back some other way. */
  forget(token: string): void {
    const change = this.#changes.find((one) => one.token === token);
    if (change !== undefined) this.#drop(change);
  }

  #drop(change: Change): void {
    const at = this.#changes.indexOf(change);
    if (at >= 0) this.#changes.splice(at, 1);
  }
}
