/** Writes CSS values anew from decoded tokens; whatever is not known to be harmless costs the declaration. */
import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { allowedFunctions, allowedUnits } from './allowed-css.ts';

/** Gives the address under which an image may be shown, or null when it may not be. */
export type ImageRule = (url: string) => string | null;

/** An identifier that can be written without escapes. */
export const plainWord = /^-{0,2}[\p{L}_][\p{L}\p{N}_-]*$/u;

/** Quotes a CSS string so that it holds neither quote, backslash, line end nor `<` in plain sight. */
export function quoteCss(text: string): string {
  const inner = text.replace(/["\\<>&\p{Cc}]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `);
  return `"${inner}"`;
}

const closers: Partial<Record<TokenType, TokenType>> = {
  [TokenType.OpenCurly]: TokenType.CloseCurly,
  [TokenType.OpenParen]: TokenType.CloseParen,
  [TokenType.OpenSquare]: TokenType.CloseSquare,
  [TokenType.Function]: TokenType.CloseParen,
};

/** Index just after the component value that begins at `start`; an unclosed block runs to the end. */
export function afterComponent(tokens: readonly CSSToken[], start: number): number {
  const open: TokenType[] = [];
  for (let index = start; index < tokens.length; index += 1) {
    const kind = tokens[index]?.[0];
    if (kind === undefined) break;
    const closer = closers[kind];
    if (closer !== undefined) open.push(closer);
    else if (kind === open[open.length - 1]) open.pop();
    if (open.length === 0) return index + 1;
  }
  return tokens.length;
}

/**
 * Writes a property's value anew; null when any token of it is not known to be harmless. Images stay only under
 * `images`, strings that can be read only where `mayHoldText`.
 */
export function cssValue(
  tokens: readonly CSSToken[],
  images: ImageRule | null,
  mayHoldText: boolean,
): string | null {
  const written: string[] = [];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token[0] === TokenType.Delim && token[4].value === '!') {
      const isImportant = isMarkOfImportance(tokens.slice(index + 1));
      const value = written.join('').trim();
      return isImportant && value !== '' ? `${value} !important` : null;
    }
    const image = images === null ? null : imageAt(tokens, index);
    const piece = image === null || images === null ? valueToken(token) : shownImage(images(image.url));
    if (piece === null || (!mayHoldText && isWritten(token))) return null;
    if (piece !== ' ' || written[written.length - 1] !== ' ') written.push(piece);
    index = image?.end ?? index + 1;
  }
  return written.join('').trim();
}

const ornament = /^[\s\p{So}§¶†‡*•«»“”„‘’"–—→←↑↓×|+=<>]*$/u;

/** Whether a string could be read as part of a word or an address. Ornaments cannot. */
function isWritten(token: CSSToken): boolean {
  return token[0] === TokenType.String && !ornament.test(token[4].value.normalize('NFKC'));
}

function shownImage(address: string | null): string {
  return address === null ? 'none' : `url(${quoteCss(address)})`;
}

function isMarkOfImportance(tokens: readonly CSSToken[]): boolean {
  const solid = tokens.filter((token) => token[0] !== TokenType.Whitespace);
  return (
    solid.length === 1 && solid[0]?.[0] === TokenType.Ident && solid[0][4].value.toLowerCase() === 'important'
  );
}

/** The image named at this place by `url(…)`, and the index after it; null when there is none. */
function imageAt(tokens: readonly CSSToken[], index: number): { url: string; end: number } | null {
  const token = tokens[index];
  if (token?.[0] === TokenType.URL) return { url: token[4].value, end: index + 1 };
  if (token?.[0] !== TokenType.Function || token[4].value.toLowerCase() !== 'url') return null;
  const end = afterComponent(tokens, index);
  const inside = tokens.slice(index + 1, end).filter((one) => one[0] !== TokenType.Whitespace);
  const [text, closing, ...more] = inside;
  if (text?.[0] !== TokenType.String || closing?.[0] !== TokenType.CloseParen || more.length > 0) return null;
  return { url: text[4].value, end };
}

function valueToken(token: CSSToken): string | null {
  switch (token[0]) {
    case TokenType.Whitespace:
      return ' ';
    case TokenType.Ident: {
      const word = token[4].value;
      // The override changes the order of what is read, which is how a link's text can lie.
      return plainWord.test(word) && !/^(bidi|isolate)-override$|^(expression|javascript)$/i.test(word)
        ? word
        : null;
    }
    case TokenType.Function:
      return allowedFunctions.has(token[4].value.toLowerCase()) ? `${token[4].value}(` : null;
    case TokenType.String:
      return quoteCss(token[4].value);
    case TokenType.Hash:
      return /^[0-9a-f]{3,8}$/i.test(token[4].value) ? `#${token[4].value}` : null;
    case TokenType.Delim:
      return '/*+-'.includes(token[4].value) ? token[4].value : null;
    case TokenType.Comma:
      return ',';
    case TokenType.OpenParen:
      return '(';
    case TokenType.CloseParen:
      return ')';
    default:
      return cssNumber(token);
  }
}

/** Writes a number, percentage or dimension with a known unit; null for any other token. */
export function cssNumber(token: CSSToken): string | null {
  if (token[0] === TokenType.Number) return String(token[4].value);
  if (token[0] === TokenType.Percentage) return `${token[4].value}%`;
  if (token[0] === TokenType.Dimension && allowedUnits.has(token[4].unit.toLowerCase()))
    return `${token[4].value}${token[4].unit}`;
  return null;
}
