import type { WordTerm } from '../../../electron/store/search/search-query.ts';
import { stemOf } from '../../../electron/store/search/search-words.ts';

/*
 * What a search has to find, told as simply as possible: no index, no SQL, every message looked at. Only the stemmer
 * is the program's own.
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

type Field = WordTerm['fields'][number];

const fieldsOf: Readonly<Record<string, readonly Field[]>> = {
  from: ['sender'],
  to: ['recipients'],
  subject: ['subject'],
  body: ['body'],
  filename: ['attachment'],
};
const allFields: readonly Field[] = ['subject', 'sender', 'recipients', 'attachment', 'body'];
const stemmed: readonly Field[] = ['subject', 'body'];

/** Letter by letter: lower case without marks, й apart from и, and CJK letters words of their own. */
function wordsIn(text: string): string[] {
  const words: string[] = [];
  let word = '';
  const end = () => {
    if (word !== '') words.push([...word].slice(0, 40).join(''));
    word = '';
  };
  for (const letter of text.normalize('NFC').toLowerCase().normalize('NFC')) {
    if (/\p{S}/u.test(letter)) {
      end();
      continue;
    }
    const plain =
      letter === 'й' ? 'й' : letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
    if (/\p{M}/u.test(letter) && plain === '') continue;
    for (const each of plain) {
      if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(each)) {
        end();
        words.push(each);
      } else if (/[\p{L}\p{N}]/u.test(each)) word += each;
      else end();
    }
  }
  end();
  return words;
}

function hasPhrase(words: readonly string[], sought: readonly string[], isPrefix: boolean): boolean {
  return words.some((_, at) =>
    sought.every((word, index) => {
      const here = words[at + index];
      return index === sought.length - 1 && isPrefix ? here?.startsWith(word) === true : here === word;
    }),
  );
}

function holds(mail: SearchedMail, term: AskedTerm, isTyped: boolean): boolean | null {
  if (term.kind === 'fact') return term.holds(mail);
  const sought = wordsIn(term.text);
  const [first] = sought;
  if (first === undefined) return null;
  const fields = term.operator === null ? allFields : (fieldsOf[term.operator] ?? []);
  const isPrefix = isTyped && !term.isQuoted;
  return fields.some((field) => {
    const words = wordsIn(mail[field]);
    if (term.isQuoted || sought.length > 1) return hasPhrase(words, sought, isPrefix);
    return words.some(
      (word) =>
        word === first ||
        (isPrefix && first.length > 1 && word.startsWith(first)) ||
        (stemmed.includes(field) && stemOf(word) === stemOf(first)),
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
    return `${minus}${operator}${term.isQuoted ? `"${term.text}"` : term.text}`;
  });
  return written.join(' ') + (isTyped ? '' : ' ');
}
