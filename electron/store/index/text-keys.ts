import { dayMs } from '../../../shared/durations.ts';

const simpleText = /^[\x00-\x7fа-яёА-ЯЁ\xa0«»№–—‘’“”„…•]*$/;
const marks = /\p{M}+/gu;

/**
 * Lower case without marks: ё becomes е, é becomes e, and й stays й. Two spellings of one word fold to the same text.
 */
export function foldText(text: string): string {
  // Plain English and Russian need no normalization, which takes ten times as long.
  if (simpleText.test(text)) return text.toLowerCase().replaceAll('ё', 'е');
  return (
    text
      .toLowerCase()
      .replaceAll('й', '\ue000')
      .normalize('NFKD')
      // For some letters, only the decomposed form has a lower case.
      .toLowerCase()
      .replaceAll('и\u0306', '\ue000')
      .replace(marks, '')
      .replaceAll('\ue000', 'й')
      .normalize('NFC')
  );
}

const replyMark =
  /^\s*(?:(?:re|aw|sv|vs|fwd?|wg|tr|rv|ha|отв|ответ|fw|на)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)/iu;
const listMark = /^\s*\[[^\]]{1,40}\]\s*/u;

/** Subject without reply marks, forward marks and list names. `isReply` tells whether a reply mark was there. */
export function baseSubject(subject: string): { readonly base: string; readonly isReply: boolean } {
  let base = subject;
  let isReply = false;
  for (let round = 0; round < 20; round++) {
    const next = base.replace(replyMark, '');
    const shorter = next.replace(listMark, '');
    if (next !== base) isReply = true;
    if (shorter === base || shorter.trim() === '') break;
    base = shorter;
  }
  return { base: foldText(base).replace(/\s+/gu, ' ').trim(), isReply };
}

/** The key for sorting by subject. It is short, because it stands in an index. */
export function subjectKey(subject: string): string {
  return baseSubject(subject).base.slice(0, 32);
}

/** The key for sorting by sender. */
export function fromKey(name: string, address: string): string {
  return foldText(name === '' ? address : name)
    .replace(/^["'\s]+/u, '')
    .slice(0, 24);
}

/**
 * The key for sorting by date. A Date more than a day ahead of the clock is not believed. Such a message is sorted by
 * the time it was received.
 */
export function sortDate(sentAt: number | null, receivedAt: number): number {
  return sentAt === null || sentAt > receivedAt + dayMs ? receivedAt : sentAt;
}
