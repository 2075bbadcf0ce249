import { stemmer as bulgarian } from '@orama/stemmers/bulgarian';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { arabicStem, czechStem, hebrewStem, polishStem, ukrainianStem } from './light-stemmers.ts';
import { foldWord } from './word-folding.ts';

/** Makes a stem of a word as it is written, in lower case. */
type Stemmer = (written: string) => string;

const folding =
  (stemmer: Stemmer): Stemmer =>
  (written) =>
    stemmer(foldWord(written));

const stemmers: Readonly<Record<string, Stemmer>> = {
  ar: folding(arabicStem),
  be: russian,
  bg: bulgarian,
  cs: folding(czechStem),
  da: danish,
  de: german,
  el: greek,
  en: english,
  es: spanish,
  fi: finnish,
  fr: french,
  he: folding(hebrewStem),
  hu: hungarian,
  it: italian,
  nl: dutch,
  no: norwegian,
  pl: folding(polishStem),
  pt: portuguese,
  ro: romanian,
  ru: russian,
  sk: folding(czechStem),
  sv: swedish,
  tr: turkish,
  uk: ukrainianStem,
};

/** Languages whose word forms are known, as ISO 639-1 codes. */
export const stemmedLanguages: readonly string[] = Object.keys(stemmers);

/** The folded stem of a word as it is written, by the rules of a language; the folded word where there are none. */
export function stemIn(language: string, written: string): string {
  // Stemmers know the letters of their language, so a word is folded after it has been stemmed.
  return foldWord((stemmers[language] ?? String)(written));
}
