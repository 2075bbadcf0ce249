import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

/** What retention goes by: state, and whether there is a time from which on the copy on the server may go. */
const known = (store: Store) =>
  store
    .ledger(anna)
    .entries()
    .map(({ key, state, storedSteadyMs, isDoubtful }) => [key, state, storedSteadyMs !== null && !isDoubtful])
    .sort();

test('a message in doubt that is deleted here stays one that nothing removes from the server, also after a rebuild', async () => {
  const folder = newFolder();
  let store = await openTestStore({ folder });
  const ids = await storeMail(store, [
    { uidl: 'sure', bytes: mail('Sure') },
    { uidl: 'cut', bytes: mail('Cut'), doubtful: true },
    { uidl: 'later', bytes: mail('Later') },
  ]);
  await store.marks.setDoubtful([ids[2] as MessageId], true);
  await store.trash.deleteForever(ids as MessageId[]);
  const deleted = known(store);
  await store.upkeep.compact(anna);
  await store.close();
  store = await openTestStore({ folder, rebuild: true });
  const compacted = known(store).filter(([, , mayGo]) => mayGo);
  const all = store.ledger(anna).entries().length;
  expect([deleted, compacted.every(([key]) => key === 'sure#1'), all]).toEqual([
    [
      ['cut#1', 'stored', false],
      ['later#1', 'stored', false],
      ['sure#1', 'stored', true],
    ],
    true,
    3,
  ]);
});

test('what is dead in the segments is still in doubt when the index and its copies are lost', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ uidl: 'later', bytes: mail('Later') }]);
  await store.marks.setDoubtful(ids as MessageId[], true);
  await store.trash.deleteForever(ids as MessageId[]);
  await store.close();
  rmSync(join(folder, 'index.sqlite'));
  rmSync(join(folder, 'backup'), { recursive: true, force: true });
  expect(known(await openTestStore({ folder }))).toEqual([['later#1', 'stored', false]]);
});

test('a doubtful message whose bytes are here already is in doubt, and the one that is here is not', async () => {
  const store = await openTestStore({ folder: newFolder() });
  await storeMail(store, [{ uidl: 'a', bytes: mail('Same') }]);
  await storeMail(store, [{ uidl: 'b', bytes: mail('Same'), doubtful: true }]);
  expect(known(store)).toEqual([
    ['a#1', 'stored', true],
    ['b#1', 'stored', false],
  ]);
});
