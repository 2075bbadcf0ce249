import type { ListSort } from '../../../shared/message-list.ts';
import type { FolderRegister } from '../index/folders.ts';
import { failureOf } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Clause } from '../search/condition.ts';

/**
 * What rows sort by. There is an index of each behind the folder, and in it the id, by which ties are broken; some are
 * made only when they are first asked for.
 */
const sortColumns: Readonly<Record<ListSort['by'], readonly string[]>> = {
  date: ['m.sort_date', 'm.id'],
  from: ['m.from_key', 'm.id'],
  subject: ['m.subject_key', 'm.id'],
  size: ['m.size', 'm.id'],
  account: ['m.account_no', 'm.sort_date', 'm.id'],
};

const whenAsked: Readonly<Partial<Record<ListSort['by'], string>>> = {
  from: 'create index if not exists message_by_from on message(folder, from_key, id, account_no)',
  subject: 'create index if not exists message_by_subject on message(folder, subject_key, id, account_no)',
  size: 'create index if not exists message_by_size on message(folder, size, id, account_no)',
};

/**
 * Makes sure that an order has its index: once, it takes a tenth of a second or two for 100,000 messages. Without one (the
 * disk may have no room for it) lists are sorted each time.
 */
export function indexOrder(tools: Pick<StoreTools, 'sql'>, { by }: ListSort): void {
  const sql = whenAsked[by];
  if (sql === undefined || tools.sql.isInTransaction) return;
  try {
    tools.sql.exec(sql);
  } catch (error) {
    if (failureOf(error) === null) throw error;
  }
}

/** Newest first. */
export const newestFirst: ListSort = { by: 'date', descending: true };

/** Columns stand first in every select, so that their numbers name them. */
function orderBy(sort: ListSort, isReversed: boolean): string {
  const way = sort.descending === isReversed ? 'asc' : 'desc';
  // Within one account the newest is first whichever way the accounts go.
  const newest = isReversed ? 'asc' : 'desc';
  return sortColumns[sort.by]
    .map((_, index) => `${index + 1} ${sort.by === 'account' && index > 0 ? newest : way}`)
    .join(', ');
}

/** A select of these values over `message m`, in order; reversed, from its end. */
export function inOrder(
  folders: FolderRegister,
  condition: Clause,
  sort: ListSort,
  values: string,
  isReversed = false,
): Clause {
  const part = (extra: string) =>
    `select ${sortColumns[sort.by].join(', ')}, ${values} from message m where ${condition.sql}${extra}`;
  const order = orderBy(sort, isReversed);
  if (condition.isOutsideTrash !== true)
    return { sql: `${part('')} order by ${order}`, values: condition.values };
  // Folders that are each in order in the index are merged without sorting.
  const each = folders.outsideTrash();
  return {
    sql: `${each.map((id) => part(` and m.folder = ${id}`)).join(' union all ')} order by ${order}`,
    values: each.flatMap(() => condition.values),
  };
}

/** The same of these messages alone, each looked up: for some thousands at most. */
export function fewInOrder(
  ids: readonly number[],
  condition: Clause,
  sort: ListSort,
  values: string,
): Clause {
  return {
    sql: `select ${sortColumns[sort.by].join(', ')}, ${values} from json_each(?) j cross join message m on m.id = j.value
      where ${condition.sql} order by ${orderBy(sort, false)}`,
    values: [JSON.stringify(ids), ...condition.values],
  };
}
