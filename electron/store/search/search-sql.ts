import type { FolderRegister } from '../index/folders.ts';
import { allOf, type Condition, outsideTrash } from './condition.ts';
import type { FactTerm, SearchQuery, WordTerm } from './search-query.ts';
import { stemOf, wordsOf } from './search-words.ts';

const allFields: WordTerm['fields'] = ['subject', 'sender', 'recipients', 'attachment', 'body'];
const stemFields: Readonly<Partial<Record<WordTerm['fields'][number], string>>> = {
  subject: 'subject_stems',
  body: 'body_stems',
};

/** Words contain only letters and digits here, so a quotation mark cannot end early. */
function columns(fields: readonly string[], expression: string): string {
  return `{${fields.join(' ')}} : ${expression}`;
}

function wordExpression(word: string, fields: WordTerm['fields'], isPrefix: boolean): string {
  // A prefix of one letter would match nearly everything.
  const exact = columns(fields, isPrefix && word.length > 1 ? `"${word}" *` : `"${word}"`);
  const stem = stemOf(word);
  const stemColumns = fields.flatMap((field) => stemFields[field] ?? []);
  if (stemColumns.length === 0) return exact;
  // A stem can itself be a word of the text. The index does not repeat such a word among the stems.
  if (stem === word && !isPrefix) return columns([...fields, ...stemColumns], `"${word}"`);
  const stemmedFields = fields.filter((field) => stemFields[field] !== undefined);
  const stemmed = columns([...stemmedFields, ...stemColumns], `"${stem}"`);
  return `(${exact} OR ${stemmed})`;
}

/** One term as an FTS5 expression; null when it has no word. */
function termExpression(term: WordTerm, narrowTo: WordTerm['fields'] | null): string | null {
  const words = wordsOf(term.text);
  const last = words.at(-1);
  if (last === undefined) return null;
  const fields = term.fields.length > 0 ? term.fields : (narrowTo ?? allFields);
  if (term.isPhrase) return columns(fields, `"${words.join(' ')}"`);
  // "anna@example.org" is several words in a row.
  if (words.length > 1) return columns(fields, `"${words.join(' ')}"${term.isPrefix ? ' *' : ''}`);
  return wordExpression(last, fields, term.isPrefix);
}

/** The words of a search as two FTS5 expressions. Either may be empty. */
function wordExpressions(
  terms: readonly WordTerm[],
  narrowTo: WordTerm['fields'] | null,
): { wanted: string; unwanted: string } {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const term of terms) {
    const expression = termExpression(term, narrowTo);
    if (expression !== null) (term.isNegated ? unwanted : wanted).push(expression);
  }
  return { wanted: wanted.join(' AND '), unwanted: unwanted.join(' OR ') };
}

const factSql: Readonly<Record<'attachment' | 'unread' | 'read' | 'starred' | 'partial', string>> = {
  attachment: 'm.attachments > 0',
  unread: 'm.is_read = 0',
  read: 'm.is_read = 1',
  starred: 'm.is_starred = 1',
  partial: 'm.is_partial = 1',
};

function positiveFact(folders: FolderRegister, term: FactTerm): Condition {
  if (term.kind === 'before') return { sql: 'm.sort_date < ?', values: [term.at] };
  if (term.kind === 'after') return { sql: 'm.sort_date >= ?', values: [term.at] };
  if (term.kind === 'larger') return { sql: 'm.size > ?', values: [term.bytes] };
  if (term.kind === 'smaller') return { sql: 'm.size < ?', values: [term.bytes] };
  if (term.kind === 'folder') {
    const named = folders.named(term.folder);
    return { sql: `m.folder in (${named.map(() => '?').join(', ')})`, values: named };
  }
  if (term.kind === 'tag')
    return {
      sql: 'm.id in (select message_id from message_tag where tag = ? collate nocase)',
      values: [term.tag],
    };
  return { sql: factSql[term.kind], values: [] };
}

/**
 * The condition for the messages that a search finds. Messages in the Trash are found only where the search asks for
 * them. An empty search finds nothing.
 */
export function searchCondition(
  folders: FolderRegister,
  query: SearchQuery,
  narrowTo: WordTerm['fields'] | null = null,
): Condition {
  const words = query.terms.filter((term) => term.kind === 'words');
  const facts = query.terms.filter((term) => term.kind !== 'words');
  const { wanted, unwanted } = wordExpressions(words, narrowTo);
  const clauses = facts.map((term) => {
    const { sql, values } = positiveFact(folders, term);
    return term.isNegated ? { sql: `not (${sql})`, values } : { sql, values };
  });
  if (clauses.length === 0 && wanted === '' && unwanted === '') return { sql: 'false', values: [] };
  const asksForTrash = facts.some((term) => term.kind === 'folder');
  if (narrowTo === null && !asksForTrash) clauses.push(outsideTrash(folders));
  const rest = allOf(clauses);
  if (wanted === '' && unwanted === '') return rest;
  const found = { sql: 'm.id in (select rowid from words where words match ?)', values: [wanted] };
  const kept = { sql: 'm.id not in (select rowid from words where words match ?)', values: [unwanted] };
  return {
    ...allOf([...(wanted === '' ? [] : [found]), ...(unwanted === '' ? [] : [kept]), ...clauses]),
    split: { facts: rest, wanted, unwanted },
  };
}
