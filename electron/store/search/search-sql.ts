import type { MessageState } from '../../../shared/search/operators.ts';
import type { FactTerm, SearchTree, WordTerm } from '../../../shared/search/parse-search.ts';
import type { FolderRegister } from '../index/folders.ts';
import type { Sql } from '../index/sql.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { allOf, type Clause, type Condition, outsideTrash } from './condition.ts';
import { wordOfEnding, wordOfKind } from './file-words.ts';
import { onOtherLayouts } from './keyboard-layouts.ts';
import { allFields, type MailboxWords, mailboxWords, termExpression } from './word-expression.ts';

/** Makes the expressions of terms for a mailbox. */
type Asking = {
  readonly sql: Sql;
  readonly mailbox: MailboxWords;
  readonly narrowTo: WordTerm['fields'] | null;
};

function hasHits(sql: Sql, expression: string): boolean {
  return sql.value<number>('select 1 as value from words where words match ? limit 1', expression) !== null;
}

/** One term as an FTS5 expression; null when it has no word. A word without a hit is tried on other keyboard layouts. */
function expressionOf(term: WordTerm, isWanted: boolean, { sql, mailbox, narrowTo }: Asking): string | null {
  const fields = term.fields.length > 0 ? term.fields : (narrowTo ?? allFields);
  const expression = termExpression(term, fields, mailbox);
  if (expression === null || term.isPhrase || !isWanted) return expression;
  const others = onOtherLayouts(term.text);
  if (others.length === 0 || hasHits(sql, expression)) return expression;
  const onLayout = others.flatMap((text) => termExpression({ ...term, text }, fields, mailbox) ?? []);
  return onLayout.find((each) => hasHits(sql, each)) ?? expression;
}

/** Whether the full-text index alone can answer a part of a query. */
function isOfWords(tree: SearchTree): boolean {
  if (tree.kind === 'all' || tree.kind === 'any') return tree.of.every(isOfWords);
  return tree.kind === 'words' || tree.kind === 'file' || tree.kind === 'file-type';
}

/** A part that `isOfWords` as one FTS5 expression; null when it has no word. */
function matchOf(tree: SearchTree, isWanted: boolean, asking: Asking): string | null {
  if (tree.kind === 'words') return expressionOf(tree, isWanted, asking);
  if (tree.kind === 'file') return `{attachment} : "${wordOfKind(tree.file)}"`;
  if (tree.kind === 'file-type') {
    const word = wordOfEnding(tree.type);
    return word === null ? null : `{attachment} : "${word}"`;
  }
  if (tree.kind !== 'all' && tree.kind !== 'any') return null;
  const parts = tree.of.flatMap((each) => matchOf(each, isWanted, asking) ?? []);
  return parts.length > 1 ? `(${parts.join(tree.kind === 'all' ? ' AND ' : ' OR ')})` : (parts[0] ?? null);
}

const stateSql: Readonly<Record<MessageState, string>> = {
  unread: 'm.is_read = 0',
  read: 'm.is_read = 1',
  starred: 'm.is_starred = 1',
  replied: 'm.is_replied = 1',
  forwarded: 'm.is_forwarded = 1',
  partial: 'm.is_partial = 1',
};

function factClause(
  folders: FolderRegister,
  term: Exclude<FactTerm, { kind: 'file' | 'file-type' }>,
): Clause {
  if (term.kind === 'before') return { sql: 'm.sort_date < ?', values: [term.at] };
  if (term.kind === 'after') return { sql: 'm.sort_date >= ?', values: [term.at] };
  if (term.kind === 'larger') return { sql: 'm.size > ?', values: [term.bytes] };
  if (term.kind === 'smaller') return { sql: 'm.size < ?', values: [term.bytes] };
  if (term.kind === 'attachment') return { sql: 'm.attachments > 0', values: [] };
  if (term.kind === 'folder') {
    const named = folders.named(term.folder);
    return { sql: `m.folder in (${named.map(() => '?').join(', ')})`, values: named };
  }
  if (term.kind === 'tag')
    return {
      sql: 'm.id in (select message_id from message_tag where tag = ? collate nocase)',
      values: [term.tag],
    };
  return { sql: stateSql[term.state], values: [] };
}

/** A part of a query as SQL, whatever it holds; null where it says nothing. */
function clauseOf(
  tree: SearchTree,
  isWanted: boolean,
  folders: FolderRegister,
  asking: Asking,
): Clause | null {
  if (isOfWords(tree)) {
    const match = matchOf(tree, isWanted, asking);
    if (match === null) return null;
    return { sql: 'm.id in (select rowid from words where words match ?)', values: [match] };
  }
  if (tree.kind === 'not') {
    const negated = clauseOf(tree.of, !isWanted, folders, asking);
    return negated === null ? null : { sql: `not (${negated.sql})`, values: negated.values };
  }
  if (tree.kind === 'all' || tree.kind === 'any') {
    const parts = tree.of.flatMap((each) => clauseOf(each, isWanted, folders, asking) ?? []);
    if (parts.length === 0) return null;
    return {
      sql: `(${parts.map(({ sql }) => `(${sql})`).join(tree.kind === 'all' ? ' and ' : ' or ')})`,
      values: parts.flatMap(({ values }) => values),
    };
  }
  if (tree.kind === 'words' || tree.kind === 'file' || tree.kind === 'file-type') return null;
  return factClause(folders, tree);
}

/** Whether a query says in which folder a message must or must not be. */
export function asksForFolder(tree: SearchTree): boolean {
  if (tree.kind === 'not') return asksForFolder(tree.of);
  return tree.kind === 'all' || tree.kind === 'any' ? tree.of.some(asksForFolder) : tree.kind === 'folder';
}

/** The parts that must all hold. */
function partsOf(tree: SearchTree): readonly SearchTree[] {
  return tree.kind === 'all' ? tree.of.flatMap(partsOf) : [tree];
}

/**
 * The condition for the messages that a search finds. Messages in Trash and Junk are found only where the search asks for
 * a folder. An empty search finds nothing.
 */
export function searchCondition(
  tools: Pick<StoreTools, 'folders' | 'sql' | 'vocabulary'>,
  tree: SearchTree,
  narrowTo: WordTerm['fields'] | null = null,
): Condition {
  const { folders, sql } = tools;
  const asking = { sql, mailbox: mailboxWords(tools), narrowTo };
  const wantedParts: string[] = [];
  const unwantedParts: string[] = [];
  const clauses: Clause[] = [];
  for (const part of partsOf(tree)) {
    if (isOfWords(part)) wantedParts.push(...listed(matchOf(part, true, asking)));
    else if (part.kind === 'not' && isOfWords(part.of))
      unwantedParts.push(...listed(matchOf(part.of, false, asking)));
    else clauses.push(...listed(clauseOf(part, true, folders, asking)));
  }
  const wanted = wantedParts.join(' AND ');
  const unwanted = unwantedParts.join(' OR ');
  if (clauses.length === 0 && wanted === '' && unwanted === '') return { sql: 'false', values: [] };
  if (narrowTo === null && !asksForFolder(tree))
    clauses.push(outsideTrash(folders), { sql: `m.folder <> ${folders.idOf('junk')}`, values: [] });
  const rest = allOf(clauses);
  if (wanted === '' && unwanted === '') return rest;
  const found = { sql: 'm.id in (select rowid from words where words match ?)', values: [wanted] };
  const kept = { sql: 'm.id not in (select rowid from words where words match ?)', values: [unwanted] };
  return {
    ...allOf([...(wanted === '' ? [] : [found]), ...(unwanted === '' ? [] : [kept]), ...clauses]),
    split: { facts: rest, wanted, unwanted },
  };
}

function listed<Value>(value: Value | null): readonly Value[] {
  return value === null ? [] : [value];
}
