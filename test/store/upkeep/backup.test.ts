import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/store/index/migrations.ts';
import type { Store } from '../../../electron/store/store.ts';
import { restoreWhole } from '../../../electron/store/upkeep/whole-backup.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const dayMs = 24 * 60 * 60 * 1000;
const ids = (...some: (number | undefined)[]) => ({ kind: 'ids' as const, ids: some as MessageId[] });

/** Marks, lists and histories of a store, as a person sees them. */
function seen(store: Store) {
  const rows = (['inbox', 'archive', 'trash'] as const).flatMap(
    (folder) =>
      store.lists.page({ place: { kind: 'folder', folder, accountId: null }, offset: 0, limit: 99 }).rows,
  );
  return {
    rows: rows
      .map(({ accountId, folder, subject, isRead, isStarred, tags }) => ({
        accountId,
        folder,
        subject,
        isRead,
        isStarred,
        tags,
      }))
      .sort((a, b) => a.subject.localeCompare(b.subject)),
    tags: store.tags.all(),
    searches: store.searches.all(),
    checks: store.history.checks(null).map((check) => check.startedAt),
    deletions: store.history.serverDeletions().map((deletion) => deletion.uidl),
    quirks: store.servers.quirks('pop.example.org', 995),
    remote: store.remotePictures.allowances(),
    ledger: store
      .ledger(anna)
      .entries()
      .map(({ key, state }) => `${key} ${state}`),
  };
}

/** A store in which everything that can be marked is. */
async function markedStore(folder: string, clock = () => 1.7e12): Promise<Store> {
  const store = await openTestStore({ folder, clock });
  const [a, b, c] = await storeMail(
    store,
    ['a', 'b', 'c'].map((name) => ({ uidl: name, bytes: mail(name) })),
  );
  await storeMail(store, [{ uidl: 'd', bytes: mail('d') }], boris);
  await store.tags.save([
    { name: 'work', color: 'red' },
    { name: 'дом', color: 'blue' },
  ]);
  await store.marks.setRead(ids(a, b), true);
  await store.marks.setStarred(ids(b), true);
  await store.marks.setTags(ids(a, c), { add: ['work', 'дом'] });
  await store.marks.moveTo(ids(c), 'archive');
  await store.searches.save([{ name: 'bills', query: 'subject:invoice' }]);
  await store.servers.learn('POP.example.org', 995, { pipelining: true });
  await store.choices.set(a as MessageId, { charset: 'koi8-r' });
  await store.remotePictures.allow('domain', 'Example.org');
  await store.history.recordCheck({
    accountId: anna,
    startedAt: 5,
    endedAt: 6,
    stored: 3,
    storedBytes: 9,
    deletedOnServer: 0,
    skipped: 0,
    onServer: 3,
    outcome: 'done',
    failure: null,
  });
  await store.history.recordDeletions({
    accountId: anna,
    at: 7,
    uidl: 'x',
    from: 'y',
    subject: 'z',
    sizeBytes: 1,
    wasStoredHere: true,
    outcome: 'applied',
  });
  await store
    .ledger(anna)
    .reconcile(['a', 'b', 'c', 'skip', 'left'].map((uidl) => ({ uidl, sizeBytes: 1, occurrence: 1 })));
  await store.ledger(anna).setSkipped([asLedgerKey('skip#1')]);
  await store
    .ledger(anna)
    .reconcile(['a', 'b', 'c', 'skip'].map((uidl) => ({ uidl, sizeBytes: 1, occurrence: 1 })));
  return store;
}

test('marks, lists, histories and the ledger come back from the newest backup', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  await store.upkeep.backUp();
  const before = seen(store);
  await store.close();
  rmSync(join(folder, 'index.sqlite'));
  const after = await openTestStore({ folder });
  const [a] = after.lists
    .page({ place: { kind: 'tag', tag: 'work' }, filter: { text: '' }, offset: 0, limit: 9 })
    .rows.filter((row) => row.subject === 'a');
  expect([
    seen(after),
    after.choices.of(a?.id as MessageId),
    after.remotePictures.isAllowed('x@EXAMPLE.org'),
  ]).toEqual([before, { charset: 'koi8-r', theme: null }, true]);
});

test('of a damaged index, marks younger than the backup are saved where they can be read', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  await store.upkeep.backUp();
  await store.marks.setStarred(
    { kind: 'place', place: { kind: 'folder', folder: 'inbox', accountId: null }, filter: {}, except: [] },
    true,
  );
  const before = seen(store);
  await store.close();
  const after = await openTestStore({ folder, rebuild: true });
  expect(seen(after).rows).toEqual(before.rows);
});

test('a damaged newest backup gives way to the one before', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  const before = seen(store);
  await store.upkeep.backUp();
  const newest = await store.upkeep.backUp();
  await store.close();
  writeFileSync(newest, 'junk'.repeat(5000));
  rmSync(join(folder, 'index.sqlite'));
  expect(seen(await openTestStore({ folder }))).toEqual(before);
});

test('a backup is made each day and after a migration, and three are kept', async () => {
  const folder = newFolder();
  let now = 1.7e12;
  const counts: number[] = [];
  const count = () => readdirSync(join(folder, 'backup')).length;
  const first = await markedStore(folder, () => now);
  await first.close();
  for (const steps of [
    migrations,
    migrations,
    [...migrations, 'create table extra(x)'],
    migrations.concat('create table extra(x)'),
  ]) {
    const store = await openTestStore({ folder, clock: () => now, migrations: steps });
    counts.push(count(), Number(await store.upkeep.backUpWhenDue()));
    await store.close();
    now += dayMs / 4;
  }
  for (let day = 0; day < 4; day++) {
    now += dayMs;
    const store = await openTestStore({
      folder,
      clock: () => now,
      migrations: [...migrations, 'create table extra(x)'],
    });
    await store.close();
  }
  expect([counts, count()]).toEqual([[1, 0, 1, 0, 2, 0, 2, 0], 3]);
});

test('a migration that fails leaves the index as it was', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  const before = seen(store);
  await store.close();
  await expect(
    openTestStore({ folder, migrations: [...migrations, 'create table half(x); select * from nowhere'] }),
  ).rejects.toThrow();
  expect(seen(await openTestStore({ folder }))).toEqual(before);
});

test('a whole backup unpacked elsewhere is the same store, with what was put beside it', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  const before = seen(store);
  const target = join(newFolder(), 'poppy-backup.tar');
  const made = await store.upkeep.backUpWhole(target, [{ name: 'settings.json', bytes: Buffer.from('{}') }]);
  const again = await store.upkeep
    .backUpWhole(target)
    .catch((error: Error & { code?: string }) => error.code);
  const elsewhere = newFolder();
  const restored = await restoreWhole(target, elsewhere);
  const copy = await openTestStore({ folder: elsewhere });
  expect([
    made.ok,
    again,
    restored,
    existsSync(join(elsewhere, 'settings.json')),
    seen(copy),
    (await copy.upkeep.verify()).damaged,
  ]).toEqual([
    true,
    'EEXIST',
    { ok: true, value: { segments: 2, extra: ['settings.json'] } },
    true,
    before,
    [],
  ]);
});

test('something that is no backup is refused with words', async () => {
  const path = join(newFolder(), 'x.tar');
  writeFileSync(path, 'x'.repeat(5000));
  expect(await restoreWhole(path, newFolder())).toEqual({
    ok: false,
    failure: { kind: 'unreadable-file', what: path, canRetry: false },
  });
});

test('an account that is removed leaves nothing, and the others stay', async () => {
  const folder = newFolder();
  const store = await markedStore(folder);
  await store.upkeep.removeAccount(anna);
  expect([seen(store).rows.map((row) => row.subject), readdirSync(join(folder, 'mail'))]).toEqual([
    ['d'],
    [boris],
  ]);
});

test('tells the person only of whole backups: the daily copy of marks holds no mail', async () => {
  const store = await openTestStore({ folder: newFolder(), clock: () => 1.7e12 });
  await storeMail(store, [{ uidl: 'a', bytes: mail('a') }]);
  await store.upkeep.backUp();
  const before = await store.upkeep.storageState();
  await store.upkeep.noteWholeBackup();
  const after = await store.upkeep.storageState();
  expect([before.lastBackupAt, after.lastBackupAt]).toEqual([null, 1.7e12]);
});
