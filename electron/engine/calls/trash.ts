import type { Answers, EngineParts } from '../engine-parts.ts';
import { notedChange } from '../noted-changes.ts';

/** Deleting for good what is in the Trash. */
export function trashCalls(
  tools: Pick<EngineParts, 'store' | 'changes'>,
): Answers<'trash/delete' | 'trash/empty'> {
  const { store } = tools;
  return {
    'trash/delete': ({ selection }) =>
      notedChange(tools, async () => store.trash.delete(store.marks.idsOf(selection))),
    'trash/empty': ({ accountId }) => notedChange(tools, () => store.trash.empty(accountId)),
  };
}
