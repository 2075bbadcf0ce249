import type { AccountId } from '../../../shared/ids.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';

/** Messages of which it is not certain that they are whole, as far as the person has not seen the notice of them. */
export function doubtfulMessages(tools: Pick<StoreTools, 'sql' | 'accounts' | 'settings' | 'commits'>) {
  const { sql, accounts, settings, commits } = tools;
  const nameOf = (accountId: AccountId) => `doubtful-seen ${accountId}`;
  return {
    /** How many of an account the person is to be told of. */
    count(accountId: AccountId): number {
      const accountNo = accounts.knownNumber(accountId);
      if (accountNo === null) return 0;
      return (
        sql.value<number>(
          'select count(*) as value from message where is_doubtful = 1 and id > ? and account_no = ?',
          Number(settings.get(nameOf(accountId)) ?? 0),
          accountNo,
        ) ?? 0
      );
    },

    /** The person has seen the notice. Only messages that come later are told of. */
    async see(accountId: AccountId): Promise<CommitNumber> {
      settings.set(nameOf(accountId), String(sql.value<number>('select max(id) as value from message') ?? 0));
      return commits.next();
    },
  };
}
