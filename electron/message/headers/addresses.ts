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

const opening: Record<string, readonly [Token['kind'], string]> = {
  '"': ['quoted', '"'],
  '(': ['comment', ')'],
  '<': ['angle', '>'],
};

/** Cuts an address field into quoted strings, comments, angle addresses, the separators `, ; :` and text. RFC 5322 §3.4. */
function tokens(value: string): Token[] {
  const found: Token[] = [];
  const lastOf: Record<string, number> = {};
  for (const mark of ['"', ')', '>']) lastOf[mark] = value.lastIndexOf(mark);
  let text = '';
  const flush = (): void => {
    if (trimBlanks(text) !== '') found.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < value.length; ) {
    const character = value[at] ?? '';
    const bracket = opening[character];
    const isUnclosed = bracket !== undefined && (lastOf[bracket[1]] ?? -1) <= at;
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
  return cleanHeaderText(/"/.test(address) ? address : address.replace(/\s+/g, ''));
}

const looksLikeAddress = /^[^ \t\r\n@<>()]+@[^ \t\r\n@<>()]+$/;

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
    const address = decodedAddress(angle.text, decode);
    return name === '' && address === '' ? null : { name: unquote(name), address };
  }
  const text = joined(words);
  const bare = words
    .flatMap((token) => token.text.split(/[ \t\r\n]+/))
    .find((word) => looksLikeAddress.test(word));
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
