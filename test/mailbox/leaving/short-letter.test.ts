import { expect, test } from 'vitest';
import { DeletionsHereAndThere } from '../../../electron/mailbox/leaving/delete-here-and-there.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, id, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const neighbours = (['one', 'three', 'four', 'five'] as const).map((name) => letterOf(name, name, 5_000));
const short = letterOf('two', 'two', 60_000);

/** What is sent of the letter, with a proper end behind it. */
const sends = {
  'a small part of it': Buffer.concat([short.bytes.subarray(0, 1_982), Buffer.from('\r\n')]),
  nothing: Buffer.alloc(0),
  'only its headers': Buffer.from(`${short.bytes.toString('latin1').split('\r\n\r\n')[0]}\r\n\r\n`),
};

for (const [words, bytes] of Object.entries(sends))
  test(`a letter of which ${words} comes stays on the server, while exact ones leave`, async () => {
    const [first, ...later] = neighbours;
    const cut: UnrulyLetter = { ...short, brings: { bytes, end: 'mark' } };
    await using fresh = await freshStore();
    await using pop3 = await new UnrulyServer([
      ...(first === undefined ? [] : [first]),
      cut,
      ...later,
    ]).listen();
    const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
    await checkOnce(fresh.tools, account);
    await checkOnce(fresh.tools, account);
    expect([pop3.deleted.sort(), pop3.left]).toEqual([['five', 'four', 'one', 'three'], ['two']]);
  });

test('a letter that comes cut each time is no proof of itself, also where it lies there alone', async () => {
  const bytes = Buffer.concat([short.bytes.subarray(0, 30_000), Buffer.from('\r\n')]);
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([{ ...short, brings: { bytes, end: 'mark' } }]).listen();
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  for (let check = 0; check < 6; check += 1) await checkOnce(fresh.tools, account);
  expect([pop3.deleted, pop3.left]).toEqual([[], ['two']]);
});

test('a person is told how many letters may not be whole, until they have seen it', async () => {
  const cut = (name: string): UnrulyLetter => {
    const letter = letterOf(name, name, 60_000);
    return {
      ...letter,
      brings: { bytes: Buffer.concat([letter.bytes.subarray(0, 1_982), Buffer.from('\r\n')]), end: 'mark' },
    };
  };
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([...neighbours, cut('two')]).listen();
  const { doubtful } = fresh.store;
  await checkOnce(fresh.tools, accountAt(pop3));
  const told = [doubtful.count(id)];
  await doubtful.see(id);
  told.push(doubtful.count(id));
  pop3.letters = [...pop3.letters, cut('six')];
  await checkOnce(fresh.tools, accountAt(pop3));
  told.push(doubtful.count(id));
  expect(told).toEqual([1, 0, 1]);
});

/** The same letters under sizes that are wrong by a few bytes each. */
const missizedBy = (bytes: number) =>
  neighbours.map((letter) => ({ ...letter, saidBytes: letter.bytes.length + bytes }));

test('a server whose sizes are a little off for every letter is not doubted', async () => {
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer(missizedBy(9)).listen();
  await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  expect([subjectsIn(fresh.store), pop3.left]).toEqual([['five', 'four', 'one', 'three'], []]);
});

test('sizes that drift between two checks bring no second copy and are not fetched for ever', async () => {
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer(missizedBy(9)).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = missizedBy(40);
  for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3));
  const fetchedLast = pop3.heard('RETR').at(-1);
  expect([subjectsIn(fresh.store), fetchedLast]).toEqual([['five', 'four', 'one', 'three'], []]);
});

test('a letter of which a piece is here, and is deleted here and there, stays on the server until it came whole', async () => {
  const cut: UnrulyLetter = { ...short, brings: { bytes: sends['a small part of it'], end: 'mark' } };
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer([...neighbours, cut]).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  const [piece] = fresh.store.messages
    .summaries(fresh.store.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: null } }))
    .filter(({ isDoubtful }) => isDoubtful);
  const deletions = new DeletionsHereAndThere({ store: fresh.store, settings: { accounts: () => [] } });
  await deletions.delete({ kind: 'ids', ids: piece === undefined ? [] : [piece.id] }, true);
  await checkOnce(fresh.tools, accountAt(pop3));
  expect([piece?.subject, pop3.deleted]).toEqual(['two', []]);
});
