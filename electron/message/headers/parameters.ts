import { isUtf8 } from 'node:buffer';
import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { cleanHeaderText, decodeHeaderText } from './encoded-words.ts';
import { trimBlanks } from './header-block.ts';

/** A parameter as it was sent, one character per byte; an extended one (RFC 2231) is percent-decoded and may name its charset. */
type Parameter = { readonly raw: string; readonly isExtended: boolean; readonly charset: string | null };

/** A header value such as Content-Type: its main word in lower case, and its parameters by lower-case name. */
export type ParameterisedValue = {
  readonly main: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
};

type Piece = { readonly name: string; readonly value: string };

const maximumPieces = 300;

/** Whether the byte after a text is the second one of a letter of two bytes: in Shift_JIS, Big5 and GBK it may be a backslash. */
function endsLetter(text: string, value: string): boolean {
  const highs = /[\x81-\xfe]+$/.exec(text)?.[0].length ?? 0;
  return highs % 2 === 1 && !isUtf8(Buffer.from(value, 'latin1'));
}

/** A quoted string that starts at `open`. A quote that no `;` or end follows is one a sender forgot to escape. */
function readQuoted(value: string, open: number): { text: string; next: number } {
  let text = '';
  for (let at = open + 1; at < value.length; at++) {
    const character = value[at];
    // Only quotes and backslashes are unescaped: senders put Windows paths between quotes.
    const isEscape = character === '\\' && (value[at + 1] === '"' || value[at + 1] === '\\');
    if (isEscape && !endsLetter(text, value)) text += value[++at];
    else if (character === '"' && /^[ \t]*(?:;|$|[A-Za-z*0-9-]+=|\()/.test(value.slice(at + 1, at + 80)))
      return { text, next: at + 1 };
    else text += character;
  }
  return { text: text.replace(/"$/, ''), next: value.length };
}

/** Cuts `name=value` pieces out of what follows the main word. */
function pieces(rest: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < rest.length && found.length < maximumPieces) {
    const match = /^[;, \t\r\n]*([A-Za-z0-9_.*'!#$&+^`|~-]{1,80})[ \t]*=[ \t]*/.exec(
      rest.slice(at, at + 400),
    );
    if (!match) {
      const next = rest.indexOf(';', at + 1);
      if (next === -1) break;
      at = next;
      continue;
    }
    const name = (match[1] ?? '').toLowerCase();
    at += match[0].length;
    if (rest[at] === '"') {
      const quoted = readQuoted(rest, at);
      found.push({ name, value: quoted.text });
      at = quoted.next;
      continue;
    }
    const semicolon = rest.indexOf(';', at);
    const end = semicolon === -1 ? rest.length : semicolon;
    const value = trimBlanks(rest.slice(at, end));
    // A file name may hold blanks though nobody quoted it; of other values only the first word counts.
    found.push({ name, value: /^(?:file)?name/.test(name) ? value : (value.split(/[ \t]/)[0] ?? '') });
    at = end;
  }
  return found;
}

function percentDecoded(value: string): string {
  return value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Puts the continuations `name*0`, `name*1*` … of one parameter together. RFC 2231 §3, §4.1. */
function joinPieces(
  list: readonly { readonly order: number; readonly star: boolean; readonly value: string }[],
): Parameter {
  const sorted = [...list].sort((a, b) => a.order - b.order);
  const head = sorted[0];
  const isExtended = sorted.some((piece) => piece.star);
  const marked = head?.star ? /^([^']{0,60})'([^']{0,60})'(.*)$/s.exec(head.value) : null;
  const raw = sorted
    .map((piece, index) => {
      const value = index === 0 && marked ? (marked[3] ?? '') : piece.value;
      return piece.star ? percentDecoded(value) : value;
    })
    .join('');
  return { raw, isExtended, charset: marked?.[1] || null };
}

/** Reads a value with parameters: RFC 2045 §5.1 and RFC 2231, and the many ways in which they are written wrongly. */
export function parseParameterised(value: string): ParameterisedValue {
  const main = /^[ \t]*([^;, \t\r\n"=]*)/.exec(value);
  const word = main?.[1] ?? '';
  // `text/plain charset=utf-8`, or a value that starts with its parameters.
  const rest = value[word.length] === '=' ? value : value.slice(main?.[0].length ?? 0);
  const groups = new Map<string, { order: number; star: boolean; value: string }[]>();
  for (const piece of pieces(rest)) {
    const match = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(piece.name);
    const name = match?.[1] ?? piece.name;
    const order = match?.[2] === undefined ? -1 : Number(match[2]);
    const list = groups.get(name) ?? [];
    groups.set(name, list);
    list.push({ order, star: match?.[3] !== undefined, value: piece.value });
  }
  const parameters = new Map<string, Parameter>();
  for (const [name, list] of groups) {
    const plain = list.find((piece) => piece.order === -1 && !piece.star);
    const single = list.find((piece) => piece.order === -1 && piece.star);
    const continued = list.filter((piece) => piece.order !== -1);
    if (single) parameters.set(name, joinPieces([single]));
    else if (continued.length > 0) parameters.set(name, joinPieces(continued));
    else if (plain) parameters.set(name, joinPieces([plain]));
  }
  return { main: value[word.length] === '=' ? '' : word.toLowerCase(), parameters };
}

/** A parameter as plain ASCII, for boundary, charset and the like; null when it is absent. */
export function plainParameter(value: ParameterisedValue, name: string): string | null {
  return value.parameters.get(name)?.raw ?? null;
}

/**
 * A parameter as text for a person, a file name above all: RFC 2231, or against the standard encoded words, raw 8-bit
 * bytes, percent signs, or an RFC 2231 value in a parameter without the star. Null when it is absent.
 */
export function textParameter(
  value: ParameterisedValue,
  name: string,
  declared: string | null,
  context: CharsetContext,
): string | null {
  const parameter = value.parameters.get(name);
  if (parameter === undefined) return null;
  const { raw, isExtended, charset } = parameter;
  const isReadable = isExtended && !(charset === null && raw.includes('=?'));
  if (isReadable)
    return cleanHeaderText(decodeText(Buffer.from(raw, 'latin1'), { declared: charset }, context).text);
  const misplaced = /^([A-Za-z0-9_-]{3,20})'[a-z-]{0,8}'(.*%[0-9a-f]{2}.*)$/is.exec(raw);
  const percent = misplaced?.[2] ?? (/%[0-9a-f]{2}%[0-9a-f]{2}/i.test(raw) ? raw : null);
  if (percent !== null) {
    const bytes = Buffer.from(percentDecoded(percent), 'latin1');
    if (misplaced || isUtf8(bytes))
      return cleanHeaderText(decodeText(bytes, { declared: misplaced?.[1] ?? null }, context).text);
  }
  return decodeHeaderText(raw, declared, context);
}
