/** The notice that old programs put before the first part for readers without MIME: its subject, and a word for a reader. */
const noticeOf = /\bMIME\b(?!-Version)|[Mm]ulti-?[Pp]art/;
const noticeWord = /message|format|reader|client|program|software|decod/i;
/** What stands before the first part and is none of it: headers, delimiters, HTML. */
const noNotice = /^(?:content-|mime-version|--|..?-)|<\/?[a-z]/im;

/** Whether a text before the first part is only that notice. */
export function isMimeNotice(front: string): boolean {
  return front.length < 600 && noticeOf.test(front) && noticeWord.test(front) && !noNotice.test(front);
}
