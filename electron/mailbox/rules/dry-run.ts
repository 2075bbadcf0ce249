import type { ReplyOf } from '../../../shared/contract.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { ParseReply } from '../../message/parsing/parse-job.ts';
import type { Store } from '../../store/store.ts';
import { ruleMatches } from './rules.ts';

type DryRunTools = {
  readonly store: Pick<Store, 'lists'>;
  /** Has a message read; null where there is none. */
  parse(id: MessageId): Promise<ParseReply | null>;
};

/** How many messages a dry run looks through, the newest first. */
const mostLookedThrough = 5_000;
/** Messages whose headers are read again from the disk for conditions on them, the newest first. */
const mostReadAgain = 1_000;
const readTogether = 32;
const shown = 50;

/** What a rule would have matched in the inbox. Headers that the index does not hold are read from the messages. */
export async function dryRun(tools: DryRunTools, rule: Rule): Promise<ReplyOf<'rule/dry-run'>> {
  const { rows } = tools.store.lists.page({
    place: { kind: 'folder', folder: 'inbox', accountId: rule.accountId },
    offset: 0,
    limit: mostLookedThrough,
  });
  const matched = await matching(tools, { ...rule, isOn: true }, rows);
  const unread = matched.filter((row) => !row.isRead).length;
  return {
    matched: matched.length,
    sample: { total: matched.length, unread, rows: matched.slice(0, shown) },
  };
}

async function matching(
  { parse }: Pick<DryRunTools, 'parse'>,
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
    const replies = await Promise.all(some.map((row) => parse(row.id)));
    for (const [index, row] of some.entries()) {
      const reply = replies[index];
      const headers = reply?.kind === 'parsed' ? reply.message.headers : [];
      if (ruleMatches(rule, { ...row, headers })) found.push(row);
    }
  }
  return found;
}
