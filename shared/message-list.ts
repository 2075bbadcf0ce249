import type { MessageId } from './ids.ts';
import type { MessageSummary } from './message.ts';
import type { Place } from './places.ts';

/* Lists of stored messages: how they are filtered, ordered, paged and selected. */

/** The quick filter over a list. */
export type ListFilter = {
  readonly unread?: boolean | undefined;
  readonly starred?: boolean | undefined;
  readonly attachment?: boolean | undefined;
  readonly text?: string | undefined;
};

/** What a list can be ordered by. */
export const listSortKeys = ['date', 'from', 'subject', 'size', 'account'] as const;

/** How a list is ordered. */
export type ListSort = {
  readonly by: (typeof listSortKeys)[number];
  readonly descending: boolean;
};

/** Messages an action is for: some by id, or all of a place but a few. */
export type Selection =
  | { readonly kind: 'ids'; readonly ids: readonly MessageId[] }
  | {
      readonly kind: 'place';
      readonly place: Place;
      readonly filter: ListFilter;
      readonly except: readonly MessageId[];
    };

/** The visible window of a list and a margin. */
export type ListPage = {
  readonly total: number;
  readonly unread: number;
  readonly rows: readonly MessageSummary[];
};

/**
 * How many messages a search can find by now, of all. The two differ while new or rebuilt mail is being read. `outdated`
 * messages are found as an older version has read them, until they have been read again.
 */
export type SearchCoverage = { readonly found: number; readonly total: number; readonly outdated: number };

/** A change that can be undone by its token, and how many messages it changed. */
export type Undoable = { readonly undoToken: string; readonly count: number };
