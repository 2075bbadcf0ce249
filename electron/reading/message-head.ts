import type { EmailAddress, MessageSummary } from '../../shared/message.ts';
import type { MessageView } from '../../shared/message-view.ts';
import { judgeAuthentication } from '../message/headers/authentication.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { cleanHeaderText, judgeSender } from '../message/safety/header-honesty.ts';
import { attachmentCards } from './attachment-cards.ts';

/** What stands around a body. It comes from the message itself, or from its row where it could not be parsed. */
export function messageHead(message: ParsedMessage | null, summary: MessageSummary) {
  const from = message?.from ?? [summary.from];
  return {
    from: from.map((mailbox) => judged(mailbox)),
    sender: message?.sender == null ? null : judged(message.sender),
    replyTo: (message?.replyTo ?? []).map(cleaned),
    to: (message?.to ?? summary.to).map(cleaned),
    cc: (message?.cc ?? []).map(cleaned),
    dateProblem: message?.dateProblem ?? null,
    hasHtml: message?.html != null,
    hasText: message?.text != null,
    // This part says only how OpenPGP locked the file beside it, which is of no use to a person.
    attachments: attachmentCards(message?.attachments ?? []).filter(
      ({ type }) => type !== 'application/pgp-encrypted',
    ),
    authentication: authenticationShown(message),
    invitation: invitationShown(message),
    protection: protectionShown(message),
    piece: message?.piece ?? null,
  };
}

/** Name and address of somebody who is vouched for by nothing but the message: no invisible or turning characters. */
export function judged(mailbox: EmailAddress): EmailAddress {
  const { name, address } = judgeSender({ from: mailbox });
  return { name, address };
}

/** One of many people: cleaned, not judged. */
function cleaned({ name, address }: EmailAddress): EmailAddress {
  return { name: cleanHeaderText(name), address: cleanHeaderText(address) };
}

function invitationShown(message: ParsedMessage | null): MessageView['invitation'] {
  const invitation = message?.invitation ?? null;
  if (invitation === null) return null;
  const { organizer } = invitation;
  return { ...invitation, organizer: organizer === null ? null : judged(organizer) };
}

const lockedTypes = /^application\/(?:x-)?pkcs7-mime$/;

/** Names the locked file. Of OpenPGP's two parts it is the second; the first holds only a version. RFC 3156 §4. */
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
