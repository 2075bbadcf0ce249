import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreWhole } from '../../../electron/store/upkeep/whole-backup.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const maildrop = { host: 'pop.example.org', port: 995, user: 'anna', address: 'anna@example.org' };
const noted = (messages: number) => [{ accountId: anna, maildrop, messages }];

test('whose mail it is outlives the index, goes into a whole backup, and leaves with the mail', async () => {
  const folder = newFolder();
  const restored = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, [{ bytes: mail('One') }]);
  await storeMail(store, [{ bytes: mail('Two') }], boris);
  await store.maildrops.note(anna, maildrop);
  const atFirst = store.maildrops.all();
  await store.upkeep.backUpWhole(join(folder, 'whole.tar'));
  await store.close();
  rmSync(join(folder, 'index.sqlite'));
  rmSync(join(folder, 'backup'), { recursive: true });
  const rebuilt = await openTestStore({ folder });
  const afterRebuild = rebuilt.maildrops.all();
  await rebuilt.upkeep.removeAccount(anna);
  const unpacked = await restoreWhole(join(folder, 'whole.tar'), restored);
  const elsewhere = await openTestStore({ folder: restored });
  expect({
    atFirst,
    afterRebuild,
    afterRemoval: [rebuilt.maildrops.all(), existsSync(join(folder, 'mail', anna))],
    unpacked,
    elsewhere: elsewhere.maildrops.all(),
  }).toEqual({
    atFirst: noted(1),
    afterRebuild: noted(1),
    afterRemoval: [[], false],
    unpacked: { ok: true, value: { segments: 2, extra: [] } },
    elsewhere: noted(1),
  });
});

test('an account without mail is noted too, and a note that says nothing is passed over', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await store.maildrops.note(anna, maildrop);
  await store.maildrops.note(boris, maildrop);
  writeFileSync(join(folder, 'mail', boris, 'account.json'), '{"host": 1}');
  expect(store.maildrops.all()).toEqual(noted(0));
});

test('ids of a server that is perhaps another are believed only where sizes agree, once', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const ledger = store.ledger(anna);
  const listing = [
    { uidl: '1', sizeBytes: 100, occurrence: 1 },
    { uidl: '2', sizeBytes: 200, occurrence: 1 },
  ];
  await ledger.reconcile(listing);
  await storeMail(store, [
    { uidl: '1', bytes: mail('One') },
    { uidl: '2', bytes: mail('Two') },
  ]);
  const other = [
    { uidl: '1', sizeBytes: 100, occurrence: 1 },
    { uidl: '2', sizeBytes: 201, occurrence: 1 },
  ];
  const before = (await ledger.reconcile(other)).value.states;
  await ledger.doubtIds();
  const inWindow = (await ledger.reconcile(listing, { isComplete: false })).value.states;
  const doubted = (await ledger.reconcile(other)).value.states;
  await storeMail(store, [{ uidl: '2', bytes: mail('Two') }]);
  const after = (await ledger.reconcile(listing)).value.states;
  expect([before, inWindow, doubted, after, store.maildrops.all()]).toEqual([
    ['stored', 'stored'],
    ['stored', 'stored'],
    ['stored', 'seen'],
    ['stored', 'stored'],
    [],
  ]);
});
