import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, type UnrulyHabits, type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, id, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

/** Letters named one, two and so on. */
const letters = (count: number): UnrulyLetter[] =>
  Array.from({ length: count }, (_, at) => letterOf(`u${at + 1}`, `letter ${at + 1}`));

const names = (...numbers: number[]) => numbers.map((number) => `letter ${number}`).sort();

/** Ends within the letter's body. */
const within = (letter: UnrulyLetter) => letter.bytes.subarray(0, letter.bytes.length - 20);

const silent = (letter: UnrulyLetter): UnrulyLetter => ({
  ...letter,
  brings: { bytes: within(letter), end: 'silence' },
});

const cut = (letter: UnrulyLetter): UnrulyLetter => ({
  ...letter,
  brings: { bytes: letter.bytes.subarray(0, 120), end: 'close' },
});

const timeouts = { patienceMs: 100, promptMs: 80, firstByteMs: 600, idleMs: 600 };

for (const isPipelined of [false, true])
  test(`a silent letter is put aside while others wait, and asked for last with all the time there is${isPipelined ? ', with pipelining' : ''}`, async () => {
    await using fresh = await freshStore();
    const [one, two, three, four] = letters(4) as [UnrulyLetter, UnrulyLetter, UnrulyLetter, UnrulyLetter];
    await using pop3 = await new UnrulyServer([one, two, silent(three), four], { isPipelined }).listen();
    const began = performance.now();
    const record = await checkOnce({ ...fresh.tools, timeouts }, accountAt(pop3));
    const tookMs = performance.now() - began;
    expect([subjectsIn(fresh.store), record.skipped, pop3.sessions.length, tookMs > 700]).toEqual([
      names(1, 2, 4),
      1,
      2,
      true,
    ]);
    expect(pop3.heard('RETR')[1]).toEqual(['RETR 2', 'RETR 1', 'RETR 3']);
  });

test('where a second letter is silent the server is slow: it gets all the time, and no further session is opened', async () => {
  await using fresh = await freshStore();
  const [one, two, three, four] = letters(4) as [UnrulyLetter, UnrulyLetter, UnrulyLetter, UnrulyLetter];
  await using pop3 = await new UnrulyServer([one, silent(two), silent(three), four]).listen();
  const record = await checkOnce({ ...fresh.tools, timeouts }, accountAt(pop3));
  expect([record.failure?.kind, pop3.sessions.length]).toEqual(['timeout', 2]);
  await checkOnce({ ...fresh.tools, timeouts }, accountAt(pop3));
  expect(subjectsIn(fresh.store)).toEqual(names(1, 4));
});

test('after three sessions a letter is named with its subject, asked for no more by itself, and the check says so', async () => {
  await using fresh = await freshStore();
  const [one, two, three] = letters(3) as [UnrulyLetter, UnrulyLetter, UnrulyLetter];
  await using pop3 = await new UnrulyServer([one, two, cut(three)]).listen();
  const failures: unknown[] = [];
  for (let check = 0; check < 5; check += 1)
    failures.push((await checkOnce(fresh.tools, accountAt(pop3))).failure?.kind ?? null);
  const [named] = fresh.store.unfetched.of(id);
  expect([failures, named?.subject, named?.reason, named?.sessions]).toEqual([
    [null, 'messages-unfetched', 'messages-unfetched', 'messages-unfetched', 'messages-unfetched'],
    'letter 3',
    'broke',
    3,
  ]);
  expect(pop3.heard('RETR 3').flat()).toHaveLength(3);
  fresh.clock.now += 25 * 60 * 60 * 1000;
  pop3.letters = [one, two, three];
  const { failure } = await checkOnce(fresh.tools, accountAt(pop3));
  expect([failure, subjectsIn(fresh.store), fresh.store.unfetched.of(id)]).toEqual([
    null,
    names(1, 2, 3),
    [],
  ]);
});

test('a letter whose id is a number begins anew when its size is another', async () => {
  await using fresh = await freshStore();
  const [one, two] = letters(2) as [UnrulyLetter, UnrulyLetter];
  await using pop3 = await new UnrulyServer([one, cut(two)], { ids: 'numbers' }).listen();
  for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3));
  pop3.letters = [one, letterOf('u9', 'another', 900)];
  await checkOnce(fresh.tools, accountAt(pop3));
  expect([subjectsIn(fresh.store), fresh.store.unfetched.of(id)]).toEqual([['another', 'letter 1'], []]);
});

const choices = [
  ['beginning', ['letter 1', 'letter 2'], [], true],
  ['part', ['letter 1', 'letter 2'], [], false],
  ['delete', ['letter 1', 'letter 2'], ['letter 2'], true],
  ['leave', ['letter 1'], [], false],
] as const;

for (const [choice, stored, deleted, asksTop] of choices)
  test(`a person decides about a letter that cannot be fetched: ${choice}`, async () => {
    await using fresh = await freshStore();
    const [one, two] = letters(2) as [UnrulyLetter, UnrulyLetter];
    await using pop3 = await new UnrulyServer([one, cut(two)]).listen();
    for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, accountAt(pop3));
    const [named] = fresh.store.unfetched.of(id);
    await fresh.store.unfetched.choose(id, named?.key ?? ('' as never), choice);
    const askedBefore = pop3.heard('TOP 2 30').flat().length;
    await checkOnce(fresh.tools, accountAt(pop3));
    const record = await checkOnce(fresh.tools, accountAt(pop3));
    expect([subjectsIn(fresh.store), pop3.deleted, record.failure]).toEqual([stored, deleted, null]);
    expect(pop3.heard('TOP 2 30').flat().length > askedBefore).toBe(asksTop);
  });

test('a letter that seems whole but for its end mark is kept at the third try, in doubt, and stays on the server', async () => {
  await using fresh = await freshStore();
  const [one, two] = letters(2) as [UnrulyLetter, UnrulyLetter];
  const headless: UnrulyLetter = {
    ...two,
    saidBytes: 5000,
    brings: { bytes: Buffer.concat([two.bytes, Buffer.from('.')]), end: 'close' },
  };
  await using pop3 = await new UnrulyServer([one, headless]).listen();
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  for (let check = 0; check < 4; check += 1) await checkOnce(fresh.tools, account);
  expect([subjectsIn(fresh.store), pop3.left, fresh.store.unfetched.of(id)]).toEqual([
    names(1, 2),
    ['u2'],
    [],
  ]);
});

for (const isPipelined of [false, true])
  test(`a server that refuses every letter is told with its words, and not asked hundreds of times${isPipelined ? ', with pipelining' : ''}`, async () => {
    await using fresh = await freshStore();
    const refusal = '[SYS/TEMP] Account exceeded command or bandwidth limits';
    const [first, ...rest] = letters(300).map((letter) => ({ ...letter, refusal }));
    await using pop3 = await new UnrulyServer([first as UnrulyLetter, ...rest], { isPipelined }).listen();
    const record = await checkOnce(fresh.tools, accountAt(pop3));
    expect([record.outcome, record.failure?.kind, record.failure?.serverText, record.stored]).toEqual([
      'failed',
      'server-trouble',
      refusal,
      0,
    ]);
    expect(pop3.heard('RETR').flat().length).toBeLessThanOrEqual(isPipelined ? 8 : 3);
  });

test('a limit that is reached in the middle keeps what came before, and deletes it by retention', async () => {
  await using fresh = await freshStore();
  const all = letters(40).map((letter, at) => (at < 30 ? { ...letter, refusal: 'quota exceeded' } : letter));
  await using pop3 = await new UnrulyServer(all).listen();
  const record = await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  expect([
    record.stored,
    record.failure?.serverText,
    pop3.heard('RETR').flat().length,
    pop3.left.length,
  ]).toEqual([10, 'quota exceeded', 14, 30]);
});

test('letters that are refused one by one keep no other away for longer than a check', async () => {
  await using fresh = await freshStore();
  const all = letters(9).map((letter, at) => (at > 4 ? { ...letter, refusal: 'no such message' } : letter));
  await using pop3 = await new UnrulyServer(all).listen();
  for (let check = 0; check < 2; check += 1) await checkOnce(fresh.tools, accountAt(pop3));
  expect(subjectsIn(fresh.store)).toEqual(names(1, 2, 3, 4, 5));
});

test('a large letter of which no beginning can be had is named at once, and comes whole when it is asked for', async () => {
  await using fresh = await freshStore();
  const habits: UnrulyHabits = { lacksTop: true };
  await using pop3 = await new UnrulyServer([...letters(1), letterOf('big', 'big', 9000)], habits).listen();
  const account = accountAt(pop3, { partialAboveBytes: 4000 });
  const first = await checkOnce(fresh.tools, account);
  const [named] = fresh.store.unfetched.of(id);
  await fresh.store.unfetched.choose(id, named?.key ?? ('' as never), 'again');
  const second = await checkOnce(fresh.tools, account);
  expect([first.failure?.kind, named?.reason, second.failure, subjectsIn(fresh.store)]).toEqual([
    'messages-unfetched',
    'no-beginning',
    null,
    ['big', 'letter 1'],
  ]);
});

test('where ids are numbers, what a check has deleted is not deleted again under its number in the same check', async () => {
  await using fresh = await freshStore();
  const [one, two] = letters(2) as [UnrulyLetter, UnrulyLetter];
  await using pop3 = await new UnrulyServer([one, cut(two)], { ids: 'numbers' }).listen();
  await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  expect([pop3.deleted, pop3.left]).toEqual([['letter 1'], ['u2']]);
});
