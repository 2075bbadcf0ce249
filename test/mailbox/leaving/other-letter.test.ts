import { expect, test } from 'vitest';
import type { Rule } from '../../../shared/rule.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const deleting = { retention: { kind: 'remove-when-stored' } } as const;

test('where ids are message numbers, a letter that moved up to a known number is fetched before it is deleted', async () => {
  const [one, two, three] = [
    letterOf('-', 'one', 400),
    letterOf('-', 'two', 700),
    letterOf('-', 'three', 2_000),
  ];
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([one, two], { ids: 'numbers' }).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = [two, three];
  for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3, deleting));
  expect([subjectsIn(fresh.store), pop3.left]).toEqual([['one', 'three', 'two'], []]);
});

test('letters of a mailbox that was made anew under the same ids all come', async () => {
  const named = (name: string, bytes: number) =>
    Array.from({ length: 10 }, (_, at) => letterOf(`u${at + 1}`, `${name} ${at}`, bytes + 100 * at));
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer(named('old', 500)).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = named('new', 5_000);
  await checkOnce(fresh.tools, accountAt(pop3));
  await checkOnce(fresh.tools, accountAt(pop3, deleting));
  expect([subjectsIn(fresh.store).length, pop3.left]).toEqual([20, []]);
});

test('where one id stands for all letters, one that came in the place of another is fetched before it is deleted', async () => {
  const [one, two, three] = [
    letterOf('-', 'one', 400),
    letterOf('-', 'two', 700),
    letterOf('-', 'three', 2_000),
  ];
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([one, two], { ids: 'one' }).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = [two, three];
  for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3, deleting));
  const here = subjectsIn(fresh.store);
  expect([here, pop3.deleted.filter((subject) => !here.includes(subject))]).toEqual([
    ['one', 'three', 'two'],
    [],
  ]);
});

test('two short letters kept vouch for no longer ones under the same ids', async () => {
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([letterOf('a', 'one'), letterOf('b', 'two')]).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = [letterOf('a', 'three', 3_000), letterOf('b', 'four', 4_000)];
  for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3, deleting));
  expect([subjectsIn(fresh.store), pop3.left]).toEqual([['four', 'one', 'three', 'two'], []]);
});

test('where one id has begun anew, letters of the other ids are looked at, though their sizes are as before', async () => {
  const rule: Rule = {
    ...{ id: 'r', name: 'skips', isOn: true, accountId: null },
    conditions: [{ kind: 'subject', contains: 'skipped' }],
    actions: [{ kind: 'skip' }],
  };
  await using fresh = await freshStore();
  const before = [letterOf('a', 'first', 400), letterOf('b', 'skipped', 900)];
  await using pop3 = await new UnrulyServer(before).listen();
  await checkOnce(fresh.tools, accountAt(pop3), [rule]);
  pop3.letters = [letterOf('a', 'other', 400), letterOf('b', 'moved', 2_000)];
  await checkOnce(fresh.tools, accountAt(pop3, deleting), [rule]);
  await checkOnce(fresh.tools, accountAt(pop3, deleting), [rule]);
  expect([subjectsIn(fresh.store), pop3.left]).toEqual([['first', 'moved', 'other'], []]);
});
