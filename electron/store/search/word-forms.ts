import { codesOf } from './codes.ts';
import { irregularBase } from './irregular-forms.ts';
import { withoutArabicPrefixes, withoutHebrewPrefixes } from './light-stemmers.ts';
import { languagesOf, type WordLanguages } from './mail-languages.ts';
import type { TextWord } from './search-words.ts';
import { stemIn } from './stemmers.ts';
import { foldWord } from './word-folding.ts';

/*
 * Other forms under which a word is found: its stem, the first form of an irregular word, the word without prefixes
 * that are written together with it, and ä, ö, ü written as ae, oe, ue. A message is indexed by the forms of its
 * language; a query asks for the forms of all languages of the mailbox.
 */

const shortestStemmed = 3;
const longestStemmed = 40;
const onlyLetters = /^[\p{L}\p{M}]+$/u;
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const umlaut = /[äöüøå]/g;
/** Languages in which these letters are no umlauts; nobody writes two letters for them. */
const withoutUmlauts = new Set(['tr', 'fi', 'et', 'hu', 'az', 'sk']);

/** "mueller" for "müller"; null where the word has no such letter. */
function transliterated(written: string): string | null {
  // The pattern keeps a place between calls only with `test`, so `search` is asked.
  if (written.search(umlaut) < 0) return null;
  return foldWord(written.replace(umlaut, (letter) => umlauts[letter] ?? letter));
}

function formsWith(language: string, written: string, bare: readonly string[]): readonly string[] {
  const folded = foldWord(written);
  const forms = new Set<string>();
  const addStems = (word: string) => {
    forms.add(stemIn(language, word));
    const base = irregularBase(foldWord(word), language);
    if (base === null) return;
    forms.add(foldWord(base));
    forms.add(stemIn(language, base));
  };
  addStems(written);
  for (const word of bare) {
    forms.add(word);
    addStems(word);
  }
  const spelled = withoutUmlauts.has(language) ? null : transliterated(written);
  if (spelled !== null) forms.add(spelled);
  forms.delete(folded);
  forms.delete('');
  return [...forms];
}

function hasForms(written: string): boolean {
  return written.length >= shortestStemmed && written.length <= longestStemmed && onlyLetters.test(written);
}

/** The folded word without each combination of prefixes that it may begin with. */
function withoutPrefixes(language: string, folded: string): readonly string[] {
  if (language === 'he') return withoutHebrewPrefixes(folded);
  return language === 'ar' ? withoutArabicPrefixes(folded) : [];
}

/** Forms of earlier words by language. */
const known = new Map<string, Map<string, readonly string[]>>();
const mostKnown = 50_000;

/** Other folded forms of a word in one language, each once, without the word itself. */
export function formsIn(language: string, written: string): readonly string[] {
  let inLanguage = known.get(language);
  if (inLanguage === undefined) {
    inLanguage = new Map();
    known.set(language, inLanguage);
  }
  const before = inLanguage.get(written);
  if (before !== undefined) return before;
  const forms = hasForms(written)
    ? formsWith(language, written, withoutPrefixes(language, foldWord(written)))
    : [];
  if (inLanguage.size >= mostKnown) inLanguage.clear();
  inLanguage.set(written, forms);
  return forms;
}

/**
 * The forms under which a word of a query is looked up. Only an article is cut here: the index has the words without
 * their other prefixes, and a letter that looks like one may belong to the word that is asked for.
 */
export function formsAsked(language: string, written: string): readonly string[] {
  if (!hasForms(written)) return [];
  if (language !== 'he' && language !== 'ar') return formsIn(language, written);
  const folded = foldWord(written);
  const bare = folded.replace(language === 'he' ? /^ו?ה/u : /^[وف]?ال/u, '');
  return formsWith(language, written, bare !== folded && bare.length >= shortestStemmed ? [bare] : []);
}

/** Other forms of the words of a text and its codes, each once, without those that are words of the text. */
export function extraForms(text: string, words: readonly TextWord[], languages: WordLanguages): string {
  const present = new Set<string>();
  const written = new Set<string>();
  for (const word of words) {
    present.add(word.folded);
    written.add(word.written);
  }
  const found = new Set<string>();
  for (const word of written)
    for (const language of languagesOf(word, languages))
      for (const form of formsIn(language, word)) if (!present.has(form)) found.add(form);
  for (const code of codesOf(text)) if (!present.has(code)) found.add(foldWord(code));
  return [...found].join(' ');
}

/** What people also type for words with umlauts, for texts whose words have no forms, such as names. */
export function umlautForms(words: readonly TextWord[]): readonly string[] {
  return words.flatMap(({ written }) => transliterated(written) ?? []);
}
