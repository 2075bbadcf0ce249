import type { ListFilter } from '../../../shared/message-list.ts';
import type { Place } from '../../../shared/places.ts';
import type { StoreContext } from '../index/context.ts';
import { folderNumbers } from '../index/folder-numbers.ts';
import type { SqlValue } from '../index/sql.ts';
import { parseQuery } from '../search/search-query.ts';
import { searchCondition } from '../search/search-sql.ts';

/** A piece of SQL over `message m` and its values. */
export type Clause = { readonly sql: string; readonly values: readonly SqlValue[] };

/** How a condition leaves the Trash out, in just these words. */
export const outsideTrash = 'm.folder <> 2';

/** What messages must meet. Where it asks for words, `split` says the same in two parts: words and facts. */
export type Condition = Clause & {
  readonly split?: { readonly facts: Clause; readonly wanted: string; readonly unwanted: string };
};

function joined(first: Clause, second: Clause): Clause {
  return { sql: `${first.sql} and ${second.sql}`, values: [...first.values, ...second.values] };
}

function joinedWith(operator: 'AND' | 'OR', expressions: readonly string[]): string {
  const some = expressions.filter((expression) => expression !== '');
  return some.length > 1 ? some.map((each) => `(${each})`).join(` ${operator} `) : (some[0] ?? '');
}

/** Both hold. */
export function both(first: Condition, second: Condition): Condition {
  const whole = joined(first, second);
  if (first.split === undefined && second.split === undefined) return whole;
  const parts = [first.split, second.split];
  return {
    ...whole,
    split: {
      facts: joined(first.split?.facts ?? first, second.split?.facts ?? second),
      wanted: joinedWith(
        'AND',
        parts.map((part) => part?.wanted ?? ''),
      ),
      unwanted: joinedWith(
        'OR',
        parts.map((part) => part?.unwanted ?? ''),
      ),
    },
  };
}

function accountCondition(context: StoreContext, accountId: string | null): Condition {
  if (accountId === null) return { sql: 'true', values: [] };
  const no = context.accountIds().find((id) => id === accountId);
  return { sql: 'm.account_no = ?', values: [no === undefined ? -1 : (context.knownAccountNo(no) ?? -1)] };
}

/** Which messages are in a place. Trash counts only as itself: what lies there is not starred, tagged or found. */
export function placeCondition(context: StoreContext, place: Place): Condition {
  if (place.kind === 'folder')
    return both(
      { sql: 'm.folder = ?', values: [folderNumbers[place.folder]] },
      accountCondition(context, place.accountId),
    );
  if (place.kind === 'starred')
    return both(
      { sql: `m.is_starred = 1 and ${outsideTrash}`, values: [] },
      accountCondition(context, place.accountId),
    );
  if (place.kind === 'tag')
    return {
      sql: `m.id in (select message_id from message_tag where tag = ?) and ${outsideTrash}`,
      values: [place.tag],
    };
  return searchCondition(context, parseQuery(place.query));
}

/** Which messages pass the quick filter; its text is searched for in subject and sender. */
export function filterCondition(context: StoreContext, filter: ListFilter): Condition {
  let condition: Condition = { sql: 'true', values: [] };
  if (filter.unread === true) condition = both(condition, { sql: 'm.is_read = 0', values: [] });
  if (filter.starred === true) condition = both(condition, { sql: 'm.is_starred = 1', values: [] });
  if (filter.attachment === true) condition = both(condition, { sql: 'm.attachments > 0', values: [] });
  const text = filter.text?.trim() ?? '';
  if (text !== '')
    condition = both(condition, searchCondition(context, parseQuery(text), ['subject', 'sender']));
  return condition;
}
