import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { StoreContext } from '../index/context.ts';

/** Labels, kept searches and rules: short lists that are read and saved whole, in the person's own order. */
export function smallLists(context: StoreContext) {
  const { sql } = context;
  return {
    /** Tags in order. */
    tags(): Tag[] {
      return sql
        .all<Tag>('select name, color from tag order by position')
        .map(({ name, color }) => ({ name, color }));
    },

    /** Replaces the list of tags; a tag that is not in it any more leaves every message. */
    saveTags(tags: readonly Tag[]): void {
      sql.transaction(() => {
        sql.run('delete from tag');
        for (const [position, tag] of tags.entries())
          sql.run(
            'insert or replace into tag(name, color, position) values(?, ?, ?)',
            tag.name,
            tag.color,
            position,
          );
        sql.run('delete from message_tag where tag not in (select name from tag)');
      });
      context.changed();
    },

    /** Gives a tag another name on every message. */
    renameTag(from: string, to: string): void {
      sql.transaction(() => {
        sql.run(
          'insert or ignore into message_tag(message_id, tag) select message_id, ? from message_tag where tag = ?',
          to,
          from,
        );
        sql.run('delete from message_tag where tag = ?', from);
        sql.run('update or ignore tag set name = ? where name = ?', to, from);
        sql.run('delete from tag where name = ?', from);
      });
      context.changed();
    },

    /** Searches kept under a name, in order. */
    savedSearches(): SavedSearch[] {
      return sql
        .all<SavedSearch>('select name, query from saved_search order by position')
        .map(({ name, query }) => ({ name, query }));
    },

    /** Replaces the kept searches. */
    saveSearches(searches: readonly SavedSearch[]): void {
      sql.transaction(() => {
        sql.run('delete from saved_search');
        for (const [position, { name, query }] of searches.entries())
          sql.run(
            'insert or replace into saved_search(name, query, position) values(?, ?, ?)',
            name,
            query,
            position,
          );
      });
    },

    /** Rules in the order they are applied. */
    rules(): Rule[] {
      return sql
        .all<{ body: string }>('select body from rule order by position')
        .map(({ body }) => JSON.parse(body) as Rule);
    },

    /** Replaces the rules. */
    saveRules(rules: readonly Rule[]): void {
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
    },
  };
}
