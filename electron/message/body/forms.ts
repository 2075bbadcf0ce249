/** Which of the forms of one body are shown, and which say something else. */
import { htmlToText } from '../text/html-to-text.ts';
import type { Stretch } from '../text/stretch.ts';

/** Words of a form, as far as they are compared. */
function wordsOf(stretch: Stretch): string[] {
  const text = stretch.text ?? htmlToText((stretch.html ?? '').slice(0, 200_000));
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu)
      ?.slice(0, 2000) ?? []
  );
}

/** Which share of some words others have as well. */
function shareOf(words: readonly string[], others: ReadonlySet<string>): number {
  return words.length === 0 ? 1 : words.filter((word) => others.has(word)).length / words.length;
}

/** Of several HTML forms the one that says what the plain text says, else the last. RFC 2046 §5.1.4. */
export function bestHtml(htmls: readonly Stretch[], text: string | null): Stretch | undefined {
  const last = htmls.at(-1);
  if (htmls.length < 2 || last === undefined) return last;
  const sizes = htmls.map((one) => wordsOf(one));
  const spoken =
    text === null
      ? (sizes.toSorted((a, b) => b.length - a.length)[0] ?? [])
      : wordsOf({ text, html: null, isFlowed: false, isDelSp: false });
  const shares = sizes.map((words) => shareOf(spoken, new Set(words)));
  const most = Math.max(...shares);
  // The last form is the best one, unless another says clearly more of the letter.
  return htmls.findLast((_one, at) => (shares[at] ?? 0) >= most - 0.3);
}

/** Whether a form says something else than those that are shown: it was appended. */
export function isAppended(one: Stretch, html: Stretch, text: Stretch | undefined): boolean {
  const shown = new Set([...wordsOf(html), ...(text === undefined ? [] : wordsOf(text))]);
  return shareOf(wordsOf(one), shown) < 0.5;
}
