import type { AccountId } from '../../../shared/ids.ts';
import { isMailboxChange, isProgramChange } from '../index/journal-guards.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { type MailboxChange, type ProgramChange, programJournal } from '../journal/changes.ts';
import { type FoundEntries, type FoundEntry, readEntry } from '../journal/entry.ts';
import { isAccountId } from '../segments/segment-file.ts';
import { MailboxReplay } from './mailbox-replay.ts';

type Tools = Pick<StoreTools, 'sql' | 'accounts' | 'folders' | 'messages' | 'journals' | 'revision'>;

/*
 * A start carries out the entries of the journals that the index has missed. Where the index is new, that is all of them.
 * A journal that begins at its beginning, or with a snapshot, says everything: then nothing from elsewhere (a copy of the
 * index, a damaged index) holds beside it.
 */

/** The entries of a journal that the index has not seen, checked; the first number of the journal. */
function missed<Change>(
  found: FoundEntries,
  last: number,
  isChange: (value: unknown) => value is Change,
): { readonly change: Change; readonly keys: readonly string[] }[] {
  return found.entries
    .filter(({ number }) => number > last)
    .flatMap((entry) => {
      const { change, keys } = read(entry);
      return isChange(change) ? [{ change, keys }] : [];
    });
}

function read(entry: FoundEntry): { readonly change: unknown; readonly keys: readonly string[] } {
  try {
    return readEntry(entry);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    // The checksum is right, so somebody else has made this entry. It says nothing.
    return { change: null, keys: [] };
  }
}

/** Whether a journal holds everything since its beginning. */
function isComplete({ entries, hasGap }: FoundEntries): boolean {
  const [first] = entries;
  if (first === undefined || hasGap) return false;
  return first.number === 1 || isSnapshot(first);
}

function isSnapshot(entry: FoundEntry): boolean {
  const { change } = read(entry);
  return isMailboxChange(change) && change.kind === 'snapshot';
}

/** Brings the index up to date with all journals, and lets journals be written. `isNew`: the index was just made. */
export function replayJournals(tools: Tools, isNew: boolean): void {
  const { journals, accounts } = tools;
  const names = journals.names();
  const behind: string[] = [];
  for (const name of new Set([...names, ...accounts.ids(), programJournal])) {
    if (name !== programJournal && !isAccountId(name)) continue;
    // A snapshot of an empty journal has the number 0. A new index has not seen it either.
    const last = isNew ? -1 : journals.lastInIndex(name);
    const found = journals.read(name);
    const end = found?.entries.at(-1)?.number ?? 0;
    if (found === null || found.hasGap || end < last) behind.push(name);
    if (found === null || (end <= last && !isNew)) continue;
    tools.sql.transaction(() => {
      const isWhole = isNew && isComplete(found);
      if (name === programJournal) replayProgram(tools, missed(found, last, isProgramChange), isWhole);
      else replayMailbox(tools, name as AccountId, missed(found, last, isMailboxChange), isWhole);
      journals.noteRead(name);
    });
  }
  tools.sql.run(
    "insert or ignore into tag(name, color, position) select distinct tag, 'grey', 1000 from message_tag",
  );
  tools.revision.changed();
  journals.begin(behind);
}

function replayMailbox(
  tools: Tools,
  accountId: AccountId,
  entries: readonly { readonly change: MailboxChange; readonly keys: readonly string[] }[],
  isWhole: boolean,
): void {
  const replay = new MailboxReplay(tools, accountId);
  if (isWhole) replay.apply({ kind: 'snapshot' }, []);
  for (const { change, keys } of entries) replay.apply(change, keys);
}

function replayProgram(
  tools: Pick<Tools, 'sql'>,
  entries: readonly { readonly change: ProgramChange }[],
  isWhole: boolean,
): void {
  if (isWhole) applyProgram(tools, { kind: 'snapshot' });
  for (const { change } of entries) applyProgram(tools, change);
}

function applyProgram({ sql }: Pick<Tools, 'sql'>, change: ProgramChange): void {
  switch (change.kind) {
    case 'snapshot':
      for (const table of ['tag', 'rule', 'saved_search', 'remote_allowed']) sql.run(`delete from ${table}`);
      return;
    case 'tags':
      sql.run('delete from tag');
      for (const [position, { name, color }] of change.tags.entries())
        sql.run('insert or ignore into tag(name, color, position) values(?, ?, ?)', name, color, position);
      return;
    case 'rules':
      sql.run('delete from rule');
      for (const [position, rule] of change.rules.entries())
        sql.run(
          'insert or ignore into rule(id, position, body) values(?, ?, ?)',
          rule.id,
          position,
          JSON.stringify(rule),
        );
      return;
    case 'searches':
      sql.run('delete from saved_search');
      for (const [position, { name, query }] of change.searches.entries())
        sql.run(
          'insert or ignore into saved_search(name, query, position) values(?, ?, ?)',
          name,
          query,
          position,
        );
      return;
    case 'pictures':
      sql.run('delete from remote_allowed');
      for (const { scope, value } of change.allowed)
        sql.run('insert or ignore into remote_allowed(scope, value) values(?, ?)', scope, value);
      return;
  }
}
