import { expect, test } from 'vitest';
import { formatsOf } from '../../renderer/i18n/formats.ts';

const now = new Date(2026, 10, 23, 15, 0).getTime();
const spaces = (words: string) => words.replace(/[\u00a0\u202f]/g, ' ');

test('sizes are short and in the language', () => {
  const say = (locale: string) =>
    [0, 512, 999, 4200, 43_000, 999_600, 4_200_000, 1_250_000_000].map((bytes) =>
      spaces(formatsOf(locale).size(bytes)),
    );
  expect([say('en'), say('ru')]).toEqual([
    ['0 kB', '0.5 kB', '1 kB', '4.2 kB', '43 kB', '1 MB', '4.2 MB', '1.3 GB'],
    ['0 кБ', '0,5 кБ', '1 кБ', '4,2 кБ', '43 кБ', '1 МБ', '4,2 МБ', '1,3 ГБ'],
  ]);
});

test('a list shows the time today, the day this year, and the date before', () => {
  const formats = formatsOf('ru', () => now);
  const dates = [new Date(2026, 10, 23, 9, 5), new Date(2026, 4, 2), new Date(2019, 0, 31)];
  expect(dates.map((date) => formats.listDate(date.getTime()))).toEqual(['9:05', '2 мая', '31.01.19']);
});
