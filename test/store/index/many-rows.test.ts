import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeRows } from '../../../electron/store/index/many-rows.ts';
import { migrate } from '../../../electron/store/index/migrations.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import { newFolder } from '../open-test-store.ts';

/** An index of so many messages, all of them in the inbox. */
function indexOf(messages: number): Sql {
  const sql = new Sql(join(newFolder(), 'index.sqlite'));
  migrate(sql);
  sql.run(
    `insert into message(account_no, size, sort_date, received_at, thread_id, from_key, subject_key, segment_id,
       record_offset, data_offset, length, sha256)
     with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
     select 1, i, i, i, i, 'from ' || i % 10, 'subject ' || i, 1, i, i, 1, x'00' from n`,
    messages,
  );
  return sql;
}

const indexes = (sql: Sql) =>
  sql
    .all<{ sql: string }>("select sql from sqlite_schema where type = 'index' and sql is not null")
    .map((index) => index.sql)
    .sort();
const state = (sql: Sql) => ({
  indexes: indexes(sql),
  integrity: sql.value('select integrity_check as value from pragma_integrity_check'),
  inTrash: sql.value('select count(*) as value from message indexed by message_by_date where folder = 2'),
});

test('moves a whole mailbox with its indexes put aside, and each of them is whole again', () => {
  const sql = indexOf(6000);
  // As when the list has been sorted by size.
  sql.exec('create index message_by_size on message(folder, size, id, account_no)');
  const before = indexes(sql);
  const meanwhile: number[] = [];
  sql.transaction(() =>
    changeRows(sql, ['folder'], 6000, () => {
      meanwhile.push(indexes(sql).length);
      sql.run('update message set folder = 2');
    }),
  );
  expect([state(sql), meanwhile]).toEqual([
    { indexes: before, integrity: 'ok', inTrash: 6000 },
    [before.length - 4],
  ]);
  sql.close();
});

test('keeps the indexes for a small part of the mail, and for columns that none of them holds', () => {
  const sql = indexOf(20_000);
  const before = indexes(sql).length;
  const meanwhile: number[] = [];
  const look = () => meanwhile.push(indexes(sql).length);
  sql.transaction(() => {
    changeRows(sql, ['folder'], 5500, look);
    changeRows(sql, ['length'], 20_000, look);
  });
  expect(meanwhile).toEqual([before, before]);
  sql.close();
});

test('has every index and nothing changed after a change that failed', () => {
  const sql = indexOf(6000);
  const before = indexes(sql);
  const fail = () =>
    sql.transaction(() =>
      changeRows(sql, ['folder'], 6000, () => {
        sql.run('update message set folder = 2');
        throw new Error('the disk is full');
      }),
    );
  expect(fail).toThrow('the disk is full');
  expect(state(sql)).toEqual({ indexes: before, integrity: 'ok', inTrash: 0 });
  sql.close();
});
