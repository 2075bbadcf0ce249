import type { WordTerm } from '../../../shared/search/parse-search.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { codesOf } from './codes.ts';
import { languagesOf, MailLanguages, type WordLanguages } from './mail-languages.ts';
import { type TextWord, textWords } from './search-words.ts';
import { foldWord } from './word-folding.ts';
import { formsAsked, umlautForms } from './word-forms.ts';

/*
 * How a term of a query becomes an FTS5 expression. Words contain only letters and digits here, so a quotation mark
 * cannot end early.
 */

type Fields = WordTerm['fields'];

const formFields: Readonly<Partial<Record<Fields[number], string>>> = {
  subject: 'subject_stems',
  body: 'body_stems',
};
/** Where a word is looked for that names no field. */
export const allFields: Fields = ['subject', 'sender', 'recipients', 'attachment', 'body'];

/** Fields whose words are also indexed by their forms. Those of attachments stand behind the names. */
const fieldsWithForms: Fields = ['subject', 'body', 'attachment'];

function columns(fields: readonly string[], expression: string): string {
  return `{${fields.join(' ')}} : ${expression}`;
}

function anyOf(expressions: readonly string[]): string {
  const different = [...new Set(expressions)];
  return different.length > 1 ? `(${different.join(' OR ')})` : (different[0] ?? '');
}

const quoted = (word: string) => `"${word}"`;
/** A prefix of one letter would match nearly everything. */
const beginning = (word: string) => (word.length > 1 ? `"${word}" *` : `"${word}"`);

const hangul = /^\p{Script=Hangul}{2,}$/u;
const koreanParticle =
  /^(\p{Script=Hangul}{2,}?)(?:을|를|이|가|은|는|의|에|에서|에게|께|으로|로|와|과|도|만|까지|부터|하다|합니다|했습니다|했다|하는|하고|해요|입니다|이다)$/u;

/** What is known of the words of a mailbox. */
export type MailboxWords = {
  readonly languages: WordLanguages;
  /** Compounds that have a folded word as a part. */
  readonly compoundsOf: (folded: string) => readonly string[];
};

/** What is known now of the words of a store. */
export function mailboxWords({ sql, vocabulary }: Pick<StoreTools, 'sql' | 'vocabulary'>): MailboxWords {
  return {
    languages: new MailLanguages({ sql }).ofQuery(),
    compoundsOf: (folded) => vocabulary.compoundsOf(folded),
  };
}

/** Languages that write compounds as one word. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu']);

function compoundsWith(word: TextWord, { languages, compoundsOf }: MailboxWords): readonly string[] {
  return languages.latin.some((language) => compounding.has(language)) ? compoundsOf(word.folded) : [];
}

function wordExpression(word: TextWord, fields: Fields, isPrefix: boolean, mailbox: MailboxWords): string {
  const withForms = fields.filter((field) => fieldsWithForms.includes(field));
  const formColumns = fields.flatMap((field) => formFields[field] ?? []);
  // Korean words have particles behind them, so that a whole word is but the beginning of the one in the text.
  const isKorean = hangul.test(word.folded);
  const exact = isPrefix || isKorean ? beginning(word.folded) : quoted(word.folded);
  const base = isKorean ? koreanParticle.exec(word.folded)?.[1] : undefined;
  const everywhere = [
    exact,
    ...umlautForms([word]).map(quoted),
    ...(base === undefined ? [] : [beginning(base)]),
  ];
  const forms = [
    ...languagesOf(word.written, mailbox.languages).flatMap((language) => formsAsked(language, word.written)),
    ...compoundsWith(word, mailbox),
  ];
  // Without a filter SQLite need not read where in a message a word stands, which takes most of the time.
  if (fields.length === allFields.length) return anyOf([...everywhere, ...forms.map(quoted)]);
  const wherever = columns([...fields, ...formColumns], anyOf(everywhere));
  if (forms.length === 0 || withForms.length === 0) return wherever;
  return `(${wherever} OR ${columns([...withForms, ...formColumns], anyOf(forms.map(quoted)))})`;
}

/** The texts that a phrase may stand for: its Chinese characters as they are, and simplified. */
function spellingsOf(text: string): readonly (readonly TextWord[])[] {
  const asTyped = textWords(text, true);
  const simplified = textWords(text, false);
  return phraseOf(asTyped) === phraseOf(simplified) ? [asTyped] : [asTyped, simplified];
}

function phraseOf(words: readonly TextWord[]): string {
  return words.map(({ folded }) => folded).join(' ');
}

const elision =
  /^(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|un|dell|nell|all|sull|dall|quell|dov|com|cos)['’ʼ‘`＇](.+)$/iu;
const possessive = /^(.+)['’ʼ‘`＇]s?$/iu;

/** The word of "l'école" or "painter's" that is looked for; null where the term is something else. */
function essence(text: string): string | null {
  return elision.exec(text)?.[1] ?? possessive.exec(text)?.[1] ?? null;
}

const rows: Readonly<Record<string, string>> = {
  う: 'わいうえおっ',
  く: 'かきくけこい',
  ぐ: 'がぎぐげごい',
  す: 'さしすせそ',
  つ: 'たちつてとっ',
  ぬ: 'なにぬねのん',
  ぶ: 'ばびぶべぼん',
  む: 'まみむめもん',
  る: 'らりるれろっ',
};
const japaneseVerb = /^(.*\p{Script=Han}\p{Script=Hiragana}*)([うくぐすつぬぶむる])$/u;

/** Beginnings of the forms of a Japanese verb: 書か, 書き, … for 書く, and 食べ for 食べる. */
function japaneseForms(text: string): readonly string[] {
  const verb = japaneseVerb.exec(text);
  const [, stem = '', last = ''] = verb ?? [];
  if (stem === '') return [];
  const forms = [...(rows[last] ?? '')].map((kana) => `${stem}${kana}`);
  return last === 'る' && [...stem].length > 1 ? [...forms, stem] : forms;
}

/** One term as an FTS5 expression over the fields; null when it has no word. */
export function termExpression(term: WordTerm, fields: Fields, mailbox: MailboxWords): string | null {
  const spellings = spellingsOf(term.text);
  const [words = []] = spellings;
  if (words.length === 0) return null;
  const phrases = spellings.map((spelling) => quoted(phraseOf(spelling)));
  if (term.isPhrase) return columns(fields, anyOf(phrases));
  const sought = words.length === 1 ? spellings : [textWords(essence(term.text) ?? '')];
  const alone = sought.flatMap((spelling) => (spelling.length === 1 ? spelling : []));
  if (alone.length > 0)
    return anyOf(alone.map((word) => wordExpression(word, fields, term.isPrefix, mailbox)));
  return severalWords(term, fields, phrases);
}

/** "anna@example.org" is several words in a row. */
function severalWords(term: WordTerm, fields: Fields, phrases: readonly string[]): string {
  const inARow = phrases.map((phrase) => (term.isPrefix ? `${phrase} *` : phrase));
  const verbs = japaneseForms(term.text).flatMap((form) => spellingsOf(form).map(phraseOf));
  const formColumns = fields.flatMap((field) => formFields[field] ?? []);
  const codes = codesOf(term.text).slice(0, 1).map(foldWord);
  // Forms stand in no order, so only a single word can be looked for among them.
  return anyOf([
    columns(fields, anyOf([...inARow, ...verbs.map(quoted)])),
    ...codes.map((code) => columns([...fields, ...formColumns], quoted(code))),
  ]);
}
