import type { SearchAdvice } from '../../../shared/search/advice.ts';
import { parseSearch, type SearchTree, type WordTerm } from '../../../shared/search/parse-search.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { onOtherLayouts } from './keyboard-layouts.ts';
import { asksForFolder } from './search-sql.ts';
import { textWords } from './search-words.ts';
import { allFields, type MailboxWords, mailboxWords, termExpression } from './word-expression.ts';

/** A word with fewer hits may be a mistake for one that has `timesMore` as many. */
const fewHits = 3;
const timesMore = 20;
/** Corrections that are offered for one word. */
const mostOffered = 2;
/** Words like the typed one that are looked at; stems among them are no words. */
const mostTried = 12;

type Spelling = Omit<Extract<SearchAdvice, { kind: 'spelling' }>, 'total'>;
type Layout = Extract<SearchAdvice, { kind: 'layout' }>;

function wantedWords(tree: SearchTree): readonly WordTerm[] {
  if (tree.kind === 'all' || tree.kind === 'any') return tree.of.flatMap(wantedWords);
  return tree.kind === 'words' && !tree.isPhrase ? [tree] : [];
}

/** Looks at the words of queries that find little. */
class Adviser {
  readonly #sql: StoreTools['sql'];
  readonly #vocabulary: StoreTools['vocabulary'];
  readonly #mailbox: MailboxWords;

  constructor(tools: Pick<StoreTools, 'sql' | 'vocabulary'>) {
    this.#sql = tools.sql;
    this.#vocabulary = tools.vocabulary;
    this.#mailbox = mailboxWords(tools);
  }

  /** How many messages match, up to `most`. */
  #hits(expression: string, most: number): number {
    return (
      this.#sql.value<number>(
        'select count(*) as value from (select 1 from words where words match ? limit ?)',
        expression,
        most,
      ) ?? 0
    );
  }

  #hitsOf(term: WordTerm, most: number): number {
    const fields = term.fields.length > 0 ? term.fields : allFields;
    const expression = termExpression(term, fields, this.#mailbox);
    return expression === null ? most : this.#hits(expression, most);
  }

  #layoutOf(term: WordTerm): Layout | null {
    const used = onOtherLayouts(term.text).find((text) => this.#hitsOf({ ...term, text }, 1) > 0);
    return used === undefined ? null : { kind: 'layout', typed: term.text, used };
  }

  #spellingsOf(term: WordTerm, hits: number, query: string): readonly Spelling[] {
    const [word, ...more] = textWords(term.text);
    if (word === undefined || more.length > 0) return [];
    const fewest = hits === 0 ? 1 : hits * timesMore;
    const columns = `{${(term.fields.length > 0 ? term.fields : allFields).join(' ')}}`;
    return this.#vocabulary
      .near(word.folded)
      .slice(0, mostTried)
      .filter((each) => this.#hits(`${columns} : "${each}"`, fewest) >= fewest)
      .slice(0, mostOffered)
      .map((each) => ({
        kind: 'spelling',
        typed: term.text,
        word: each,
        query: query.replace(term.text, each),
      }));
  }

  on(query: string): readonly (Layout | Spelling)[] {
    return wantedWords(parseSearch(query).tree).flatMap((term): readonly (Layout | Spelling)[] => {
      const hits = this.#hitsOf(term, fewHits);
      if (hits >= fewHits) return [];
      const layout = hits === 0 ? this.#layoutOf(term) : null;
      return layout === null ? this.#spellingsOf(term, hits, query) : [layout];
    });
  }
}

/** Folders that a search leaves out, and the query that finds the same there; none where the query names a folder. */
export function queriesLeftOut(
  query: string,
): readonly { readonly folder: 'trash' | 'junk'; readonly query: string; readonly counted: string }[] {
  const { tree } = parseSearch(query);
  if (asksForFolder(tree) || query.trim() === '') return [];
  const whole = tree.kind === 'any' ? `(${query})` : query;
  return (['trash', 'junk'] as const).map((folder) => ({
    folder,
    query: `in:${folder} ${whole}`,
    // The bracket stays open, so that the last word is still the one that is being typed.
    counted: `in:${folder} (${query}`,
  }));
}

/** What may help with a query. The words of the index are read first, which takes a while the first time. */
export async function adviceOn(
  tools: Pick<StoreTools, 'sql' | 'vocabulary'>,
  query: string,
): Promise<readonly (Layout | Spelling)[]> {
  await tools.vocabulary.refresh();
  return new Adviser(tools).on(query);
}
