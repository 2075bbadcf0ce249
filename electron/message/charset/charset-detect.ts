import { detect } from 'jschardet';
import { type CharsetContext, noContext } from './charset-context.ts';
import { canonicalCharset } from './charset-names.ts';

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
const maximumDetections = 40;
const detections = new WeakMap<CharsetContext['evidence'], number>();

/** The charset these bytes look like, or null when the detector is not sure enough. */
export function detectCharset(bytes: Buffer, context: CharsetContext): string | null {
  const count = detections.get(context.evidence) ?? 0;
  if (context !== noContext) detections.set(context.evidence, count + 1);
  if (count >= maximumDetections) return null;
  let sample = bytes.subarray(0, evidenceBytes);
  if (highBytes(sample) < 12) sample = Buffer.concat([sample, Buffer.from(' '), context.evidence()]);
  // One or two letters are of any language.
  if (highBytes(sample) < 3) return null;
  const found = detect(sample.subarray(0, evidenceBytes), { detectEncodings: detectable });
  if (found.encoding === null || found.confidence < 0.03) return null;
  const charset = canonicalCharset(found.encoding);
  return charset === 'us-ascii' || charset === 'utf-8' ? null : charset;
}
