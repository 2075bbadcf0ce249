import { detect } from 'jschardet';
import { type CharsetContext, noContext } from './charset-context.ts';
import { decodeAs } from './charset-decode.ts';
import { canonicalCharset } from './charset-names.ts';
import { likeliestLatin, usualLetterBits } from './latin-letters.ts';

/** The charsets mail is really written in; the detector knows many more, and each is a chance to be wrong. */
const detectable = [
  'utf-8 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257',
  'windows-1258 windows-874 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-8 koi8-r koi8-u ibm866 cp866 maccyrillic',
  'gb18030 big5 euc-jp shift_jis cp932 euc-kr cp949',
]
  .join(' ')
  .split(' ');

/** Enough bytes to be sure of a language; more only costs time. */
export const evidenceBytes = 8000;

/** How many bytes are beyond ASCII. */
export function highBytes(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count++;
  return count;
}

/** Detection takes milliseconds: a message of a thousand odd words gets it for the first of them. */
const maximumDetections = 60;
const detections = new WeakMap<CharsetContext['evidence'], number>();

/** Charsets in which Latin letters are written. */
export const latinCharsets =
  /^(?:windows-125[02478]|iso-8859-(?:[2-4]|9|1[03456])|macintosh|x-mac-(?:ce|croatian|icelandic|romanian|turkish)|cp85[02]|cp437|viscii|us-ascii)$/;
const farEastern = /^(?:gb18030|big5|euc-(?:jp|kr)|shift_jis)$/;

/** Words of a text that have letters of another alphabet than the Latin one, and those of them that mix the two. */
function foreignWords(text: string): { readonly all: number; readonly mixed: readonly string[] } {
  const words = text.slice(0, 4000).match(/[\p{L}\p{M}]+/gu) ?? [];
  const foreign = words.filter((word) => /[\u0370-\u06ff\u0e00-\u0e7f]/.test(word));
  return { all: foreign.length, mixed: foreign.filter((word) => /[a-zªºµß-öø-ɏ]/i.test(word)) };
}

/**
 * Whether bytes are Latin letters rather than those of the other alphabet they were guessed to be, as the guess makes
 * words that mix the two. A word may begin in one and end in the other, but none goes back.
 */
export function isLatinRather(bytes: Buffer, text: string): boolean {
  const { all, mixed } = foreignWords(text);
  if (mixed.length * 4 <= all) return false;
  const latin = likeliestLatin(bytes);
  if (latin !== null && latin.perHigh <= usualLetterBits) return true;
  return mixed.some((word) => /[a-z][\u0370-\u06ff\u0e00-\u0e7f]{1,2}[a-z]/i.test(word));
}

/** How many ASCII letters there are for each byte beyond, within the words that have any such byte. */
function asciiShare(bytes: Buffer): number {
  const words = bytes.toString('latin1', 0, evidenceBytes).match(/[A-Za-z\x80-\xff]+/g) ?? [];
  const text = words.filter((word) => /[\x80-\xff]/.test(word)).join('');
  const ascii = text.match(/[A-Za-z]/g)?.length ?? 0;
  return text.length === ascii ? 0 : ascii / (text.length - ascii);
}

/** Whether bytes that a Far Eastern charset can be read from are words of Latin letters with a mark here and there. */
export function isLatinAfterAll(bytes: Buffer): boolean {
  if (asciiShare(bytes) < 1.5) return false;
  const latin = likeliestLatin(bytes);
  return latin !== null && latin.perHigh < usualLetterBits;
}

/** Letters of two bytes that nothing but Japanese, Chinese or Korean has, in bytes too few for the detector. */
function fewFarEastern(bytes: Buffer): string | null {
  const order = /[\x81-\x9f]/.test(bytes.toString('latin1'))
    ? ['shift_jis', 'big5', 'gb18030']
    : ['gb18030', 'euc-kr', 'euc-jp', 'big5'];
  const isWhole = (text: string): boolean =>
    !/[\ufffd\u0080-\u009f\uff61-\uff9f\ue000-\uf8ff]/.test(text) &&
    /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2}/.test(text);
  return order.find((charset) => isWhole(decodeAs(bytes, charset))) ?? null;
}

/** A guess of the detector, unless it makes no words; then the likeliest charset of Latin letters, or null. */
function guessOrLatin(bytes: Buffer, guess: string | null, fallback: string): string | null {
  const isDoubtful =
    guess === null ||
    latinCharsets.test(guess) ||
    (farEastern.test(guess) ? isLatinAfterAll(bytes) : isLatinRather(bytes, decodeAs(bytes, guess)));
  if (!isDoubtful) return guess;
  const latin = likeliestLatin(bytes, fallback);
  if (latin !== null && asciiShare(bytes) >= 0.5) return latin.charset;
  const twoByte = guess === null || latinCharsets.test(guess) ? fewFarEastern(bytes) : null;
  return twoByte ?? latin?.charset ?? null;
}

/** Whether the letters of a message may be judged once more. */
export function mayJudge(context: CharsetContext): boolean {
  const count = detections.get(context.evidence) ?? 0;
  if (context !== noContext) detections.set(context.evidence, count + 1);
  return count < maximumDetections;
}

/** The charset these bytes look like, or null when there is too little to tell. */
export function detectCharset(bytes: Buffer, context: CharsetContext): string | null {
  if (!mayJudge(context)) return null;
  let sample = bytes.subarray(0, evidenceBytes);
  if (highBytes(sample) < 12) sample = Buffer.concat([sample, Buffer.from(' '), context.evidence()]);
  const fallback = canonicalCharset(context.fallback) ?? 'windows-1252';
  // One or two letters are of any language; those of the account's own are likeliest where they make words.
  if (
    highBytes(sample) < 3 &&
    !latinCharsets.test(fallback) &&
    !isLatinRather(sample, decodeAs(sample, fallback))
  )
    return null;
  const found =
    highBytes(sample) < 3 ? null : detect(sample.subarray(0, evidenceBytes), { detectEncodings: detectable });
  const isSure = found !== null && found.encoding !== null && found.confidence >= 0.03;
  const charset = isSure && found.encoding !== null ? canonicalCharset(found.encoding) : null;
  const guess = charset === 'us-ascii' || charset === 'utf-8' ? null : charset;
  return guessOrLatin(sample.subarray(0, evidenceBytes), guess, fallback);
}
