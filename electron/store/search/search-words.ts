import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as russian } from '@orama/stemmers/russian';
import { foldText } from '../index/text-keys.ts';

/**
 * Chinese and Japanese have no spaces. Each of their characters is a word, and a word of these languages is a phrase.
 */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;
/** Text of English and Russian only. A simple pattern finds its words. */
const simpleFolded = /^[\x00-\x7fа-я\xa0«»№–—‘’“”„…•]*$/;
const simpleWordPattern = /[a-z0-9а-я]+/g;

/** Longest word in the index. A longer one is an encoded blob; it is cut so that its beginning can be found. */
const longestWord = 40;

/**
 * Folding would turn these symbols into letters of the word beside them. №17 must be 17, and a name with ™ must be the
 * name.
 */
const symbols = /[^\x00-\x7f\P{S}]/gu;

/** Words of a text in order, folded. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text.replace(symbols, ' '));
  const words = folded.match(simpleFolded.test(folded) ? simpleWordPattern : wordPattern) ?? [];
  return words.map((word) => (word.length > longestWord ? word.slice(0, longestWord) : word));
}

/** Stems of earlier words. Mail repeats its words. */
const stems = new Map<string, string>();
const mostStems = 50_000;

/** The stem of a folded word: Russian for Cyrillic letters, English for Latin ones, itself for anything else. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = /^[а-яй]{3,}$/.test(word) ? russian(word) : /^[a-z]{3,}$/.test(word) ? english(word) : word;
  if (stems.size >= mostStems) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** The stems of a text, each once, without those that are words of the text. They find other forms of a word. */
export function extraStems(words: readonly string[]): string {
  const found = new Set<string>();
  // Each word once: the stems of a whole mailbox do not fit into the processor's cache.
  for (const word of new Set(words)) {
    const stem = stemOf(word);
    if (stem !== word) found.add(stem);
  }
  return [...found].join(' ');
}
