import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreBackup } from '../../../electron/mailbox/moving/restore-backup.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, type UnrulyHabits, type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { newFolder } from '../../store/open-test-store.ts';
import { accountAt, checkOnce, freshStore, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const remove = { retention: { kind: 'remove-when-stored' } } as const;
const ids = ['u1', 'u2', 'u3'];
const letters = (prefix: string): UnrulyLetter[] => ids.map((uidl) => letterOf(uidl, `${prefix} ${uidl}`));

/** A backup of an account whose server had these letters. */
async function backupOf(there: readonly UnrulyLetter[]): Promise<string> {
  await using old = await freshStore();
  await using pop3 = await new UnrulyServer(there).listen();
  await checkOnce(old.tools, accountAt(pop3));
  const path = join(newFolder(), 'backup.tar');
  await old.store.upkeep.backUpWhole(path);
  return path;
}

/** What one check deletes after a backup of `then` was restored, where `now` lies on the server. */
async function deletedAfterRestoring(
  then: readonly UnrulyLetter[],
  now: readonly UnrulyLetter[],
  habits: UnrulyHabits = {},
) {
  const path = await backupOf(then);
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer(now, habits).listen();
  const account = accountAt(pop3, remove);
  await restoreBackup(fresh.store, { path, accounts: [account], onProgress: () => undefined });
  await checkOnce(fresh.tools, account);
  const here = new Set(subjectsIn(fresh.store));
  return {
    deleted: [...pop3.deleted].sort(),
    lost: pop3.deleted.filter((subject) => !here.has(subject)),
    asked: pop3.heard('TOP').at(-1)?.length,
    fetched: pop3.heard('RETR').at(-1)?.length,
  };
}

test('what a restored ledger says is believed once the headers on the server agree', async () => {
  const own = letters('mine');
  expect(await deletedAfterRestoring(own, own)).toEqual({
    deleted: ['mine u1', 'mine u2', 'mine u3'],
    lost: [],
    asked: 3,
    fetched: 0,
  });
});

test('letters that lie under the ids of a restored ledger, and are others, are fetched before they leave', async () => {
  const { lost, fetched } = await deletedAfterRestoring(letters('mine'), letters('yours'));
  expect([lost, fetched]).toEqual([[], 3]);
});

test('where the server does not know TOP, the bytes decide', async () => {
  const own = letters('mine');
  const same = await deletedAfterRestoring(own, own, { lacksTop: true });
  const others = await deletedAfterRestoring(own, letters('yours'), { lacksTop: true });
  expect([same, others.lost]).toEqual([
    { deleted: ['mine u1', 'mine u2', 'mine u3'], lost: [], asked: 3, fetched: 3 },
    [],
  ]);
});

test('a server that does not know TOP is not asked for the headers of each letter', async () => {
  const many = Array.from({ length: 60 }, (_, index) => letterOf(`u${index}`, `letter ${index}`));
  const { asked, lost, deleted } = await deletedAfterRestoring(many, many, { lacksTop: true });
  expect([asked, lost, deleted.length]).toEqual([3, [], 60]);
});

/** What mailutils makes of a letter after it was read so many times: more lines of its own, and another size. */
const read = (letter: UnrulyLetter, times: number): UnrulyLetter => {
  const own =
    ['', 'X-UID: 1\r\nX-UIDL: abc\r\nStatus: O\r\n', 'X-UID: 1\r\nX-UIDL: abc\r\nStatus: OR\r\n'][times] ??
    '';
  return { ...letter, bytes: Buffer.concat([Buffer.from(own), letter.bytes]) };
};

test('letters into which a server writes at each reading are here once, and leave when that is wanted', async () => {
  await using fresh = await freshStore();
  const own = letters('mine');
  await using pop3 = await new UnrulyServer(own).listen();
  const fetched: number[] = [];
  for (const times of [0, 1, 2, 2]) {
    pop3.letters = own.map((letter) => read(letter, times));
    await checkOnce(fresh.tools, accountAt(pop3));
    fetched.push(pop3.heard('RETR').at(-1)?.length ?? 0);
  }
  const once = subjectsIn(fresh.store);
  await checkOnce(fresh.tools, accountAt(pop3, remove));
  expect({ once, fetchedLast: fetched.at(-1), left: pop3.left, here: subjectsIn(fresh.store) }).toEqual({
    once: ['mine u1', 'mine u2', 'mine u3'],
    fetchedLast: 0,
    left: [],
    here: once,
  });
});
