import { setImmediate as turn } from 'node:timers/promises';
import { editDistance } from '../../../shared/search/nearest-word.ts';
import type { Revision } from './revision.ts';
import type { Sql } from './sql.ts';

type Tools = { readonly sql: Sql; readonly revision: Revision };

/** Words read at once from the index; a few milliseconds. */
const termsAtOnce = 4000;
/** The words are read again when so many changes of the store have come since. */
const staleAfter = 2000;
/** In a mailbox with more words than this, a word of one message only is likely to be a mistake itself. */
const manyWords = 20_000;
/** Most words that a part of a compound is looked up in. */
const mostCompounds = 60;
/** Letters of a part of a compound, and of what else must be in the compound. */
const shortestPart = 5;
const fewestBeside = 4;

const shortestCorrected = 4;
const onlyLetters = /^\p{L}+$/u;

/**
 * The words of the full-text index, in memory: for corrections of a word that is nowhere, and for words that stand at
 * the end of a compound. They are read in the background when they are first needed, and stay a little behind.
 */
export class Vocabulary {
  readonly #tools: Tools;
  readonly #counts = new Map<string, number>();
  /** All words, each between line breaks, so that one search finds those that end in a word. */
  #lines = '';
  #revision: number | null = null;
  #reading: Promise<void> | null = null;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Reads the words unless they are fresh. */
  refresh(): Promise<void> {
    const { current } = this.#tools.revision;
    if (this.#revision !== null && current - this.#revision < staleAfter) return Promise.resolve();
    this.#reading ??= this.#read(current).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(revision: number): Promise<void> {
    const { sql } = this.#tools;
    sql.exec("create virtual table if not exists temp.word_terms using fts5vocab('main', 'words', 'row')");
    const found = new Map<string, number>();
    for (let after = ''; ; await turn()) {
      const rows = sql.all<{ term: string; doc: number }>(
        'select term, doc from temp.word_terms where term > ? order by term limit ?',
        after,
        termsAtOnce,
      );
      for (const { term, doc } of rows) if (term.length > 3 && onlyLetters.test(term)) found.set(term, doc);
      const last = rows.at(-1);
      if (last === undefined || rows.length < termsAtOnce) break;
      after = last.term;
    }
    this.#counts.clear();
    for (const [term, count] of found) this.#counts.set(term, count);
    this.#lines = `\n${[...found.keys()].join('\n')}\n`;
    this.#revision = revision;
  }

  /** Words much like a folded word, the likeliest first. Stems are among them. */
  near(word: string): readonly string[] {
    if (word.length < shortestCorrected || !onlyLetters.test(word)) return [];
    const most = word.length > 5 ? 2 : 1;
    const fewest = this.#counts.size > manyWords ? 2 : 1;
    const found: { readonly term: string; readonly distance: number; readonly count: number }[] = [];
    for (const [term, count] of this.#counts) {
      if (count < fewest || term === word) continue;
      const distance = editDistance(word, term, most);
      if (distance <= most) found.push({ term, distance, count });
    }
    return found
      .sort((one, other) => one.distance - other.distance || other.count - one.count)
      .map(({ term }) => term);
  }

  /**
   * Compounds that end in a folded word, as "Krankenversicherungskarte" does in "Karte", or have it before a linking
   * letter. Empty until the words have been read.
   */
  compoundsOf(word: string): readonly string[] {
    if (word.length < shortestPart || !/^[a-z]+$/.test(word)) return [];
    const lines = this.#lines;
    const found: string[] = [];
    for (let at = lines.indexOf(word); at >= 0; at = lines.indexOf(word, at + 1)) {
      const start = lines.lastIndexOf('\n', at) + 1;
      const end = lines.indexOf('\n', at);
      const rest = lines.slice(at + word.length, end);
      if (isEndOfCompound(at - start, rest) || isLinkedPart(rest)) found.push(lines.slice(start, end));
    }
    return found
      .sort((one, other) => (this.#counts.get(other) ?? 0) - (this.#counts.get(one) ?? 0))
      .slice(0, mostCompounds);
  }
}

const endings = new Set(['', 's', 'es', 'n', 'en', 'e', 'er', 'ern']);

function isEndOfCompound(lettersBefore: number, rest: string): boolean {
  return lettersBefore >= fewestBeside && endings.has(rest);
}

/** "Versicherung" in "Versicherungskarte". */
function isLinkedPart(rest: string): boolean {
  return rest.length > fewestBeside && (rest.startsWith('s') || rest.startsWith('n'));
}
