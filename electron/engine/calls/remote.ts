import type { Answers, EngineParts } from '../engine-parts.ts';
import { savedList } from '../noted-changes.ts';

/** Senders and domains whose remote pictures are always shown. */
export function remoteCalls(
  tools: Pick<EngineParts, 'store' | 'emit'>,
): Answers<'remote/list' | 'remote/remove'> {
  const { remotePictures } = tools.store;
  return {
    'remote/list': () => remotePictures.allowances(),
    'remote/remove': async ({ scope, value }) => {
      await savedList(tools, () => remotePictures.disallow(scope, value));
      return null;
    },
  };
}
