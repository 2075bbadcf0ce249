import { expect, test } from 'vitest';
import { SizeMemory } from '../../../electron/mailbox/leaving/size-memory.ts';

/** The sizes of a server of which nothing is known yet. */
const newSizes = (): SizeMemory =>
  new SizeMemory({
    keptSizes: () => null,
    keepSizes: () => Promise.reject(new Error('nothing is kept here')),
  });

/** A message that came as long as LIST said, but for some bytes. */
const message = (number: number, offBytes = 0) => ({
  listed: 1000 + number,
  received: 1000 + number + offBytes,
  lines: 20,
  said: null,
  isBare: false,
});

test('lines need no counting once 20 sizes in a row were right', () => {
  const sizes = newSizes();
  const seen: boolean[] = [];
  for (let number = 1; number <= 20; number += 1) {
    sizes.add(message(number));
    seen.push(sizes.isExact);
  }
  expect([seen.indexOf(true), sizes.kind]).toEqual([19, 'exact']);
});

test('lines are counted again when sizes begin to be wrong', () => {
  const sizes = newSizes();
  for (let number = 1; number <= 20; number += 1) sizes.add(message(number));
  const seen: boolean[] = [];
  for (let number = 21; number <= 24; number += 1) {
    sizes.add(message(number, -20));
    seen.push(sizes.isExact);
  }
  // Nine in ten must be right.
  expect(seen).toEqual([true, true, false, false]);
});
