import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { Committed } from '../index/commits.ts';
import { noteErasureDue } from '../index/erasure-due.ts';
import { recordNames } from '../index/record-names.ts';
import { failureOf } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { removeMessages } from '../ledger/remove-messages.ts';
import { appendLedgerNote, type RecordName } from '../segments/ledger-note.ts';

type Tools = Pick<
  StoreTools,
  | 'sql'
  | 'settings'
  | 'clock'
  | 'accounts'
  | 'folders'
  | 'messages'
  | 'segments'
  | 'book'
  | 'journals'
  | 'revision'
  | 'commits'
>;

/** Rows are removed in batches of this size, so that the worker can do something else in between. */
const removalBatch = 5000;

/** Messages of the Trash of one account, or of all. */
function trashIds(tools: Tools, accountId: AccountId | null): MessageId[] {
  const { sql } = tools;
  if (accountId === null)
    return sql.numbers(
      'select id as value from message where folder = ?',
      tools.folders.idOf('trash'),
    ) as MessageId[];
  return sql.numbers(
    'select id as value from message where folder = ? and account_no = ?',
    tools.folders.idOf('trash'),
    tools.accounts.knownNumber(accountId) ?? -1,
  ) as MessageId[];
}

/** Those of the messages that lie in the Trash. */
function trashIdsAmong(tools: Pick<StoreTools, 'sql' | 'folders'>, ids: readonly MessageId[]): MessageId[] {
  return tools.sql.numbers(
    'select m.id as value from json_each(?) j join message m on m.id = j.value where m.folder = ?',
    JSON.stringify(ids),
    tools.folders.idOf('trash'),
  ) as MessageId[];
}

/**
 * Notes in the segments that records are dead, so that a rebuilt index does not bring them back. A full disk does not
 * stop a deletion, because a deletion makes room. In that case only the index knows.
 */
async function noteDead(tools: Tools, accountNo: number, dead: readonly RecordName[]): Promise<void> {
  const segment = tools.book.acquire({ no: accountNo, id: tools.accounts.idOf(accountNo) });
  try {
    appendLedgerNote(segment, tools.accounts.idOf(accountNo), { dead }, tools.clock.now());
    const end = segment.appender.position;
    segment.appender.handOverUpTo(end);
    await segment.appender.sync();
    tools.sql.transaction(() => tools.segments.noteCommitted(segment, end, tools.book.isFull(end)));
    segment.committedBytes = end;
    segment.isInIndex = true;
  } catch (error) {
    if (failureOf(error) === null) throw error;
  } finally {
    await tools.book.release(segment).catch(() => undefined);
  }
}

/**
 * Deletes messages for good. Their records are dead, and a compaction leaves them out. The ledger keeps its entries, so
 * that the messages are not fetched again.
 */
async function deleteForever(
  tools: Tools,
  ids: readonly MessageId[],
): Promise<Committed<{ readonly count: number }>> {
  let count = 0;
  for (let at = 0; at < ids.length; at += removalBatch) {
    const some = ids.slice(at, at + removalBatch);
    const names = recordNames(tools, some);
    for (const [accountNo, dead] of names) {
      await noteDead(tools, accountNo, dead);
      count += dead.length;
    }
    tools.journals.transaction(() => {
      const going = { sql: 'select value from json_each(?)', values: [JSON.stringify(some)] };
      tools.journals.noteMessages(going, { kind: 'removed' });
      removeMessages(tools, some);
      noteErasureDue(tools.settings, tools.clock.now());
    }, 'may-follow');
    tools.revision.changed();
  }
  return tools.commits.with({ count });
}

/** Deletes messages for good. */
export function trash(tools: Tools) {
  return {
    /** Deletes all messages in the Trash for good, of one account or of all. */
    empty: (accountId: AccountId | null) => deleteForever(tools, trashIds(tools, accountId)),

    /** Deletes those of the messages for good that lie in the Trash. The others stay as they are. */
    delete: (ids: readonly MessageId[]) => deleteForever(tools, trashIdsAmong(tools, ids)),

    /** Deletes messages for good from any folder. */
    deleteForever: (ids: readonly MessageId[]) => deleteForever(tools, ids),
  };
}
