import type { StoreTools } from '../index/store-tools.ts';

/**
 * Forgets the messages in the ledger. The entries keep their state. An entry whose copy was in doubt, or only a
 * beginning, loses its time as well: without a time nothing is removed from the server automatically.
 */
function forgetMessages(tools: Pick<StoreTools, 'sql'>, ids: readonly number[]): void {
  tools.sql.run(
    `update ledger set message_id = null,
       stored_steady = iif(
         (select is_doubtful or is_partial from message where id = message_id) = 1, null, stored_steady)
     where message_id in (select value from json_each(?))`,
    JSON.stringify(ids),
  );
}

/** Removes messages with their records. Only the ledger still knows of them. Call it inside a transaction. */
export function removeMessages(tools: Pick<StoreTools, 'sql' | 'messages'>, ids: readonly number[]): void {
  forgetMessages(tools, ids);
  tools.messages.noteDeadRecords(ids);
  tools.messages.remove(ids);
}
