import { isFolderRole } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { ListFilter, ListPage, ListSort } from '../../../shared/message-list.ts';
import type { Place, PlaceCount } from '../../../shared/places.ts';
import type { SearchAdvice } from '../../../shared/search/advice.ts';
import { numbersOf } from '../index/sql.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { both, type Clause, type Condition } from '../search/condition.ts';
import { adviceOn, queriesLeftOut } from '../search/search-advice.ts';
import { type Matches, WordMatches } from '../search/word-matches.ts';
import { type FolderCount, folderCounts } from './folder-counts.ts';
import { fewInOrder, indexOrder, inOrder, newestFirst } from './list-order.ts';
import { summariesOf } from './message-rows.ts';
import { filterCondition, placeCondition } from './place.ts';

type Tools = Pick<StoreTools, 'sql' | 'accounts' | 'folders' | 'revision' | 'vocabulary'>;

/*
 * How lists are made.
 *
 * A list is a window of a place (place.ts): so many rows from an offset, in one order (list-order.ts). Where an index
 * has the order, only the rows of the window are read. Else all ids are ordered once and kept for the next page.
 *
 * Every change of a row gives the store a new revision, and an order of an older revision is stale. Marks change few
 * rows or a whole place in one transaction and can be undone (marks.ts). Lists that a person makes (tags, rules,
 * searches) are short, and are read and saved whole.
 */

/** The request for a list: a window of a place, filtered and sorted. */
export type ListQuery = {
  readonly place: Place;
  readonly filter?: ListFilter;
  readonly sort?: ListSort;
  /** One row for each conversation: its newest message in the place. */
  readonly groupsByConversation?: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** Orders kept for the next page, the most recent last; four places at 100,000 ids are 3 MB. */
const mostOrders = 4;

/**
 * The first rows of a search are looked for this much deeper than they lie on average. After that the whole order is
 * made.
 */
const margin = 1.5;
/** So many rows cost next to nothing. */
const shallow = 200;

/** Ids in order as far as they were needed, the counts of the whole list, and a function for the whole order. */
type Order = {
  readonly total: number;
  readonly unread: number;
  readonly ids: readonly number[];
  readonly whole: (() => readonly number[]) | null;
};
type Kept = Order & { readonly revision: number };
type Numbers = { readonly revision: number; readonly total: number; readonly unread: number };

/** One number holds both id and read mark: the id doubled, plus one when the message is read. */
const packedId = 'm.id * 2 + m.is_read as value';

function unpacked(packed: readonly number[]): Order {
  let unread = 0;
  const ids = packed.map((each) => {
    if (each % 2 === 0) unread++;
    return Math.floor(each / 2);
  });
  return { total: ids.length, unread, ids, whole: null };
}

/**
 * Lists over stored messages. The time for a page does not grow with the number of messages, except for counting and
 * for ordering once.
 */
export class MessageLists {
  readonly #tools: Tools;
  readonly #words: WordMatches;
  readonly #orders = new Map<string, Kept>();
  readonly #counts = new Map<string, Numbers>();

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#words = new WordMatches(tools);
  }

  /** A page of a list, with the counts of the whole list. */
  page(query: ListQuery): ListPage {
    const { place, filter = {}, sort = newestFirst, groupsByConversation = false, offset, limit } = query;
    const condition = this.#condition(place, filter);
    const isIndexed = place.kind === 'folder' || place.kind === 'search';
    if (isIndexed && condition.split === undefined && !groupsByConversation) {
      const { total, unread } = this.#count(condition);
      return {
        total,
        unread,
        rows: summariesOf(this.#tools, this.#indexedIds(condition, sort, total, query)),
      };
    }
    const order = this.#order({ place, filter, sort, groupsByConversation }, offset + limit);
    return {
      total: order.total,
      unread: order.unread,
      rows: summariesOf(this.#tools, order.ids.slice(offset, offset + limit)),
    };
  }

  /** Finds messages. It gives the same as a page of the place `search`. */
  search(
    query: string,
    options: { readonly offset?: number; readonly limit?: number; readonly sort?: ListSort } = {},
  ): ListPage {
    const { offset = 0, limit = 50, sort = newestFirst } = options;
    return this.page({ place: { kind: 'search', query }, offset, limit, sort });
  }

  /** What may help with a search: other spellings, and what it leaves out. */
  async advice(query: string): Promise<readonly SearchAdvice[]> {
    const found = await adviceOn(this.#tools, query);
    const totalOf = (each: string) => this.search(each, { limit: 0 }).total;
    const leftOut = queriesLeftOut(query).flatMap(({ folder, query: next, counted }): SearchAdvice[] => {
      const total = totalOf(counted);
      return total === 0 ? [] : [{ kind: 'left-out', folder, query: next, total }];
    });
    const helps = found.map((advice) =>
      advice.kind === 'layout' ? advice : { ...advice, total: totalOf(advice.query) },
    );
    return [...helps, ...leftOut];
  }

  /** Makes the words known that compounds are found by; `advice` does so too. */
  prepareSearch(): Promise<void> {
    return this.#tools.vocabulary.refresh();
  }

  /** Rows of a window, counted in an index from the nearer end. */
  #indexedIds(
    condition: Condition,
    sort: ListSort,
    total: number,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): number[] {
    indexOrder(this.#tools, sort);
    const count = Math.max(0, Math.min(limit, total - offset));
    const isFromEnd = offset > total / 2;
    const { sql, values } = inOrder(this.#tools.folders, condition, sort, 'm.id as value', isFromEnd);
    const ids = this.#tools.sql.numbers(
      `${sql} limit ? offset ?`,
      ...values,
      count,
      isFromEnd ? total - offset - count : offset,
    );
    return isFromEnd ? ids.reverse() : ids;
  }

  /** Every id of a place in order. An export and a step to the next message need this. */
  ids(query: Omit<ListQuery, 'offset' | 'limit'>): readonly MessageId[] {
    const { place, filter = {}, sort = newestFirst, groupsByConversation = false } = query;
    return this.#order({ place, filter, sort, groupsByConversation }, Number.POSITIVE_INFINITY)
      .ids as readonly MessageId[];
  }

  #condition(place: Place, filter: ListFilter): Condition {
    return both(placeCondition(this.#tools, place), filterCondition(this.#tools, filter));
  }

  /** The order of a list. At least so many rows from its top are known. */
  #order(query: Required<Omit<ListQuery, 'offset' | 'limit'>>, rows: number): Order {
    const key = JSON.stringify([query.place, query.filter, query.sort, query.groupsByConversation]);
    const kept = this.#orders.get(key);
    const revision = this.#tools.revision.current;
    const isCurrent = kept?.revision === revision;
    if (isCurrent && (kept.whole === null || kept.ids.length >= rows)) return kept;
    const order =
      isCurrent && kept.whole !== null
        ? { ...kept, ids: kept.whole(), whole: null }
        : this.#newOrder(query, rows);
    this.#orders.delete(key);
    this.#orders.set(key, { ...order, revision });
    const oldest = this.#orders.keys().next();
    if (this.#orders.size > mostOrders && !oldest.done) this.#orders.delete(oldest.value);
    return order;
  }

  #newOrder(query: Required<Omit<ListQuery, 'offset' | 'limit'>>, rows: number): Order {
    const { place, filter, sort, groupsByConversation } = query;
    const condition = this.#condition(place, filter);
    indexOrder(this.#tools, sort);
    const { split } = condition;
    const matches = split === undefined ? null : this.#words.match(split);
    const facts = split?.facts ?? condition;
    if (groupsByConversation) return this.#conversationOrder(facts, sort, matches);
    if (matches === null) return unpacked(this.#numbers(inOrder(this.#tools.folders, facts, sort, packedId)));
    if (matches.kind === 'few')
      return unpacked(this.#numbers(fewInOrder(matches.ids, facts, sort, packedId)));
    const whole = () =>
      this.#numbers(inOrder(this.#tools.folders, facts, sort, 'm.id as value')).filter((id) =>
        matches.has(id),
      );
    const { total, unread, among } = matches;
    const depth = Math.max(shallow, Math.ceil((rows / total) * among * margin));
    if (depth >= among) return { total, unread, ids: whole(), whole: null };
    const { sql, values } = inOrder(this.#tools.folders, facts, sort, 'm.id as value');
    const ids = this.#numbers({ sql: `${sql} limit ?`, values: [...values, depth] }).filter((id) =>
      matches.has(id),
    );
    return ids.length >= Math.min(rows, total)
      ? { total, unread, ids, whole }
      : { total, unread, ids: whole(), whole: null };
  }

  #numbers({ sql, values }: Clause): number[] {
    return this.#tools.sql.numbers(sql, ...values);
  }

  /** The newest message of each conversation in the place, in the requested order. */
  #conversationOrder(facts: Clause, sort: ListSort, matches: Matches | null): Order {
    const { sql } = this.#tools;
    const columns = `${packedId}, m.thread_id as conversation`;
    const ordered =
      matches?.kind === 'few'
        ? fewInOrder(matches.ids, facts, newestFirst, columns)
        : inOrder(this.#tools.folders, facts, newestFirst, columns);
    const row = sql.get<{ packed: string; conversations: string }>(
      `select json_group_array(value) as packed, json_group_array(conversation) as conversations from (${ordered.sql})`,
      ...ordered.values,
    );
    const conversations = numbersOf(row?.conversations ?? '[]');
    const seen = new Set<number>();
    const heads: number[] = [];
    let unread = 0;
    for (const [index, packed] of numbersOf(row?.packed ?? '[]').entries()) {
      const id = Math.floor(packed / 2);
      if (matches?.kind === 'many' && !matches.has(id)) continue;
      if (packed % 2 === 0) unread++;
      const conversation = conversations[index] ?? 0;
      if (seen.has(conversation)) continue;
      seen.add(conversation);
      heads.push(id);
    }
    const order = { total: heads.length, unread, whole: null };
    if (sort.by === 'date') return { ...order, ids: sort.descending ? heads : heads.reverse() };
    const all = { sql: 'true', values: [] };
    return { ...order, ids: this.#numbers(fewInOrder(heads, all, sort, 'm.id as value')) };
  }

  #count(condition: Condition): Numbers {
    const key = JSON.stringify([condition.sql, condition.values]);
    const kept = this.#counts.get(key);
    if (kept?.revision === this.#tools.revision.current) return kept;
    const row = this.#tools.sql.get<{ total: number; unread: number | null }>(
      `select count(*) as total, sum(m.is_read = 0) as unread from message m where ${condition.sql}`,
      ...condition.values,
    );
    const counted = {
      revision: this.#tools.revision.current,
      total: row?.total ?? 0,
      unread: row?.unread ?? 0,
    };
    if (this.#counts.size > 50) this.#counts.clear();
    this.#counts.set(key, counted);
    return counted;
  }

  /** What each folder holds, of folders that hold anything. */
  folderCounts(): FolderCount[] {
    return folderCounts(this.#tools);
  }

  /** Counts for every place: each folder of each account and of all together, starred, each tag in use. */
  counts(): PlaceCount[] {
    const { sql, folders } = this.#tools;
    const trash = folders.idOf('trash');
    const counts = new Map<string, PlaceCount>();
    const add = (place: Place, total: number, unread: number) => {
      const key = JSON.stringify(place);
      const before = counts.get(key) ?? { total: 0, unread: 0 };
      counts.set(key, { place, total: before.total + total, unread: before.unread + unread });
    };
    for (const row of sql.all<{ account_no: number; folder: number; total: number; unread: number }>(
      'select account_no, folder, count(*) as total, sum(is_read = 0) as unread from message group by folder, account_no',
    )) {
      const folder = this.#tools.folders.folderOf(row.folder);
      const accountId = this.#tools.accounts.idOf(row.account_no);
      // A folder that a person made is one of one mailbox.
      if (isFolderRole(folder)) add({ kind: 'folder', folder, accountId: null }, row.total, row.unread);
      add({ kind: 'folder', folder, accountId }, row.total, row.unread);
    }
    for (const row of sql.all<{ account_no: number; total: number; unread: number }>(
      `select account_no, count(*) as total, sum(is_read = 0) as unread from message
       where is_starred = 1 and folder <> ${trash} group by account_no`,
    )) {
      add({ kind: 'starred', accountId: null }, row.total, row.unread);
      add({ kind: 'starred', accountId: this.#tools.accounts.idOf(row.account_no) }, row.total, row.unread);
    }
    for (const row of sql.all<{ tag: string; total: number; unread: number }>(
      `select t.tag, count(*) as total, sum(m.is_read = 0) as unread from message_tag t
       join message m on m.id = t.message_id where m.folder <> ${trash} group by t.tag`,
    ))
      add({ kind: 'tag', tag: row.tag }, row.total, row.unread);
    return [...counts.values()];
  }
}
