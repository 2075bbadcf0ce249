import type { Failure } from '../../shared/failure.ts';
import type { FolderId, OwnFolder } from '../../shared/folder.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { poppy } from './poppy.ts';
import { showFailure } from './toasts.ts';

/** Makes a folder. A name that cannot be is the caller's to show. */
export function makeFolder(
  accountId: AccountId,
  parentId: FolderId | null,
  name: string,
): Promise<Result<{ folderId: FolderId }, Failure>> {
  return poppy.request('folder/make', { accountId, parentId, name });
}

/** Gives a folder another name. A name that cannot be is the caller's to show. */
export function renameFolder(folderId: FolderId, name: string): Promise<Result<null, Failure>> {
  return poppy.request('folder/rename', { folderId, name });
}

/** Moves a folder with all that is in it. */
export async function moveFolder(folderId: FolderId, parentId: FolderId | null): Promise<void> {
  const outcome = await poppy.request('folder/move', { folderId, parentId });
  if (!outcome.ok) showFailure(outcome.failure);
}

/** Puts a folder among the favourites, or takes it out. */
export async function turnFavourite({ id, isFavourite }: OwnFolder): Promise<void> {
  const outcome = await poppy.request('folder/set-favourite', { folderId: id, isFavourite: !isFavourite });
  if (!outcome.ok) showFailure(outcome.failure);
}
