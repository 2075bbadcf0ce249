import { expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const sizes = (store: Store) =>
  Object.fromEntries(
    store
      .ledger(anna)
      .entries()
      .map(({ key, listedBytes }) => [key, listedBytes]),
  );
const listing = (...rows: [string, number][]) =>
  rows.map(([uidl, sizeBytes]) => ({ uidl, occurrence: 1, sizeBytes }));

test('the size that LIST said stays known, also of a second id of the same bytes and after a rebuild', async () => {
  const folder = newFolder();
  let store = await openTestStore({ folder });
  await storeMail(store, [
    { uidl: 'a', bytes: mail('One'), listedBytes: 120 },
    { uidl: 'b', bytes: mail('One'), listedBytes: 121 },
    { uidl: 'imported', bytes: mail('Two') },
  ]);
  const before = sizes(store);
  await store.close();
  store = await openTestStore({ folder, rebuild: true });
  const expected = { 'a#1': 120, 'b#1': 121, 'imported#1': null };
  expect([before, sizes(store)]).toEqual([expected, expected]);
});

test('an id that is listed with another size is told, unless sizes wander as far as that', async () => {
  const store = await openTestStore({ folder: newFolder() });
  await storeMail(store, [
    { uidl: 'a', bytes: mail('One'), listedBytes: 120 },
    { uidl: 'b', bytes: mail('Two'), listedBytes: 130 },
    { uidl: 'c', bytes: mail('Three') },
  ]);
  const now = listing(['a', 120], ['b', 150], ['c', 9]);
  const strict = (await store.ledger(anna).reconcile(now)).value.resized;
  const loose = (await store.ledger(anna).reconcile(now, { driftBytes: 20 })).value.resized;
  expect([strict, loose]).toEqual([[1], []]);
});

test('what was gone and is back proves nothing by its size of then', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const ledger = store.ledger(anna);
  await storeMail(store, [
    { uidl: 'a', bytes: mail('One'), listedBytes: 120 },
    { uidl: 'b', bytes: mail('Two'), listedBytes: 130 },
  ]);
  await ledger.reconcile(listing(['b', 130]));
  await ledger.reconcile(listing(['a', 120], ['b', 130]));
  expect(sizes(store)).toEqual({ 'a#1': null, 'b#1': 130 });
});

test('a whole copy takes the place of a doubtful one, which is asked for three times and no more', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const ledger = store.ledger(anna);
  const doubtful = async () => (await ledger.reconcile(listing(['a', 200]))).value.doubtful;
  const half = { uidl: 'a', bytes: mail('One', 'Hel'), listedBytes: 200, doubtful: true };
  const asked: number[][] = [];
  for (let time = 0; time < 3; time += 1) {
    await storeMail(store, [half]);
    asked.push([...(await doubtful())]);
  }
  await storeMail(store, [{ uidl: 'a', bytes: mail('One'), listedBytes: 200 }]);
  const rows = store.lists.page({
    place: { kind: 'folder', folder: 'inbox', accountId: anna },
    offset: 0,
    limit: 9,
  }).rows;
  expect([asked, rows.map(({ isDoubtful, sizeBytes }) => [isDoubtful, sizeBytes])]).toEqual([
    [[0], [0], []],
    [[false, mail('One').length]],
  ]);
});
