import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';
import type { MessageFindings } from '../../store/intake/parsed-messages.ts';

/** A subject of megabytes would go to the window with every page of a list. Characters. */
const longestSubject = 2000;

/** What the list, the conversations and the search keep of a parsed message. */
export function findingOf(message: ParsedMessage): MessageFindings {
  return {
    subject: message.subject.slice(0, longestSubject),
    from: message.from[0] ?? { name: '', address: '' },
    to: message.to,
    cc: message.cc,
    sentAt: message.sentAt,
    messageId: message.messageId,
    inReplyTo: message.inReplyTo,
    references: message.references,
    preview: message.preview,
    text: message.indexText,
    ...(message.language === undefined ? {} : { language: message.language }),
    attachments: message.attachments,
    warnings: message.warnings,
  };
}
