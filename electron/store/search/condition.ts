import type { FolderRegister } from '../index/folders.ts';
import type { SqlValue } from '../index/sql.ts';

/** A piece of SQL over `message m` and its values. */
export type Clause = {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** The clause leaves the Trash out, so that a list can go folder by folder. */
  readonly isOutsideTrash?: true;
};

/** Leaves the Trash out. */
export function outsideTrash(folders: FolderRegister): Clause {
  return { sql: `m.folder <> ${folders.idOf('trash')}`, values: [], isOutsideTrash: true };
}

/** A condition on messages. Where it asks for words, `split` has the same condition in two parts: words and facts. */
export type Condition = Clause & {
  readonly split?: { readonly facts: Clause; readonly wanted: string; readonly unwanted: string };
};

/** A clause that holds where all of these hold. */
export function allOf(clauses: readonly Clause[]): Clause {
  if (clauses.length === 0) return { sql: 'true', values: [] };
  return {
    sql: clauses.map(({ sql }) => sql).join(' and '),
    values: clauses.flatMap(({ values }) => values),
    ...(clauses.some((clause) => clause.isOutsideTrash === true) ? { isOutsideTrash: true } : {}),
  };
}

function joinedWith(operator: 'AND' | 'OR', expressions: readonly string[]): string {
  const some = expressions.filter((expression) => expression !== '');
  return some.length > 1 ? some.map((each) => `(${each})`).join(` ${operator} `) : (some[0] ?? '');
}

/** A condition that holds where both hold. */
export function both(first: Condition, second: Condition): Condition {
  const whole = allOf([first, second]);
  if (first.split === undefined && second.split === undefined) return whole;
  const parts = [first.split, second.split];
  return {
    ...whole,
    split: {
      facts: allOf([first.split?.facts ?? first, second.split?.facts ?? second]),
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
