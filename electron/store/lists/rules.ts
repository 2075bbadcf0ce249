import type { Rule } from '../../../shared/rule.ts';
import type { CommitNumber } from '../index/commits.ts';
import { ruleChange } from '../index/journal-snapshot.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { isRule, storedValue } from '../index/stored-json.ts';

/** The person's rules. The list is short, and is read and saved whole. */
export function ruleList(tools: Pick<StoreTools, 'sql' | 'journals' | 'commits'>) {
  const { sql } = tools;
  return {
    /** Rules in the order they are applied. */
    all(): Rule[] {
      return sql
        .all<{ body: string }>('select body from rule order by position')
        .flatMap(({ body }) => storedValue(body, isRule) ?? []);
    },

    /** Replaces the rules. */
    async save(rules: readonly Rule[]): Promise<CommitNumber> {
      tools.journals.transaction(() => {
        sql.run('delete from rule');
        for (const [position, rule] of rules.entries())
          sql.run(
            'insert or replace into rule(id, position, body) values(?, ?, ?)',
            rule.id,
            position,
            JSON.stringify(rule),
          );
        tools.journals.noteProgram(ruleChange(tools));
      });
      return tools.commits.next();
    },
  };
}
