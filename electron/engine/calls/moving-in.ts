import type { Answers, EngineParts } from '../engine-parts.ts';
import { folderTree } from '../folder-tree.ts';
import { MovingIn } from '../moving-in.ts';

type Tools = Pick<EngineParts, 'store' | 'settings' | 'changes' | 'emit'>;

/** Mail of other programs: found, looked at, and brought in. */
export function movingInCalls(
  tools: Tools,
): Answers<'moving-in/find' | 'moving-in/look' | 'moving-in/look-at' | 'moving-in/start' | 'moving-in/stop'> {
  const coming = new MovingIn(tools);
  return {
    'moving-in/find': () => coming.find(),
    'moving-in/look': ({ index }) => coming.lookAtFound(index),
    'moving-in/look-at': ({ paths }) => coming.lookAt(paths),
    'moving-in/start': async () => {
      const moved = await coming.start();
      tools.emit('tags/changed', tools.store.tags.all());
      tools.emit('folders/changed', folderTree(tools));
      return moved;
    },
    'moving-in/stop': () => {
      coming.stop();
      return null;
    },
  };
}
