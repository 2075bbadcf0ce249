/**
 * The CSS filter. Style text is read by a tokenizer that follows CSS Syntax 3, so escapes are decoded before anything
 * is judged, and written anew from the decoded tokens, so nothing a sender wrote reaches the browser unread. A token
 * that is not known to be harmless costs its declaration, selector or rule.
 */
import { type CSSToken, TokenType, tokenize } from '@csstools/css-tokenizer';
import { allowedProperties, imageProperties, namingProperties } from './allowed-css.ts';
import { cssMediaQuery, cssSelector } from './css-selector.ts';
import { afterComponent, cssValue, type ImageRule } from './css-value.ts';
import type { Paint } from './dark-look.ts';

/** Counts what a filter saw, for tests and for the warning to the reader. */
export type CssTally = { kept: number; dropped: number };

/** What a filter does beside filtering: counts, and gives colours for a dark ground. */
export type FilterTools = { readonly tally?: CssTally | undefined; readonly paint?: Paint | undefined };

const maximumNesting = 4;

/** Filters the text of one style attribute; answers the declarations that stay, each ended by a semicolon. */
export function filterDeclarations(css: string, images: ImageRule, tools: FilterTools = {}): string {
  return declarationsOf(readTokens(css), images, tools);
}

/** Filters a whole style sheet: rules and `@media` stay, every other at-rule goes. */
export function filterStyleSheet(css: string, images: ImageRule, tools: FilterTools = {}): string {
  return rulesOf(readTokens(css), images, tools, 0);
}

/** Filters a media query list as it stands in a `media` attribute; null when it holds something unknown. */
export function filterMediaQuery(text: string): string | null {
  return cssMediaQuery(readTokens(text));
}

function readTokens(css: string): CSSToken[] {
  return tokenize({ css: css.replace(/\0/g, '\ufffd') })
    .map(
      (token): CSSToken =>
        token[0] === TokenType.Comment ? [TokenType.Whitespace, ' ', 0, 0, undefined] : token,
    )
    .filter((token) => token[0] !== TokenType.EOF);
}

function rulesOf(tokens: CSSToken[], images: ImageRule, tools: FilterTools, depth: number): string {
  let css = '';
  let preludeStart = 0;
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index];
    const kind = token?.[0];
    const atPreludeStart = index === preludeStart;
    if (
      atPreludeStart &&
      (kind === TokenType.CDO || kind === TokenType.CDC || kind === TokenType.Whitespace)
    ) {
      index += 1;
      preludeStart = index;
    } else if (token?.[0] === TokenType.AtKeyword && atPreludeStart) {
      const [end, rule] = atRule(tokens, index, images, tools, depth);
      css += rule;
      index = end;
      preludeStart = end;
    } else if (kind === TokenType.OpenCurly) {
      const end = afterComponent(tokens, index);
      css += styleRule(tokens.slice(preludeStart, index), blockInside(tokens, index, end), images, tools);
      index = end;
      preludeStart = end;
    } else index = afterComponent(tokens, index);
  }
  return css;
}

/** The tokens between the braces of a block; the closing one may be missing at the end of the text. */
function blockInside(tokens: readonly CSSToken[], start: number, end: number): CSSToken[] {
  const isClosed = tokens[end - 1]?.[0] === TokenType.CloseCurly && end - 1 > start;
  return tokens.slice(start + 1, isClosed ? end - 1 : end);
}

function atRule(
  tokens: CSSToken[],
  start: number,
  images: ImageRule,
  tools: FilterTools,
  depth: number,
): [end: number, css: string] {
  let index = start + 1;
  while (index < tokens.length) {
    const kind = tokens[index]?.[0];
    if (kind === TokenType.Semicolon) return [index + 1, ''];
    if (kind === TokenType.OpenCurly) break;
    index = afterComponent(tokens, index);
  }
  const end = afterComponent(tokens, index);
  const keyword = tokens[start];
  const isMedia = keyword?.[0] === TokenType.AtKeyword && keyword[4].value.toLowerCase() === 'media';
  if (!isMedia || depth >= maximumNesting) return [end, ''];
  const query = cssMediaQuery(tokens.slice(start + 1, index));
  if (query === null) return [end, ''];
  const inside = rulesOf(blockInside(tokens, index, end), images, tools, depth + 1);
  return [end, inside === '' ? '' : `@media ${query}{${inside}}\n`];
}

function styleRule(prelude: CSSToken[], block: CSSToken[], images: ImageRule, tools: FilterTools): string {
  const selector = cssSelector(prelude);
  const declarations = declarationsOf(block, images, tools);
  return selector === null || declarations === '' ? '' : `${selector}{${declarations}}\n`;
}

function declarationsOf(tokens: CSSToken[], images: ImageRule, tools: FilterTools): string {
  let css = '';
  let start = 0;
  for (let index = 0; index <= tokens.length; ) {
    const token = tokens[index];
    // A nested rule ends the declaration before it. Neither the rule nor that beginning is kept.
    const isNested = token?.[0] === TokenType.OpenCurly;
    if (token === undefined || token[0] === TokenType.Semicolon || isNested) {
      const written = isNested ? '' : declarationOf(tokens.slice(start, index), images, tools);
      css += written;
      index = isNested ? afterComponent(tokens, index) : index + 1;
      start = index;
    } else index = afterComponent(tokens, index);
  }
  return css;
}

function declarationOf(tokens: CSSToken[], images: ImageRule, tools: FilterTools): string {
  const solid = tokens.findIndex((token) => token[0] !== TokenType.Whitespace);
  if (solid === -1) return '';
  const written = checkedDeclaration(tokens.slice(solid), images, tools.paint);
  if (tools.tally !== undefined && !isForOtherPrograms(tokens[solid])) {
    if (written === null) tools.tally.dropped += 1;
    else tools.tally.kept += 1;
  }
  return written ?? '';
}

/** Word's own properties and other browsers' prefixes mean nothing to Chromium, kept or not. */
function isForOtherPrograms(name: CSSToken | undefined): boolean {
  return name?.[0] !== TokenType.Ident || /^(?:mso-|-ms-|-moz-|-o-)/i.test(name[4].value);
}

function checkedDeclaration(
  tokens: CSSToken[],
  images: ImageRule,
  paint: Paint = (_property, value) => value,
): string | null {
  const first = tokens[0];
  if (first?.[0] !== TokenType.Ident) return null;
  const property = first[4].value.toLowerCase();
  if (!allowedProperties.has(property)) return null;
  let index = 1;
  while (tokens[index]?.[0] === TokenType.Whitespace) index += 1;
  if (tokens[index]?.[0] !== TokenType.Colon) return null;
  const value = cssValue(
    tokens.slice(index + 1),
    imageProperties.has(property) ? images : null,
    namingProperties.has(property),
  );
  const painted = value === null || value === '' ? null : paint(property, value);
  return painted === null ? null : `${property}:${painted};`;
}
