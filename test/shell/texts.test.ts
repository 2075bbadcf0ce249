import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { catalogs, textOf } from '../../electron/shell/texts.ts';
import { resolveLanguage } from '../../shared/language.ts';

type Part = { readonly type: number; readonly value?: unknown; readonly options?: Record<string, unknown> };

/** Names of the values a text takes, and the plural forms it has. */
function shapeOf(text: string, language: string) {
  const parts = new IntlMessageFormat(text, language).getAst() as unknown as Part[];
  return {
    names: parts.filter(({ type }) => type !== 0).map(({ value }) => value),
    forms: parts.flatMap(({ options }) => Object.keys(options ?? {})),
  };
}

test('the texts are the same in both languages, and take the same values', () => {
  const names = (language: 'en' | 'ru') =>
    Object.entries(catalogs[language]).map(([key, text]) => [key, shapeOf(text, language).names]);
  expect(names('ru')).toEqual(names('en'));
});

test('plurals have all forms of their language', () => {
  const forms = (language: 'en' | 'ru') =>
    new Set(Object.values(catalogs[language]).map((text) => shapeOf(text, language).forms.join()));
  expect([forms('en'), forms('ru')]).toEqual([
    new Set(['', 'one,other']),
    new Set(['', 'one,few,many,other']),
  ]);
});

test('counts in Russian', () => {
  expect([1, 2, 5, 21].map((count) => textOf('ru', 'newMail', { count }))).toEqual([
    '1 новое письмо',
    '2 новых письма',
    '5 новых писем',
    '21 новое письмо',
  ]);
});

test('speaks the chosen language, else the one of the system, else English', () => {
  expect([
    resolveLanguage('en', 'ru-RU'),
    resolveLanguage('system', 'ru'),
    resolveLanguage('system', 'RU-ru'),
    resolveLanguage('system', 'de'),
    resolveLanguage('system', ''),
  ]).toEqual(['en', 'ru', 'ru', 'en', 'en']);
});
