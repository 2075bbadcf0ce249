import { tagsAmong } from '../files/keyword-tags.ts';
import type { OwnFields } from '../files/letter.ts';
import { mozillaFacts, mozillaLines } from '../files/mozilla-lines.ts';
import { firstThatTakes, ownLinesAtEnd } from '../files/own-lines.ts';
import type { ForeignMarks } from '../found-mail/foreign-mail.ts';

const statusNames = new Set([
  'status',
  'x-status',
  'x-keywords',
  'x-uid',
  'x-imapbase',
  'x-imap',
  'x-uidl',
  'content-length',
  'lines',
]);
/** Lines that no sender writes. */
const certainNames = new Set([
  'status',
  'x-status',
  'x-keywords',
  'x-uid',
  'x-imapbase',
  'x-imap',
  'content-length',
]);

/** Takes the lines that mail programs write into an mbox: at the end of the headers, or Thunderbird's at the top. */
export const mboxLines = firstThatTakes(mozillaLines, ownLinesAtEnd(statusNames, certainNames));

/** Marks that lines in an mbox say; null where they say that the message is deleted, or that it is none. */
export function mboxMarks(own: OwnFields, tagNames: ReadonlyMap<string, string>): ForeignMarks | null {
  if (own.has('x-mozilla-status') || own.has('x-account-key')) {
    const facts = mozillaFacts(own, tagNames);
    return facts.isDeleted ? null : facts.marks;
  }
  const status = own.get('status');
  const more = own.get('x-status') ?? '';
  if (more.includes('D')) return null;
  const { tags, isForwarded } = tagsAmong((own.get('x-keywords') ?? '').split(/[\s,]+/).filter(Boolean));
  return {
    // Without a status nothing is known; old mail counts as read.
    isRead: status === undefined && !own.has('x-status') ? true : (status ?? '').includes('R'),
    isStarred: more.includes('F'),
    isReplied: more.includes('A'),
    isForwarded,
    tags,
  };
}
