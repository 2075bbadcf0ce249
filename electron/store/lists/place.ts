import type { ListFilter } from '../../../shared/message-list.ts';
import type { Place } from '../../../shared/places.ts';
import { parseSearch } from '../../../shared/search/parse-search.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { both, type Condition, outsideTrash } from '../search/condition.ts';
import { searchCondition } from '../search/search-sql.ts';

function accountCondition(tools: Pick<StoreTools, 'accounts'>, accountId: string | null): Condition {
  if (accountId === null) return { sql: 'true', values: [] };
  const no = tools.accounts.ids().find((id) => id === accountId);
  return {
    sql: 'm.account_no = ?',
    values: [no === undefined ? -1 : (tools.accounts.knownNumber(no) ?? -1)],
  };
}

/**
 * The condition for the messages of a place. Messages in the Trash belong to the Trash only: they are not starred,
 * tagged or found.
 */
export function placeCondition(
  tools: Pick<StoreTools, 'accounts' | 'folders' | 'sql' | 'vocabulary'>,
  place: Place,
): Condition {
  if (place.kind === 'folder')
    return both(
      // A folder may have been deleted while its list was shown. Then it is empty.
      { sql: 'm.folder = ?', values: [tools.folders.knownId(place.folder) ?? -1] },
      accountCondition(tools, place.accountId),
    );
  if (place.kind === 'starred')
    return both(
      both({ sql: 'm.is_starred = 1', values: [] }, outsideTrash(tools.folders)),
      accountCondition(tools, place.accountId),
    );
  if (place.kind === 'tag')
    return both(
      { sql: 'm.id in (select message_id from message_tag where tag = ?)', values: [place.tag] },
      outsideTrash(tools.folders),
    );
  return searchCondition(tools, parseSearch(place.query).tree);
}

/** The condition of the quick filter. Its text is searched for in subject and sender. */
export function filterCondition(
  tools: Pick<StoreTools, 'folders' | 'sql' | 'vocabulary'>,
  filter: ListFilter,
): Condition {
  let condition: Condition = { sql: 'true', values: [] };
  if (filter.unread === true) condition = both(condition, { sql: 'm.is_read = 0', values: [] });
  if (filter.starred === true) condition = both(condition, { sql: 'm.is_starred = 1', values: [] });
  if (filter.attachment === true) condition = both(condition, { sql: 'm.attachments > 0', values: [] });
  const text = filter.text?.trim() ?? '';
  if (text !== '')
    condition = both(condition, searchCondition(tools, parseSearch(text).tree, ['subject', 'sender']));
  return condition;
}
