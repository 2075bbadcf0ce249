import type { Sql } from './sql.ts';

/**
 * This many entries changed one by one take a tenth of a second. For fewer, counting the table would take longer than
 * it saves.
 */
const manyRows = 5000;
/** Making an index anew costs a quarter of changing each of its entries. */
const leastShare = 0.3;

/**
 * Runs work that changes these columns in so many rows of `message`. If they are a large part of all rows, the indexes
 * on these columns are dropped first and made anew afterwards. Moving 100,000 messages then takes 0.9 s instead of 2.2
 * s. Must run inside a transaction, which brings the indexes back if the work throws.
 */
export function changeRows(sql: Sql, columns: readonly string[], rows: number, work: () => void): void {
  const indexes = isGoodPart(sql, rows) ? indexesWith(sql, columns) : [];
  for (const { name } of indexes) sql.exec(`drop index ${name}`);
  work();
  for (const index of indexes) sql.exec(index.text);
}

function isGoodPart(sql: Sql, rows: number): boolean {
  if (rows < manyRows) return false;
  return rows > leastShare * (sql.value<number>('select count(*) as value from message') ?? 0);
}

function indexesWith(sql: Sql, columns: readonly string[]): readonly { name: string; text: string }[] {
  return sql.all(
    `select distinct s.name, s.sql as text from sqlite_schema s join pragma_index_info(s.name) i
     where s.type = 'index' and s.tbl_name = 'message' and s.sql is not null
       and i.name in (select value from json_each(?))`,
    JSON.stringify(columns),
  );
}
