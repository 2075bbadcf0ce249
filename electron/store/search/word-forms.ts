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

const none: readonly string[] = [];
/** Words whose forms are kept. Mail repeats its words. */
const mostKnown = 100_000;
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
  const spelled = withoutUmlauts.has(language) ? null : transliterated(written);
  // Most words have a stem and nothing else.
  if (bare.length === 0 && spelled === null && irregularBase(folded, language) === null) {
    const stem = stemIn(language, written);
    return stem === folded || stem === '' ? none : [stem];
  }
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

/** Other folded forms of a word in one language, each once, without the word itself. */
function formsIn(language: string, written: string): readonly string[] {
  if (!hasForms(written)) return none;
  return formsWith(language, written, withoutPrefixes(language, foldWord(written)));
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

/** Forms of earlier words by the languages of messages. */
const knownIn = new WeakMap<WordLanguages, Map<string, readonly string[]>>();

function knownFormsIn(languages: WordLanguages): Map<string, readonly string[]> {
  const before = knownIn.get(languages);
  if (before !== undefined) return before;
  const known = new Map<string, readonly string[]>();
  knownIn.set(languages, known);
  return known;
}

/** Other forms of the words of a text and its codes, each once, without those that are words of the text. */
export function extraForms(text: string, words: readonly TextWord[], languages: WordLanguages): string {
  const seen = new Set<string>();
  // Most words are written as they are folded.
  const foldedOtherwise = new Set<string>();
  for (const { written, folded } of words) {
    if (seen.has(written)) continue;
    seen.add(written);
    if (written !== folded) foldedOtherwise.add(folded);
  }
  const found = new Set<string>();
  const add = (form: string) => {
    if (!seen.has(form) && !foldedOtherwise.has(form)) found.add(form);
  };
  const inLanguages = knownFormsIn(languages);
  for (const word of seen) {
    let forms = inLanguages.get(word);
    if (forms === undefined) {
      forms = languagesOf(word, languages).flatMap((language) => formsIn(language, word));
      if (inLanguages.size >= mostKnown) inLanguages.clear();
      inLanguages.set(word, forms);
    }
    for (const form of forms) add(form);
  }
  for (const code of codesOf(text)) add(foldWord(code));
  return [...found].join(' ');
}

/** What people also type for words with umlauts, for texts whose words have no forms, such as names. */
export function umlautForms(words: readonly TextWord[]): readonly string[] {
  return words.flatMap(({ written }) => transliterated(written) ?? []);
}
