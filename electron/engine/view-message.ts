import type { Failure } from '../../shared/failure.ts';
import type { BodyView, MessageView } from '../../shared/message-view.ts';
import type { Mailbox, MessageId, MessageSummary } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { ParsedMessage } from '../message/parsed-message.ts';
import { judgeSender } from '../message/safety/header-honesty.ts';
import { markFound } from '../message/safety/mark-found.ts';
import { messagePageHeaders } from '../message/safety/message-page.ts';
import { attachmentViews } from './attachment-calls.ts';
import type { EngineContext } from './context.ts';
import { bodyShown, pageHtml, type Shown, showMessage, shownAs, showsRemote } from './shown-message.ts';

/** Puts a message's body up as a page and tells what stands around it. Fails with `not-found`. */
export async function viewMessage(
  context: EngineContext,
  id: MessageId,
  body: BodyView,
): Promise<Result<MessageView, Failure>> {
  const { shelf, store } = context;
  const token = shelf.newToken();
  const shown = await showMessage(context, id, body, token);
  const summary = shelf.summary(id, shown.message);
  if (summary === null) return failed({ kind: 'not-found', canRetry: false });
  const { message } = shown;
  const shows = shownAs(shown, body.format);
  const plain = await bodyShown(context, id, shown, shows);
  const marked = markFound(plain.html, body.find ?? '');
  const safe = { ...plain, html: marked.html };
  const isAllowed = showsRemote(context, id, body);
  shelf.putPage(token, {
    messageId: id,
    html: pageHtml(safe, shows === 'html' ? 'html' : 'text', body.isDark, token),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}`, framedBy: 'poppy://window' }),
    links: safe.links,
    allowsRemote: isAllowed,
  });
  return ok({
    ...headOf(message, summary),
    summary,
    bodyUrl: `poppy-message://${token}/`,
    found: marked.count,
    shows,
    remote: { blocked: safe.blockedRemote, hosts: safe.remoteHosts, isAllowed },
    warnings: [...warningsOf(summary.isDoubtful, shown), ...senderWarnings(message)],
    charset: {
      used: message?.charsets[0]?.used ?? '',
      chosen: shelf.isFile(id) ? null : store.messageChoices(id).charset,
    },
    isOnServer: isOnServer(context, id),
  });
}

/** What the message itself says; where it could not be parsed, what its row in the list knows. */
function headOf(message: ParsedMessage | null, summary: MessageSummary) {
  const from = message?.from ?? [summary.from];
  return {
    from: from.map((mailbox) => judged(mailbox)),
    sender: message?.sender ?? null,
    replyTo: message?.replyTo ?? [],
    to: message?.to ?? summary.to,
    cc: message?.cc ?? [],
    dateProblem: message?.dateProblem ?? null,
    hasHtml: message?.html != null,
    hasText: message?.text != null,
    attachments: attachmentViews(message?.attachments ?? []),
    authentication: (message?.authentication?.results ?? []).map(({ method, result }) => ({
      method,
      result,
    })),
    invitation: invitationShown(message),
    protection: protectionShown(message),
    piece: message?.piece ?? null,
  };
}

function invitationShown(message: ParsedMessage | null): MessageView['invitation'] {
  const invitation = message?.invitation ?? null;
  if (invitation === null) return null;
  const { organizer } = invitation;
  return { ...invitation, organizer: organizer === null ? null : judged(organizer) };
}

const lockedTypes = /^application\/(?:x-)?pkcs7-mime$/;

/** The file that is locked: of OpenPGP's two parts the second, the first holds but its version. RFC 3156 §4. */
function protectionShown(message: ParsedMessage | null): MessageView['protection'] {
  if (message === null || message.protection === null) return null;
  const { kind, protocol } = message.protection;
  const by = /pgp/.test(protocol) ? 'openpgp' : /pkcs7/.test(protocol) ? 'smime' : 'other';
  const files = message.attachments.filter(({ type }) => type !== 'application/pgp-encrypted');
  const locked = files.find(({ type }) => lockedTypes.test(type)) ?? files.at(-1);
  const isLocked = kind === 'encrypted' && protocol !== 'openpgp-inline' && locked !== undefined;
  return { kind, by, file: isLocked ? { part: locked.part, name: locked.name } : null };
}

/** Name and address as they may be shown: no invisible or direction-changing characters. */
function judged(mailbox: Mailbox): Mailbox {
  const { name, address } = judgeSender({ from: mailbox });
  return { name, address };
}

function warningsOf(isDoubtful: boolean, { message, body, trouble }: Shown): MessageView['warnings'] {
  return [
    ...(isDoubtful ? [{ code: 'doubtful', detail: '' }] : []),
    ...(trouble === null ? [] : [{ code: 'shown-as-source', detail: trouble }]),
    ...(body?.warnings ?? []).map((code) => ({ code, detail: '' })),
    ...(message?.warnings ?? []).map(({ code, detail }) => ({ code, detail })),
  ];
}

function senderWarnings(message: ParsedMessage | null): MessageView['warnings'] {
  const from = message?.from[0];
  if (message === null || from === undefined) return [];
  const sender = judgeSender({ from, replyTo: message.replyTo });
  const replies = message.replyTo.map((mailbox) => judged(mailbox).address).join(', ');
  return sender.flags.map((code) => {
    if (code === 'reply-to-elsewhere') return { code, detail: replies };
    return { code, detail: code === 'name-holds-address' ? sender.name : sender.address };
  });
}

function isOnServer(context: EngineContext, id: MessageId): boolean {
  if (context.shelf.isFile(id)) return false;
  const summary = context.store.message(id);
  if (summary === null) return false;
  const ledger = context.store.ledger(summary.accountId);
  return ledger.keysOfMessage(id).some((key) => {
    const state = ledger.entry(key)?.state;
    return state !== undefined && state !== 'gone' && state !== 'delete-sent';
  });
}
