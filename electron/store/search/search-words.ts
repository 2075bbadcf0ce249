import { foldWord, isJapanese, simplifiedForm } from './word-folding.ts';

/**
 * Chinese and Japanese have no spaces. Each of their characters is a word, and a word of these languages is a phrase.
 */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}]\p{M}*)+/gu;
/** Lower-case text of English and Russian only. A simple pattern finds its words. */
const simpleText = /^[\x00-\x7fа-яё\xa0«»№–—‘’“”„…•]*$/;
const simpleWordPattern = /[a-z0-9а-я]+/g;
const hasHan = /\p{Script=Han}/u;

/** Longest word in the index. A longer one is an encoded blob; it is cut so that its beginning can be found. */
const longestWord = 40;

/**
 * Folding would turn these symbols into letters of the word beside them. №17 must be 17, and a name with ™ must be the
 * name. The apostrophe U+02BC counts as a letter in Unicode; here it parts words as the others do.
 */
const parting = /[^\x00-\x7f\P{S}]|[\u02bc\u02b9\uff07]/gu;

/** A word as it is written, in lower case, and folded. */
export type TextWord = { readonly written: string; readonly folded: string };

/** Words of a text as they are written, in lower case, with compatibility characters replaced (fullwidth, ligatures). */
function writtenWords(text: string): string[] {
  const lower = text.toLowerCase();
  if (simpleText.test(lower)) return lower.replaceAll('ё', 'е').match(simpleWordPattern) ?? [];
  // For some letters, only the composed form has a lower case.
  const plain = text.replace(parting, ' ').toLowerCase().normalize('NFKC').toLowerCase();
  return plain.match(wordPattern) ?? [];
}

/** Words of a text in order, as written and folded. `keepsHan` leaves traditional Chinese characters as they are. */
export function textWords(text: string, keepsHan = isJapanese(text)): TextWord[] {
  const words: TextWord[] = [];
  const simplifies = !keepsHan && hasHan.test(text);
  for (const written of writtenWords(text)) {
    const whole = simplifies ? simplifiedForm(foldWord(written)) : foldWord(written);
    if (whole === '') continue;
    words.push({ written, folded: whole.length > longestWord ? whole.slice(0, longestWord) : whole });
  }
  return words;
}
