import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { restoreBackup } from '../../../electron/mailbox/moving/restore-backup.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';

const inbox = { place: { kind: 'folder', folder: 'inbox', accountId: null }, offset: 0, limit: 9 } as const;
const restoring = (path: string) => ({ path, accounts: [], onProgress: () => undefined });

/** A whole backup of one read message without journals, whose copy of the index a stranger has changed. */
async function backupWith(change: (sql: Sql, folder: string) => void): Promise<string> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, [{ uidl: 'a', bytes: mail('One'), marks: { isRead: true } }]);
  const honest = join(folder, 'honest.tar');
  await store.upkeep.backUpWhole(honest);
  await store.close();
  const forged = join(newFolder(), 'forged.tar');
  const tar = pack();
  const written = pipeline(tar, createWriteStream(forged));
  const from = extract();
  from.end(readFileSync(honest));
  for await (const entry of from) {
    if (entry.header.name.startsWith('journal/')) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    let bytes = Buffer.concat(chunks);
    if (entry.header.name.startsWith('backup/')) {
      const path = join(newFolder(), 'copy.sqlite');
      writeFileSync(path, bytes);
      const sql = new Sql(path);
      change(sql, folder);
      sql.close();
      bytes = readFileSync(path);
    }
    tar.entry({ name: entry.header.name }, bytes);
  }
  tar.finalize();
  await written;
  return forged;
}

async function restored(path: string): Promise<unknown> {
  const store = await openTestStore({ folder: newFolder() });
  const outcome = await restoreBackup(store, restoring(path));
  return [outcome.ok, store.lists.page(inbox).rows.map(({ subject, isRead }) => `${subject} ${isRead}`)];
}

const withMarks = [true, ['One true']];
const withoutMarks = [true, ['One false']];

test('an honest copy of the index brings its marks', async () => {
  expect(await restored(await backupWith(() => undefined))).toEqual(withMarks);
});

test.each([
  [
    'a view instead of a table',
    `alter table marks rename to hidden; create view marks as select * from hidden`,
  ],
  [
    'a computed column',
    `create table made(account_id, sha256, folder, is_read, is_starred, is_doubtful, tags,
       x as (is_read + 1));
     insert into made select * from marks; drop table marks; alter table made rename to marks`,
  ],
  [
    'a virtual table',
    `create virtual table made using fts5(account_id, sha256, folder, is_read, is_starred, is_doubtful, tags);
     insert into made select * from marks; drop table marks; alter table made rename to marks`,
  ],
  ['a column that passes for the number of the row', 'alter table marks add column rowid default 1'],
])('a copy of the index with %s is not read, and the mail comes all the same', async (_what, change) => {
  expect(await restored(await backupWith((sql) => sql.exec(change)))).toEqual(withoutMarks);
});

test.each([
  ['a huge text', `insert into tag values(hex(zeroblob(40000000)), 'blue', 1)`],
  ['values of other kinds', `insert into marks values(x'00', 7, 'x', 'y', null, 2.5, 'no JSON')`],
  ['a trigger', 'create trigger t after insert on marks begin delete from marks; end'],
])('rows of a copy are looked at one by one: %s does no harm to the others', async (_what, change) => {
  expect(await restored(await backupWith((sql) => sql.exec(change)))).toEqual(withMarks);
});

test('an account that is not known here gets a new id, the same each time, and its id here stays its own', async () => {
  const path = await backupWith(() => undefined);
  const store = await openTestStore({ folder: newFolder() });
  const outcomes = [await restoreBackup(store, restoring(path)), await restoreBackup(store, restoring(path))];
  const ids = store.accountIds();
  const [id = anna] = ids;
  const proofs = store
    .ledger(id)
    .entries()
    .map(({ key, listedBytes }) => `${key} ${listedBytes}`);
  expect([outcomes, ids.length, /^[0-9a-f]{16}$/.test(id), id === anna, proofs]).toEqual([
    [
      { ok: true, value: { messages: 1 } },
      { ok: true, value: { messages: 0 } },
    ],
    1,
    true,
    false,
    ['a#1 null'],
  ]);
});

test('where mail of an account comes from is not changed by a backup, nor what is known of its server', async () => {
  const path = await backupWith(() => undefined);
  const store = await openTestStore({ folder: newFolder() });
  await storeMail(store, [{ uidl: 'a', bytes: mail('Mine'), listedBytes: 77 }]);
  const maildrop = { host: 'pop.example.org', port: 995, user: 'anna', address: 'anna@example.org' };
  await store.maildrops.note(anna, maildrop);
  await restoreBackup(store, {
    ...restoring(path),
    accounts: [{ id: anna as AccountId, server: serverOf(maildrop) }],
  });
  const entries = store
    .ledger(anna)
    .entries()
    .map(({ key, listedBytes }) => `${key} ${listedBytes}`);
  expect([
    store.maildrops.all().map((one) => one.maildrop),
    entries,
    store.lists.page(inbox).rows.length,
  ]).toEqual([[maildrop], ['a#1 77'], 2]);
});

const serverOf = ({ host, port, user }: { host: string; port: number; user: string }) =>
  ({ host, port, user, security: 'tls', mechanism: 'auto', plaintextConsent: false }) as const;

test('what a restoring that was killed has unpacked is gone after the next start, and nothing else', async () => {
  const folder = newFolder();
  const elsewhere = newFolder();
  for (const name of ['restore-a1B2c3', 'restore-mine.d'])
    mkdirSync(join(folder, name, 'mail'), { recursive: true });
  writeFileSync(join(elsewhere, 'kept'), '');
  symlinkSync(elsewhere, join(folder, 'restore-link00'));
  await openTestStore({ folder });
  expect([
    readdirSync(folder)
      .filter((name) => name.startsWith('restore'))
      .sort(),
    existsSync(join(elsewhere, 'kept')),
  ]).toEqual([['restore-link00', 'restore-mine.d'], true]);
});
