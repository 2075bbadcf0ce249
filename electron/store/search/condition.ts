import type { SqlValue } from '../index/sql.ts';

/** A piece of SQL over `message m` and its values. */
export type Clause = { readonly sql: string; readonly values: readonly SqlValue[] };

/** How a condition leaves the Trash out, in just these words. */
export const outsideTrash = 'm.folder <> 2';

/** What messages must meet. Where it asks for words, `split` says the same in two parts: words and facts. */
export type Condition = Clause & {
  readonly split?: { readonly facts: Clause; readonly wanted: string; readonly unwanted: string };
};

function joined(first: Clause, second: Clause): Clause {
  return { sql: `${first.sql} and ${second.sql}`, values: [...first.values, ...second.values] };
}

function joinedWith(operator: 'AND' | 'OR', expressions: readonly string[]): string {
  const some = expressions.filter((expression) => expression !== '');
  return some.length > 1 ? some.map((each) => `(${each})`).join(` ${operator} `) : (some[0] ?? '');
}

/** Both hold. */
export function both(first: Condition, second: Condition): Condition {
  const whole = joined(first, second);
  if (first.split === undefined && second.split === undefined) return whole;
  const parts = [first.split, second.split];
  return {
    ...whole,
    split: {
      facts: joined(first.split?.facts ?? first, second.split?.facts ?? second),
      wanted: joinedWith(
        'AND',
        parts.map((part) => part?.wanted ?? ''),
      ),
      unwanted: joinedWith(
        'OR',
        parts.map((part) => part?.unwanted ?? ''),
      ),
    },
  };
}
