import type { MessageSummary } from '../../shared/model.ts';
import type { Rule } from '../../shared/rule.ts';
import { ruleMatches } from '../mailbox/rules/rules.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EngineCalls } from './protocol.ts';

/** How many messages a dry run looks through, the newest first. */
const mostLookedThrough = 5_000;
/** Messages whose headers are read again from the disk for conditions on them, the newest first. */
const mostReadAgain = 1_000;
const readTogether = 32;
const shown = 50;

/** What a rule would have matched in the inbox. Headers that the index does not hold are read from the messages. */
export async function dryRun(
  context: Pick<EngineParts, 'store' | 'shelf'>,
  rule: Rule,
): Promise<EngineCalls['rule/dry-run'][1]> {
  const { rows } = context.store.lists.page({
    place: { kind: 'folder', folder: 'inbox', accountId: rule.accountId },
    offset: 0,
    limit: mostLookedThrough,
  });
  const matched = await matching(context, { ...rule, isOn: true }, rows);
  const unread = matched.filter((row) => !row.isRead).length;
  return {
    matched: matched.length,
    sample: { total: matched.length, unread, rows: matched.slice(0, shown) },
  };
}

async function matching(
  context: Pick<EngineParts, 'shelf'>,
  rule: Rule,
  rows: readonly MessageSummary[],
): Promise<MessageSummary[]> {
  const known = rule.conditions.filter((condition) => condition.kind !== 'header');
  const candidates = rows.filter(
    (row) => known.length === 0 || ruleMatches({ ...rule, conditions: known }, { ...row, headers: [] }),
  );
  if (known.length === rule.conditions.length) return known.length === 0 ? [] : candidates;
  const found: MessageSummary[] = [];
  const readAgain = candidates.slice(0, mostReadAgain);
  for (let from = 0; from < readAgain.length; from += readTogether) {
    const some = readAgain.slice(from, from + readTogether);
    const replies = await Promise.all(some.map((row) => context.shelf.parse(row.id, { job: 'index' })));
    for (const [index, row] of some.entries()) {
      const reply = replies[index];
      const headers = reply?.kind === 'parsed' ? reply.message.headers : [];
      if (ruleMatches(rule, { ...row, headers })) found.push(row);
    }
  }
  return found;
}
