/*
 * Numbers and codes. One person writes "AB-99812" or "1,234.50", another looks for "AB99812" or "1234.50". The index
 * holds such a code also as one word without the signs inside it, and so does the query.
 */

/** Most codes of a text. A table of numbers has thousands. */
const mostCodes = 500;
const longestCode = 24;

const hasDigit = /\p{Nd}/u;
/** Pieces of letters and digits that are joined by signs: AB-99812, 2024/117, 1,234.50. */
const joinedPieces = /[\p{L}\p{Nd}]{1,12}(?:[-.,/_'’][\p{L}\p{Nd}]{1,12}){1,5}/gu;
/** Digits in groups: 1 234,50 and telephone numbers. */
const groupedDigits = /\p{Nd}{1,4}(?:[ \u00a0\u202f()-]{1,2}\p{Nd}{2,8}){1,5}(?:[.,]\p{Nd}{1,2})?/gu;
const signs = /[^\p{L}\p{Nd}]+/gu;
const decimals = /^(.*\p{Nd})[.,]\p{Nd}{1,2}$/u;

function joined(text: string): string {
  return text.replace(signs, '').toLowerCase();
}

/** The codes of a text as single words, not folded, each once. */
export function codesOf(text: string): readonly string[] {
  if (!hasDigit.test(text)) return [];
  const codes = new Set<string>();
  const add = (code: string) => {
    const word = joined(code);
    if (word.length > 2 && word.length <= longestCode && hasDigit.test(word)) codes.add(word);
  };
  for (const [match] of text.matchAll(joinedPieces)) {
    if (codes.size >= mostCodes) return [...codes];
    if (!hasDigit.test(match)) continue;
    add(match);
    // The number inside a longer code, as in invoice-2024-117.pdf.
    const number = /\p{Nd}[\p{Nd}\-.,/_'’]*\p{Nd}/u.exec(match)?.[0];
    if (number !== undefined) add(number);
    const whole = decimals.exec(number ?? '')?.[1];
    if (whole !== undefined) add(whole);
  }
  for (const [match] of text.matchAll(groupedDigits)) {
    if (codes.size >= mostCodes) return [...codes];
    add(match);
    const whole = decimals.exec(match)?.[1];
    if (whole !== undefined) add(whole);
  }
  return [...codes];
}
