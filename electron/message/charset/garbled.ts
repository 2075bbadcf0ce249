/** Text in UTF-8 that a program read in another charset and sent on in UTF-8: “Ã©” for “é”, “РџСЂ” for “Пр”. */
import { isUtf8 } from 'node:buffer';
import { decodeAs } from './charset-decode.ts';

/** The charsets in which it is mistaken, the commonest first. */
const mistaken = [
  'windows-1252',
  'windows-1251',
  'koi8-r',
  'ibm866',
  'windows-1250',
  'windows-1254',
  'iso-8859-2',
  'macintosh',
];

const bytesByCharset = new Map<string, ReadonlyMap<string, number>>();

/** The byte of each letter beyond ASCII in a charset. Codes without a letter stand for themselves, as browsers read them. */
function bytesIn(charset: string): ReadonlyMap<string, number> {
  const known = bytesByCharset.get(charset);
  if (known) return known;
  const bytes = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const letter = decodeAs(Buffer.from([byte]), charset);
    bytes.set(letter === '\ufffd' || letter === '' ? String.fromCharCode(byte) : letter, byte);
    if (byte < 0xa0 && !bytes.has(String.fromCharCode(byte))) bytes.set(String.fromCharCode(byte), byte);
  }
  bytesByCharset.set(charset, bytes);
  return bytes;
}

/** What a run of letters beyond ASCII was before it was mistaken; null where it was not. */
function before(run: string, charset: string): string | null {
  const bytes = bytesIn(charset);
  const found: number[] = [];
  for (const letter of run) {
    const byte = bytes.get(letter);
    if (byte === undefined) return null;
    found.push(byte);
  }
  const buffer = Buffer.from(found);
  return isUtf8(buffer) ? buffer.toString('utf8') : null;
}

const beyondAscii = /[^\x00-\x7f]+/g;
/** Signs and letters that a text of Latin letters has. */
const latinOrSign = /^[\u00a0-\u024f\u1e00-\u1eff\u2010-\u203a\u20ac\u2122\u2190-\u2193\u2022]+$/u;
const otherAlphabets = [
  /^[\u0400-\u052f\u00a0«»\u2010-\u203a№]+$/u,
  /^[\u0370-\u03ff\u1f00-\u1fff\u00a0\u2010-\u203a]+$/u,
  /^[\u0590-\u06ff\u00a0\u2010-\u203a]+$/u,
  /^[\u0e00-\u0e7f]+$/u,
  /^[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef\uac00-\ud7a3\u2010-\u203a]+$/u,
];

/** Whether what comes out is beyond doubt: letters of one alphabet, and more of them than chance gives. */
function isCertain(mended: readonly string[]): boolean {
  const all = mended.join('');
  // One pair may be a capital before a sign, as in “SPASS»”. A small letter with a mark, or a quotation mark, is not.
  if (latinOrSign.test(all)) return all.length >= 2 || /[à-ÿ\u2010-\u203a\u20ac]/u.test(all);
  return all.length >= 3 && otherAlphabets.some((alphabet) => alphabet.test(all));
}

/** A stretch of a text as it was, where all of it was mistaken in this charset beyond doubt; else null. */
function mendedStretch(stretch: string, charset: string): string | null {
  const runs = stretch.match(beyondAscii) ?? [];
  const mended: string[] = [];
  for (const run of runs) {
    const was = before(run, charset);
    if (was === null) return null;
    mended.push(was);
  }
  if (mended.length === 0 || !isCertain(mended)) return null;
  let at = 0;
  return stretch.replace(beyondAscii, () => mended[at++] ?? '');
}

/** For each letter the charsets, a bit for each, in which its byte begins a letter of UTF-8, and in which it goes on with one. */
type Marks = { readonly begins: Uint8Array; readonly goesOn: Uint8Array };

let knownMarks: Marks | null = null;

function marks(): Marks {
  if (knownMarks) return knownMarks;
  const begins = new Uint8Array(0x10000);
  const goesOn = new Uint8Array(0x10000);
  for (const [place, charset] of mistaken.entries()) {
    // In cp866 small Russian letters have the bytes from E0 on: any Russian text would be suspected.
    const last = charset === 'ibm866' ? 0xdf : 0xf4;
    for (const [letter, byte] of bytesIn(charset)) {
      const code = letter.charCodeAt(0);
      if (byte >= 0xc2 && byte <= last) begins[code] = (begins[code] ?? 0) | (1 << place);
      if (byte < 0xc0) goesOn[code] = (goesOn[code] ?? 0) | (1 << place);
    }
  }
  knownMarks = { begins, goesOn };
  return knownMarks;
}

/** The charsets that a text can have been mistaken for: in which any run of letters beyond ASCII begins as UTF-8 does. */
function suspectedIn(text: string): string[] {
  const { begins, goesOn } = marks();
  let found = 0;
  let wasHigh = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isHigh = code >= 0x80;
    if (isHigh && !wasHigh && at + 1 < text.length)
      found |= (begins[code] ?? 0) & (goesOn[text.charCodeAt(at + 1)] ?? 0);
    wasHigh = isHigh;
  }
  return found === 0 ? [] : mistaken.filter((_charset, place) => (found & (1 << place)) !== 0);
}

/** More stretches that were not mistaken show that the text is none. */
const mostFailures = 200;
/** A text may have been mistaken more than once. */
const mostRounds = 3;

/** Mends the stretches between line ends and tags by themselves: a reply may hold words of both kinds. */
function mendedOnce(text: string): string {
  const suspected = suspectedIn(text);
  if (suspected.length === 0) return text;
  const stretches = text.split(/([<>\r\n]+)/);
  let failures = 0;
  let order: readonly string[] = suspected;
  let hasChanged = false;
  for (const [at, stretch] of stretches.entries()) {
    if (failures >= mostFailures) break;
    if (/^[\x00-\x7f]*$/.test(stretch)) continue;
    const charset = order.find((one) => mendedStretch(stretch, one) !== null);
    if (charset === undefined) {
      failures += 1;
      continue;
    }
    stretches[at] = mendedStretch(stretch, charset) ?? stretch;
    order = [charset, ...suspected.filter((one) => one !== charset)];
    hasChanged = true;
  }
  return hasChanged ? stretches.join('') : text;
}

/** The text as it was before it was mistaken, as far as that is certain; else unchanged. */
export function mendGarbled(text: string): string {
  let mended = text;
  for (let round = 0; round < mostRounds; round++) {
    const next = mendedOnce(mended);
    if (next === mended) break;
    mended = next;
  }
  return mended;
}

/** The text with each word mended that can be, where a person says that it is garbled. */
export function mendByForce(text: string): string {
  return mendGarbled(text).replace(beyondAscii, (run) => {
    for (const charset of mistaken) {
      const was = before(run, charset);
      if (was !== null) return was;
    }
    return run;
  });
}
