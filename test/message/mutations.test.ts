import { expect, test } from 'vitest';
import { mutant, whereMarkerIs } from './mutate.ts';

test('loses no body and never throws on 800 broken forms of seven messages', async () => {
  const lost: number[] = [];
  for (let number = 0; number < 800; number++)
    if ((await whereMarkerIs(mutant(number))) === 'lost') lost.push(number);
  expect(lost).toEqual([]);
});
