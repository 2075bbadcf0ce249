import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sql } from '../../../electron/store/index/sql.ts';
import { inOrder, newestFirst } from '../../../electron/store/lists/list-order.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { ListSort } from '../../../shared/message-list.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const place = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const subjects = (store: Store, sort: ListSort) =>
  store.lists.page({ place, sort, offset: 0, limit: 10 }).rows.map(({ subject }) => subject);

function ordersOf(folder: string): string[] {
  const sql = new Sql(join(folder, 'index.sqlite'));
  const rows = sql.all<{ name: string }>(
    "select name from sqlite_schema where name in ('message_by_from', 'message_by_subject', 'message_by_size')",
  );
  sql.close();
  return rows.map(({ name }) => name).sort();
}

test('the orders that few ask for have no index until one does, and are kept up from then on', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, [{ bytes: mail('b', 'long words') }, { bytes: mail('a') }]);
  const byDate = subjects(store, { by: 'date', descending: false });
  const none = ordersOf(folder);
  const bySubject = subjects(store, { by: 'subject', descending: false });
  const bySize = subjects(store, { by: 'size', descending: true });
  await storeMail(store, [{ bytes: mail('aa', 'the longest words of all') }]);
  const results = {
    ...{ byDate, none, bySubject, bySize, made: ordersOf(folder) },
    laterBySubject: subjects(store, { by: 'subject', descending: false }),
    laterBySize: subjects(store, { by: 'size', descending: true }),
  };
  expect(results).toEqual({
    byDate: ['b', 'a'],
    none: [],
    bySubject: ['a', 'b'],
    bySize: ['b', 'a'],
    made: ['message_by_size', 'message_by_subject'],
    laterBySubject: ['a', 'aa', 'b'],
    laterBySize: ['aa', 'b', 'a'],
  });
});

test('no list merges more folders than SQLite can', () => {
  const many = { outsideTrash: () => Array.from({ length: 520 }, (_, id) => id) };
  const few = { outsideTrash: () => [0, 1, 16] };
  const merges = (folders: typeof many | typeof few) =>
    inOrder(folders, { sql: 'true', values: [], isOutsideTrash: true }, newestFirst, 'm.id').sql.split(
      'union all',
    ).length;
  expect([merges(few), merges(many)]).toEqual([3, 1]);
});
