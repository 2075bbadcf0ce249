/** Labels that the letters contradict. A declared charset is overruled for good reasons only. */
import type { CharsetContext } from './charset-context.ts';
import { decodeAs } from './charset-decode.ts';
import {
  detectCharset,
  evidenceBytes,
  highBytes,
  isLatinAfterAll,
  isLatinRather,
  latinCharsets,
  mayJudge,
} from './charset-detect.ts';
import { canonicalCharset } from './charset-names.ts';
import { likeliestLatin, oddnessAs, usualLetterBits } from './latin-letters.ts';

const cyrillicCharsets = /^(?:koi8-[ru]|windows-1251|iso-8859-5|ibm866|x-mac-cyrillic)$/;

/** Lower-case letters of Russian, Ukrainian and Belarusian. */
const lowerCyrillic = /[\u0430-\u044fёєіїўґ]/;

/** A text that is odder than this is none of these languages. */
const mostCyrillicOddness = 0.12;

/**
 * How odd a text is as Russian, Ukrainian or Belarusian, 0 to 1: the share of letters and signs that these do not
 * have, or of words with a capital after a small letter, whichever is more.
 */
function cyrillicOddness(text: string, charset: string): number {
  if (!cyrillicCharsets.test(charset)) return 0;
  const front = text.slice(0, 4000);
  const beyond = front.match(/[^\x00-\x7f\xa0«»—–“”„…’]/g) ?? [];
  if (beyond.length === 0) return 0;
  const foreign = beyond.filter((letter) => !lowerCyrillic.test(letter.toLowerCase())).length;
  const words = front.match(/[\u0400-\u04ff]{2,}/g) ?? [];
  const mixed = words.filter((word) => /[\u0430-\u045f][\u0400-\u042f]/.test(word)).length;
  return Math.max(foreign / beyond.length, words.length === 0 ? 0 : mixed / words.length);
}

/** Whether most letters are beyond ASCII, which no language written in Latin letters has. */
function isMostlyHigh(bytes: Buffer): boolean {
  let high = 0;
  let ascii = 0;
  for (const byte of bytes.subarray(0, evidenceBytes)) {
    if (byte >= 0x80) high++;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ascii++;
  }
  return high >= 4 && high > ascii;
}

/** Charsets of letters of two bytes, in which many bytes are letters by chance. */
export const twoByteCharsets = /^(?:gb18030|big5|euc-kr|euc-jp|shift_jis)$/;

/** Whether a charset of letters of two bytes was declared for words of Latin letters. */
export function isFarEasternByMistake(bytes: Buffer, charset: string): boolean {
  return twoByteCharsets.test(charset) && isLatinAfterAll(bytes);
}

/** Bits by which another charset has to be likelier before a declared one is not believed: in all, and for each letter. */
const overrulingBits = 15;
const overrulingPerHigh = 2.2;

/** The charset of bytes that are declared to be Latin letters and are none, or none that make words; else null. */
function betterThanLatin(bytes: Buffer, charset: string, context: CharsetContext): string | null {
  if (!mayJudge(context)) return null;
  const own = oddnessAs(bytes, charset);
  if (own !== null && own.perHigh < usualLetterBits - overrulingPerHigh) return null;
  // Few capitals are odd too, but no reason not to believe what is declared.
  const mostBits = highBytes(bytes) < 8 ? usualLetterBits + 1.5 : usualLetterBits;
  if (isMostlyHigh(bytes) && (own === null || own.perHigh > mostBits)) {
    const detected = detectCharset(bytes, context);
    const isOther = detected !== null && !latinCharsets.test(detected);
    if (isOther && cyrillicOddness(decodeAs(bytes, detected), detected) <= mostCyrillicOddness)
      return detected;
  }
  const best = own && likeliestLatin(bytes, charset);
  if (own === null || best === null || best.charset === charset) return null;
  const bits = own.bits - best.bits;
  const perHigh = own.perHigh - best.perHigh;
  // Of a longer text a smaller difference is as clear.
  const isClear =
    bits > overrulingBits && perHigh * bits > overrulingPerHigh * Math.min(bits, 2 * overrulingBits);
  return isClear ? best.charset : null;
}

/** The account's own charset where it is one of Latin letters, else that of the web. */
function latinFallback(context: CharsetContext): string {
  const own = canonicalCharset(context.fallback) ?? 'windows-1252';
  return latinCharsets.test(own) ? own : 'windows-1252';
}

/** Fewer bytes beyond ASCII tell nothing of a charset that is no Cyrillic one. */
const leastForeignBytes = 40;

/** The charset of bytes that are declared to be Cyrillic and make no Cyrillic words; else null. */
function betterThanCyrillic(
  bytes: Buffer,
  charset: string,
  text: string,
  context: CharsetContext,
): string | null {
  if (!cyrillicCharsets.test(charset)) return null;
  const isMixed = isLatinRather(bytes, text);
  const oddness = cyrillicOddness(text, charset);
  if (!isMixed && oddness <= mostCyrillicOddness) return null;
  const detected = detectCharset(bytes, context) ?? (isMixed ? latinFallback(context) : null);
  if (detected === null || detected === charset) return null;
  if (latinCharsets.test(detected)) return isMixed ? detected : null;
  if (isMixed) return detected;
  // A few bytes can be letters of any two-byte charset by chance.
  if (!cyrillicCharsets.test(detected) && highBytes(bytes) < leastForeignBytes) return null;
  return cyrillicOddness(decodeAs(bytes, detected), detected) < oddness ? detected : null;
}

/** The charset of bytes in which a declared one makes no words; null where it is to be believed. */
export function likelierCharset(
  bytes: Buffer,
  charset: string,
  text: string,
  context: CharsetContext,
): string | null {
  return latinCharsets.test(charset)
    ? betterThanLatin(bytes, charset, context)
    : betterThanCyrillic(bytes, charset, text, context);
}
