import type { Failure } from '../../../shared/failure.ts';
import type { PrintedBody } from '../../../shared/message-view.ts';
import type { MessageId } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { type AnsweredMessage, longestMailto, mailtoFor } from '../../mailbox/replying/mailto.ts';
import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';
import { judgeFollowed } from '../../message/safety/link.ts';
import { messagePageHeaders } from '../../message/safety/message-page.ts';
import { printablePage } from '../../reading/printable-page.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Answers, EngineContext } from '../context.ts';
import { findingOf } from '../indexing/indexer.ts';
import { readContent } from '../scheme-content.ts';
import { bodyShown, pageHtml, parseMessage, showMessage, showsRemote } from '../shown-message.ts';
import { viewMessage } from '../view-message.ts';

/** Reading: bodies as pages of the message scheme, sources, replies, and what a link leads to. */
export function readCalls(
  context: EngineContext,
): Answers<
  | 'message/read'
  | 'message/source'
  | 'message/choose-charset'
  | 'message/allow-remote'
  | 'message/mailto'
  | 'content/read'
  | 'content/open-file'
  | 'content/printable'
  | 'link/judge'
> {
  const { store, shelf } = context;
  return {
    'message/read': ({ id, body }) => viewMessage(context, id, body),
    'message/source': async ({ id }) => {
      const source = await shelf.source(id);
      if (!source.ok) return source;
      const { message } = await parseMessage(context, id, { job: 'read' });
      return ok({
        headers: message?.headers ?? [],
        source: source.value.bytes.toString('latin1'),
        isCut: source.value.isCut,
      });
    },
    'message/choose-charset': async ({ id, charset }) => {
      const chosen = await attemptWork(() => shelf.chooseCharset(id, charset));
      if (!chosen.ok) return chosen;
      return shelf.isFile(id) ? ok(null) : indexAgain(context, id);
    },
    'message/allow-remote': async ({ id, scope }) => {
      const address = store.messages.find(id)?.from.address ?? '';
      const value = scope === 'sender' ? address : address.slice(address.lastIndexOf('@') + 1);
      if (value === '') return failed({ kind: 'not-found', canRetry: false });
      const allowed = await attemptWork(() => store.remotePictures.allow(scope, value));
      return allowed.ok ? ok(null) : allowed;
    },
    'message/mailto': async ({ id, kind, intro }) => {
      const { message, readable } = await parseMessage(context, id, { job: 'read-out' });
      if (message === null) return failed({ kind: 'not-found', canRetry: false });
      const url = mailtoFor(
        kind,
        { ...answered(message), text: readable, intro },
        {
          ownAddresses: context.settings.accounts().map(({ address }) => address),
          longestUrl: longestMailto(process.platform),
        },
      );
      return ok({ url });
    },
    'content/read': ({ token, path }) => readContent(context, token, path),
    'content/open-file': async ({ path }) => {
      const added = await shelf.addFile(path);
      return added.ok ? ok({ id: added.value }) : added;
    },
    'content/printable': ({ id, body }) => putPrintable(context, id, body),
    'link/judge': ({ url, tokens }) => {
      const links = tokens.flatMap((token) => shelf.page(token)?.links ?? []);
      const verdict = judgeFollowed(url, links);
      const { kind, href, host, hostAscii, reasons } = verdict;
      return { verdict: kind, url: href, host, hostAscii, reasons };
    },
  };
}

/** Reads a message anew for the list and the search: its subject and sender are written in that charset, too. */
async function indexAgain(context: EngineContext, id: MessageId): Promise<Result<null, Failure>> {
  const { store, changes } = context;
  const { message } = await parseMessage(context, id, { job: 'read' });
  const accountId = store.messages.find(id)?.accountId;
  if (message === null || accountId === undefined) return ok(null);
  const written = await attemptWork(() => store.parsed.set(id, findingOf(message)));
  if (!written.ok) return written;
  changes.note([accountId]);
  return ok(null);
}

/**
 * Puts up the page that is printed or saved: what the reading view shows, always on white, under a head of subject,
 * people and date.
 */
async function putPrintable(
  context: EngineContext,
  id: MessageId,
  view: PrintedBody,
): Promise<Result<{ token: string; title: string }, Failure>> {
  const { shelf } = context;
  const token = shelf.newToken();
  const body = { ...view, isDark: false };
  const shown = await showMessage(context, id, body, token);
  const safe = await bodyShown(context, id, shown.body);
  const page = pageHtml(safe, false, token);
  shelf.putPage(token, {
    messageId: id,
    html: printablePage(shown.message, page),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}` }),
    links: [],
    allowsRemote: showsRemote(context, id, body),
  });
  return ok({ token, title: shown.message?.subject ?? '' });
}

/** What an answer to a message is made of beside its text. */
function answered(message: ParsedMessage): Omit<AnsweredMessage, 'intro' | 'text'> {
  const { from, replyTo, to, cc, subject, messageId, references, inReplyTo } = message;
  // RFC 5322 §3.6.4: a message without References hands its In-Reply-To on, when that is one.
  const earlier = references.length > 0 || inReplyTo.length > 1 ? references : inReplyTo;
  return { from, replyTo, to, cc, subject, messageId, references: earlier };
}
