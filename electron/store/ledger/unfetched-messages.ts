import type { AccountId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import {
  type UnfetchedChoice,
  type UnfetchedMessage,
  unfetchedChoices,
  unfetchedReasons,
} from '../../../shared/unfetched-message.ts';
import type { CommitNumber } from '../index/commits.ts';
import { isNumber, isText, oneOf, orNull, shape } from '../index/guards.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { storedValue } from '../index/stored-json.ts';

type Body = Omit<UnfetchedMessage, 'key' | 'sizeBytes'>;

const isBody = shape<Body>({
  reason: oneOf(unfetchedReasons),
  sessions: isNumber,
  lastAt: isNumber,
  subject: isText,
  from: isText,
  serverText: isText,
  choice: orNull(oneOf(unfetchedChoices)),
});

/**
 * Messages that could not be fetched, account by account, so that no later session begins with one. These are a few
 * rows. If they are lost with the index, they are learned again.
 */
export function unfetchedMessages(tools: Pick<StoreTools, 'sql' | 'accounts' | 'commits'>) {
  const { sql, accounts } = tools;
  const write = (accountNo: number, { key, sizeBytes, ...body }: UnfetchedMessage) =>
    sql.run(
      'insert or replace into unfetched(account_no, key, size, body) values(?, ?, ?, ?)',
      ...[accountNo, key, sizeBytes, JSON.stringify(body)],
    );
  const of = (accountId: AccountId): UnfetchedMessage[] => {
    const accountNo = accounts.knownNumber(accountId);
    if (accountNo === null) return [];
    return sql
      .all<{ key: LedgerKey; size: number; body: string }>(
        'select key, size, body from unfetched where account_no = ? order by key',
        accountNo,
      )
      .flatMap(({ key, size, body }) => {
        const value = storedValue(body, isBody);
        return value === null ? [] : [{ ...value, key, sizeBytes: size }];
      });
  };
  return {
    /** The messages of an account. */
    of,

    /** Remembers messages. Each replaces the older note about it. */
    async note(accountId: AccountId, messages: readonly UnfetchedMessage[]): Promise<CommitNumber> {
      const accountNo = accounts.numberOf(accountId);
      if (messages.length > 0)
        sql.transaction(() => {
          for (const message of messages) write(accountNo, message);
        });
      return tools.commits.next();
    },

    /** Keeps a person's choice for one message; false where the message is not known any more. */
    async choose(accountId: AccountId, key: LedgerKey, choice: UnfetchedChoice): Promise<boolean> {
      const message = of(accountId).find((one) => one.key === key);
      if (message === undefined) return false;
      write(accounts.numberOf(accountId), { ...message, choice });
      return true;
    },

    /** Forgets messages. They are here now, or not on the server any more. */
    async forget(accountId: AccountId, keys: Iterable<LedgerKey>): Promise<CommitNumber> {
      const accountNo = accounts.numberOf(accountId);
      sql.run(
        'delete from unfetched where account_no = ? and key in (select value from json_each(?))',
        accountNo,
        JSON.stringify([...keys]),
      );
      return tools.commits.next();
    },
  };
}
