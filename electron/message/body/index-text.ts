import type { CharsetContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import type { Part } from '../structure/part.ts';
import { htmlToText } from '../text/html-to-text.ts';
import { isStub } from '../text/readable-text.ts';
import type { Stretch } from '../text/stretch.ts';
import { readTextPart } from './text-part.ts';

/** Words beyond this are not searched: no one writes so much by hand. Characters. */
const longestIndexText = 400_000;
const maximumNested = 50;

/** A plain text that only tells its reader to look at the HTML is no text to search in. */
function bodyText(body: Stretch): string {
  const text = body.text ?? '';
  if (body.html === null || !isStub(text, body.html)) return text;
  return `${text}\n${htmlToText(body.html)}`;
}

/** Words of the messages inside a message: their subjects and plain texts. */
function nestedText(root: Part, context: CharsetContext, heldBytes: number): string {
  const words: string[] = [];
  let length = 0;
  const visit = (part: Part): void => {
    if (words.length >= maximumNested * 2 || length > longestIndexText) return;
    if (part.message) {
      words.push(decodeHeaderText(firstField(part.message.fields, 'subject') ?? '', null, context));
      visitTexts(part.message);
    }
    for (const child of part.children) visit(child);
  };
  const visitTexts = (part: Part): void => {
    if (length > longestIndexText) return;
    if (part.children.length > 0) for (const child of part.children) visitTexts(child);
    else if (part.message) visit(part);
    else if (part.type === 'text/plain' || part.type === 'text/html') {
      const { text } = readTextPart(part, context, Math.min(heldBytes, longestIndexText * 2)).read;
      const spoken = part.type === 'text/html' ? htmlToText(text) : text;
      words.push(spoken);
      length += spoken.length;
    }
  };
  visit(root);
  return words.join('\n');
}

/** The words of a message for the text index, bounded. */
export function indexText(
  body: Stretch | null,
  root: Part,
  context: CharsetContext,
  heldBytes: number,
): string {
  const own = body === null ? '' : bodyText(body);
  if (own.length >= longestIndexText) return own.slice(0, longestIndexText);
  const nested = nestedText(root, context, heldBytes);
  return (nested === '' ? own : `${own}\n${nested}`).slice(0, longestIndexText);
}
