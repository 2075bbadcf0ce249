import type { Answers, EngineParts } from '../engine-parts.ts';

/** How much of the mail a search can find. Results are a place like another: `mailbox/list` lists them. */
export function searchCalls({ store }: Pick<EngineParts, 'store'>): Answers<'search/coverage'> {
  return { 'search/coverage': () => store.parsed.coverage() };
}
