import type { Failure } from '../../../shared/failure.ts';
import { type Folder, isFolderRole, type OwnFolder } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import type { Selection, Undoable } from '../../../shared/message-list.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Store } from '../../store/store.ts';

/** What was moved, and what an undo has to do beside taking back the change of the token; null for nothing. */
export type Moved = { readonly undoable: Undoable; readonly takeBack: (() => Promise<void>) | null };

const only = (ids: readonly MessageId[]): Selection => ({ kind: 'ids', ids });

/**
 * Moves messages to a folder. A message lies with the mail of its own mailbox. So mail of another mailbox is written
 * anew in the mailbox of the folder, and when that is durable, what it was goes to the Trash of its own. Messages of
 * which only the beginning is here stay where they are.
 */
export async function moveMessages(
  store: Store,
  selection: Selection,
  to: Folder,
): Promise<Result<Moved, Failure>> {
  const folder = isFolderRole(to) ? null : store.folders.find(to);
  if (folder === null && !isFolderRole(to)) return failed({ kind: 'not-found', canRetry: false });
  try {
    const strangers = folder === null ? [] : strangersIn(store, selection, folder);
    if (folder === null || strangers.length === 0) {
      const { value } = await store.marks.moveTo(selection, to);
      return ok({ undoable: value, takeBack: null });
    }
    // The ids first: once some have been moved, the same selection may mean other messages.
    const ids = store.marks.idsOf(selection);
    const copies = await copyInto(store, strangers, folder);
    if (!copies.ok) return copies;
    const own = await store.marks.moveTo(only([...ids, ...copies.value]), to);
    const left = await store.marks.moveTo(only(strangers.map(({ id }) => id)), 'trash');
    return ok({
      undoable: own.value,
      takeBack: async () => {
        await store.marks.undo(left.value.undoToken);
        await store.marks.moveTo(only(copies.value), 'trash');
      },
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failed(failure);
  }
}

/** Messages of the selection that belong to another mailbox than the folder. */
function strangersIn(store: Store, selection: Selection, { accountId }: OwnFolder): MessageSummary[] {
  return store.messages
    .summaries(store.marks.idsOf(selection))
    .filter((message) => message.accountId !== accountId && !message.isPartial);
}

/** Writes messages in the mailbox of a folder, with their marks. Answers what they are there, when they are durable. */
async function copyInto(
  store: Store,
  messages: readonly MessageSummary[],
  { id: folder, accountId }: OwnFolder,
): Promise<Result<MessageId[], Failure>> {
  const copies: MessageId[] = [];
  await using writer = store.writer(accountId);
  writer.onCommitted((batch) => copies.push(...batch.map(({ messageId }) => messageId)));
  for (const { id, isRead, isStarred, isReplied, isForwarded, isDoubtful, tags, ...message } of messages) {
    const bytes = await store.messages.read(id);
    if (!bytes.ok) return bytes;
    writer.begin({
      uidl: null,
      occurrence: 1,
      announcedSizeBytes: message.sizeBytes,
      receivedAt: message.receivedAt,
      marks: { folder, isRead, isStarred, isReplied, isForwarded, tags },
    });
    await writer.chunk(bytes.value);
    await writer.end({ doubtful: isDoubtful });
  }
  await writer.flush();
  return ok(copies);
}
