import type { Folder } from './folder.ts';
import type { AccountId } from './ids.ts';

/* The left pane: places, the numbers beside them, tags and saved searches. */

/** Something in the left pane that holds messages stored here. */
export type Place =
  | { readonly kind: 'folder'; readonly folder: Folder; readonly accountId: AccountId | null }
  | { readonly kind: 'starred'; readonly accountId: AccountId | null }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'search'; readonly query: string };

/** Numbers beside the places. */
export type PlaceCount = { readonly place: Place; readonly total: number; readonly unread: number };

/** A label of the person's own. Colour is one of the palette's names. */
export type Tag = { readonly name: string; readonly color: string };

/** A search kept under a name. */
export type SavedSearch = { readonly name: string; readonly query: string };
