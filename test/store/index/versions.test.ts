import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/store/index/migrations.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import { openStore } from '../../../electron/store/store.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { takeIndexBack } from './older-index.ts';

/** Every file of a store with its bytes and the time of its last change. */
function filesOf(folder: string): [string, string, number][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path, 'latin1'), statSync(path).mtimeMs]);
}

test('a store of a newer version is refused, and not a byte of it changes', async () => {
  const folder = newFolder();
  const newer = await openTestStore({ folder, migrations: [...migrations, 'create table later(id)'] });
  await storeMail(newer, [{ bytes: mail('a') }]);
  await newer.close();
  const before = filesOf(folder);
  const opened = await openStore({ folder });
  expect({ kind: opened.ok ? 'opened' : opened.failure.kind, files: filesOf(folder) }).toEqual({
    kind: 'store-newer',
    files: before,
  });
});

test('a store of a newer version that was killed is refused, and keeps its mail', async () => {
  const folder = newFolder();
  const steps = [...migrations, 'create table later(id)'];
  await (await openTestStore({ folder })).close();
  // The newer version stands in the log alone.
  const sql = new Sql(join(folder, 'index.sqlite'));
  sql.exec('pragma journal_mode = wal; pragma wal_autocheckpoint = 0');
  sql.exec(`create table later(id); pragma user_version = ${steps.length}`);
  const opened = await openStore({ folder });
  const isRefused = !opened.ok && opened.failure.kind === 'store-newer';
  sql.close();
  const again = await openTestStore({ folder, migrations: steps });
  expect([isRefused, again.notice]).toEqual([true, null]);
});

test('the index is copied before it is brought up to date', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, [{ bytes: mail('a') }]);
  await store.close();
  takeIndexBack(folder, 3);
  const again = await openTestStore({ folder });
  const path = join(folder, 'index.before-update.sqlite');
  const copy = new Sql(path);
  const version = copy.value('select user_version as value from pragma_user_version');
  const subjects = copy
    .all<{ subject: string }>('select subject from envelope')
    .map(({ subject }) => subject);
  copy.close();
  await again.trash.deleteForever([
    ...again.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: null } }),
  ]);
  await again.upkeep.compact(null);
  expect({
    version,
    subjects,
    left: readdirSync(folder).includes('index.before-update.sqlite'),
  }).toEqual({ version: 3, subjects: ['a'], left: false });
});
