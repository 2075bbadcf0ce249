import type { Answers, EngineParts } from '../engine-parts.ts';

/** How much of the mail a search can find, and what helps when it finds little. Results are a place like another: `mailbox/list` lists them. */
export function searchCalls({
  store,
}: Pick<EngineParts, 'store'>): Answers<'search/coverage' | 'search/advice'> {
  return {
    'search/coverage': () => store.parsed.coverage(),
    'search/advice': ({ query }) => store.lists.advice(query),
  };
}
