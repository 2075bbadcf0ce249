/*
 * How a message of a maildrop is named for good: its id, and which of equal ids it is in listing order. Message numbers
 * live inside one session only. Keys stand in the ledger, in the headers of stored records and in the notes of the
 * segments, so that their form cannot change.
 */

/** `uidl#k`: an id and its occurrence, from 1. */
export type LedgerKey = string & { readonly brand: 'LedgerKey' };

/** Stands for the key of a message that came from no server. */
export const noLedgerKey = '' as LedgerKey;

/** What the key of an id's first occurrence ends with. */
export const firstOccurrence = '#1';

/** Key of an id in a listing. */
export function ledgerKey(uidl: string, occurrence: number): LedgerKey {
  return `${uidl}#${occurrence}` as LedgerKey;
}

/** The id and the occurrence that a key names. Ids may have any character in them, `#` too. */
export function partsOfLedgerKey(key: LedgerKey): { readonly uidl: string; readonly occurrence: number } {
  const cut = key.lastIndexOf('#');
  return { uidl: key.slice(0, cut), occurrence: Number(key.slice(cut + 1)) };
}

/** A text that was a key when it was written down: in the index, in a segment, or at the page. */
export function asLedgerKey(text: string): LedgerKey {
  return text as LedgerKey;
}
