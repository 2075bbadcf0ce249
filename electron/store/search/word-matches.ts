import type { StoreTools } from '../index/store-tools.ts';
import type { Clause, Condition } from './condition.ts';

/** Up to this many messages are looked up one by one. For more, the whole order is read and filtered. */
const fewMatches = 3000;

/** Messages that have the words. Where they are many, the facts are applied too. */
export type Matches =
  | { readonly kind: 'few'; readonly ids: readonly number[] }
  | {
      readonly kind: 'many';
      readonly total: number;
      readonly unread: number;
      /** How many messages meet the facts alone. */
      readonly among: number;
      has(id: number): boolean;
    };

type Split = NonNullable<Condition['split']>;

/** Sets of facts kept for the next search of the same kind. A set for 100,000 messages takes 400 KB. */
const mostFacts = 4;

/**
 * Finds words in the full-text index and joins them with facts. For a word that half of all mail has, this makes one
 * pass over the hits and one over the facts, with a mark for each message. A look-up for each hit takes ten times as
 * long. The facts are kept while a person types the next letters of a query.
 */
export class WordMatches {
  readonly #tools: Pick<StoreTools, 'sql' | 'revision'>;
  readonly #facts = new Map<string, Int32Array>();
  #revision = -1;

  constructor(tools: Pick<StoreTools, 'sql' | 'revision'>) {
    this.#tools = tools;
  }

  /**
   * Messages with the wanted words and without the unwanted ones. Where they are few, the caller still has to apply the
   * facts.
   */
  match({ facts, wanted, unwanted }: Split): Matches {
    const hits = wanted === '' ? null : this.#hits(wanted);
    if (hits?.length === 0) return { kind: 'few', ids: [] };
    const misses = unwanted === '' ? [] : this.#hits(unwanted);
    if (hits !== null && hits.length <= fewMatches) {
      const excluded = new Set(misses);
      return { kind: 'few', ids: hits.filter((id) => !excluded.has(id)) };
    }
    return this.#matchMany(hits, misses, this.#held(facts));
  }

  #matchMany(hits: readonly number[] | null, misses: readonly number[], held: Int32Array): Matches {
    const found = 1;
    const matched = 2;
    const hitStates = new Uint8Array(this.#highest(hits, held) + 1);
    if (hits === null) hitStates.fill(found);
    else for (const id of hits) hitStates[id] = found;
    for (const id of misses) hitStates[id] = 0;
    let total = 0;
    let read = 0;
    for (const packed of held) {
      const id = packed >>> 1;
      if (hitStates[id] !== found) continue;
      hitStates[id] = matched;
      total++;
      read += packed & 1;
    }
    if (total <= fewMatches)
      return {
        kind: 'few',
        ids: [...held].map((packed) => packed >>> 1).filter((id) => hitStates[id] === matched),
      };
    return {
      kind: 'many',
      total,
      unread: total - read,
      among: held.length,
      has: (id) => hitStates[id] === matched,
    };
  }

  #highest(hits: readonly number[] | null, held: Int32Array): number {
    // Hits come in the order of their ids.
    let highest = hits?.at(-1) ?? 0;
    for (const packed of held) if (packed >>> 1 > highest) highest = packed >>> 1;
    return highest;
  }

  #hits(expression: string): number[] {
    return this.#tools.sql.numbers('select rowid as value from words where words match ?', expression);
  }

  /**
   * Ids of all messages that meet the facts. One number holds both id and read mark: the id doubled, plus one when the
   * message is read.
   */
  #held(facts: Clause): Int32Array {
    if (this.#revision !== this.#tools.revision.current) this.#facts.clear();
    this.#revision = this.#tools.revision.current;
    const key = JSON.stringify([facts.sql, facts.values]);
    const kept = this.#facts.get(key);
    if (kept !== undefined) return kept;
    const held = Int32Array.from(
      this.#tools.sql.numbers(
        `select m.id * 2 + m.is_read as value from message m where ${facts.sql}`,
        ...facts.values,
      ),
    );
    if (this.#facts.size >= mostFacts) this.#facts.clear();
    this.#facts.set(key, held);
    return held;
  }
}
