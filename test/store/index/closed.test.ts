import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sql } from '../../../electron/store/index/sql.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a question to an index that is closed is an error and does not end the process', async () => {
  const sql = new Sql(join(await temporaryFolder(), 'index.sqlite'));
  sql.exec('create table t(x)');
  const ask = () => sql.value('select count(*) as value from t');
  const before = ask();
  sql.close();
  sql.close();
  expect(before).toBe(0);
  expect(ask).toThrow('is closed');
  expect(() => sql.exec('begin')).toThrow('is closed');
  expect(() => sql.isInTransaction).toThrow('is closed');
});
