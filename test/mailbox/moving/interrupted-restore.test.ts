import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreBackup, resumeRestoring } from '../../../electron/mailbox/moving/restore-backup.ts';
import type { Store } from '../../../electron/store/store.ts';
import { mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';

const count = 40;
const inbox = { place: { kind: 'folder', folder: 'inbox', accountId: null } } as const;

/** A whole backup of some messages. */
async function backup(): Promise<string> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const messages = Array.from({ length: count }, (_, index) => mail(`Letter ${index}`));
  await storeMail(
    store,
    messages.map((bytes, index) => ({ uidl: `u${index}`, bytes })),
  );
  const path = join(folder, 'whole.tar');
  await store.upkeep.backUpWhole(path);
  await store.close();
  return path;
}

/** What a store has of the backup, and what lies beside it. */
function state(store: Store) {
  const beside = readdirSync(store.folder).filter((name) => name.startsWith('restor'));
  return { messages: store.lists.ids(inbox).length, beside: beside.map((name) => name.slice(0, 12)) };
}

/** Restores until the message before `end`, and stops there as a killed program would. */
async function restoreUntil(store: Store, path: string, end: number): Promise<void> {
  const onProgress = (done: number) => {
    if (done === end) throw new Error('killed');
  };
  await expect(restoreBackup(store, { path, accounts: [], onProgress })).rejects.toThrow('killed');
}

const going = { accounts: [], signal: new AbortController().signal };

test('a restoring that ends in the middle is ended by the next start, and leaves nothing beside', async () => {
  const path = await backup();
  const folder = newFolder();
  const first = await openTestStore({ folder });
  await restoreUntil(first, path, 10);
  const before = state(first).beside;
  await first.close();
  const second = await openTestStore({ folder });
  const came = await resumeRestoring(second, going);
  expect([before, came > 0, state(second), await resumeRestoring(second, going)]).toEqual([
    ['restoring-1-'],
    true,
    { messages: count, beside: [] },
    0,
  ]);
});

test('a start that is ended while it goes on does not count, and one that breaks counts until it is given up', async () => {
  const path = await backup();
  const store = await openTestStore({ folder: newFolder() });
  await restoreUntil(store, path, 10);
  const closed = { accounts: [], signal: AbortSignal.abort() };
  for (let start = 0; start < 5; start += 1) await resumeRestoring(store, closed);
  const afterClosing = state(store).beside;
  // A mistake of ours: the accounts cannot be looked through.
  const accounts: never[] = Object.assign([], {
    some: () => {
      throw new Error('broken');
    },
  });
  const tries: unknown[] = [];
  for (let start = 0; start < 3; start += 1)
    tries.push(await resumeRestoring(store, { ...going, accounts }).catch(() => state(store).beside));
  expect([afterClosing, tries]).toEqual([['restoring-1-'], [['restoring-2-'], ['restoring-3-'], 0]]);
  expect(state(store).beside).toEqual([]);
});
