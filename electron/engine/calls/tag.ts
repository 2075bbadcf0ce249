import type { Answers, EngineParts } from '../engine-parts.ts';
import { notedChange, savedList } from '../noted-changes.ts';

/** The tags a message can have. */
export function tagCalls(
  tools: Pick<EngineParts, 'store' | 'changes' | 'emit'>,
): Answers<'tag/list' | 'tag/save' | 'tag/rename'> {
  const { store, changes, emit } = tools;
  return {
    'tag/list': () => store.tags.all(),
    'tag/save': async ({ tags }) => {
      await savedList(tools, () => store.tags.save(tags));
      emit('tags/changed', store.tags.all());
      changes.note();
      return null;
    },
    'tag/rename': async ({ from, to }) => {
      const renamed = await notedChange(tools, () => store.tags.rename(from, to));
      emit('tags/changed', store.tags.all());
      return renamed;
    },
  };
}
