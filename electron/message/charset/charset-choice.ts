import { isAscii, isUtf8 } from 'node:buffer';
import { garbledCharset } from '../../../shared/charset.ts';
import { asBuffer } from '../bytes/byte-source.ts';
import type { CharsetContext } from './charset-context.ts';
import { decodeAs } from './charset-decode.ts';
import { detectCharset, evidenceBytes, highBytes } from './charset-detect.ts';
import { canonicalCharset } from './charset-names.ts';
import { isFarEasternByMistake, likelierCharset, twoByteCharsets } from './contradicted-label.ts';
import { isUtf8AfterAll, readDamagedUtf8 } from './damaged-utf8.ts';
import { mendByForce, mendGarbled } from './garbled.ts';
import { withKoi8U } from './koi8-u.ts';
import { sevenBitCharsets } from './seven-bit.ts';

/*
 * The room `charset`: from bytes to letters.
 * - The charset is chosen on bytes, before anything is decoded: a wrong guess turns into U+FFFD and cannot be undone.
 * - The order of the reasons is that of `CharsetReason`. A label that the letters contradict is not believed.
 * - A new alias of a charset goes into charset-names.ts.
 */

/** What made us read some bytes in the charset we did, in the order the reasons are tried. */
export type CharsetReason =
  | 'override'
  | 'byte-order-mark'
  | 'ascii'
  | 'utf-8'
  | 'declared'
  | 'meta'
  | 'other-part'
  | 'detected'
  | 'fallback';

/** Text with the charset it was read in, and why. */
export type DecodedText = { readonly text: string; readonly charset: string; readonly how: CharsetReason };

/** Whether bytes can be of this charset at all: almost nothing is left undecoded, and nothing is a control. */
function fits(bytes: Buffer, text: string): boolean {
  let wrong = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) wrong++;
  }
  return wrong === 0 || wrong * 20 < highBytes(bytes);
}

/** The text in a charset that was named for it, unless the letters themselves say that the name is wrong. */
function readAsNamed(
  bytes: Buffer,
  named: string,
  how: CharsetReason,
  context: CharsetContext,
): DecodedText | null {
  // Wide text shows by its zeros and is read before; here its label can only be wrong.
  if (/^us-ascii$|^utf-(?:8|16|32)/.test(named) || sevenBitCharsets.has(named)) return null;
  const charset = withKoi8U(bytes, named);
  const text = decodeAs(bytes, charset);
  if (!fits(bytes, text) || isFarEasternByMistake(bytes, charset)) return null;
  const better = likelierCharset(bytes, charset, text, context);
  const read = better === null ? null : decodeAs(bytes, better);
  return better !== null && read !== null && fits(bytes, read)
    ? { text: read, charset: better, how: 'detected' }
    : { text, charset, how };
}

/** Whether a front is ASCII but for a few bytes: in wide text each letter of it has a zero beside it, others are no ASCII. */
function isNearlyAscii(front: string): boolean {
  const ascii = front.match(/[\t\n\r\x20-\x7e]/g)?.length ?? 0;
  return front.length >= 60 && ascii * 10 >= front.length * 9;
}

/** UTF-16 and UTF-32 show by their mark or by their zeros; a label alone is not believed. */
function readWide(bytes: Buffer, declared: string | null): DecodedText | null {
  const mark = bytes.readUInt16BE(0);
  const hasByteOrderMark = mark === 0xfeff || mark === 0xfffe;
  const isLabelled = declared !== null && /^utf-(?:16|32)/.test(declared);
  if (!hasByteOrderMark && !isLabelled && !bytes.subarray(0, 200).includes(0)) return null;
  const front = bytes.toString('latin1', 0, 1000);
  // Two words of small letters are no chance: in wide text a letter of them has a zero beside it.
  if (/[a-z]{4},? [a-z]{4}/.test(front) || isNearlyAscii(front)) return null;
  const zeros = bytes.subarray(0, 1000).reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  // Words of ASCII letters show that single bytes are letters, whatever the label says.
  const hasWords = /[a-z]{4}/i.test(front);
  const isPossible =
    zeros * 10 > Math.min(bytes.length, 1000) || (!hasWords && (zeros > 0 || !isUtf8(bytes)));
  if (isLabelled && (hasByteOrderMark || isPossible))
    return { text: decodeAs(bytes, declared), charset: declared, how: 'declared' };
  if (hasByteOrderMark) return { text: decodeAs(bytes, 'utf-16'), charset: 'utf-16', how: 'byte-order-mark' };
  if (zeros * 5 > Math.min(bytes.length, 1000) * 2)
    return { text: decodeAs(bytes, 'utf-16'), charset: 'utf-16', how: 'detected' };
  return null;
}

/** Whether what follows its plus signs holds whole letters of 16 bits, which other codes do by chance only. RFC 2152. */
function canBeUtf7(bytes: Buffer): boolean {
  const runs = bytes.toString('latin1', 0, evidenceBytes).match(/\+[A-Za-z0-9+/]+/g) ?? [];
  const broken = runs.filter((run) => ![0, 3, 6].includes((run.length - 1) % 8)).length;
  return broken * 4 <= runs.length;
}

/** Text of only 7-bit bytes: plain ASCII, or one of the charsets that hide behind escapes. */
function readSevenBit(bytes: Buffer, declared: string | null): DecodedText {
  if (declared !== null && sevenBitCharsets.has(declared) && (declared !== 'utf-7' || canBeUtf7(bytes)))
    return { text: decodeAs(bytes, declared), charset: declared, how: 'declared' };
  if (bytes.includes(0x1b) && /\x1b\$(?:[@AB]|\([BCDOQ])/.test(bytes.toString('latin1')))
    return { text: decodeAs(bytes, 'iso-2022-jp'), charset: 'iso-2022-jp', how: 'detected' };
  if (bytes.includes(0x1b) && bytes.includes('\x1b$)C'))
    return { text: decodeAs(bytes, 'iso-2022-kr'), charset: 'iso-2022-kr', how: 'detected' };
  return { text: bytes.toString('latin1'), charset: 'us-ascii', how: 'ascii' };
}

const escapesOf: Readonly<Record<string, RegExp>> = {
  'iso-2022-jp': /\x1b\$(?:[@AB]|\([BCDOQ])/,
  'iso-2022-kr': /\x1b\$\)C/,
  'iso-2022-cn': /\x1b\$\)[AEG]/,
  hz: /~\{(?:[!-}]{2})+~\}/,
};

/** Where nothing declares escapes they count only whole: there and back, with whole letters between. */
const wholeEscapes: Readonly<Record<string, RegExp>> = {
  'iso-2022-jp': /\x1b\$(?:[@B]|\([BDOQ])(?:[!-~]{2}){1,500}\x1b\([BJ]/,
  'iso-2022-kr': /\x1b\$\)C[^\x0e]{0,500}\x0e(?:[!-~]{2}){1,500}\x0f/,
};

/** Text with escapes in which stray bytes of eight bits, or whole words of another charset, have come. */
function readEscaped(bytes: Buffer, declared: string | null): DecodedText | null {
  if (declared === 'utf-7' && canBeUtf7(bytes) && /\+[A-Za-z0-9+/]{3,}/.test(bytes.toString('latin1')))
    return { text: decodeAs(bytes, declared), charset: declared, how: 'declared' };
  const isDeclared = declared !== null && escapesOf[declared] !== undefined;
  if (!isDeclared && !bytes.includes(0x1b)) return null;
  const text = bytes.toString('latin1');
  const has = (charset: string): boolean => escapesOf[charset]?.test(text) ?? false;
  if (isDeclared && has(declared))
    return { text: decodeAs(bytes, declared), charset: declared, how: 'declared' };
  const found = Object.keys(wholeEscapes).find((charset) => wholeEscapes[charset]?.test(text));
  return found === undefined ? null : { text: decodeAs(bytes, found), charset: found, how: 'detected' };
}

/** A few two-byte letters of a Far Eastern set can pass for UTF-8 by chance; then the label is believed. */
function passesForUtf8ByChance(bytes: Buffer, declared: string | null): boolean {
  if (declared === null || !/^(?:gb18030|big5|euc-kr|euc-jp|shift_jis)$/.test(declared)) return false;
  return highBytes(bytes) <= 8 && !/[\u0800-\uffff]/.test(bytes.toString('utf8'));
}

/**
 * Reads bytes in the charset they are really in: the person's choice, then valid UTF-8, the declared charset,
 * `<meta charset>`, what other parts declare, detection, and the account's fallback, in this order. A label that the
 * letters contradict is passed over. Never throws.
 */
export function decodeText(
  source: Uint8Array,
  labels: { readonly declared: string | null; readonly meta?: string | null },
  context: CharsetContext,
): DecodedText {
  if (context.override === garbledCharset) {
    const read = chosenText(source, labels, { ...context, override: null });
    return { text: mendByForce(read.text), charset: garbledCharset, how: 'override' };
  }
  const read = chosenText(source, labels, context);
  // What was mistaken once was sent on in UTF-8.
  return read.charset === 'utf-8' ? { ...read, text: mendGarbled(read.text) } : read;
}

function chosenText(
  source: Uint8Array,
  labels: { readonly declared: string | null; readonly meta?: string | null },
  context: CharsetContext,
): DecodedText {
  const bytes = asBuffer(source);
  if (context.override !== null && canonicalCharset(context.override) !== null) {
    const charset = canonicalCharset(context.override) ?? 'utf-8';
    return { text: decodeAs(bytes, charset), charset, how: 'override' };
  }
  const declared = labels.declared === null ? null : canonicalCharset(labels.declared);
  const wide = bytes.length > 1 ? readWide(bytes, declared) : null;
  if (wide) return wide;
  if (isAscii(bytes)) return readSevenBit(bytes, declared);
  const escaped = readEscaped(bytes, declared);
  if (escaped) return escaped;
  if (isUtf8(bytes) && !passesForUtf8ByChance(bytes, declared))
    return { text: decodeAs(bytes, 'utf-8'), charset: 'utf-8', how: 'utf-8' };
  return readHighBytes(bytes, declared, labels.meta ?? null, context);
}

function readHighBytes(
  bytes: Buffer,
  declared: string | null,
  metaLabel: string | null,
  context: CharsetContext,
): DecodedText {
  const meta = metaLabel === null ? null : canonicalCharset(metaLabel);
  const mayBeUtf8 = declared === null || !twoByteCharsets.test(declared);
  if (
    declared === 'utf-8' ||
    declared === null ||
    declared === 'us-ascii' ||
    (mayBeUtf8 && isUtf8AfterAll(bytes))
  ) {
    const text = readDamagedUtf8(bytes, declared === 'utf-8');
    if (text !== null) return { text, charset: 'utf-8', how: declared === 'utf-8' ? 'declared' : 'utf-8' };
  }
  const named: (readonly [string | null, CharsetReason])[] = [
    [declared, 'declared'],
    [meta, 'meta'],
    ...context.others.map((label) => [canonicalCharset(label), 'other-part'] as const),
  ];
  for (const [charset, how] of named) {
    if (charset === null) continue;
    const read = readAsNamed(bytes, charset, how, context);
    if (read) return read;
  }
  const guessed = detectCharset(bytes, context);
  const detected = guessed === null ? null : withKoi8U(bytes, guessed);
  if (detected !== null) return { text: decodeAs(bytes, detected), charset: detected, how: 'detected' };
  const fallback = canonicalCharset(context.fallback) ?? 'windows-1252';
  return { text: decodeAs(bytes, fallback), charset: fallback, how: 'fallback' };
}
