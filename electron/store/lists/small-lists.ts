import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { CommitNumber } from '../index/commits.ts';
import { searchChange, tagChange } from '../index/journal-snapshot.ts';
import type { StoreTools } from '../index/store-tools.ts';

/** The person's labels for messages. The list is short, is read and saved whole, and has the person's own order. */
export function tagList(tools: Pick<StoreTools, 'sql' | 'journals' | 'revision' | 'commits'>) {
  const { sql, journals } = tools;
  return {
    /** Tags in order. */
    all(): Tag[] {
      return sql
        .all<Tag>('select name, color from tag order by position')
        .map(({ name, color }) => ({ name, color }));
    },

    /** Replaces the list of tags. A tag that is missing in the new list is taken off every message. */
    async save(tags: readonly Tag[]): Promise<CommitNumber> {
      journals.transaction(() => {
        sql.run('delete from tag');
        for (const [position, tag] of tags.entries())
          sql.run(
            'insert or replace into tag(name, color, position) values(?, ?, ?)',
            tag.name,
            tag.color,
            position,
          );
        for (const { tag } of sql.all<{ tag: string }>(
          'select distinct tag from message_tag where tag not in (select name from tag)',
        ))
          journals.noteMessages(
            { sql: 'select message_id from message_tag where tag = ?', values: [tag] },
            { kind: 'marks', removeTags: [tag] },
          );
        sql.run('delete from message_tag where tag not in (select name from tag)');
        journals.noteProgram(tagChange(tools));
      });
      tools.revision.changed();
      return tools.commits.next();
    },
  };
}

/** Searches with names. This list is short as well. */
export function savedSearches(tools: Pick<StoreTools, 'sql' | 'journals' | 'commits'>) {
  const { sql, journals } = tools;
  return {
    /** The searches in order. */
    all(): SavedSearch[] {
      return sql
        .all<SavedSearch>('select name, query from saved_search order by position')
        .map(({ name, query }) => ({ name, query }));
    },

    /** Replaces the kept searches. */
    async save(searches: readonly SavedSearch[]): Promise<CommitNumber> {
      journals.transaction(() => {
        sql.run('delete from saved_search');
        for (const [position, { name, query }] of searches.entries())
          sql.run(
            'insert or replace into saved_search(name, query, position) values(?, ?, ?)',
            name,
            query,
            position,
          );
        journals.noteProgram(searchChange(tools));
      });
      return tools.commits.next();
    },
  };
}
