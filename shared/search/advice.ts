/** What helps with a query that finds little. */
export type SearchAdvice =
  /** A word was nowhere. It was looked for as it would be on another keyboard layout. */
  | { readonly kind: 'layout'; readonly typed: string; readonly used: string }
  /** A word is nowhere or hardly anywhere, and one like it is. `query` has it in its place, and finds `total`. */
  | {
      readonly kind: 'spelling';
      readonly typed: string;
      readonly word: string;
      readonly query: string;
      readonly total: number;
    }
  /** Messages that the query would find in a folder that is left out of a search. `query` finds them. */
  | {
      readonly kind: 'left-out';
      readonly folder: 'trash' | 'junk';
      readonly query: string;
      readonly total: number;
    };
