import type { MessageId } from '../../../shared/model.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { CommitNumber } from '../index/commit-number.ts';
import type { StoreContext } from '../index/context.ts';
import type { Sql } from '../index/sql.ts';

/*
 * Rules that work after the download need what parsing finds, which comes later. Which messages they are due for is
 * written down in the transaction that stores them, so that a program that is killed in between carries them out at its
 * next start, and only for those: not for mail that is merely parsed anew.
 */

/** Notes that rules are due for new messages, if there are any rules; part of the transaction that stores them. */
export function noteRulesDue(sql: Sql, ids: readonly number[]): void {
  if (ids.length === 0) return;
  sql.run(
    `insert or ignore into rules_due(message_id) select value from json_each(?)
     where exists (select 1 from rule)`,
    JSON.stringify(ids),
  );
}

/** The person's rules, and for which messages they have not been carried out yet. */
export function ruleList(context: StoreContext) {
  const { sql } = context;
  return {
    /** Rules in the order they are applied. */
    all(): Rule[] {
      return sql
        .all<{ body: string }>('select body from rule order by position')
        .map(({ body }) => JSON.parse(body) as Rule);
    },

    /** Replaces the rules. */
    async save(rules: readonly Rule[]): Promise<CommitNumber> {
      sql.transaction(() => {
        sql.run('delete from rule');
        for (const [position, rule] of rules.entries())
          sql.run(
            'insert or replace into rule(id, position, body) values(?, ?, ?)',
            rule.id,
            position,
            JSON.stringify(rule),
          );
      });
      return context.newCommit();
    },

    /** Lets messages be parsed again whose rules were due when the program ended; once, at a start. */
    async parseWhatIsDue(): Promise<CommitNumber> {
      sql.transaction(() => {
        sql.run('delete from rules_due where message_id not in (select id from message)');
        sql.run(
          'update message set is_parsed = 0 where is_parsed = 1 and id in (select message_id from rules_due)',
        );
      });
      return context.newCommit();
    },

    /** Those of the messages that rules are due for. */
    due(ids: readonly MessageId[]): ReadonlySet<MessageId> {
      const found = sql.numbers(
        'select message_id as value from rules_due where message_id in (select value from json_each(?))',
        JSON.stringify(ids),
      );
      return new Set(found as MessageId[]);
    },

    /** The rules have been carried out for these, or never can be. */
    async done(ids: readonly MessageId[]): Promise<CommitNumber> {
      sql.run(
        'delete from rules_due where message_id in (select value from json_each(?))',
        JSON.stringify(ids),
      );
      return context.newCommit();
    },
  };
}
