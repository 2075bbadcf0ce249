/**
 * Stands for one write to the store. Each later write has a higher number. A caller with a number knows that this write
 * and all before it are in the index. Numbers begin at 1 each time a store is opened.
 */
export type CommitNumber = number & { readonly brand: 'CommitNumber' };

/** The answer of a write, with the number of its commit. */
export type Committed<Value> = { readonly commit: CommitNumber; readonly value: Value };

/** Numbers the writes. Ask for a number only after the transaction of the write has been committed. */
export class Commits {
  #last = 0;

  /** Number of a write that has just been committed. */
  next(): CommitNumber {
    return ++this.#last as CommitNumber;
  }

  /** The answer of a write that has just been committed. */
  with<Value>(value: Value): Committed<Value> {
    return { commit: this.next(), value };
  }
}
