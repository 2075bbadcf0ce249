import type { Answers, EngineParts } from '../engine-parts.ts';
import { savedList } from '../noted-changes.ts';

/** Searches that the person keeps. */
export function savedSearchCalls(
  tools: Pick<EngineParts, 'store' | 'emit'>,
): Answers<'saved-search/list' | 'saved-search/save'> {
  const { searches } = tools.store;
  return {
    'saved-search/list': () => searches.all(),
    'saved-search/save': async (request) => {
      await savedList(tools, () => searches.save(request.searches));
      return searches.all();
    },
  };
}
