import type { Failure } from '../../shared/failure.ts';
import type { Folder, FolderId } from '../../shared/folder.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { MarkChange } from '../../shared/marks.ts';
import type { Selection, Undoable } from '../../shared/message-list.ts';
import type { Result } from '../../shared/result.ts';
import { poppy } from './poppy.ts';
import { type DoneKind, hideToast, showDone, showFailure, toastsStore } from './toasts.ts';
import { UndoHistory } from './undo-history.ts';

const history = new UndoHistory();

/** Notes a change at once, so that it can be undone before its answer comes. Then shows the result. */
function settle(
  asked: Promise<Result<Undoable, Failure>>,
  done: DoneKind,
  isSilent = false,
): Promise<boolean> {
  const made = async () => {
    const outcome = await asked;
    if (!outcome.ok) {
      showFailure(outcome.failure);
      return null;
    }
    const { count, undoToken } = outcome.value;
    if (!isSilent) showDone(done, { count, undoToken });
    return undoToken;
  };
  return history.note(made());
}

function nameOf(change: MarkChange): DoneKind {
  if (change.isStarred !== undefined) return change.isStarred ? 'starred' : 'unstarred';
  if (change.isRead !== undefined) return change.isRead ? 'read' : 'unread';
  return change.addTags === undefined ? 'untagged' : 'tagged';
}

/** Marks messages read, starred or tagged. Can be undone. */
export function markMessages(selection: Selection, change: MarkChange, isSilent = false): Promise<boolean> {
  const asked = poppy.request('message/mark', { selection, change });
  return settle(asked, nameOf(change), isSilent);
}

/**
 * Marks a message read after the person has looked at it long enough. Ctrl+Z skips this change, because the person did
 * not ask for it.
 */
export async function markLookedAt(id: MessageId): Promise<void> {
  const selection: Selection = { kind: 'ids', ids: [id] };
  const outcome = await poppy.request('message/mark', { selection, change: { isRead: true } });
  if (!outcome.ok) showFailure(outcome.failure);
}

/** Moves messages to a folder of their account. Can be undone. */
export function moveMessages(selection: Selection, to: Folder): Promise<boolean> {
  const asked = poppy.request('message/move', { selection, to });
  const names: Partial<Record<Folder, DoneKind>> = {
    inbox: 'moved-to-inbox',
    archive: 'archived',
    trash: 'deleted',
  };
  return settle(asked, names[to] ?? 'moved');
}

/** Moves messages to the Trash. Where asked, also marks them for deletion on the server. Can be undone. */
export function deleteMessages(selection: Selection, alsoOnServer: boolean): Promise<boolean> {
  const asked = poppy.request('message/delete', { selection, alsoOnServer });
  return settle(asked, 'deleted');
}

/** Deletes a folder and those in it. Their mail goes to the Trash. Can be undone. */
export function deleteFolder(folderId: FolderId): Promise<boolean> {
  return settle(poppy.request('folder/delete', { folderId }), 'folder-deleted');
}

/** Deletes messages of the Trash for good. Cannot be undone. */
export async function deleteForGood(selection: Selection): Promise<boolean> {
  const outcome = await poppy.request('trash/delete', { selection });
  if (outcome.ok) showDone('trash-emptied', { count: outcome.value.count });
  else showFailure(outcome.failure);
  return outcome.ok;
}

/** Undoes the change of the token, or else the last change. Waits until that change has been made. */
export async function undo(token?: string): Promise<void> {
  if (token !== undefined) history.forget(token);
  const undoToken = token ?? (await history.takeNewest());
  if (undoToken === null) return;
  for (const toast of toastsStore.get()) if (toast.undoToken === undoToken) hideToast(toast.id);
  const outcome = await poppy.request('message/undo', { undoToken });
  if (outcome.ok) showDone('undone', { count: outcome.value.count });
  else showFailure(outcome.failure);
}
