import type { MessageId } from '../../../shared/ids.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';

/*
 * Rules that work after the download need what parsing finds, which comes later. Which messages they are due for is
 * written down in the transaction that stores them, so that a program that is killed in between carries them out at its
 * next start, and only for those: not for mail that is merely parsed anew.
 */

/** Notes that rules are due for new messages, if there are any rules; part of the transaction that stores them. */
export function noteRulesDue(
  { sql, journals }: Pick<StoreTools, 'sql' | 'journals'>,
  ids: readonly number[],
): void {
  if (ids.length === 0) return;
  const count = sql.run(
    `insert or ignore into rules_due(message_id) select value from json_each(?)
     where exists (select 1 from rule)`,
    JSON.stringify(ids),
  );
  if (count > 0)
    journals.noteMessages(
      { sql: 'select value from json_each(?)', values: [JSON.stringify(ids)] },
      { kind: 'rules-due' },
    );
}

/** The messages for which rules have not been carried out yet. */
export function rulesDue(tools: Pick<StoreTools, 'sql' | 'messages' | 'journals' | 'commits'>) {
  const { sql } = tools;
  return {
    /** Lets messages be parsed again whose rules were due when the program ended; once, at a start. */
    async parseAgain(): Promise<CommitNumber> {
      sql.transaction(() => {
        sql.run('delete from rules_due where message_id not in (select id from message)');
        tools.messages.parseAgain(sql.numbers('select message_id as value from rules_due'));
      });
      return tools.commits.next();
    },

    /** Those of the messages that rules are due for. */
    among(ids: readonly MessageId[]): ReadonlySet<MessageId> {
      const found = sql.numbers(
        'select message_id as value from rules_due where message_id in (select value from json_each(?))',
        JSON.stringify(ids),
      );
      return new Set(found as MessageId[]);
    },

    /** The rules have been carried out for these, or never can be. */
    async done(ids: readonly MessageId[]): Promise<CommitNumber> {
      const list = JSON.stringify(ids);
      tools.journals.transaction(() => {
        sql.run('delete from rules_due where message_id in (select value from json_each(?))', list);
        tools.journals.noteMessages(
          { sql: 'select value from json_each(?)', values: [list] },
          { kind: 'rules-done' },
        );
      });
      return tools.commits.next();
    },
  };
}
