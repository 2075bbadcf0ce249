/** Writes selectors and media queries anew from decoded tokens. */
import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { allowedPseudoFunctions, allowedPseudos } from './allowed-css.ts';
import { cssNumber, plainWord, quoteCss } from './css-value.ts';

/** Class that stands for an id, so that `#x` rules keep working although ids are not kept. */
export function classForId(id: string): string | null {
  return /^[\p{L}][\p{L}\p{N}_-]*$/u.test(id) ? `id-${id}` : null;
}

/** Writes a media query list anew; null when it holds anything unknown. */
export function cssMediaQuery(tokens: readonly CSSToken[]): string | null {
  let query = '';
  for (const token of tokens) {
    const isWord = token[0] === TokenType.Ident && plainWord.test(token[4].value);
    if (isWord) query += token[4].value;
    else if (token[0] === TokenType.Colon) query += ':';
    else if (token[0] === TokenType.Delim && '/>='.includes(token[4].value)) query += token[4].value;
    else if (
      token[0] === TokenType.Whitespace ||
      token[0] === TokenType.Comma ||
      token[0] === TokenType.OpenParen ||
      token[0] === TokenType.CloseParen
    )
      query += token[0] === TokenType.Whitespace ? ' ' : token[1];
    else {
      const written = cssNumber(token);
      if (written === null) return null;
      query += written;
    }
  }
  return query.replace(/\s+/g, ' ').trim();
}

/** A list of selectors that anybody wrote has some hundreds. One of megabytes would be matched with each element. */
const mostSelectorTokens = 20_000;

/** Writes a selector list anew; null when it holds anything unknown, as an unknown selector voids a rule in a browser too. */
export function cssSelector(tokens: readonly CSSToken[]): string | null {
  if (tokens.length > mostSelectorTokens) return null;
  let selector = '';
  let squareDepth = 0;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (token[0] === TokenType.OpenSquare) squareDepth += 1;
    if (token[0] === TokenType.CloseSquare) squareDepth -= 1;
    const written = selectorToken(token, before?.[0] === TokenType.Colon, squareDepth > 0);
    if (written === null) return null;
    selector += written;
  }
  const trimmed = selector.replace(/\s+/g, ' ').trim();
  return trimmed === '' || squareDepth !== 0 ? null : trimmed;
}

function selectorToken(token: CSSToken, afterColon: boolean, inSquare: boolean): string | null {
  switch (token[0]) {
    case TokenType.Whitespace:
      return ' ';
    case TokenType.Ident: {
      const word = token[4].value;
      if (!plainWord.test(word)) return null;
      return afterColon && !allowedPseudos.has(word.toLowerCase()) ? null : word;
    }
    case TokenType.Hash: {
      const name = classForId(token[4].value);
      // Three times, because one id outweighs any class a newsletter is likely to set against it.
      return name === null ? null : `.${name}`.repeat(3);
    }
    case TokenType.Function:
      return afterColon && allowedPseudoFunctions.has(token[4].value.toLowerCase())
        ? `${token[4].value}(`
        : null;
    case TokenType.String:
      return inSquare ? quoteCss(token[4].value) : null;
    case TokenType.Delim:
      return (inSquare ? '=~^$*|' : '.*>+~').includes(token[4].value) ? token[4].value : null;
    case TokenType.Number:
      return `${token[4].signCharacter === '+' ? '+' : ''}${token[4].value}`;
    case TokenType.Dimension:
      return /^n(-\d*)?$/i.test(token[4].unit) ? `${token[4].value}${token[4].unit}` : null;
    case TokenType.Colon:
    case TokenType.Comma:
    case TokenType.CloseParen:
    case TokenType.OpenSquare:
    case TokenType.CloseSquare:
      return token[1];
    default:
      return null;
  }
}
