import { expect, test } from 'vitest';
import { attemptWork } from '../../../electron/store/attempt.ts';
import type { Store } from '../../../electron/store/store.ts';
import { type Folder, type FolderId, folderPath, onThisComputer } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const idsOf = (ids: readonly number[]) => ({ kind: 'ids' as const, ids: ids as MessageId[] });

const subjectsIn = (store: Store, folder: Folder, accountId = anna) =>
  store.lists
    .page({ place: { kind: 'folder', folder, accountId }, offset: 0, limit: 99 })
    .rows.map(({ subject }) => subject)
    .sort();

const pathsOf = (store: Store, accountId = anna) =>
  store.folders
    .all(accountId)
    .map(({ id }) => folderPath(store.folders.all(), id).join('/'))
    .sort();

async function make(store: Store, name: string, parentId: FolderId | null = null, accountId = anna) {
  return (await store.folders.make({ accountId, parentId }, name)).value;
}

/** What an attempt ends with: the code of the failure, or nothing. */
async function problemOf(work: () => Promise<unknown>): Promise<string | null> {
  const outcome = await attemptWork(work);
  if (outcome.ok) return null;
  return 'what' in outcome.failure ? (outcome.failure.what ?? null) : outcome.failure.kind;
}

test('folders lie in one another, have names in NFC and keep mail of their mailbox only', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const [a = 0, b = 0] = await storeMail(store, [{ bytes: mail('a') }, { bytes: mail('b') }]);
  const [c = 0] = await storeMail(store, [{ bytes: mail('c') }], boris);
  const work = await make(store, ' Cafe\u0301 ');
  const year = await make(store, '2024', work);
  const moved = await store.marks.moveTo(idsOf([a, c]), year);
  await store.marks.moveTo(idsOf([b]), 'sent');
  await store.close();
  const again = await openTestStore({ folder });
  expect({
    moved: moved.value.count,
    paths: pathsOf(again),
    year: subjectsIn(again, year),
    sent: subjectsIn(again, 'sent'),
    boris: subjectsIn(again, 'inbox', boris),
    shown: again.messages.find(a as MessageId)?.folder,
    counts: again.lists
      .counts()
      .filter(({ place }) => place.kind === 'folder' && place.folder === year)
      .map(({ place, total, unread }) => ['accountId' in place && place.accountId, total, unread]),
  }).toEqual({
    moved: 1,
    paths: ['Café', 'Café/2024'],
    year: ['a'],
    sent: ['b'],
    boris: ['c'],
    shown: year,
    counts: [[anna, 1, 1]],
  });
});

test('a deleted folder sends its mail to the Trash, and the undo brings back both', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const [a = 0, b = 0] = await storeMail(store, [{ bytes: mail('a') }, { bytes: mail('b') }]);
  const work = await make(store, 'Work');
  const year = await make(store, '2024', work);
  await store.marks.moveTo(idsOf([a]), work);
  await store.marks.moveTo(idsOf([b]), year);
  const deleted = await store.folders.delete(work);
  const after = { paths: pathsOf(store), trash: subjectsIn(store, 'trash') };
  await make(store, 'Other');
  await store.marks.undo(deleted.value.undoToken);
  expect({
    after,
    paths: pathsOf(store),
    work: subjectsIn(store, work),
    year: subjectsIn(store, year),
  }).toEqual({
    after: { paths: [], trash: ['a', 'b'] },
    paths: ['Other', 'Work', 'Work/2024'],
    work: ['a'],
    year: ['b'],
  });
});

test('mail whose folder was deleted comes back to the inbox when an older move is undone', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const [a = 0] = await storeMail(store, [{ bytes: mail('a') }]);
  const work = await make(store, 'Work');
  await store.marks.moveTo(idsOf([a]), work);
  const archived = await store.marks.moveTo(idsOf([a]), 'archive');
  await store.folders.delete(work);
  await store.marks.undo(archived.value.undoToken);
  expect(subjectsIn(store, 'inbox')).toEqual(['a']);
});

test('says why a folder cannot have a name or a place', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const work = await make(store, 'Work');
  const year = await make(store, '2024', work);
  const other = await make(store, 'Work', null, boris);
  const { folders } = store;
  expect({
    taken: await problemOf(() => make(store, 'WORK')),
    empty: await problemOf(() => make(store, ' \n ')),
    long: await problemOf(() => make(store, 'x'.repeat(201))),
    renamed: await problemOf(() => folders.rename(year, 'Year')),
    inside: await problemOf(() => folders.move(work, year)),
    elsewhere: await problemOf(() => folders.move(year, other)),
    gone: await problemOf(() => folders.rename('0123456789abcdef' as FolderId, 'x')),
    paths: pathsOf(store),
  }).toEqual({
    taken: 'taken',
    empty: 'empty',
    long: 'too-long',
    renamed: null,
    inside: 'inside-itself',
    elsewhere: 'other-mailbox',
    gone: 'not-found',
    paths: ['Work', 'Work/Year'],
  });
});

test('makes what is missing of a path, once, with a slash inside a name', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const path = ['A/B', ...Array.from({ length: 20 }, (_, level) => `level ${level}`)];
  const first = await store.folders.ensure(onThisComputer, path);
  const second = await store.folders.ensure(onThisComputer, path);
  const deep = await store.folders.ensure(
    onThisComputer,
    Array.from({ length: 70 }, () => 'deep'),
  );
  const all = store.folders.all(onThisComputer);
  expect({
    same: first.value === second.value,
    path: folderPath(all, first.value),
    deep: folderPath(all, deep.value).length,
  }).toEqual({ same: true, path, deep: 50 });
});

test('in: finds a fixed folder, and folders by their name or path', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const [a = 0, b = 0, c = 0] = await storeMail(store, [
    { bytes: mail('a') },
    { bytes: mail('b') },
    { bytes: mail('c') },
  ]);
  const work = await make(store, 'Work');
  const year = await make(store, 'Last year', work);
  await store.marks.moveTo(idsOf([a]), work);
  await store.marks.moveTo(idsOf([b]), year);
  await store.marks.moveTo(idsOf([c]), 'junk');
  const found = (query: string) => store.lists.search(query).rows.map(({ subject }) => subject);
  expect({
    role: found('in:junk'),
    name: found('in:work'),
    quoted: found('in:"last year"'),
    path: found('in:"work/last year"'),
    none: found('in:nowhere'),
  }).toEqual({ role: ['c'], name: ['a'], quoted: ['b'], path: ['b'], none: [] });
});
