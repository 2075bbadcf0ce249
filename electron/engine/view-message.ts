import type { Failure } from '../../shared/failure.ts';
import type { BodyView, MessageView } from '../../shared/message-view.ts';
import type { Mailbox, MessageId, MessageSummary } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { judgeAuthentication } from '../message/headers/authentication.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { cleanHeaderText, judgeSender, type SenderFlag } from '../message/safety/header-honesty.ts';
import { messagePageHeaders } from '../message/safety/message-page.ts';
import { attachmentViews } from './calls/attachment.ts';
import type { EngineContext } from './context.ts';
import { bodyShown, pageHtml, type Shown, showMessage, showsRemote } from './shown-message.ts';

/** Puts a message's body up as a page and tells what stands around it. Fails with `not-found`. */
export async function viewMessage(
  context: EngineContext,
  id: MessageId,
  body: BodyView,
): Promise<Result<MessageView, Failure>> {
  const { shelf } = context;
  const token = shelf.newToken();
  const shown = await showMessage(context, id, body, token);
  const summary = shelf.summary(id, shown.message);
  if (summary === null) return failed({ kind: 'not-found', canRetry: false });
  const { message } = shown;
  const safe = await bodyShown(context, id, shown.body);
  const isAllowed = showsRemote(context, id, body);
  shelf.putPage(token, {
    messageId: id,
    html: pageHtml(safe, body.isDark, token),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}`, framedBy: 'poppy://window' }),
    links: safe.links,
    allowsRemote: isAllowed,
  });
  return ok({
    ...headOf(message, summary),
    summary,
    bodyUrl: `poppy-message://${token}/`,
    found: safe.found,
    shows: safe.shows,
    remote: { blocked: safe.blockedRemote, hosts: safe.remoteHosts, isAllowed },
    warnings: eachOnce([...warningsOf(summary.isDoubtful, shown), ...senderWarnings(message)]),
    charset: {
      used: message?.charsets[0]?.used ?? '',
      chosen: shelf.charset(id),
    },
    isOnServer: isOnServer(context, id),
  });
}

/** What the message itself says; where it could not be parsed, what its row in the list knows. */
function headOf(message: ParsedMessage | null, summary: MessageSummary) {
  const from = message?.from ?? [summary.from];
  return {
    from: from.map((mailbox) => judged(mailbox)),
    sender: message?.sender == null ? null : judged(message.sender),
    replyTo: (message?.replyTo ?? []).map(tidy),
    to: (message?.to ?? summary.to).map(tidy),
    cc: (message?.cc ?? []).map(tidy),
    dateProblem: message?.dateProblem ?? null,
    hasHtml: message?.html != null,
    hasText: message?.text != null,
    // What says only that the file beside it is locked by OpenPGP, and how, is of no use to a person.
    attachments: attachmentViews(message?.attachments ?? []).filter(
      ({ type }) => type !== 'application/pgp-encrypted',
    ),
    authentication: authenticationShown(message),
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

function authenticationShown(message: ParsedMessage | null): MessageView['authentication'] {
  const found = message?.authentication ?? null;
  if (message === null || found === null || found.results.length === 0) return null;
  const { verdict, domain } = judgeAuthentication(found, message.from);
  return {
    verdict,
    domain: cleanHeaderText(domain),
    results: found.results.map(({ method, result }) => ({ method, result })),
  };
}

/** One of many people: cleaned, not judged. */
function tidy({ name, address }: Mailbox): Mailbox {
  return { name: cleanHeaderText(name), address: cleanHeaderText(address) };
}

/** Name and address as they may be shown: no invisible or direction-changing characters. */
function judged(mailbox: Mailbox): Mailbox {
  const { name, address } = judgeSender({ from: mailbox });
  return { name, address };
}

/** Two passes may notice the same; it is said once. */
function eachOnce(warnings: MessageView['warnings']): MessageView['warnings'] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.detail}`, warning])).values()];
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
  if (message === null || message.isSource) return [];
  const from = message.from[0] ?? { name: '', address: '' };
  const sender = judgeSender({ from, replyTo: message.replyTo });
  const { address, addressAscii } = sender;
  const replies = message.replyTo.map((mailbox) => judged(mailbox).address).join(', ');
  const details: Partial<Record<SenderFlag, string>> = {
    'reply-to-elsewhere': replies,
    'name-holds-address': sender.name,
    // Only the network's own form tells letters apart that are drawn alike.
    'mixed-script': address === addressAscii ? address : `${address} (${addressAscii})`,
  };
  return sender.flags.map((code) => ({ code, detail: details[code] ?? '' }));
}

function isOnServer(context: EngineContext, id: MessageId): boolean {
  if (context.shelf.isFile(id)) return false;
  const summary = context.store.messages.find(id);
  if (summary === null) return false;
  const ledger = context.store.ledger(summary.accountId);
  return ledger.keysOfMessage(id).some((key) => {
    const state = ledger.entry(key)?.state;
    return state !== undefined && state !== 'gone' && state !== 'delete-sent';
  });
}
