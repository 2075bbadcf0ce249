import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { BodyView, MessageView } from '../../shared/message-view.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { messagePageHeaders } from '../message/safety/message-page.ts';
import type { Store } from '../store/store.ts';
import { messageHead } from './message-head.ts';
import { messageRow } from './message-row.ts';
import { warningsOf } from './message-warnings.ts';
import { bodyShown, pageHtml, type ShowTools, showMessage } from './shown-message.ts';

type ViewTools = ShowTools & { readonly store: Pick<Store, 'messages' | 'ledger'> };

/** Puts the body of a message up as a page, and tells what stands around it. Fails with `not-found`. */
export async function viewMessage(
  tools: ViewTools,
  id: MessageId,
  body: BodyView,
): Promise<Result<MessageView, Failure>> {
  const { shelf, pages, remotePictures } = tools;
  const token = pages.newToken();
  const shown = await showMessage(tools, id, body, token);
  const { message } = shown;
  const summary = await messageRow(shelf, id, message);
  if (summary === null) return failed({ kind: 'not-found', canRetry: false });
  const safe = await bodyShown(shelf, id, shown.body);
  const isAllowed = remotePictures.areAllowed(id, body);
  pages.put(token, {
    messageId: id,
    html: pageHtml(safe, body.isDark, token),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}`, framedBy: 'poppy://window' }),
    links: safe.links,
    allowsRemote: isAllowed,
  });
  return ok({
    ...messageHead(message, summary),
    summary,
    bodyUrl: `poppy-message://${token}/`,
    found: safe.found,
    shows: safe.shows,
    remote: { blocked: safe.blockedRemote, hosts: safe.remoteHosts, isAllowed },
    warnings: warningsOf(summary.isDoubtful, shown),
    charset: { used: message?.charsets[0]?.used ?? '', chosen: shelf.charset(id) },
    isOnServer: isOnServer(tools.store, id),
  });
}

/** Whether the ledger knows a copy on the server. A message that is only a file has none. */
function isOnServer(store: ViewTools['store'], id: MessageId): boolean {
  const summary = store.messages.find(id);
  if (summary === null) return false;
  const ledger = store.ledger(summary.accountId);
  return ledger.keysOfMessage(id).some((key) => {
    const state = ledger.entry(key)?.state;
    return state !== undefined && state !== 'gone' && state !== 'delete-sent';
  });
}
