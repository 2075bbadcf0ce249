import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import en from '../../renderer/i18n/en.json';
import ru from '../../renderer/i18n/ru.json';

const top = resolve(import.meta.dirname, '../../renderer');
const sources = readdirSync(top, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

type Part = { readonly type: number; readonly value?: unknown; readonly options?: Record<string, unknown> };

/** Every part of a sentence, also inside plural forms. */
function partsOf(sentence: string, locale: string): Part[] {
  const walk = (parts: readonly Part[]): Part[] =>
    parts.flatMap((part) => [
      part,
      ...Object.values(part.options ?? {}).flatMap((option) => walk((option as { value: Part[] }).value)),
    ]);
  return walk(new IntlMessageFormat(sentence, locale).getAst() as unknown as Part[]);
}

const namesOf = (sentence: string, locale: string) =>
  [
    ...new Set(
      partsOf(sentence, locale)
        .filter(({ type }) => type !== 0 && type !== 7)
        .map(({ value }) => String(value)),
    ),
  ].sort();
const pluralsOf = (sentence: string, locale: string) =>
  partsOf(sentence, locale)
    .filter(({ type }) => type === 6)
    .map(({ options }) => Object.keys(options ?? {}).filter((form) => !form.startsWith('=')));

describe('words', () => {
  test('are the same keys in both languages', () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
  });

  test('are all used', () => {
    const patterns = [...sources.matchAll(/`([a-z][a-z0-9-]*[.-][^`\n]*\$\{[^`\n]*)`/g)].map((match) => {
      const fixed = (match[1] ?? '').split(/\$\{[^}]*\}/).map((part) => part.replace(/[.]/g, '\\.'));
      return new RegExp(`^${fixed.join('[a-zA-Z0-9:-]+')}$`);
    });
    const unused = Object.keys(en).filter(
      (key) => !sources.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  test('take the same values in both languages', () => {
    const different = Object.entries(en)
      .filter(([key, sentence]) => {
        const other = ru[key as keyof typeof ru];
        return namesOf(sentence, 'en').join() !== namesOf(other, 'ru').join();
      })
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  test('have every plural form their language needs', () => {
    const wrong = (words: Record<string, string>, locale: string, forms: readonly string[]) =>
      Object.entries(words)
        .filter(([, sentence]) =>
          pluralsOf(sentence, locale).some((found) => forms.some((form) => !found.includes(form))),
        )
        .map(([key]) => key);
    expect({
      en: wrong(en, 'en', ['one', 'other']),
      ru: wrong(ru, 'ru', ['one', 'few', 'many', 'other']),
    }).toEqual({ en: [], ru: [] });
  });

  test('count letters as Russian does', () => {
    const say = (count: number) => new IntlMessageFormat(ru['list.total'], 'ru').format({ count });
    expect([0, 1, 2, 5, 11, 21, 104].map(say)).toEqual([
      'Писем нет',
      '1 письмо',
      '2 письма',
      '5 писем',
      '11 писем',
      '21 письмо',
      '104 письма',
    ]);
  });

  test('are never written into a component', () => {
    const inTags = [...sources.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g)].map((match) => match[1]);
    const inLabels = [...sources.matchAll(/(?:aria-label|title|placeholder|label)="([^"]+)"/g)].map(
      (match) => match[1],
    );
    expect([...inTags, ...inLabels]).toEqual([]);
  });
});
