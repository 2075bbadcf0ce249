import type { CheckRecord } from '../../../shared/account-state.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { ServerDeletion } from '../../../shared/server-view.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { isCheckRecord, isServerDeletion, storedValue } from '../index/stored-json.ts';

/** How many checks of each account are kept. */
const mostChecks = 500;

/** The history of the servers: the checks, and the messages that left a server with their times. */
export function history(tools: Pick<StoreTools, 'sql' | 'commits'>) {
  const { sql } = tools;
  return {
    /** Keeps a finished check. The oldest ones beyond 500 of the account are removed. */
    async recordCheck(record: CheckRecord): Promise<CommitNumber> {
      sql.transaction(() => {
        sql.run(
          'insert into check_record(account_id, started_at, body) values(?, ?, ?)',
          record.accountId,
          record.startedAt,
          JSON.stringify(record),
        );
        sql.run(
          `delete from check_record where account_id = ?1 and id <= (
             select id from check_record where account_id = ?1 order by id desc limit 1 offset ?2)`,
          record.accountId,
          mostChecks,
        );
      });
      return tools.commits.next();
    },

    /** Checks of one account or of all, the latest first. */
    checks(accountId: AccountId | null, limit = mostChecks): CheckRecord[] {
      return sql
        .all<{ body: string }>(
          'select body from check_record where ?1 is null or account_id = ?1 order by id desc limit ?2',
          accountId,
          limit,
        )
        .flatMap(({ body }) => storedValue(body, isCheckRecord) ?? []);
    },

    /** Keeps the messages that left a server. Nothing is ever removed from this log. */
    async recordDeletions(...deletions: readonly ServerDeletion[]): Promise<CommitNumber> {
      sql.transaction(() => {
        for (const deletion of deletions)
          sql.run(
            'insert into server_deletion(account_id, at, body) values(?, ?, ?)',
            deletion.accountId,
            deletion.at,
            JSON.stringify(deletion),
          );
      });
      return tools.commits.next();
    },

    /** The messages that left the server of one account or of all, the latest first. */
    serverDeletions(accountId: AccountId | null = null, limit = 10_000): ServerDeletion[] {
      return sql
        .all<{ body: string }>(
          'select body from server_deletion where ?1 is null or account_id = ?1 order by id desc limit ?2',
          accountId,
          limit,
        )
        .flatMap(({ body }) => storedValue(body, isServerDeletion) ?? []);
    },
  };
}
