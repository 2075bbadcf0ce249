import type { EmailAddress } from '../../shared/message.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { judgeSender, type SenderFlag } from '../message/safety/header-honesty.ts';
import { judged } from './message-head.ts';
import type { Shown } from './shown-message.ts';

type Warnings = MessageView['warnings'];

/** Everything about a message that is worth a warning, each said once: two passes may notice the same. */
export function warningsOf(isDoubtful: boolean, { message, body, trouble }: Shown): Warnings {
  return eachOnce([
    ...(isDoubtful ? [{ code: 'doubtful', detail: '' }] : []),
    ...(trouble === null ? [] : [{ code: 'shown-as-source', detail: trouble }]),
    ...(body?.warnings ?? []).map((code) => ({ code, detail: '' })),
    ...(message?.warnings ?? []).map(({ code, detail }) => ({ code, detail })),
    ...senderWarnings(message),
  ]);
}

function senderWarnings(message: ParsedMessage | null): Warnings {
  if (message === null || message.isSource) return [];
  const senders = message.from.length === 0 ? [{ name: '', address: '' }] : message.from.slice(0, 20);
  return senders.flatMap((from) => warningsAbout(from, message));
}

/** What is odd about one of those whom a message says it is from. */
function warningsAbout(from: EmailAddress, message: ParsedMessage): Warnings {
  const sender = judgeSender({ from, replyTo: message.replyTo });
  const { address, addressAscii } = sender;
  const replies = message.replyTo.map((mailbox) => judged(mailbox).address).join(', ');
  const details: Partial<Record<SenderFlag, string>> = {
    'reply-to-elsewhere': replies,
    'name-holds-address': sender.name,
    // Only the network's own form tells letters apart that look alike.
    'mixed-script': address === addressAscii ? address : `${address} (${addressAscii})`,
  };
  return sender.flags.map((code) => ({ code, detail: details[code] ?? '' }));
}

function eachOnce(warnings: Warnings): Warnings {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.detail}`, warning])).values()];
}
