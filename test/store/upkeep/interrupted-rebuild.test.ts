import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const names = ['m1', 'm2', 'm3', 'm4'];
const star = (id: number) => ({ kind: 'ids' as const, ids: [id as MessageId] });

/** A closed store with a star that is in the backup and one that is younger. */
async function starredStore(): Promise<string> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(
    store,
    names.map((uidl) => ({ uidl, bytes: mail(uidl) })),
  );
  await store.marks.setStarred(star(1), true);
  await store.upkeep.backUp();
  await store.marks.setStarred(star(4), true);
  await store.close();
  return folder;
}

/** Opens the store and is interrupted while the index is being made, as far as the store can tell by being killed. */
async function interrupted(folder: string, rebuild = false): Promise<void> {
  const opening = openTestStore({
    folder,
    rebuild,
    onRebuild: () => {
      throw new Error('interrupted');
    },
  });
  await expect(opening).rejects.toThrow('interrupted');
}

async function found(folder: string) {
  const store = await openTestStore({ folder });
  const inbox = { kind: 'folder', folder: 'inbox', accountId: anna } as const;
  const { rows } = store.lists.page({ place: inbox, offset: 0, limit: 50 });
  return rows.map((row) => `${row.subject}${row.isStarred ? ' starred' : ''}`).sort();
}

test('a rebuild that was interrupted is done again: a damaged record costs one message and not those behind it', async () => {
  const folder = await starredStore();
  const path = join(folder, 'mail', anna, '000001.tar');
  const bytes = readFileSync(path);
  bytes.fill(0x7a, 512 * 4, 512 * 8);
  writeFileSync(path, bytes);
  rmSync(join(folder, 'index.sqlite'));
  await interrupted(folder);
  const left = await found(folder);
  expect([
    left.length >= 2,
    left.includes('m1 starred'),
    left.includes('m4 starred'),
    readFileSync(path).length,
  ]).toEqual([true, true, true, bytes.length]);
});

test('a rebuild that was interrupted twice still has the marks of the index that was put aside', async () => {
  const folder = await starredStore();
  await interrupted(folder, true);
  await interrupted(folder);
  expect(await found(folder)).toEqual(['m1 starred', 'm2', 'm3', 'm4 starred']);
});
