import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isWhole } from '../../../electron/mailbox/moving/import-report.ts';
import type { Store } from '../../../electron/store/store.ts';
import { folderRoles, onThisComputer } from '../../../shared/folder.ts';
import { folderWith } from '../../other-programs/found-at.ts';
import { newFolder, openTestStore } from '../../store/open-test-store.ts';
import { importPaths } from './import-paths.ts';

const letter = (subject: string, headers = '', body = 'Body.\n') =>
  `From: Vera <vera@example.org>\nDate: Sat, 03 Jan 2004 09:00:00 +0000\nMessage-ID: <${subject}@example.org>\nSubject: ${subject}\n${headers}\n${body}`;
const separator = 'From vera@example.org Sat Jan  3 09:00:00 2004\n';

const newStore = () => openTestStore({ folder: newFolder() });

/** What a person sees of each message of a store, by its subject. */
function shown(store: Store) {
  const names = new Map<string, string>(store.folders.all().map(({ id, name }) => [id, name]));
  return [...folderRoles, ...store.folders.all().map(({ id }) => id)].flatMap((folder) =>
    store.lists
      .ids({ place: { kind: 'folder', folder, accountId: null }, sort: { by: 'date', descending: false } })
      .flatMap((id) => store.messages.find(id) ?? [])
      .map(({ subject, folder, isRead, isStarred, isReplied, tags }) =>
        [
          subject,
          names.get(folder) ?? folder,
          isRead && 'read',
          isStarred && 'starred',
          isReplied && 'replied',
          ...tags,
        ]
          .filter((one) => one !== false)
          .join(' '),
      ),
  );
}

test('a Maildir comes with its folders and marks, and a second time nothing comes twice', async () => {
  const folder = folderWith({
    'cur/1700000000.M1.host:2,FRS': letter('one'),
    'cur/1700000001.M1.host:2,T': letter('deleted'),
    '.Work/new/1700000002.M1.host': letter('two'),
    '.Sent/cur/1700000003.M1.host:2,S': letter('three'),
    '.Empty/cur': null,
  });
  const store = await newStore();
  const first = await importPaths(store, onThisComputer, [folder]);
  const second = await importPaths(store, onThisComputer, [folder]);
  const counts = { accountId: onThisComputer, here: 0, leftOut: 0, tagged: 0, unread: 0 };
  expect(first).toMatchObject({
    ok: true,
    value: {
      read: 4,
      new: 3,
      here: 0,
      folders: [
        { ...counts, path: ['Inbox'], read: 2, new: 1, leftOut: 1 },
        { ...counts, path: ['Sent'], read: 1, new: 1 },
        { ...counts, path: ['Work'], read: 1, new: 1, unread: 1 },
      ],
      leftOut: [{ why: 'deleted', count: 1 }],
    },
  });
  expect(second).toMatchObject({ ok: true, value: { read: 4, new: 0, here: 3 } });
  expect(shown(store).toSorted()).toEqual(['one inbox read starred replied', 'three sent read', 'two Work']);
  expect(store.folders.all().map(({ name }) => name)).toEqual(['Empty', 'Work']);
  expect(first.ok && isWhole(first.value)).toBe(true);
});

test('a message in two folders comes once, and the second folder becomes a tag', async () => {
  const copies = `${separator}${letter('one', 'Status: RO\n')}\n${separator}${letter('two', 'Status: O\n')}`;
  const folder = folderWith({ Archive: copies, Inbox: copies, Trash: copies, 'Work/2019': copies });
  const store = await newStore();
  const imported = await importPaths(store, onThisComputer, [folder]);
  expect(imported).toMatchObject({ ok: true, value: { read: 8, new: 2, here: 6 } });
  expect(shown(store).toSorted()).toEqual([
    'one inbox read Archive Work/2019',
    'two inbox Archive Work/2019',
  ]);
});

test('the same letter with lines that another program added is here already', async () => {
  const store = await newStore();
  const plain = folderWith({ 'a.eml': letter('one').replaceAll('\n', '\r\n') });
  const marked = folderWith({
    'b.eml': letter('one', 'X-UIDL: 7\nX-Virus: none\n').replaceAll('\n', '\r\n'),
  });
  const other = folderWith({ 'c.eml': letter('one', '', 'Another body.\n').replaceAll('\n', '\r\n') });
  const counts = [];
  for (const folder of [plain, marked, other]) {
    const imported = await importPaths(store, onThisComputer, [folder]);
    counts.push(imported.ok ? [imported.value.new, imported.value.here] : imported);
  }
  expect(counts).toEqual([
    [1, 0],
    [0, 1],
    [1, 0],
  ]);
});

test('what cannot be read is told, and the rest comes', async () => {
  const folder = folderWith({
    'a.eml': letter('one'),
    'b.eml': '',
    'notes.txt': 'no mail',
    'deep/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/c.eml': letter('deep'),
  });
  const store = await newStore();
  const imported = await importPaths(store, onThisComputer, [folder]);
  expect(imported).toMatchObject({
    ok: true,
    value: {
      new: 2,
      leftOut: [
        { why: 'not-mail', places: [join(folder, 'notes.txt')] },
        { why: 'damaged', places: [`${join(folder, 'b.eml')} (empty)`] },
      ],
    },
  });
  expect(imported.ok && isWhole(imported.value)).toBe(false);
});

test('a plan counts the same and writes nothing', async () => {
  const folder = folderWith({ Work: separator + letter('one') });
  const store = await newStore();
  const planned = await importPaths(store, onThisComputer, [folder], { isPlan: true });
  expect([planned.ok && planned.value.new, shown(store), store.folders.all()]).toEqual([1, [], []]);
});

test('an import that is stopped keeps what came, and the next one goes on', async () => {
  const many = Array.from(
    { length: 500 },
    (_, index) =>
      `${separator}${letter(`n${index}`).replace('09:00', `${10 + (index % 10)}:${10 + Math.floor(index / 10)}`)}\n`,
  ).join('');
  const folder = folderWith({ Inbox: many });
  const store = await newStore();
  const stop = new AbortController();
  let reports = 0;
  const onProgress = () => {
    reports += 1;
    if (reports === 100) stop.abort();
  };
  const first = await importPaths(store, onThisComputer, [folder], { signal: stop.signal, onProgress });
  const second = await importPaths(store, onThisComputer, [folder]);
  expect([first, second]).toMatchObject([
    { ok: true, value: { new: 100, isStopped: true } },
    { ok: true, value: { new: 400, here: 100, isStopped: false } },
  ]);
});
