import type { FolderRegister } from '../index/folders.ts';
import type { Sql } from '../index/sql.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { allOf, type Condition, outsideTrash } from './condition.ts';
import { onOtherLayouts } from './keyboard-layouts.ts';
import { MailLanguages, type WordLanguages } from './mail-languages.ts';
import type { FactTerm, SearchQuery, WordTerm } from './search-query.ts';
import { termExpression } from './word-expression.ts';

const allFields: WordTerm['fields'] = ['subject', 'sender', 'recipients', 'attachment', 'body'];

/** Makes the expressions of terms for a mailbox. */
type Asking = {
  readonly sql: Sql;
  readonly languages: WordLanguages;
  readonly narrowTo: WordTerm['fields'] | null;
};

function hasHits(sql: Sql, expression: string): boolean {
  return sql.value<number>('select 1 as value from words where words match ? limit 1', expression) !== null;
}

/** One term as an FTS5 expression; null when it has no word. A word without a hit is tried on other keyboard layouts. */
function expressionOf(term: WordTerm, { sql, languages, narrowTo }: Asking): string | null {
  const fields = term.fields.length > 0 ? term.fields : (narrowTo ?? allFields);
  const expression = termExpression(term, fields, languages);
  if (expression === null || term.isPhrase || term.isNegated) return expression;
  const others = onOtherLayouts(term.text);
  if (others.length === 0 || hasHits(sql, expression)) return expression;
  const onLayout = others.flatMap((text) => termExpression({ ...term, text }, fields, languages) ?? []);
  return onLayout.find((each) => hasHits(sql, each)) ?? expression;
}

/** The words of a search as two FTS5 expressions. Either may be empty. */
function wordExpressions(terms: readonly WordTerm[], asking: Asking): { wanted: string; unwanted: string } {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const term of terms) {
    const expression = expressionOf(term, asking);
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
  { folders, sql }: Pick<StoreTools, 'folders' | 'sql'>,
  query: SearchQuery,
  narrowTo: WordTerm['fields'] | null = null,
): Condition {
  const words = query.terms.filter((term) => term.kind === 'words');
  const facts = query.terms.filter((term) => term.kind !== 'words');
  const languages = new MailLanguages({ sql }).ofQuery();
  const { wanted, unwanted } = wordExpressions(words, { sql, languages, narrowTo });
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
