import { garbledCharset } from '../../../shared/charset.ts';
import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { canonicalCharset } from '../charset/charset-names.ts';

type Word = {
  readonly kind: 'word';
  readonly charset: string;
  readonly encoding: 'b' | 'q';
  readonly text: string;
};
type Raw = { readonly kind: 'raw'; readonly text: string };

/** Invisible characters that turn or split text: they have no place in a name or subject. */
const invisible = /[\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
const controls = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Header text as a person may see it: one line, without controls and without invisible characters that turn text. */
export function cleanHeaderText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.trim();
  return text.replace(controls, ' ').replace(invisible, '').trim();
}

/** The end of an encoded word's text: the `?=` that closes it, looking past one that a sender left unencoded. */
function endOfWord(value: string, from: number, encoding: string): number {
  let end = value.indexOf('?=', from);
  while (encoding === 'q' && end !== -1 && /^\?=[0-9a-f]{2}/i.test(value.slice(end, end + 4))) {
    const later = value.indexOf('?=', end + 2);
    if (later === -1 || value.slice(end, later).includes('=?')) break;
    end = later;
  }
  return end;
}

/** The end of a last word whose closing mark was lost on the way; -1 where no such word follows. */
function endOfUnclosed(value: string, from: number): number {
  const rest = /^([^\s?]{4,})\??\s*$/.exec(value.slice(from, from + 1000))?.[1];
  return rest === undefined ? -1 : from + rest.length;
}

/** A header of more encoded words than this was not written for people; the rest stays as it is. */
const maximumPieces = 4000;

/** Splits a header value into encoded words and the text between them. RFC 2047, as loosely as senders write it. */
function splitWords(value: string): (Word | Raw)[] {
  const pieces: (Word | Raw)[] = [];
  let done = 0;
  let at = value.indexOf('=?');
  while (at !== -1 && pieces.length < maximumPieces) {
    const head = /^=\?([^?\s]{1,60})\?([bq])\?/i.exec(value.slice(at, at + 70));
    const encoding = (head?.[2] ?? '').toLowerCase();
    const textStart = at + (head?.[0].length ?? 2);
    const closed = head ? endOfWord(value, textStart, encoding) : -1;
    const end = head && closed === -1 ? endOfUnclosed(value, textStart) : closed;
    if (head?.[1] !== undefined && end !== -1) {
      if (at > done) pieces.push({ kind: 'raw', text: value.slice(done, at) });
      const text = value.slice(textStart, end);
      pieces.push({ kind: 'word', charset: head[1], encoding: encoding === 'b' ? 'b' : 'q', text });
      done = end + 2;
    }
    at = value.indexOf('=?', Math.max(done, at + 2));
  }
  if (done < value.length) pieces.push({ kind: 'raw', text: value.slice(done) });
  return pieces;
}

function bytesOfQ(text: string): Buffer {
  // A soft line break has no place in a word, but some programs write one.
  const plain = text
    .replace(/=[ \t\r\n]+/g, '')
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function bytesOfB(text: string): Buffer {
  // Each padded piece ends its own quantum; some senders join several in one word.
  const pieces = text
    .replace(/[^A-Za-z0-9+/=_-]/g, '')
    .split(/=+/)
    .filter((piece) => piece !== '');
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}

/** The bytes of neighbouring words of one charset, joined before they are decoded: senders cut inside a character. */
function joinWords(words: readonly Word[]): Buffer {
  const parts: Buffer[] = [];
  let base64 = '';
  for (const word of words) {
    if (word.encoding === 'b') {
      base64 += word.text;
      if (word.text.endsWith('=') || base64.length % 4 === 0) {
        parts.push(bytesOfB(base64));
        base64 = '';
      }
      continue;
    }
    if (base64 !== '') parts.push(bytesOfB(base64));
    base64 = '';
    parts.push(bytesOfQ(word.text));
  }
  if (base64 !== '') parts.push(bytesOfB(base64));
  return Buffer.concat(parts);
}

const isBlank = (piece: Word | Raw | undefined): boolean =>
  piece?.kind === 'raw' && /^[ \t\r\n]*$/.test(piece.text);

/** The charsets that the encoded words of a header value declare. */
export function declaredInWords(value: string): string[] {
  if (!value.includes('=?')) return [];
  return splitWords(value).flatMap((piece) => (piece.kind === 'word' ? [piece.charset] : []));
}

/**
 * Text of a header value given one character per byte: encoded words decoded (also cut inside a character, or with
 * raw 8-bit bytes inside), raw bytes read in `declared` or the context's charset. Cleaned to one line.
 */
export function decodeHeaderText(value: string, declared: string | null, context: CharsetContext): string {
  return cleanHeaderText(decodedWords(value, declared, context));
}

/** Characters that turn or hide their neighbours. Plain marks of direction are honest: Hebrew and Arabic need them. */
const tricks = /[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

/** Whether a header value holds characters that are taken out of it because they can only deceive. */
export function holdsTricks(value: string, declared: string | null, context: CharsetContext): boolean {
  return tricks.test(decodedWords(value, declared, context));
}

function decodedWords(value: string, declared: string | null, context: CharsetContext): string {
  const hasWords = value.includes('=?');
  if (!hasWords && /^[\x20-\x7e]*$/.test(value)) return value;
  const pieces: (Word | Raw)[] = hasWords ? splitWords(value) : [{ kind: 'raw', text: value }];
  let text = '';
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (piece === undefined) continue;
    if (piece.kind === 'raw') {
      const isBetweenWords = isBlank(piece) && at > 0 && at < pieces.length - 1;
      if (!isBetweenWords) text += decodeText(Buffer.from(piece.text, 'latin1'), { declared }, context).text;
      continue;
    }
    const words = [piece];
    for (;;) {
      const skip = isBlank(pieces[at + 1]) ? 2 : 1;
      const next = pieces[at + skip];
      if (next?.kind !== 'word' || next.charset.toLowerCase() !== piece.charset.toLowerCase()) break;
      words.push(next);
      at += skip;
    }
    // A word names its own charset. The person's choice is for bytes that name none.
    const isOwn = canonicalCharset(piece.charset) !== null && context.override !== garbledCharset;
    const own = isOwn ? { ...context, override: null } : context;
    text += decodeText(joinWords(words), { declared: piece.charset }, own).text;
  }
  return text;
}
