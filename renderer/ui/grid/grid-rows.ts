/** The rows of a grid, of which only some are in memory. */
export type GridRows<Row> = {
  /** How many rows there are; null until that is known. */
  readonly total: number | null;
  /** The row at an index, if it is in memory. */
  readonly row: (index: number) => Row | undefined;
  /** Where the row with a key is, if it is in memory; -1 otherwise. */
  readonly indexOf: (key: unknown) => number;
  /** All rows between two indexes, brought into memory where they are not. */
  readonly range: (first: number, last: number) => Promise<readonly Row[]>;
  /** Says which rows are in sight, so that they are brought into memory. */
  readonly want: (first: number, last: number) => void;
  /** A number that grows with every change. */
  readonly version: () => number;
};
