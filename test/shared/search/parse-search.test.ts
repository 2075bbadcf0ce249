import { expect, test } from 'vitest';
import { operators } from '../../../shared/search/operators.ts';
import { parseSearch, type SearchTree } from '../../../shared/search/parse-search.ts';

const now = new Date(2026, 4, 20, 15, 30).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

/** The tree as one line: what must all hold in (), any of it in [], and a minus before what must not. */
function line(tree: SearchTree): string {
  if (tree.kind === 'all') return `(${tree.of.map(line).join(' ')})`;
  if (tree.kind === 'any') return `[${tree.of.map(line).join(' ')}]`;
  if (tree.kind === 'not') return `-${line(tree.of)}`;
  if (tree.kind === 'words') {
    const fields = tree.fields.length > 0 ? `${tree.fields.join('+')}=` : '';
    return `${fields}${tree.isPhrase ? `'${tree.text}'` : tree.text}${tree.isPrefix ? '*' : ''}`;
  }
  const { kind, ...rest } = tree;
  return [kind, ...Object.values(rest)].join('=');
}

const read = (query: string) => line(parseSearch(query, now).tree);

test('words beside one another must all hold, and OR, NOT and brackets steer them', () => {
  const expected: Readonly<Record<string, string>> = {
    'a b': '(a b*)',
    'a AND b ': '(a b)',
    'a OR b c ': '[a (b c)]',
    '(a OR b) c ': '([a b] c)',
    'a или b ': '(a или b)',
    'a ИЛИ НЕ b ': '[a -b]',
    '-a NOT b -"c d" ': "(-a -b -'c d')",
    '-(a | b) ': '-[a b]',
    'e-mail AC/DC ': '(e-mail AC/DC)',
    'photo(1).jpg ': 'photo(1).jpg',
    '«a b» „c d“ ': "('a b' 'c d')",
    // What has no meaning is passed over.
    'OR a AND ': 'a',
    'a (b': '(a b*)',
    'a) b ': '(a b)',
    '() NOT': '()',
    '': '()',
  };
  expect(Object.fromEntries(Object.keys(expected).map((query) => [query, read(query)]))).toEqual(expected);
});

test('operators go by their English and Russian names', () => {
  const expected: Readonly<Record<string, string>> = {
    'from:anna ': 'sender=anna',
    'от:анна ': 'sender=анна',
    'from: anna ': 'sender=anna',
    'from:(anna OR boris) x ': '([sender=anna sender=boris] x)',
    'with:"Anna Smith"': "sender+recipients='Anna Smith'",
    'label:work метка:"дом и сад" ': '(tag=work tag=дом и сад)',
    'in:корзина папка:Work/2024 ': '(folder=trash folder=Work/2024)',
    'has:attachment есть:таблица type:.DOCX ': '(attachment file=sheet file-type=docx)',
    'is:unread это:отвеченное ': '(state=unread state=replied)',
    'larger:1.5MB size:<10k размер:>2МБ ': '(larger=1572864 smaller=10240 larger=2097152)',
    'before:2024-05-31 ': `before=${day(2024, 5, 31)}`,
    'after:31.05.2024 ': `after=${day(2024, 5, 31)}`,
    'date:2024-05 ': `(after=${day(2024, 5, 1)} before=${day(2024, 6, 1)})`,
    'on:yesterday ': `(after=${day(2026, 5, 19)} before=${day(2026, 5, 20)})`,
    'после:вчера ': `after=${day(2026, 5, 19)}`,
    'older:1y newer_than:2m ': `(before=${day(2025, 5, 20)} after=${day(2026, 3, 20)})`,
    'newer:2н ': `after=${now - 14 * 86_400_000}`,
    'before:31.02.2024 ': "'before 31.02.2024'",
  };
  expect(Object.fromEntries(Object.keys(expected).map((query) => [query, read(query)]))).toEqual(expected);
});

test('what is not understood is told with what is nearest to it', () => {
  const notes = (query: string) =>
    parseSearch(query, now).notes.map(({ kind, typed, nearest }) => [kind, typed, nearest]);
  expect([
    notes('frm:anna'),
    notes('subj:rent'),
    notes('тэма:аренда'),
    notes('colour:red'),
    notes('is:unred'),
    notes('has:pfd'),
    notes('before:never'),
    notes('https://example.org 12:30 Re: from: is:unread a:b'),
  ]).toEqual([
    [['unknown-operator', 'frm:', 'from:']],
    [['unknown-operator', 'subj:', 'subject:']],
    [['unknown-operator', 'тэма:', 'тема:']],
    [['unknown-operator', 'colour:', null]],
    [['unknown-value', 'is:unred', 'is:unread']],
    [['unknown-value', 'has:pfd', 'has:pdf']],
    [['unknown-value', 'before:never', null]],
    [],
  ]);
});

test('every example of the help is understood', () => {
  const examples = operators.flatMap((operator) => [operator.examples.en, operator.examples.ru]);
  expect(examples.filter((example) => parseSearch(example, now).notes.length > 0)).toEqual([]);
  expect(examples.filter((example) => read(example).includes(`'${example.split(':')[0]} `))).toEqual([]);
});
