import { ok } from '../../../shared/result.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { folderTree } from '../folder-tree.ts';
import { notedChange } from '../noted-changes.ts';

type Tools = Pick<EngineParts, 'settings' | 'store' | 'changes' | 'emit'>;

/** The folders that a person makes. */
export function folderCalls(
  tools: Tools,
): Answers<
  'folder/list' | 'folder/make' | 'folder/rename' | 'folder/move' | 'folder/set-favourite' | 'folder/delete'
> {
  const { folders } = tools.store;
  const changed: typeof notedChange = async (parts, change) => {
    const outcome = await notedChange(parts, change);
    tools.emit('folders/changed', folderTree(tools));
    return outcome;
  };
  return {
    'folder/list': () => folderTree(tools),
    'folder/make': async ({ name, ...place }) => {
      const made = await changed(tools, () => folders.make(place, name));
      return made.ok ? ok({ folderId: made.value }) : made;
    },
    'folder/rename': ({ folderId, name }) => changed(tools, () => folders.rename(folderId, name)),
    'folder/move': ({ folderId, parentId }) => changed(tools, () => folders.move(folderId, parentId)),
    'folder/set-favourite': ({ folderId, isFavourite }) =>
      changed(tools, () => folders.setFavourite(folderId, isFavourite)),
    'folder/delete': ({ folderId }) => changed(tools, () => folders.delete(folderId)),
  };
}
