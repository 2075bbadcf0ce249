import { failed, ok } from '../../../shared/result.ts';
import { answeredMessage, longestMailto, mailtoFor } from '../../mailbox/replying/mailto.ts';
import { messageFileName, saveMessage } from '../../reading/message-file.ts';
import { messageSource } from '../../reading/message-source.ts';
import { viewMessage } from '../../reading/message-view.ts';
import { parseMessage } from '../../reading/shown-message.ts';
import type { Answers, EngineContext } from '../context.ts';
import { indexInCharset } from '../indexing/index-in-charset.ts';

type Tools = Pick<EngineContext, 'settings' | 'store' | 'shelf' | 'pages' | 'remotePictures' | 'changes'>;

/** One message: read, as source, in another character set, saved, answered. */
export function messageCalls(
  tools: Tools,
): Answers<
  | 'message/read'
  | 'message/source'
  | 'message/choose-charset'
  | 'message/allow-remote'
  | 'message/export'
  | 'message/file-name'
  | 'message/mailto'
> {
  const { settings, shelf, remotePictures } = tools;
  return {
    'message/read': ({ id, body }) => viewMessage(tools, id, body),
    'message/source': ({ id }) => messageSource(shelf, id),
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
  };
}
