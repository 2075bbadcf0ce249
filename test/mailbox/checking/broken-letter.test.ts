import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

/** A letter whose line is cut after 120 bytes each time it is asked for. */
const broken = (saidBytes: number): UnrulyLetter => {
  const letter = letterOf('broken', 'broken');
  return { ...letter, saidBytes, brings: { bytes: letter.bytes.subarray(0, 120), end: 'close' } };
};

const one = letterOf('a', 'one');
const two = letterOf('b', 'two');
const three = letterOf('c', 'three');

const cases = [
  ['the newest of three', [one, two, broken(900)], false],
  ['the newest of three, with pipelining', [one, two, broken(900)], true],
  ['in the middle, with older ones behind it', [one, broken(900), two], false],
  ['said to have two gigabytes', [one, two, broken(2_000_000_000)], false],
] as const;

for (const [words, letters, isPipelined] of cases)
  test(`a letter that breaks the line keeps no other away and is asked for last from then on: ${words}`, async () => {
    await using fresh = await freshStore();
    await using pop3 = await new UnrulyServer(letters, { isPipelined }).listen();
    const records = [];
    for (let check = 0; check < 5; check += 1) records.push(await checkOnce(fresh.tools, accountAt(pop3)));
    const number = letters.findIndex(({ uidl }) => uidl === 'broken') + 1;
    const askedBehindIt = pop3
      .heard('RETR')
      .slice(1)
      .flatMap((lines) => lines.slice(lines.indexOf(`RETR ${number}`) + 1 || lines.length));
    const isTold = records.some(({ failure }) => failure !== null);
    expect([subjectsIn(fresh.store), askedBehindIt, isTold, pop3.deleted]).toEqual([
      ['one', 'two'],
      [],
      true,
      [],
    ]);
  });

for (const [words, letter] of [
  ['is cut', broken(900)],
  ['is said to have two gigabytes and is cut', broken(2_000_000_000)],
] as const)
  test(`what is stored leaves the server also where each download ends at a letter that ${words}`, async () => {
    await using fresh = await freshStore();
    await using pop3 = await new UnrulyServer([one, two, three]).listen();
    await checkOnce(fresh.tools, accountAt(pop3));
    pop3.letters = [...pop3.letters, letter];
    const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
    for (let check = 0; check < 3; check += 1) await checkOnce(fresh.tools, account);
    expect([pop3.deleted.sort(), pop3.left]).toEqual([['one', 'three', 'two'], ['broken']]);
  });
