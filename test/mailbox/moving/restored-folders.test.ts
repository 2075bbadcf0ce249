import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreBackup } from '../../../electron/mailbox/moving/restore-backup.ts';
import type { Store } from '../../../electron/store/store.ts';
import { type Folder, folderPath, isFolderRole, onThisComputer } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';

function pathOf(store: Store, folder: Folder): string {
  return isFolderRole(folder) ? folder : folderPath(store.folders.all(), folder).join('/');
}

function seen(store: Store) {
  const folders = [...(['inbox', 'sent'] as const), ...store.folders.all().map(({ id }) => id)];
  return {
    messages: folders.flatMap((folder) =>
      store.lists
        .page({ place: { kind: 'folder', folder, accountId: onThisComputer }, offset: 0, limit: 9 })
        .rows.map((row) => [row.subject, pathOf(store, row.folder), row.isRead, row.isReplied, row.tags]),
    ),
    folders: store.folders.all().map(({ id, isFavourite }) => [pathOf(store, id), isFavourite]),
    searches: store.searches.all(),
    rules: store.rules
      .all()
      .map(({ name, isOn, actions }) => [
        name,
        isOn,
        actions.map((action) => (action.kind === 'move' ? pathOf(store, action.folder) : action.kind)),
      ]),
  };
}

test('a backup brings folders, marks, searches and rules, and rules that delete or skip come switched off', async () => {
  const old = await openTestStore({ folder: newFolder() });
  const work = (await old.folders.ensure(onThisComputer, ['Work', '2024'])).value;
  await old.folders.setFavourite(work, true);
  await storeMail(
    old,
    [
      { bytes: mail('a'), marks: { folder: work, isRead: true, tags: ['red'] } },
      { bytes: mail('b'), marks: { folder: 'sent', isReplied: true } },
    ],
    onThisComputer,
  );
  const rule = { isOn: true, accountId: null, conditions: [{ kind: 'from' as const, contains: 'x' }] };
  await old.rules.save([
    { ...rule, id: '1', name: 'files', actions: [{ kind: 'move', folder: work }] },
    { ...rule, id: '2', name: 'deletes', actions: [{ kind: 'delete-on-server' }] },
    { ...rule, id: '3', name: 'skips', actions: [{ kind: 'star' }, { kind: 'skip' }] },
  ]);
  await old.searches.save([{ name: 'new', query: 'is:unread' }]);
  const path = join(newFolder(), 'backup.tar');
  await old.upkeep.backUpWhole(path);
  const before = seen(old);
  const store = await openTestStore({ folder: newFolder() });
  const restored = await restoreBackup(store, { path, accounts: [], onProgress: () => undefined });
  const again = await restoreBackup(store, { path, accounts: [], onProgress: () => undefined });
  expect({ restored, again, ...seen(store) }).toEqual({
    restored: { ok: true, value: { messages: 2 } },
    again: { ok: true, value: { messages: 0 } },
    ...before,
    rules: [
      ['files', true, ['Work/2024']],
      ['deletes', false, ['delete-on-server']],
      ['skips', false, ['star', 'skip']],
    ],
  });
});

test('a journal of a backup that says nonsense costs nothing but its marks', async () => {
  const folder = newFolder();
  const old = await openTestStore({ folder });
  const ids = await storeMail(old, [{ bytes: mail('a') }], onThisComputer);
  await old.marks.setStarred({ kind: 'ids', ids: ids as MessageId[] }, true);
  const path = join(newFolder(), 'backup.tar');
  await old.upkeep.backUpWhole(path, [
    { name: 'journal/0123456789abcdef', bytes: Buffer.from('PJ1\nnonsense') },
  ]);
  const store = await openTestStore({ folder: newFolder() });
  const restored = await restoreBackup(store, { path, accounts: [], onProgress: () => undefined });
  expect([restored.ok, seen(store).messages]).toEqual([true, [['a', 'inbox', false, false, []]]]);
});
