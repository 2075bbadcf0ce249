import { decodeAs } from './charset-decode.ts';

/** Whether bytes that are called by another charset are UTF-8 but for a letter: no text in one has so many whole ones. */
export function isUtf8AfterAll(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0;
  return whole >= 2 && whole >= broken * 4;
}

/** Text that is UTF-8 but for a few damaged or cut characters; null when too much of it is not. */
export function readDamagedUtf8(bytes: Buffer, isDeclared: boolean): string | null {
  const text = bytes.toString('utf8');
  let broken = 0;
  let whole = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken++;
    else if (code >= 0x80) whole++;
  }
  // A single character cut off at the very end is the commonest damage of all.
  const isOnlyCut = broken === 1 && text.endsWith('\ufffd') && whole > 0;
  // Whole letters of UTF-8 are no chance: of a text that is declared so, few prove it.
  const isProved = whole > 0 && whole >= (isDeclared ? broken : broken * 2);
  if (isOnlyCut || !isProved) return isOnlyCut ? text : null;
  return withForeignBytes(bytes, text);
}

/** Dashes, quotation marks and the like: what programs add that do not write UTF-8. */
const foreignSigns = /[\x85\x91-\x97]/;

/** A text with its single bytes that are signs of windows-1252 read as these. Cut letters stay marked as damaged. */
function withForeignBytes(bytes: Buffer, text: string): string {
  if (!text.includes('\ufffd')) return text;
  const pieces = bytes
    .toString('latin1')
    .split(
      /((?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+|(?<![\x80-\xff])[\x85\x91-\x97](?![\x80-\xff]))/,
    );
  const read = pieces.map((piece) =>
    piece.length === 1 && foreignSigns.test(piece)
      ? decodeAs(Buffer.from(piece, 'latin1'), 'windows-1252')
      : Buffer.from(piece, 'latin1').toString('utf8'),
  );
  return read.join('');
}
