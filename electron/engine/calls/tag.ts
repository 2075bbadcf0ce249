import type { Answers, EngineParts } from '../engine-parts.ts';
import { savedList } from '../noted-changes.ts';

/** The tags a message can have. */
export function tagCalls(
  tools: Pick<EngineParts, 'store' | 'changes' | 'emit'>,
): Answers<'tag/list' | 'tag/save'> {
  const { store, changes, emit } = tools;
  return {
    'tag/list': () => store.tags.all(),
    'tag/save': async ({ tags }) => {
      await savedList(tools, () => store.tags.save(tags));
      emit('tags/changed', store.tags.all());
      changes.note();
      return null;
    },
  };
}
