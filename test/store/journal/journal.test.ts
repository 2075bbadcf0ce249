import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { Rule } from '../../../shared/rule.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { loseIndex } from './person.ts';
import { doubtfulIn, whatAPersonDid } from './what-a-person-did.ts';

const idsOf = (...ids: readonly number[]) => ({ kind: 'ids' as const, ids: ids as MessageId[] });
const journal = (folder: string, name: string) => join(folder, 'journal', name);

const rule: Rule = {
  id: 'r1',
  name: 'Shops',
  isOn: true,
  accountId: null,
  conditions: [{ kind: 'from', contains: 'shop' }],
  actions: [{ kind: 'star' }],
};

/** Does one of each thing that a person can do. */
async function doEverything(store: Store): Promise<void> {
  const [a = 0, b = 0, c = 0, d = 0] = await storeMail(
    store,
    ['a', 'b', 'c', 'd'].map((name) => ({ bytes: mail(name) })),
  );
  const [e = 0] = await storeMail(
    store,
    [{ bytes: mail('e'), marks: { isRead: true, tags: ['came'] } }],
    boris,
  );
  const work = (await store.folders.make({ accountId: anna, parentId: null }, 'Work')).value;
  const year = (await store.folders.make({ accountId: anna, parentId: work }, '2024')).value;
  await store.folders.rename(work, 'Job');
  await store.folders.setFavourite(year, true);
  await store.marks.change(idsOf(a, e), { isRead: true, isStarred: true, addTags: ['one', 'two'] });
  await store.marks.change(idsOf(a), { removeTags: ['two'] });
  await store.marks.moveTo(idsOf(b), year);
  await store.marks.moveTo(idsOf(c), 'trash');
  const undone = await store.marks.change(idsOf(a, b), {
    isStarred: false,
    folder: 'junk',
    addTags: ['three'],
  });
  await store.marks.undo(undone.value.undoToken);
  await store.marks.setDoubtful([d as MessageId], true);
  await store.tags.save([{ name: 'one', color: 'red' }]);
  await store.choices.set(d as MessageId, { charset: 'koi8-r' });
  await store.rules.save([rule]);
  await store.searches.save([{ name: 'unread', query: 'is:unread' }]);
  await store.remotePictures.allow('domain', 'example.org');
  await storeMail(store, [{ uidl: 'due', bytes: mail('due') }]);
}

test('doubt about a message outlives the index', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  const ids = await storeMail(before, [{ bytes: mail('a') }, { bytes: mail('b') }]);
  await before.marks.setDoubtful(ids.slice(0, 1) as MessageId[], true);
  const doubtful = doubtfulIn(before);
  await before.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect([doubtful.length, doubtfulIn(after)]).toEqual([1, doubtful]);
});

test('everything that a person did comes back when the index and its copies are gone', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await doEverything(before);
  const did = whatAPersonDid(before);
  await before.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('a snapshot says the same as the entries that it takes the place of', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await doEverything(before);
  await before.upkeep.compact(null);
  const did = whatAPersonDid(before);
  await before.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('an entry that the index has missed is carried out at the next start', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.close();
  const older = readFileSync(join(folder, 'index.sqlite'));
  const again = await openTestStore({ folder });
  await again.marks.change(idsOf(...ids), { isStarred: true, addTags: ['late'] });
  const did = whatAPersonDid(again);
  await again.close();
  writeFileSync(join(folder, 'index.sqlite'), older);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('an entry that was half written is cut off, and later ones are found', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.marks.setRead(idsOf(...ids), true);
  await store.close();
  const path = journal(folder, anna);
  const whole = readFileSync(path);
  appendFileSync(path, whole.subarray(0, 31));
  const again = await openTestStore({ folder });
  const cut = statSync(path).size;
  await again.marks.setStarred(idsOf(...ids), true);
  const did = whatAPersonDid(again);
  await again.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect([cut, whatAPersonDid(after)]).toEqual([whole.length, did]);
});

test('a damaged entry costs no other, and the journal is made whole from the index', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }, { bytes: mail('b') }]);
  await store.marks.setRead(idsOf(...ids), true);
  await store.marks.setStarred(idsOf(...ids), true);
  await store.marks.setTags(idsOf(...ids), { add: ['kept'] });
  const did = whatAPersonDid(store);
  await store.close();
  const path = journal(folder, anna);
  const bytes = readFileSync(path);
  // Inside the entry in the middle, which says that both are starred.
  const at = bytes.indexOf('isStarred');
  bytes[at] = 0;
  writeFileSync(path, bytes);
  await (await openTestStore({ folder })).close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('a journal that lost its end in a power cut is made whole from the index', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.marks.setRead(idsOf(...ids), true);
  await store.close();
  const short = readFileSync(journal(folder, anna));
  const again = await openTestStore({ folder });
  await again.marks.setStarred(idsOf(...ids), true);
  const did = whatAPersonDid(again);
  await again.close();
  writeFileSync(journal(folder, anna), short);
  await (await openTestStore({ folder })).close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('a store without journals gets them, with what its index says', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await doEverything(store);
  const did = whatAPersonDid(store);
  await store.close();
  rmSync(join(folder, 'journal'), { recursive: true });
  await (await openTestStore({ folder })).close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('a message that was deleted for good and comes again has no marks, whatever the journal said', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.marks.change(idsOf(...ids), { isStarred: true, folder: 'trash', addTags: ['secret'] });
  await store.trash.empty(null);
  await storeMail(store, [{ bytes: mail('a') }]);
  const did = whatAPersonDid(store);
  await store.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect(whatAPersonDid(after)).toEqual(did);
});

test('deleted for good leaves the journal with the next compaction', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }, { bytes: mail('b') }]);
  const key = Buffer.from((store.messages.find(ids[0] as MessageId)?.sha256 ?? '').slice(0, 24), 'hex');
  const secret = (await store.folders.make({ accountId: anna, parentId: null }, 'Very secret')).value;
  await store.marks.setStarred(idsOf(...ids), true);
  await store.folders.delete(secret);
  await store.trash.deleteForever(ids.slice(0, 1) as MessageId[]);
  const holds = () => {
    const bytes = readFileSync(journal(folder, anna));
    return [bytes.includes(key), bytes.includes('Very secret')];
  };
  const before = holds();
  await store.upkeep.compact(null);
  expect([before, holds()]).toEqual([
    [true, true],
    [false, false],
  ]);
});

test('a removed mailbox takes its journal with it', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.marks.setRead(idsOf(...ids), true);
  await store.upkeep.removeAccount(anna);
  expect(() => statSync(journal(folder, anna))).toThrow('ENOENT');
});

test('a journal that has outgrown what it says becomes a snapshot, and stays short', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  const tag = 'long '.repeat(400);
  for (let round = 0; round < 40; round++)
    await store.marks.setTags(idsOf(...ids), round % 2 === 0 ? { add: [tag] } : { remove: [tag] });
  const long = statSync(journal(folder, anna)).size;
  await store.syncJournals();
  const short = statSync(journal(folder, anna)).size;
  await store.marks.setStarred(idsOf(...ids), true);
  const did = whatAPersonDid(store);
  await store.close();
  loseIndex(folder);
  const after = await openTestStore({ folder });
  expect([long > 64 * 1024, short < 2000, whatAPersonDid(after)]).toEqual([true, true, did]);
});

test('a sync that ends after the store was closed asks the index nothing', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [{ bytes: mail('a') }]);
  await store.marks.setRead(idsOf(...ids), true);
  const syncing = store.syncJournals();
  await store.close();
  expect(await syncing).toBeUndefined();
});
