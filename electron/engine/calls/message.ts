import { failed, ok } from '../../../shared/result.ts';
import { downloadRest } from '../../mailbox/checking/download-rest.ts';
import { DeletionsHereAndThere } from '../../mailbox/leaving/delete-here-and-there.ts';
import { moveMessages } from '../../mailbox/moving/move-messages.ts';
import { answeredMessage, longestMailto, mailtoFor } from '../../mailbox/replying/mailto.ts';
import { messageFileName, saveMessage } from '../../reading/message-file.ts';
import { messageHeaders, putSource } from '../../reading/message-source.ts';
import { viewMessage } from '../../reading/message-view.ts';
import { parseMessage } from '../../reading/shown-message.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { folderTree } from '../folder-tree.ts';
import { indexInCharset } from '../indexing/index-in-charset.ts';
import { notedChange } from '../noted-changes.ts';

type Tools = Pick<
  EngineParts,
  | 'settings'
  | 'store'
  | 'shelf'
  | 'pages'
  | 'remotePictures'
  | 'changes'
  | 'downloads'
  | 'transcripts'
  | 'maildrop'
  | 'emit'
>;

/** Messages: read, as source, in another character set, saved, answered, fetched whole; marked, moved, deleted. */
export function messageCalls(
  tools: Tools,
): Answers<
  | 'message/read'
  | 'message/source'
  | 'message/headers'
  | 'message/choose-charset'
  | 'message/allow-remote'
  | 'message/export'
  | 'message/file-name'
  | 'message/mailto'
  | 'message/download-rest'
  | 'message/mark'
  | 'message/move'
  | 'message/delete'
  | 'message/undo'
> {
  const { settings, store, shelf, remotePictures, downloads, changes } = tools;
  const deletions = new DeletionsHereAndThere(tools);
  return {
    'message/read': ({ id, body }) => viewMessage(tools, id, body),
    'message/source': (request) => putSource(tools, request),
    'message/headers': ({ id }) => messageHeaders(shelf, id),
    'message/choose-charset': ({ id, charset }) => indexInCharset(tools, id, charset),
    'message/allow-remote': ({ id, scope }) => remotePictures.allow(id, scope),
    'message/export': (request) => saveMessage(tools, request),
    'message/file-name': ({ id }) => messageFileName(shelf, id),
    'message/mailto': async ({ id, kind, intro }) => {
      const { message, readable } = await parseMessage(shelf, id, { job: 'read-out' });
      if (message === null) return failed({ kind: 'not-found', canRetry: false });
      const url = mailtoFor(kind, answeredMessage(message, { text: readable, intro }), {
        ownAddresses: settings.accounts().map(({ address }) => address),
        longestUrl: longestMailto(process.platform),
      });
      return ok({ url });
    },
    'message/download-rest': async ({ id }) => {
      const message = store.messages.find(id);
      const account = message === null ? undefined : settings.account(message.accountId);
      if (account === undefined) return failed({ kind: 'not-found', canRetry: false });
      const transcript = tools.transcripts.begin(account.id);
      const done = await downloads.run(account.id, (signal) =>
        downloadRest(tools.maildrop, account, id, { signal, transcript }),
      );
      changes.note([account.id]);
      return done;
    },
    'message/mark': ({ selection, change }) =>
      notedChange(tools, () => store.marks.change(selection, change)),
    'message/move': async ({ selection, to }) => {
      const moved = await moveMessages(store, selection, to);
      changes.note();
      if (!moved.ok) return moved;
      const { undoable, takeBack } = moved.value;
      if (takeBack !== null) deletions.onUndo(undoable.undoToken, takeBack);
      return ok(undoable);
    },
    'message/delete': async ({ selection, alsoOnServer }) => {
      const deleted = await deletions.delete(selection, alsoOnServer);
      changes.note();
      return deleted;
    },
    'message/undo': async ({ undoToken }) => {
      const undone = await deletions.undo(undoToken);
      // The change may have been the deletion of a folder.
      if (undone.ok) tools.emit('folders/changed', folderTree(tools));
      changes.note();
      return undone;
    },
  };
}
