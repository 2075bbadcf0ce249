import { expect, test } from 'vitest';
import { indexPath } from '../../../electron/store/index/open-index.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import { ledgerKey } from '../../../shared/ledger-key.ts';
import type { UnfetchedMessage } from '../../../shared/unfetched-message.ts';
import { anna, newFolder, openTestStore } from '../open-test-store.ts';

const broken = (uidl: string): UnfetchedMessage => ({
  key: ledgerKey(uidl, 1),
  sizeBytes: 900,
  reason: 'broke',
  sessions: 2,
  lastAt: 1_000,
  subject: 'Plans',
  from: 'Bob',
  serverText: '',
  choice: null,
});

test('what could not be fetched is known after a restart, with what was decided; rows without the form are not there', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await store.unfetched.note(anna, [broken('a'), broken('b'), broken('c')]);
  await store.unfetched.forget(anna, [ledgerKey('b', 1)]);
  const chosen = [
    await store.unfetched.choose(anna, ledgerKey('a', 1), 'part'),
    await store.unfetched.choose(anna, ledgerKey('b', 1), 'part'),
  ];
  await store.close();
  const sql = new Sql(indexPath(folder));
  sql.run(`update unfetched set body = '{"sessions":"many"}' where key = 'c#1'`);
  sql.close();
  const again = await openTestStore({ folder });
  const known = again.unfetched.of(anna);
  await again.ledger(anna).forgetAll();
  expect([chosen, known, again.unfetched.of(anna)]).toEqual([
    [true, false],
    [{ ...broken('a'), choice: 'part' }],
    [],
  ]);
  await again.close();
});
