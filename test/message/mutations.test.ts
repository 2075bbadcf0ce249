import { expect, test } from 'vitest';
import { mutant, whereMarkerIs } from './mutate.ts';

test('loses no body and never throws on 800 broken forms of seven messages', async () => {
  const lost: number[] = [];
  for (let number = 0; number < 800; number++)
    if ((await whereMarkerIs(mutant(number))) === 'lost') lost.push(number);
  expect(lost).toEqual([]);
});

test('loses no body of the broken forms that once lost it', async () => {
  // Base64 by its header, a text of short lines in truth, and each line ended by CR alone.
  expect(await whereMarkerIs(mutant(458_299_441))).toBe('text');
  // Each line ended by CR alone, but for one LF that strayed into it.
  expect(await whereMarkerIs(mutant(459_489_872))).toBe('text');
  // Words in the open after base64 that is whole.
  expect(await whereMarkerIs(mutant(100_161_655))).toBe('text');
  expect(await whereMarkerIs(mutant(100_624_582))).toBe('text');
  // The mark of UTF-16 before text that is none, and a label of UTF-16 on such text.
  expect(await whereMarkerIs(mutant(100_288_965))).toBe('text');
  expect(await whereMarkerIs(mutant(200_636_721))).toBe('text');
});
