import { nearestWord } from './nearest-word.ts';
import {
  type FileKind,
  files,
  folderNames,
  type MessageState,
  type Operator,
  operatorNamed,
  operatorNames,
  states,
  type WordField,
} from './operators.ts';
import { dateSpan, sizeBytes } from './search-values.ts';

/*
 * The language of the search. Terms beside one another must all hold; OR, NOT, a minus and brackets steer them. Whatever
 * is typed has a meaning, because a query is searched for while it is typed: what is not understood is looked for as
 * words, and a note says so.
 */

/** A word or phrase to find, and the fields to search. No fields mean all. */
export type WordTerm = {
  readonly kind: 'words';
  readonly text: string;
  readonly fields: readonly WordField[];
  /** The term was in quotation marks: these words must stand in this order and form. */
  readonly isPhrase: boolean;
  /** The last word of an unfinished query also matches longer words. */
  readonly isPrefix: boolean;
};

/** A condition that is not about words. Times are milliseconds since the epoch. */
export type FactTerm =
  | { readonly kind: 'state'; readonly state: MessageState }
  | { readonly kind: 'attachment' }
  | { readonly kind: 'file'; readonly file: FileKind }
  | { readonly kind: 'file-type'; readonly type: string }
  | { readonly kind: 'before'; readonly at: number }
  | { readonly kind: 'after'; readonly at: number }
  | { readonly kind: 'larger'; readonly bytes: number }
  | { readonly kind: 'smaller'; readonly bytes: number }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'folder'; readonly folder: string };

/** A parsed search: terms, and how they are joined. `all` of nothing holds for nothing. */
export type SearchTree =
  | WordTerm
  | FactTerm
  | { readonly kind: 'all'; readonly of: readonly SearchTree[] }
  | { readonly kind: 'any'; readonly of: readonly SearchTree[] }
  | { readonly kind: 'not'; readonly of: SearchTree };

/** Something that was not understood, what is nearest to it, and where it stands in the query. */
export type SearchNote = {
  readonly kind: 'unknown-operator' | 'unknown-value';
  /** What was typed: `frm:` or `is:unred`. */
  readonly typed: string;
  /** The same with what was probably meant; null where nothing is near. */
  readonly nearest: string | null;
  /** The operator whose value is not understood; null where the operator itself is not. */
  readonly operator: Operator | null;
};

/** A query as it was understood. */
export type ParsedSearch = { readonly tree: SearchTree; readonly notes: readonly SearchNote[] };

/** Longer queries are cut. Characters. */
const longestQuery = 1000;
/** Brackets inside one another. */
const deepest = 20;

type Token =
  | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'minus' }
  | { readonly kind: 'term'; readonly tree: SearchTree };

const tokenPattern =
  /(?<open>\()|(?<close>\))|(?<minus>[-−](?=[^\s)]))|(?<empty>\p{L}[\p{L}_-]*:)(?=[\s()]|$)|(?:(?<name>\p{L}[\p{L}_-]*):)?(?:"(?<quoted>[^"]*)"?|«(?<angled>[^»]*)»?|„(?<low>[^“”"]*)[“”"]?|(?<bare>[^\s()"«]+(?:\([^\s()]*\)[^\s()"«]*)*))/giu;
const steering: Readonly<Record<string, 'or' | 'and' | 'not'>> = {
  OR: 'or',
  ИЛИ: 'or',
  '|': 'or',
  '||': 'or',
  AND: 'and',
  И: 'and',
  '&&': 'and',
  NOT: 'not',
  НЕ: 'not',
};

type Typed = {
  readonly name: string;
  readonly value: string;
  readonly isQuoted: boolean;
  readonly isLast: boolean;
};

function wordTerm({ value, isQuoted, isLast }: Typed, fields: readonly WordField[]): WordTerm {
  return { kind: 'words', text: value, fields, isPhrase: isQuoted, isPrefix: isLast && !isQuoted };
}

function sizeFact(side: 'larger' | 'smaller' | 'either', value: string): FactTerm | null {
  const sign = /^([<>]=?)?(.*)$/u.exec(value);
  const bytes = sizeBytes(sign?.[2] ?? '');
  if (bytes === null) return null;
  if (side !== 'either') return { kind: side, bytes };
  return { kind: sign?.[1]?.startsWith('<') === true ? 'smaller' : 'larger', bytes };
}

function dateFact(side: 'before' | 'after' | 'within', value: string, now: number): SearchTree | null {
  const span = dateSpan(value, now);
  if (span === null) return null;
  if (side !== 'within') return { kind: side, at: span.from };
  const after: FactTerm = { kind: 'after', at: span.from };
  // An age is a moment: what is meant is the time since then.
  if (span.from === span.until) return after;
  return { kind: 'all', of: [after, { kind: 'before', at: span.until }] };
}

function factOf({ value: asked }: Operator, value: string, now: number): SearchTree | null {
  const lower = value.toLowerCase();
  if (asked.kind === 'date') return dateFact(asked.side, value, now);
  if (asked.kind === 'size') return sizeFact(asked.side, value);
  if (asked.kind === 'state') {
    const state = states.get(lower);
    return state === undefined ? null : { kind: 'state', state };
  }
  if (asked.kind === 'file') {
    const file = files.get(lower);
    return file === undefined ? null : file === 'any' ? { kind: 'attachment' } : { kind: 'file', file };
  }
  if (value === '') return null;
  if (asked.kind === 'file-type') return { kind: 'file-type', type: lower.replace(/^\./u, '') };
  if (asked.kind === 'tag') return { kind: 'tag', tag: value };
  return { kind: 'folder', folder: folderNames.get(lower) ?? value };
}

function nearestValue({ value }: Operator, typed: string): string | null {
  if (value.kind === 'state') return nearestWord(typed, states.keys());
  return value.kind === 'file' ? nearestWord(typed, files.keys()) : null;
}

/** Words as they stand, where the beginning is no operator or its value has no sense. */
function asWords(typed: Typed): SearchTree {
  return {
    ...wordTerm({ ...typed, value: `${typed.name} ${typed.value}` }, []),
    isPhrase: true,
    isPrefix: false,
  };
}

function termOf(typed: Typed, now: number, notes: SearchNote[]): SearchTree {
  const { name, value } = typed;
  if (name === '') return wordTerm(typed, []);
  const operator = operatorNamed(name);
  if (operator === null) {
    const nearest = nearestWord(name, operatorNames);
    // The address of a page is no mistake, and neither are words with a colon behind them.
    if (value !== '' && !/^[/\\]/u.test(value) && name.length > 1)
      notes.push({
        kind: 'unknown-operator',
        typed: `${name}:`,
        nearest: nearest === null ? null : `${nearest}:`,
        operator: null,
      });
    return asWords(typed);
  }
  if (operator.value.kind === 'words') return wordTerm(typed, operator.value.fields);
  const fact = factOf(operator, value, now);
  if (fact !== null) return fact;
  if (value !== '') {
    const nearest = nearestValue(operator, value.toLowerCase());
    notes.push({
      kind: 'unknown-value',
      typed: `${name}:${value}`,
      nearest: nearest === null ? null : `${name}:${nearest}`,
      operator,
    });
  }
  return asWords(typed);
}

function tokensOf(query: string, now: number, notes: SearchNote[]): Token[] {
  const tokens: Token[] = [];
  let waiting = '';
  const groups: string[] = [];
  for (const match of query.matchAll(tokenPattern)) {
    const { open, close, minus, name = '', quoted, angled, low, bare, empty } = match.groups ?? {};
    if (open !== undefined) {
      tokens.push({ kind: 'open' });
      groups.push(waiting === '' ? (groups.at(-1) ?? '') : waiting);
      waiting = '';
    } else if (close !== undefined) {
      tokens.push({ kind: 'close' });
      groups.pop();
    } else if (minus !== undefined) tokens.push({ kind: 'minus' });
    else {
      const steers = name === '' && bare !== undefined ? steering[bare] : undefined;
      if (steers !== undefined) {
        tokens.push({ kind: steers });
        continue;
      }
      const inQuotes = quoted ?? angled ?? low;
      const own = (empty?.slice(0, -1) ?? name).toLowerCase();
      const typed = {
        name: own !== '' ? own : waiting !== '' ? waiting : (groups.at(-1) ?? ''),
        value: inQuotes ?? bare ?? '',
        isQuoted: inQuotes !== undefined,
        isLast: match.index + match[0].length === query.length,
      };
      // "from: anna" means what "from:anna" means, and "from:(anna OR boris)" is about both.
      waiting = empty !== undefined && operatorNamed(own) !== null ? own : '';
      if (waiting === '') tokens.push({ kind: 'term', tree: termOf(typed, now, notes) });
    }
  }
  return tokens;
}

function joined(kind: 'all' | 'any', of: readonly SearchTree[]): SearchTree | null {
  return of.length > 1 ? { kind, of } : (of[0] ?? null);
}

/** Reads the tokens. A bracket or a steering word without what it belongs to is passed over. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): SearchTree | null {
    const parts: SearchTree[] = [];
    while (this.#at < this.#tokens.length) {
      const part = this.#any();
      if (part !== null) parts.push(part);
      // What stopped it is a closing bracket that nothing opened.
      this.#at++;
    }
    return joined('all', parts);
  }

  #any(): SearchTree | null {
    const choices: SearchTree[] = [];
    for (;;) {
      const choice = this.#all();
      if (choice !== null) choices.push(choice);
      if (this.#tokens[this.#at]?.kind !== 'or') return joined('any', choices);
      this.#at++;
    }
  }

  #all(): SearchTree | null {
    const parts: SearchTree[] = [];
    for (;;) {
      const kind = this.#tokens[this.#at]?.kind;
      if (kind === undefined || kind === 'or' || kind === 'close') return joined('all', parts);
      const part = this.#one();
      if (part !== null) parts.push(part);
    }
  }

  #one(): SearchTree | null {
    const token = this.#tokens[this.#at];
    this.#at++;
    if (token?.kind === 'term') return token.tree;
    if (token?.kind === 'not' || token?.kind === 'minus') {
      const next = this.#tokens[this.#at]?.kind;
      if (next === undefined || next === 'or' || next === 'and' || next === 'close') return null;
      const negated = this.#one();
      return negated === null ? null : { kind: 'not', of: negated };
    }
    if (token?.kind !== 'open' || this.#depth >= deepest) return null;
    this.#depth++;
    const inside = this.#any();
    this.#depth--;
    if (this.#tokens[this.#at]?.kind === 'close') this.#at++;
    return inside;
  }
}

/** Parses the typed text. Nothing is an error. `now` is what dates such as "yesterday" count from. */
export function parseSearch(text: string, now: number = Date.now()): ParsedSearch {
  const notes: SearchNote[] = [];
  const tree = new Reader(tokensOf(text.slice(0, longestQuery), now, notes)).whole();
  return { tree: tree ?? { kind: 'all', of: [] }, notes };
}
