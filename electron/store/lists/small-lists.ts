import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { CommitNumber, Committed } from '../index/commits.ts';
import { ruleChange, searchChange, tagChange } from '../index/journal-snapshot.ts';
import { StoreError } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { isRule, storedValue } from '../index/stored-json.ts';

/** The person's labels for messages. The list is short, is read and saved whole, and has the person's own order. */
export function tagList(tools: Pick<StoreTools, 'sql' | 'accounts' | 'journals' | 'revision' | 'commits'>) {
  const { sql, journals } = tools;
  return {
    /** Tags in order. */
    all(): Tag[] {
      return sql
        .all<Tag>('select name, color from tag order by position')
        .map(({ name, color }) => ({ name, color }));
    },

    /**
     * Gives a tag another name on every message and in every rule. Tags below it, by `/`, go along. A name that another
     * tag has joins the two. Rejects with a StoreError (`bad-input`) when the name is empty.
     */
    async rename(from: string, typed: string): Promise<Committed<null>> {
      const to = typed.normalize('NFC').trim();
      if (to === '')
        throw new StoreError({ kind: 'bad-input', field: 'tag', what: 'empty', canRetry: false });
      journals.transaction(() => {
        const names = sql.all<Tag>('select name, color from tag order by position').map(({ name }) => name);
        for (const name of names)
          if (name === from || name.startsWith(`${from}/`))
            renameTag(tools, name, `${to}${name.slice(from.length)}`);
        journals.noteProgram(tagChange(tools));
        journals.noteProgram(ruleChange(tools));
      });
      tools.revision.changed();
      return tools.commits.with(null);
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

function renameTag(
  { sql, accounts, journals }: Pick<StoreTools, 'sql' | 'accounts' | 'journals'>,
  from: string,
  to: string,
): void {
  if (from === to) return;
  // A tag of the new name keeps its place and its colour.
  sql.run('update or ignore tag set name = ? where name = ?', to, from);
  sql.run('delete from tag where name = ?', from);
  sql.run('update or ignore message_tag set tag = ? where tag = ?', to, from);
  sql.run('delete from message_tag where tag = ?', from);
  for (const id of accounts.ids()) journals.note(accounts.numberOf(id), { kind: 'tag-renamed', from, to });
  for (const { id, body } of sql.all<{ id: string; body: string }>('select id, body from rule')) {
    const rule = storedValue(body, isRule);
    if (!rule?.actions.some((action) => action.kind === 'tag' && action.tag === from)) continue;
    const actions = rule.actions.map((action) =>
      action.kind === 'tag' && action.tag === from ? { ...action, tag: to } : action,
    );
    sql.run('update rule set body = ? where id = ?', JSON.stringify({ ...rule, actions }), id);
  }
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
