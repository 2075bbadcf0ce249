import type { ListFilter, ListPage, ListSort } from '../../shared/message-list.ts';
import type { MessageId } from '../../shared/model.ts';
import type { Place, PlaceCount } from '../../shared/places.ts';
import type { StoreContext } from './context.ts';
import { folderOf } from './index-commit.ts';
import { both, type Condition, filterCondition, placeCondition } from './place.ts';
import { summariesOf } from './rows.ts';

/** What a list is asked for: a window of a place, filtered and sorted. */
export type ListQuery = {
  readonly place: Place;
  readonly filter?: ListFilter;
  readonly sort?: ListSort;
  /** One row for each thread: its newest message in the place. */
  readonly isThreaded?: boolean;
  readonly offset: number;
  readonly limit: number;
};

const newestFirst: ListSort = { by: 'date', descending: true };

/** Orders kept for the next page, the most recent last; four places at 100,000 ids are 3 MB. */
const mostOrders = 4;

const sortColumns: Readonly<Record<ListSort['by'], string>> = {
  date: 'm.sort_date',
  from: 'm.from_key',
  subject: 'm.subject_key',
  size: 'm.size',
  account: 'm.account_no',
};

/** Ties are broken by id, which the indexes hold behind what they sort by: a mark must never move a row. */
function orderBy(sort: ListSort, isReversed = false): string {
  const way = sort.descending === isReversed ? 'asc' : 'desc';
  if (sort.by !== 'account') return `${sortColumns[sort.by]} ${way}, m.id ${way}`;
  const newest = isReversed ? 'asc' : 'desc';
  return `m.account_no ${way}, m.sort_date ${newest}, m.id ${newest}`;
}

/** Up to this many hits are looked up one by one; more are picked out of the whole order. */
const fewHits = 3000;

type Kept = { readonly revision: number; readonly ids: readonly number[]; readonly unread: number };
type Numbers = { readonly revision: number; readonly total: number; readonly unread: number };

function unpacked(packed: readonly number[]): { ids: number[]; unread: number } {
  let unread = 0;
  const ids = packed.map((each) => {
    if (each % 2 === 0) unread++;
    return Math.floor(each / 2);
  });
  return { ids, unread };
}

/** Lists over stored messages. Nothing here grows with the number of messages but counting and, once, ordering. */
export class MessageLists {
  readonly #context: StoreContext;
  readonly #orders = new Map<string, Kept>();
  readonly #counts = new Map<string, Numbers>();

  constructor(context: StoreContext) {
    this.#context = context;
  }

  /** A page of a list with the numbers of the whole of it. */
  list(query: ListQuery): ListPage {
    const { place, filter = {}, sort = newestFirst, isThreaded = false } = query;
    const condition = this.#condition(place, filter);
    const isIndexed = place.kind === 'folder' && (filter.text ?? '') === '' && !isThreaded;
    if (isIndexed) {
      const { total, unread } = this.#count(condition);
      return {
        total,
        unread,
        rows: summariesOf(this.#context, this.#indexedIds(condition, sort, total, query)),
      };
    }
    const order = this.#order(place, filter, sort, isThreaded);
    return {
      total: order.ids.length,
      unread: order.unread,
      rows: summariesOf(this.#context, order.ids.slice(query.offset, query.offset + query.limit)),
    };
  }

  /** Rows of a window counted off in an index, from the end that is nearer. */
  #indexedIds(
    condition: Condition,
    sort: ListSort,
    total: number,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): number[] {
    const count = Math.max(0, Math.min(limit, total - offset));
    const isFromEnd = offset > total / 2;
    const ids = this.#context.sql.numbers(
      `select m.id as value from message m where ${condition.sql} order by ${orderBy(sort, isFromEnd)} limit ? offset ?`,
      ...condition.values,
      count,
      isFromEnd ? total - offset - count : offset,
    );
    return isFromEnd ? ids.reverse() : ids;
  }

  /** Every id of a place in order; what an export or a step to the next message needs. */
  ids(query: Omit<ListQuery, 'offset' | 'limit'>): readonly MessageId[] {
    const { place, filter = {}, sort = newestFirst, isThreaded = false } = query;
    return this.#order(place, filter, sort, isThreaded).ids as readonly MessageId[];
  }

  #condition(place: Place, filter: ListFilter): Condition {
    return both(placeCondition(this.#context, place), filterCondition(this.#context, filter));
  }

  #order(place: Place, filter: ListFilter, sort: ListSort, isThreaded: boolean): Kept {
    const key = JSON.stringify([place, filter, sort, isThreaded]);
    const kept = this.#orders.get(key);
    if (kept?.revision === this.#context.revision) return kept;
    const condition = this.#condition(place, filter);
    const made = isThreaded ? this.#threadedOrder(condition, sort) : this.#plainOrder(condition, sort);
    const order = { revision: this.#context.revision, ...made };
    this.#orders.delete(key);
    this.#orders.set(key, order);
    const oldest = this.#orders.keys().next();
    if (this.#orders.size > mostOrders && !oldest.done) this.#orders.delete(oldest.value);
    return order;
  }

  #plainOrder(condition: Condition, sort: ListSort): { ids: number[]; unread: number } {
    const { split } = condition;
    if (split === undefined) return unpacked(this.#packedOrder(condition, sort));
    const wanted = split.wanted === '' ? null : this.#hits(split.wanted);
    const unwanted = split.unwanted === '' ? [] : this.#hits(split.unwanted);
    if (wanted !== null && wanted.length <= fewHits) {
      const excluded = new Set(unwanted);
      const list = JSON.stringify(wanted.filter((id) => !excluded.has(id)));
      const few = { sql: 'm.id in (select value from json_each(?))', values: [list] };
      return unpacked(this.#packedOrder(both(few, split.facts), sort));
    }
    // A word that half of all mail has: one pass over the hits and one over the order beats a look-up for each.
    const isHit = wanted === null ? null : new Set(wanted);
    const isExcluded = new Set(unwanted);
    const packed = this.#packedOrder(split.facts, sort);
    return unpacked(
      packed.filter(
        (each) => isHit?.has(Math.floor(each / 2)) !== false && !isExcluded.has(Math.floor(each / 2)),
      ),
    );
  }

  #hits(expression: string): number[] {
    return this.#context.sql.numbers('select rowid as value from words where words match ?', expression);
  }

  /** Ids in order, each doubled and one more when it is read: one number says both. */
  #packedOrder(condition: Condition, sort: ListSort): number[] {
    const { sql } = this.#context;
    const part = (extra: string) =>
      `select m.id * 2 + m.is_read as value, m.sort_date, m.id from message m where ${condition.sql}${extra}`;
    // All but the Trash, by date: two folders, each in order in the index, are merged without sorting.
    if (sort.by === 'date' && condition.sql.includes('m.folder <> 2'))
      return sql.numbers(
        `${part(' and m.folder = 0')} union all ${part(' and m.folder = 1')} order by 2 ${sort.descending ? 'desc' : 'asc'}, 3 ${sort.descending ? 'desc' : 'asc'}`,
        ...condition.values,
        ...condition.values,
      );
    return sql.numbers(`${part('')} order by ${orderBy(sort)}`, ...condition.values);
  }

  /** The newest message of each thread in the place, in the order asked for. */
  #threadedOrder(condition: Condition, sort: ListSort): { ids: number[]; unread: number } {
    // Threads of a search are few enough to be taken the slow way.
    const row = this.#context.sql.get<{ ids: string; threads: string; unread: number | null }>(
      `select json_group_array(id) as ids, json_group_array(thread_id) as threads, sum(is_read = 0) as unread
       from (select m.id, m.thread_id, m.is_read from message m where ${condition.sql}
             order by ${orderBy(newestFirst)})`,
      ...condition.values,
    );
    const threads = JSON.parse(row?.threads ?? '[]') as number[];
    const seen = new Set<number>();
    const heads = (JSON.parse(row?.ids ?? '[]') as number[]).filter((_, index) => {
      const thread = threads[index] ?? 0;
      if (seen.has(thread)) return false;
      seen.add(thread);
      return true;
    });
    const unread = row?.unread ?? 0;
    if (sort.by === 'date') return { ids: sort.descending ? heads : heads.reverse(), unread };
    const ids = this.#context.sql.numbers(
      `select m.id as value from message m where m.id in (select value from json_each(?)) order by ${orderBy(sort)}`,
      JSON.stringify(heads),
    );
    return { ids, unread };
  }

  #count(condition: Condition): Numbers {
    const key = JSON.stringify([condition.sql, condition.values]);
    const kept = this.#counts.get(key);
    if (kept?.revision === this.#context.revision) return kept;
    const row = this.#context.sql.get<{ total: number; unread: number | null }>(
      `select count(*) as total, sum(m.is_read = 0) as unread from message m where ${condition.sql}`,
      ...condition.values,
    );
    const counted = {
      revision: this.#context.revision,
      total: row?.total ?? 0,
      unread: row?.unread ?? 0,
    };
    if (this.#counts.size > 50) this.#counts.clear();
    this.#counts.set(key, counted);
    return counted;
  }

  /** Numbers for every place: each folder of each account and of all together, starred, each tag in use. */
  placeCounts(): PlaceCount[] {
    const { sql } = this.#context;
    const counts: PlaceCount[] = [];
    const whole = new Map<string, { total: number; unread: number }>();
    const add = (place: Place, total: number, unread: number) => {
      const key = JSON.stringify(place);
      const before = whole.get(key) ?? { total: 0, unread: 0 };
      whole.set(key, { total: before.total + total, unread: before.unread + unread });
    };
    for (const row of sql.all<{ account_no: number; folder: number; total: number; unread: number }>(
      'select account_no, folder, count(*) as total, sum(is_read = 0) as unread from message group by folder, account_no',
    )) {
      const folder = folderOf(row.folder);
      const accountId = this.#context.accountId(row.account_no);
      add({ kind: 'folder', folder, accountId: null }, row.total, row.unread);
      add({ kind: 'folder', folder, accountId }, row.total, row.unread);
    }
    for (const row of sql.all<{ account_no: number; total: number; unread: number }>(
      `select account_no, count(*) as total, sum(is_read = 0) as unread from message
       where is_starred = 1 and folder <> 2 group by account_no`,
    )) {
      add({ kind: 'starred', accountId: null }, row.total, row.unread);
      add({ kind: 'starred', accountId: this.#context.accountId(row.account_no) }, row.total, row.unread);
    }
    for (const row of sql.all<{ tag: string; total: number; unread: number }>(
      `select t.tag, count(*) as total, sum(m.is_read = 0) as unread from message_tag t
       join message m on m.id = t.message_id where m.folder <> 2 group by t.tag`,
    ))
      add({ kind: 'tag', tag: row.tag }, row.total, row.unread);
    for (const [place, numbers] of whole) counts.push({ place: JSON.parse(place) as Place, ...numbers });
    return counts;
  }
}
