import type { ListFilter } from '../../../shared/message-list.ts';
import type { Place } from '../../../shared/places.ts';
import type { StoreContext } from '../index/context.ts';
import { folderNumbers } from '../index/folder-numbers.ts';
import { both, type Condition, outsideTrash } from '../search/condition.ts';
import { parseQuery } from '../search/search-query.ts';
import { searchCondition } from '../search/search-sql.ts';

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
