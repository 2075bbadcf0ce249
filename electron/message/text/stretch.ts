import { htmlToText } from './html-to-text.ts';
import { unflowed } from './readable-text.ts';

/*
 * The room `text`: words for a person, from plain text and HTML. It knows nothing of parts and headers.
 * No result of this room is markup that may be shown; that is the room `safety`.
 */

/** A stretch of the body, as plain text, as HTML, or in both forms. Format flags are RFC 3676's. */
export type Stretch = {
  readonly text: string | null;
  readonly html: string | null;
  readonly isFlowed: boolean;
  readonly isDelSp: boolean;
};

/** Whether a stretch would show nothing: no letter in its text, no letter or picture in its HTML. */
export function isBlankStretch(stretch: Stretch): boolean {
  if (stretch.text !== null && /\S/.test(stretch.text)) return false;
  return stretch.html === null || (!/<img\b/i.test(stretch.html) && !/\S/.test(htmlToText(stretch.html)));
}

function escaped(text: string): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div style="white-space: pre-wrap">${safe}</div>`;
}

/** One body from stretches that follow one another: in both forms as far as any of them has. */
export function joinStretches(stretches: readonly Stretch[]): Stretch {
  const [first] = stretches;
  if (stretches.length === 1 && first) return first;
  const hasText = stretches.some((stretch) => stretch.text !== null);
  const hasHtml = stretches.some((stretch) => stretch.html !== null);
  const plain = stretches.filter((stretch) => stretch.text !== null);
  const isFlowed = plain.every((stretch) => stretch.isFlowed);
  const isDelSp = plain.every((stretch) => stretch.isDelSp);
  // Each text by its own format: where they differ, the lines of the flowed ones are joined here. RFC 3676 §4.
  const isAlike = isFlowed && new Set(plain.map((stretch) => stretch.isDelSp)).size < 2;
  const texts = stretches.map((stretch) => {
    if (stretch.text === null) return htmlToText(stretch.html ?? '');
    return stretch.isFlowed && !isAlike ? unflowed(stretch.text, stretch.isDelSp) : stretch.text;
  });
  const htmls = stretches.map((stretch) => stretch.html ?? escaped(stretch.text ?? ''));
  return {
    text: hasText ? texts.filter((text) => text !== '').join('\n') : null,
    html: hasHtml ? htmls.join('<br>\n') : null,
    isFlowed: isAlike,
    isDelSp: isAlike && isDelSp,
  };
}
