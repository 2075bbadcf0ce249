import type { Sql } from './sql.ts';

/** Puts a tag at the end of the list of tags where it is not there yet. Answers whether it was new. */
export function addTag(sql: Sql, name: string): boolean {
  return (
    sql.run(
      `insert or ignore into tag(name, color, position)
         values(?, 'grey', (select coalesce(max(position), 0) + 1 from tag))`,
      name,
    ) > 0
  );
}
