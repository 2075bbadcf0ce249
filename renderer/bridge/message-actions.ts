import type { Failure } from '../../shared/failure.ts';
import type { Folder } from '../../shared/model.ts';
import type { Result } from '../../shared/result.ts';
import type { Selection, Undoable } from '../../shared/views.ts';
import { type DoneKind, hideNotice, noticesStore, showDone, showFailure } from './notices.ts';
import { poppy } from './poppy.ts';

/** Tokens of what can be taken back, the newest last. */
const undoTokens: string[] = [];
const keptTokens = 50;

function settle(outcome: Result<Undoable, Failure>, done: DoneKind, isSilent = false): boolean {
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return false;
  }
  undoTokens.push(outcome.value.undoToken);
  undoTokens.splice(0, undoTokens.length - keptTokens);
  if (!isSilent) showDone(done, { count: outcome.value.count, undoToken: outcome.value.undoToken });
  return true;
}

/** What can be changed about messages without moving them. */
export type MarkChange = {
  readonly isRead?: boolean;
  readonly isStarred?: boolean;
  readonly addTags?: string[];
  readonly removeTags?: string[];
};

const mutable = (selection: Selection) =>
  selection.kind === 'ids'
    ? { kind: selection.kind, ids: [...selection.ids] }
    : { ...selection, except: [...selection.except] };

function nameOf(change: MarkChange): DoneKind {
  if (change.isStarred !== undefined) return change.isStarred ? 'starred' : 'unstarred';
  if (change.isRead !== undefined) return change.isRead ? 'read' : 'unread';
  return change.addTags === undefined ? 'untagged' : 'tagged';
}

/** Marks messages read, starred or tagged; can be undone. */
export async function markMessages(
  selection: Selection,
  change: MarkChange,
  isSilent = false,
): Promise<boolean> {
  const outcome = await poppy.request('message/mark', { selection: mutable(selection), change });
  return settle(outcome, nameOf(change), isSilent);
}

/** Moves messages to a folder of their account; can be undone. */
export async function moveMessages(selection: Selection, to: Folder): Promise<boolean> {
  const outcome = await poppy.request('message/move', { selection: mutable(selection), to });
  const names = { inbox: 'moved-to-inbox', archive: 'archived', trash: 'deleted' } as const;
  return settle(outcome, names[to]);
}

/** Moves messages to the Trash, and marks them to go from the server too where asked; can be undone. */
export async function deleteMessages(selection: Selection, alsoOnServer: boolean): Promise<boolean> {
  const outcome = await poppy.request('message/delete', { selection: mutable(selection), alsoOnServer });
  return settle(outcome, 'deleted');
}

/** Takes back what was done last, or what the token names. */
export async function undo(token?: string): Promise<void> {
  const undoToken = token ?? undoTokens[undoTokens.length - 1];
  if (undoToken === undefined) return;
  const at = undoTokens.lastIndexOf(undoToken);
  if (at >= 0) undoTokens.splice(at, 1);
  for (const notice of noticesStore.get()) if (notice.undoToken === undoToken) hideNotice(notice.id);
  const outcome = await poppy.request('message/undo', { undoToken });
  if (outcome.ok) showDone('undone', { count: outcome.value.count });
  else showFailure(outcome.failure);
}
