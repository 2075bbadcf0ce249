import type { EmailAddress } from '../../../shared/message.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { cleanHeaderText, decodeHeaderText } from './encoded-words.ts';
import { trimBlanks } from './header-block.ts';

/** More people than this in one field are not shown; a field names them all only to make us work. */
const maximumMailboxes = 2000;

type Token = { readonly kind: 'text' | 'quoted' | 'comment' | 'angle' | 'separator'; readonly text: string };

/** The inside of a bracketed stretch that starts at `open`, and where it ends; unclosed ones end at a line's end. */
function bracketed(value: string, open: number, closing: string): { text: string; next: number } {
  let text = '';
  let depth = 1;
  for (let at = open + 1; at < value.length; at++) {
    const character = value[at] ?? '';
    if (character === '\\' && closing !== '>' && at + 1 < value.length) {
      text += value[++at];
      continue;
    }
    if (closing === ')' && character === '(') depth++;
    if (character === closing && --depth === 0) return { text, next: at + 1 };
    text += character;
  }
  return { text, next: value.length };
}

/** How far the end of an angle address is looked for. Characters. */
const longestAngle = 1000;

/**
 * Where an angle address that starts at `open` ends: at its bracket, else, where another one opens before or none
 * closes, after the address in front of a separator. Null when it is no address: the bracket is dirt then.
 */
function angleEnd(value: string, open: number): { readonly end: number; readonly next: number } | null {
  const near = value.slice(open + 1, open + longestAngle);
  const close = near.indexOf('>');
  const nested = near.indexOf('<');
  if (close !== -1 && (nested === -1 || nested > close))
    return { end: open + 1 + close, next: open + 2 + close };
  if (close === -1 && near.length === longestAngle - 1) return { end: value.length, next: value.length };
  const front = /^[^,;<>"]*/.exec(near)?.[0] ?? '';
  const end = open + 1 + front.length;
  return looksLikeAddress.test(trimBlanks(front)) ? { end, next: end } : null;
}

/** Where a quoted string ends that is the local part of an address, `"a b"@c.example`; -1 for other strings. */
function quotedLocalEnd(value: string, open: number): number {
  const found = /^"(?:[^"\\\r\n]|\\[^\r\n]){0,100}"@/.exec(value.slice(open, open + 220));
  return found === null ? -1 : open + found[0].length;
}

const opening: Record<string, readonly [Token['kind'], string]> = {
  '"': ['quoted', '"'],
  '(': ['comment', ')'],
  '<': ['angle', '>'],
};

/** Whether an address in brackets follows soon: then a bracket before it is dirt. */
function isAddressAhead(value: string, from: number): boolean {
  return /<[^<>\s,;]+@[^<>\s,;]+/.test(value.slice(from, from + longestAngle));
}

/** Cuts an address field into quoted strings, comments, angle addresses, the separators `, ; :` and text. RFC 5322 §3.4. */
function tokens(value: string): Token[] {
  const found: Token[] = [];
  const lastOf: Record<string, number> = {};
  for (const mark of ['"', ')', '>']) lastOf[mark] = value.lastIndexOf(mark);
  let text = '';
  const tokenAt = (kind: Token['kind'], inside: string): void => {
    found.push({ kind, text: inside });
  };
  const flush = (): void => {
    if (trimBlanks(text) !== '') tokenAt('text', text);
    text = '';
  };
  for (let at = 0; at < value.length; ) {
    const character = value[at] ?? '';
    const bracket = opening[character];
    const isUnclosed = bracket !== undefined && (lastOf[bracket[1]] ?? -1) <= at;
    const localEnd = character === '"' ? quotedLocalEnd(value, at) : -1;
    if (localEnd !== -1) {
      text += value.slice(at, localEnd);
      at = localEnd;
      continue;
    }
    if (character === '<') {
      const found = angleEnd(value, at);
      if (found === null && isAddressAhead(value, at + 1)) {
        at += 1;
        continue;
      }
      if (found !== null) {
        flush();
        tokenAt('angle', value.slice(at + 1, found.end));
        at = found.next;
        continue;
      }
    }
    // The colons of an address of the network start no group. RFC 5321 §4.1.3.
    const literal =
      character === '[' && value[at - 1] === '@'
        ? /^\[[^\][\r\n]{1,100}\]/.exec(value.slice(at, at + 110))
        : null;
    if (literal) {
      text += literal[0];
      at += literal[0].length;
      continue;
    }
    if (bracket && !(isUnclosed && character !== '<')) {
      flush();
      const inside = bracketed(value, at, bracket[1]);
      found.push({ kind: bracket[0], text: inside.text });
      at = inside.next;
      continue;
    }
    // An encoded word is one piece: a comma it may hold unencoded separates nothing.
    const word = character === '=' ? /^=\?[^?\s]+\?[bq]\?[^?]*\?=/i.exec(value.slice(at, at + 1000)) : null;
    if (word) {
      text += word[0];
      at += word[0].length;
      continue;
    }
    if (character === ',' || character === ';' || character === ':') {
      flush();
      found.push({ kind: 'separator', text: character });
    } else text += character;
    at++;
  }
  flush();
  return found;
}

/** An address without blanks, source routes (`@a,@b:c@d`) and brackets left over; its domain stays as written. */
function cleanAddress(raw: string): string {
  const address = raw
    .slice(0, 2000)
    .replace(/^[<\s]*(?:@[^:\s]*:)?|[>\s]+$/g, '')
    .replace(/^mailto:/i, '');
  // Comments are no part of an address. RFC 5322 §3.2.2.
  return cleanHeaderText(
    /"/.test(address) ? address : address.replace(/\([^()]*\)/g, '').replace(/\s+/g, ''),
  );
}

const looksLikeAddress = /^[^ \t\r\n@<>()]+@[^ \t\r\n@<>()]+$/;
const quotedAddress = /"(?:[^"\\]|\\.){0,100}"@[^\s<>()",;]+/;

function joined(group: readonly Token[]): string {
  const text = group.map((token) => trimBlanks(token.text)).join(' ');
  return text.replace(/ ([,:;])/g, '$1');
}

type Decode = (raw: string) => string;

/** One mailbox from the tokens between two commas; null when they say nothing. */
function mailboxOf(group: readonly Token[], decode: Decode): EmailAddress | null {
  const angles = group.filter((token) => token.kind === 'angle');
  const angle = angles.find((token) => token.text.includes('@')) ?? angles[0];
  const words = group.filter((token) => token.kind === 'text' || token.kind === 'quoted');
  const comments = group.filter((token) => token.kind === 'comment').map((token) => token.text);
  if (angle) {
    // Angle brackets that are no address, as in `Team <news> <a@b.example>`, are part of the name.
    const spoken = group.filter((token) => token !== angle && token.kind !== 'comment');
    const name = decode(joined(spoken)) || decode(comments.join(' '));
    // Words between the brackets are none of an address: they are shown as they stand.
    if (!angle.text.includes('@') && /\S\s+\S/.test(angle.text) && !angle.text.includes('=?'))
      return { name: unquote(decode(joined(group))), address: '' };
    const address = decodedAddress(angle.text, decode);
    return name === '' && address === '' ? null : { name: unquote(name), address };
  }
  const text = joined(words);
  const quoted = quotedAddress.exec(text)?.[0];
  const inPieces = words.map((token) => trimBlanks(token.text)).join('');
  // A comment may stand before or behind the sign in the middle: then the pieces are one address.
  if (
    comments.length > 0 &&
    words.every((token) => token.kind === 'text') &&
    words.length > 1 &&
    looksLikeAddress.test(inPieces)
  )
    return { name: '', address: cleanAddress(inPieces) };
  const bare =
    quoted ??
    words.flatMap((token) => token.text.split(/[ \t\r\n]+/)).find((word) => looksLikeAddress.test(word));
  if (bare !== undefined) {
    const rest = decode(text.replace(bare, '')) || decode(comments.join(' '));
    return { name: unquote(rest), address: cleanAddress(bare) };
  }
  const name = decode(text) || decode(comments.join(' '));
  // A whole mailbox hidden in one encoded word stays a name: decoding it must not make an address.
  return name === '' ? null : { name: unquote(name), address: '' };
}

/** An address whose local part some senders write as an encoded word; only an undoubted address comes of it. */
function decodedAddress(raw: string, decode: Decode): string {
  const address = cleanAddress(raw);
  if (!address.includes('=?') && /^[\x20-\x7e]*$/.test(address)) return address;
  const decoded = decode(raw).trim();
  return looksLikeAddress.test(decoded) ? decoded : cleanAddress(decoded);
}

function unquote(name: string): string {
  return name.replace(/^(["'])(.*)\1$/s, '$2').trim();
}

const simple = /^(?:"([^"\\]*)"|([\w .'-]*))\s*<([!#-'*+./0-9=?A-Z^-~-]+@[!#-'*+./0-9=?A-Z^-~-]+)>$/;
const bareAddress = /^[\w.+%-]+@[\w.-]+$/;

/**
 * The people of an address field given one character per byte. Groups are flattened; `Surname, Name <a@b>` without
 * quotes is one person; a name in a comment counts. Broken fields give what can be read of them.
 */
export function parseAddresses(
  value: string,
  declared: string | null,
  context: CharsetContext,
): EmailAddress[] {
  // Nearly every field is one of these two; the rest of the work is for those that are not.
  if (value.length < 300 && bareAddress.test(value)) return [{ name: '', address: value }];
  const match = value.includes('=?') || value.length > 300 ? null : simple.exec(value);
  const decode: Decode = (raw) => decodeHeaderText(raw, declared, context);
  if (match) return [{ name: unquote(decode(match[1] ?? match[2] ?? '')), address: match[3] ?? '' }];
  const found: EmailAddress[] = [];
  let group: Token[] = [];
  const finish = (): void => {
    const mailbox = group.length > 0 ? mailboxOf(group, decode) : null;
    if (mailbox && found.length < maximumMailboxes) found.push(mailbox);
    group = [];
  };
  const all = tokens(value.slice(0, 400_000));
  for (const [index, token] of all.entries()) {
    const endsMailbox = token.kind === 'separator' && token.text !== ':';
    if (endsMailbox && !isInsideName(group, all, index)) finish();
    else if (token.kind === 'separator' && token.text === ':') group = [];
    else if (token.kind === 'separator') group.push({ kind: 'text', text: token.text });
    else group.push(token);
  }
  finish();
  return found;
}

/** Whether a comma stands in an unquoted name: no address before it, and the next stretch ends in an angle address. */
function isInsideName(group: readonly Token[], all: readonly Token[], index: number): boolean {
  const isNameOnly = group.every((token) => token.kind === 'text' && !token.text.includes('@'));
  if (group.length === 0 || !isNameOnly || all[index]?.text !== ',') return false;
  // A name has few commas; looking further would make a long field of commas slow.
  for (let at = index + 1; at < Math.min(all.length, index + 8); at++) {
    const token = all[at];
    if (token?.kind === 'angle') return at > index + 1;
    if (token?.kind !== 'text' || token.text.includes('@')) return false;
  }
  return false;
}
