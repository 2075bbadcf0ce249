import { codesOf } from '../../../electron/store/search/codes.ts';
import { onOtherLayouts } from '../../../electron/store/search/keyboard-layouts.ts';
import { languagesOf, MailLanguages } from '../../../electron/store/search/mail-languages.ts';
import { isJapanese, simplifiedForm } from '../../../electron/store/search/word-folding.ts';
import { extraForms, formsAsked, umlautForms } from '../../../electron/store/search/word-forms.ts';
import type { WordField } from '../../../shared/search/operators.ts';

/*
 * What a search has to find, told as simply as possible: no index, no SQL, every message looked at. Only word forms,
 * codes, keyboard layouts and Chinese characters are the program's own.
 */

/** What can be searched for in a message. */
export type SearchedMail = {
  readonly subject: string;
  readonly sender: string;
  readonly recipients: string;
  readonly attachment: string;
  readonly body: string;
  readonly hasAttachment: boolean;
  readonly isRead: boolean;
  readonly isStarred: boolean;
  readonly isInTrash: boolean;
  readonly tag: string | null;
  readonly sentAt: number;
};

/** One term of a query, before it is written down. */
export type AskedTerm = { readonly isNegated: boolean } & (
  | {
      readonly kind: 'words';
      readonly operator: 'from' | 'to' | 'subject' | 'body' | 'filename' | null;
      readonly text: string;
      readonly isQuoted: boolean;
    }
  | { readonly kind: 'fact'; readonly text: string; readonly holds: (mail: SearchedMail) => boolean }
);

type Field = WordField;

const fieldsOf: Readonly<Record<string, readonly Field[]>> = {
  from: ['sender'],
  to: ['recipients'],
  subject: ['subject'],
  body: ['body'],
  filename: ['attachment'],
};
const allFields: readonly Field[] = ['subject', 'sender', 'recipients', 'attachment', 'body'];
const withForms: readonly Field[] = ['subject', 'body', 'attachment'];

/** Letters that have no marks to be taken away, of those that the tests use. */
const plainLetters: Readonly<Record<string, string>> = { ß: 'ss', ı: 'i', ς: 'σ', ə: 'e', ø: 'o', ł: 'l' };

type Word = { readonly written: string; readonly folded: string };

function foldedLetter(letter: string): string {
  const plain =
    letter === 'й' ? 'й' : letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
  return [...plain].map((each) => plainLetters[each] ?? each).join('');
}

/** Letter by letter: lower case without marks, й apart from и, and CJK letters words of their own. */
function wordsIn(text: string, keepsHan = isJapanese(text)): Word[] {
  const words: Word[] = [];
  let written = '';
  let folded = '';
  const end = () => {
    const whole = keepsHan ? folded : simplifiedForm(folded);
    if (whole !== '') words.push({ written, folded: [...whole].slice(0, 40).join('') });
    written = '';
    folded = '';
  };
  for (const letter of text.normalize('NFC').toLowerCase().normalize('NFC')) {
    if (/\p{S}/u.test(letter)) {
      end();
      continue;
    }
    if (/\p{M}/u.test(letter) && foldedLetter(letter) === '') {
      if (written !== '') written += letter;
      continue;
    }
    for (const each of letter.normalize('NFKC').toLowerCase()) {
      if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(each)) {
        end();
        words.push({
          written: each,
          folded: keepsHan ? foldedLetter(each) : simplifiedForm(foldedLetter(each)),
        });
      } else if (/[\p{L}\p{N}]/u.test(each)) {
        written += each;
        folded += foldedLetter(each);
      } else if (/\p{M}/u.test(each)) written += each;
      else end();
    }
  }
  end();
  return words;
}

function hasPhrase(words: readonly Word[], sought: readonly Word[], isPrefix: boolean): boolean {
  return words.some((_, at) =>
    sought.every((word, index) => {
      const here = words[at + index]?.folded;
      return index === sought.length - 1 && isPrefix
        ? here?.startsWith(word.folded) === true
        : here === word.folded;
    }),
  );
}

/** The usual language of each script, as no message of the tests says its own. */
const languages = new MailLanguages({ sql: { all: () => [], run: () => 0 } }).ofQuery();

/** Every word under which a field is found. */
function indexed(field: Field, text: string, words: readonly Word[]): readonly string[] {
  const forms = withForms.includes(field)
    ? extraForms(text, words, languages).split(' ')
    : umlautForms(words);
  return [...words.map(({ folded }) => folded), ...forms.filter((form) => form !== '')];
}

function hasWord(mail: SearchedMail, fields: readonly Field[], word: Word, isPrefix: boolean): boolean {
  const spelled = umlautForms([word]);
  const asked = languagesOf(word.written, languages).flatMap((each) => formsAsked(each, word.written));
  return fields.some((field) =>
    indexed(field, mail[field], wordsIn(mail[field])).some(
      (each) =>
        each === word.folded ||
        (isPrefix && word.folded.length > 1 && each.startsWith(word.folded)) ||
        spelled.includes(each) ||
        ((withForms.includes(field) || fields.length === allFields.length) && asked.includes(each)),
    ),
  );
}

function holds(mail: SearchedMail, term: AskedTerm, isTyped: boolean): boolean | null {
  if (term.kind === 'fact') return term.holds(mail);
  const spellings = [wordsIn(term.text, true), wordsIn(term.text, false)];
  const [words = []] = spellings;
  if (words.length === 0) return null;
  const fields = term.operator === null ? allFields : (fieldsOf[term.operator] ?? []);
  const isPrefix = isTyped && !term.isQuoted;
  if (!term.isQuoted && words.length === 1)
    return spellings.some(([word]) => word !== undefined && hasWord(mail, fields, word, isPrefix));
  const [code] = term.isQuoted ? [] : codesOf(term.text);
  return fields.some((field) => {
    const here = wordsIn(mail[field]);
    if (spellings.some((sought) => hasPhrase(here, sought, isPrefix))) return true;
    // Forms of names stand in the same column as the names themselves.
    const isAmongForms = words.length === 1 && field !== 'subject' && field !== 'body';
    if (isAmongForms && indexed(field, mail[field], here).includes(words[0]?.folded ?? '')) return true;
    return code !== undefined && indexed(field, mail[field], here).includes(code);
  });
}

/** The terms as they are looked for: a word that no message has is tried on other keyboard layouts. */
export function asLookedFor(
  mails: readonly SearchedMail[],
  terms: readonly AskedTerm[],
  isTyped: boolean,
): readonly AskedTerm[] {
  return terms.map((term, index) => {
    if (term.kind === 'fact' || term.isQuoted || term.isNegated) return term;
    const isLast = isTyped && index === terms.length - 1;
    const isSomewhere = (each: AskedTerm) => mails.some((mail) => holds(mail, each, isLast) === true);
    if (isSomewhere(term)) return term;
    return (
      onOtherLayouts(term.text)
        .map((text) => ({ ...term, text }))
        .find(isSomewhere) ?? term
    );
  });
}

/** Whether a search finds a message: all terms hold, and what lies in the Trash is only found where that is asked for. */
export function isFound(mail: SearchedMail, terms: readonly AskedTerm[], isTyped: boolean): boolean {
  const results = terms.map((term, index) => {
    const result = holds(mail, term, isTyped && index === terms.length - 1);
    return result === null ? null : result !== term.isNegated;
  });
  if (results.every((result) => result === null)) return false;
  const asksForTrash = terms.some((term) => term.kind === 'fact' && term.text.startsWith('in:'));
  return results.every((result) => result !== false) && (asksForTrash || !mail.isInTrash);
}

/** The query as a person would type it; with a blank behind it the last word is a whole one. */
export function typed(terms: readonly AskedTerm[], isTyped: boolean): string {
  const written = terms.map((term) => {
    const minus = term.isNegated ? '-' : '';
    if (term.kind === 'fact') return `${minus}${term.text}`;
    const operator = term.operator === null ? '' : `${term.operator}:`;
    // In capitals these words would steer the query.
    const text = /^(?:AND|OR|NOT)$/.test(term.text) ? term.text.toLowerCase() : term.text;
    return `${minus}${operator}${term.isQuoted ? `"${term.text}"` : text}`;
  });
  return written.join(' ') + (isTyped ? '' : ' ');
}
