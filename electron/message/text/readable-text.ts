import libmime from 'libmime';
import { visibleText } from './html-to-text.ts';

/** Text whose lines are joined as RFC 3676 says. */
export function unflowed(text: string, isDelSp: boolean): string {
  return libmime.decodeFlowed(text, isDelSp).trimEnd();
}

/** Whether a plain text only tells its reader to look at the HTML beside it. */
export function isStub(text: string, html: string): boolean {
  return text.length <= 400 && text.length * 12 <= html.length;
}

/** The body of a message in the forms it came in. Format flags are RFC 3676's. */
type ReadableBody = {
  readonly text: string | null;
  readonly textIsFlowed: boolean;
  readonly textIsDelSp: boolean;
  readonly html: string | null;
};

/**
 * What a person could read of a message, as plain text: for a quotation, a text file, and reading without HTML.
 * Never holds markup, styles, or words that the HTML keeps out of sight.
 */
export function readableText(message: ReadableBody): string {
  const { text, html } = message;
  if (html !== null && (text === null || isStub(text, html))) {
    const words = visibleText(html).trim();
    if (words !== '' || text === null) return words;
  }
  return message.textIsFlowed ? unflowed(text ?? '', message.textIsDelSp) : (text ?? '');
}
