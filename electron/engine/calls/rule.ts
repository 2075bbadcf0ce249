import { dryRun } from '../../mailbox/rules/dry-run.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { savedList } from '../noted-changes.ts';

/** Rules for incoming mail, and what a rule would have matched. */
export function ruleCalls(
  tools: Pick<EngineParts, 'store' | 'shelf' | 'emit'>,
): Answers<'rule/list' | 'rule/save' | 'rule/dry-run'> {
  const { store, shelf } = tools;
  return {
    'rule/list': () => store.rules.all(),
    'rule/save': async ({ rules }) => {
      await savedList(tools, () => store.rules.save(rules));
      return store.rules.all();
    },
    'rule/dry-run': ({ rule }) => dryRun({ store, parse: (id) => shelf.parse(id, { job: 'index' }) }, rule),
  };
}
