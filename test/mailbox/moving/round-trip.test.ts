import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exportMail } from '../../../electron/mailbox/moving/export-mail.ts';
import type { Store } from '../../../electron/store/store.ts';
import {
  type Folder,
  folderPath,
  folderRoles,
  isFolderRole,
  onThisComputer,
} from '../../../shared/folder.ts';
import { mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';
import { importPaths } from './import-paths.ts';

/** Every folder with its messages: bytes by their hash, marks, and when they were received. */
function contents(store: Store): unknown[] {
  const own = store.folders.all();
  const folders: Folder[] = [...folderRoles, ...own.map(({ id }) => id)];
  return folders
    .map((folder) => {
      const place = { kind: 'folder' as const, folder, accountId: null };
      const messages = store.lists.ids({ place }).flatMap((id) => store.messages.find(id) ?? []);
      return {
        path: isFolderRole(folder) ? [folder] : folderPath(own, folder),
        messages: messages.map(({ sha256, isRead, isStarred, isReplied, isForwarded, tags, receivedAt }) => ({
          ...{ sha256, isRead, isStarred, isReplied, isForwarded, tags, receivedAt },
        })),
      };
    })
    .sort((a, b) => (a.path.join() < b.path.join() ? -1 : 1));
}

/** A store with folders whose names are hard, and messages with every mark. */
async function filled(): Promise<Store> {
  const store = await openTestStore({ folder: newFolder() });
  const make = async (...path: string[]) => (await store.folders.ensure(onThisComputer, path)).value;
  const [family, odd] = [await make('Семья', '2019'), await make('R&D', 'a.b: c/d')];
  await make('日本語', 'Empty');
  const receivedAt = 1_600_000_000_000;
  await storeMail(
    store,
    [
      { bytes: mail('a'), receivedAt },
      { bytes: mail('b'), receivedAt, marks: { isRead: true, isStarred: true, tags: ['Заказы', 'to do'] } },
      { bytes: mail('c'), receivedAt, marks: { folder: family, isReplied: true, isForwarded: true } },
      { bytes: mail('d'), receivedAt, marks: { folder: odd, isRead: true, tags: ['a/b'] } },
      { bytes: mail('e'), receivedAt, marks: { folder: 'sent', isRead: true } },
      { bytes: mail('f'), receivedAt, marks: { folder: 'archive', isRead: true } },
    ],
    onThisComputer,
  );
  return store;
}

test('goes out as Maildir and comes back with every folder, mark and byte', async () => {
  const from = await filled();
  const path = join(newFolder(), 'Maildir');
  const exported = await exportMail(from, { format: 'maildir', path, accountId: null });
  const to = await openTestStore({ folder: newFolder() });
  await importPaths(to, onThisComputer, [path]);
  expect([exported, contents(to)]).toEqual([{ ok: true, value: { path, count: 6 } }, contents(from)]);
});

test('goes out as files and as an archive in its folders', async () => {
  const from = await filled();
  const root = newFolder();
  const [files, archive] = [join(root, 'files'), join(root, 'all.tar')];
  await exportMail(from, { format: 'eml', path: files, accountId: null });
  await exportMail(from, { format: 'tar', path: archive, accountId: null });
  const inTar = execFileSync('tar', ['--quoting-style=literal', '-tf', archive], { encoding: 'utf8' });
  const foldersOf = (paths: readonly string[]) =>
    paths
      .filter((path) => path.endsWith('.eml'))
      .map((path) => dirname(path))
      .sort();
  const expected = ['.', '.', 'Archive', 'R&D/a.b_ c_d', 'Sent', 'Семья/2019'];
  expect([
    foldersOf(readdirSync(files, { recursive: true, encoding: 'utf8' })),
    foldersOf(inTar.split('\n')),
  ]).toEqual([expected, expected]);
});
