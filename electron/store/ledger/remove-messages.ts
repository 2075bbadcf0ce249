import type { StoreTools } from '../index/store-tools.ts';

/**
 * Forgets the rows of messages in the ledger, whose entries keep their state. What was in doubt forgets its time as well:
 * without a time nothing is removed from the server by itself.
 */
function forgetMessages(tools: Pick<StoreTools, 'sql'>, ids: readonly number[]): void {
  tools.sql.run(
    `update ledger set message_id = null,
       stored_steady = iif((select is_doubtful from message where id = message_id) = 1, null, stored_steady)
     where message_id in (select value from json_each(?))`,
    JSON.stringify(ids),
  );
}

/**
 * Removes messages with their records: what is left of them is what the ledger knows. To be called inside a transaction.
 */
export function removeMessages(tools: Pick<StoreTools, 'sql' | 'messages'>, ids: readonly number[]): void {
  forgetMessages(tools, ids);
  tools.messages.noteDeadRecords(ids);
  tools.messages.remove(ids);
}
