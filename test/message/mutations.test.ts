import { expect, test } from 'vitest';
import { mutant, whereMarkerIs } from './mutate.ts';

test('loses no body and never throws on 800 broken forms of seven messages', async () => {
  const lost: number[] = [];
  for (let number = 0; number < 800; number++)
    if ((await whereMarkerIs(mutant(number))) === 'lost') lost.push(number);
  expect(lost).toEqual([]);
});

// Base64 by its header, a text of short lines in truth, and each line ended by CR alone.
test('loses no body of the broken forms that once lost it', async () => {
  expect(await whereMarkerIs(mutant(458_299_441))).toBe('text');
});
