import { to } from 'opencc-js/preset/t2cn';
import { foldText } from '../index/text-keys.ts';

/*
 * How letters are folded. People type a letter as their keyboard has it: "Strasse" for "Straße", "Lodzi" for "Łodzi".
 * Both fold to the same text. The index holds folded words only, so a change here needs all mail to be read again.
 */

/** Letters that Unicode does not take apart, and what people type for them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ə: 'e',
  ґ: 'г',
  ς: 'σ',
  // Arabic: a stretched letter, the ending of feminine words, and letters that Persian and Urdu write otherwise.
  ـ: '',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ٱ: 'ا',
  // Hebrew: letters at the end of a word.
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
};
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const digits = Object.fromEntries(
  zeros.flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(zero + digit), `${digit}`]),
  ),
);
const replaced = new Map(Object.entries({ ...plainLetters, ...digits }));
const replacedPattern = new RegExp(`[${[...replaced.keys()].join('')}]`, 'gu');
const simplePattern = /^[a-z0-9а-я]*$/;

/** Folded forms of earlier words. Mail repeats its words. */
const known = new Map<string, string>();
const mostKnown = 50_000;

/** A lower-case word without marks, with the letters that people type for its own. Empty when nothing is left. */
export function foldWord(word: string): string {
  if (simplePattern.test(word)) return word;
  const before = known.get(word);
  if (before !== undefined) return before;
  const folded = foldText(word).replace(replacedPattern, (letter) => replaced.get(letter) ?? letter);
  if (known.size >= mostKnown) known.clear();
  known.set(word, folded);
  return folded;
}

/** Simplified characters by traditional ones. */
const simplified = new Map<string, string>();
for (const dictionary of (to.cn ?? []).flat()) {
  if (typeof dictionary !== 'string') continue;
  for (const entry of dictionary.split('|')) {
    const [from = '', into = ''] = entry.split(' ');
    if ([...from].length === 1 && [...into].length === 1) simplified.set(from, into);
  }
}
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether Chinese characters of a text stand for Japanese words. Those keep the characters that they have. */
export function isJapanese(text: string): boolean {
  return kana.test(text);
}

/** The simplified form of a Chinese character; any other word as it is. */
export function simplifiedForm(word: string): string {
  return simplified.get(word) ?? word;
}
