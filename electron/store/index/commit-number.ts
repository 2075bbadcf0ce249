/**
 * Stands for one write to the store; each later write has a higher number. Who holds a number knows that this write and
 * all before it are in the index. Numbers begin at 1 each time a store is opened.
 */
export type CommitNumber = number & { readonly brand: 'CommitNumber' };

/** What a write answers, with the number of its commit. */
export type Committed<Value> = { readonly commit: CommitNumber; readonly value: Value };
