import type { ListSort } from '../../../shared/message-list.ts';
import type { FolderRegister } from '../index/folders.ts';
import { failureOf } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Clause } from '../search/condition.ts';

/**
 * The columns by which rows are sorted. Each order has an index that begins with the folder and ends with the id, which
 * breaks ties. Some of the indexes are made only when they are first needed.
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
 * Makes the index of an order if there is none. For 100,000 messages this takes a tenth of a second or two, once.
 * Without the index lists are sorted each time: the disk may have no room for it.
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

/** SQLite merges at most 500 selects, and long before that sorting takes no longer. */
const mostMerged = 50;

/** The columns come first in every select, so that their numbers name them. */
function orderBy(sort: ListSort, isReversed: boolean): string {
  const way = sort.descending === isReversed ? 'asc' : 'desc';
  // Within one account the newest is first, in either order of the accounts.
  const newest = isReversed ? 'asc' : 'desc';
  return sortColumns[sort.by]
    .map((_, index) => `${index + 1} ${sort.by === 'account' && index > 0 ? newest : way}`)
    .join(', ');
}

/** A select of these values over `message m`, in order. Reversed, it begins at the end. */
export function inOrder(
  folders: Pick<FolderRegister, 'outsideTrash'>,
  condition: Clause,
  sort: ListSort,
  values: string,
  isReversed = false,
): Clause {
  const part = (extra: string) =>
    `select ${sortColumns[sort.by].join(', ')}, ${values} from message m where ${condition.sql}${extra}`;
  const order = orderBy(sort, isReversed);
  const each = folders.outsideTrash();
  if (condition.isOutsideTrash !== true || each.length > mostMerged)
    return { sql: `${part('')} order by ${order}`, values: condition.values };
  // Each folder is in order in the index. SQLite merges them without sorting.
  return {
    sql: `${each.map((id) => part(` and m.folder = ${id}`)).join(' union all ')} order by ${order}`,
    values: each.flatMap(() => condition.values),
  };
}

/** The same select for these messages only. Each is looked up, so this is for a few thousand at most. */
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
