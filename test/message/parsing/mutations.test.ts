import { expect, test } from 'vitest';
import { codedMarker, mixedMutant, mutant, whereMarkerIs } from './mutate.ts';

test('loses no body and never throws on 800 broken forms of seven messages', async () => {
  const lost: number[] = [];
  for (let number = 0; number < 800; number++)
    if ((await whereMarkerIs(mutant(number))) === 'lost') lost.push(number);
  expect(lost).toEqual([]);
});

test('loses no body on 400 forms of more messages, broken in more places and with line ends of every kind', async () => {
  const lost: number[] = [];
  for (let number = 0; number < 400; number++) {
    const where = await whereMarkerIs(mixedMutant(number), codedMarker(number));
    if (where === 'lost') lost.push(number);
  }
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
  // An escape by chance in a text of UTF-8.
  expect(await whereMarkerIs(mutant(895_902_259))).toBe('text');
  // A message inside that is called base64 and begins with a header in the open.
  expect(await whereMarkerIs(mutant(301_731_749))).toBe('attachment');
  expect(await whereMarkerIs(mutant(301_802_904))).toBe('attachment');
});

test('loses no body of the forms broken in more places that once lost it', async () => {
  const whereMixed = (number: number): Promise<string> =>
    whereMarkerIs(mixedMutant(number), codedMarker(number));
  // A line of headers that only a CR ends, and the body right after it.
  expect(await whereMixed(8426)).toBe('headers');
  // CR alone ends the line of a delimiter and those after it, where LF ends the others.
  expect(await whereMixed(658)).toBe('text');
  // Base64 of which a line is damaged, or that has lines between which are none.
  expect(await whereMixed(93)).toBe('text');
  expect(await whereMixed(92)).toBe('text');
  // Pieces of an alternative that stray delimiters have cut off.
  expect(await whereMixed(362)).toBe('text');
  // A sign of equality within base64.
  expect(await whereMixed(8)).toBe('text');
  // Base64 where quoted-printable is declared, and the other way round.
  expect(await whereMixed(1301)).toBe('text');
  expect(await whereMixed(15_866)).toBe('attachment');
  expect(await whereMixed(89_815)).toBe('attachment');
  // Damaged base64 in a file, and its last line after lines that are none; in a message inside; in a text of no known type.
  expect(await whereMixed(400_155_783)).toBe('attachment');
  expect(await whereMixed(30_353)).toBe('attachment');
  expect(await whereMixed(400_016_026)).toBe('text');
  expect(await whereMixed(700_471_153)).toBe('text');
  // A message inside that is called base64 and has its first header after lines that are none.
  expect(await whereMixed(700_450_521)).toBe('attachment');
  expect(await whereMixed(700_455_468)).toBe('attachment');
  // The mark of UTF-16 by chance, before headers and base64 in ASCII.
  expect(await whereMixed(700_042_361)).toBe('code');
  // Base64 right under the header that announces it, with a header after it.
  expect(await whereMixed(194)).toBe('text');
  // Base64 that nothing announces any more, and a line in it that is none.
  expect(await whereMixed(108)).toBe('text');
  // Words that only look like the notice of old programs to readers without MIME.
  expect(await whereMixed(74_693)).toBe('text');
  expect(await whereMixed(50_318)).toBe('text');
  expect(await whereMixed(500_077_622)).toBe('text');
  // A header that says nothing, a CR, and words.
  expect(await whereMixed(39_863)).toBe('text');
  // UTF-7 by its label, base64 in truth.
  expect(await whereMixed(47_199)).toBe('text');
  // The line that begins a uuencoded file, a CR, and words.
  expect(await whereMixed(400_033_530)).toBe('text');
});
