/** Damage is looked for in no longer text: it is read whole for that. Bytes. */
export const longestMended = 1_000_000;
/** A shorter line may be a word. Characters. */
const shortestCode = 20;

/** A text of base64 taken apart: the bytes of its code, and the other lines between or around it. */
export type MendedBase64 = { readonly decoded: Buffer; readonly words: string };

/** The length that most lines of pure base64 in a text have; null when there are no such lines, or they do not hold whole groups. */
export function usualLength(text: string): number | null {
  const counts = new Map<number, number>();
  for (const [line] of text.matchAll(/(?<=^|[\r\n])[A-Za-z0-9+/]{40,1000}(?=[ \t]*[\r\n])/g))
    counts.set(line.length, (counts.get(line.length) ?? 0) + 1);
  // Of two that are as common the one that can be meant.
  const [usual] = [...counts].toSorted(([a, times], [b, others]) => others - times || (a % 4) - (b % 4));
  return usual === undefined || usual[0] % 4 !== 0 ? null : usual[0];
}

/** Whether a line is code; one that is as long as the others may have a few characters damaged. */
function isCode(line: string, step: number, isAfterCode: boolean): boolean {
  if (line.length < shortestCode)
    return isAfterCode && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={1,2})?$/.test(line);
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(line)) return true;
  if (line.length < step || /\s/.test(line)) return false;
  const foreign = line.match(/[^A-Za-z0-9+/]/g)?.length ?? 0;
  return foreign * 10 <= line.length;
}

/** Decodes a line of code by itself, so that its damage does not reach the lines after it. */
function decodeLine(line: string, step: number): Buffer {
  // Of a line of full length each character is in its place; else one may be too many.
  const whole =
    line.length === step
      ? line.replace(/[^A-Za-z0-9+/=]|=(?=.*[^=])/g, 'A')
      : line.replace(/[^A-Za-z0-9+/=]/g, '');
  return Buffer.concat(whole.split(/=+/).map((piece) => Buffer.from(piece, 'base64')));
}

/** A text of base64 lines read line by line, with the length of its code; null without lines of one length. */
function readByLines(text: string): (MendedBase64 & { readonly codeLength: number }) | null {
  const step = usualLength(text);
  if (step === null) return null;
  const decoded: Buffer[] = [];
  const words: string[] = [];
  let codeLength = 0;
  let wasCode = false;
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = raw.trim();
    wasCode = isCode(line, step, wasCode);
    if (wasCode) {
      codeLength += line.length;
      decoded.push(decodeLine(line, step));
    } else words.push(raw);
  }
  return { decoded: Buffer.concat(decoded), words: words.join('\n'), codeLength };
}

/**
 * Reads a text in base64 line by line, in which some lines are damaged or are words that were never encoded. Null where
 * it is not mostly code in lines of one length. RFC 2045 §6.8.
 */
export function mendBase64(bytes: Buffer): MendedBase64 | null {
  const read = readByLines(bytes.toString('latin1'));
  return read === null || read.words.length > read.codeLength ? null : read;
}

/** Whether decoded bytes are a text beyond doubt: no controls, and blanks between words or whole letters of UTF-8. */
export function holdsWords(bytes: Buffer): boolean {
  const front = bytes.subarray(0, 3000);
  if (front.length === 0) return false;
  const marked = front.readUInt8(0) >= 0xfe && front.length > 1 && front.readUInt8(1) >= 0xfe;
  if (marked) return true;
  let controls = 0;
  let blanks = 0;
  for (const byte of front) {
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f) controls++;
    if (byte === 0x20 || byte === 0x0a) blanks++;
  }
  if (controls * 100 > front.length) return false;
  const text = front.toString('utf8').replace(/\ufffd{1,3}$/, '');
  const isUtf8 = !text.includes('\ufffd');
  return blanks * 25 >= front.length || (isUtf8 && (/[^\x00-\x7f]/.test(text) || front.length <= 40));
}

/** Whether any line holds words by itself: where one before it has lost a letter, the whole holds none. */
function lineHoldsWords(text: string): boolean {
  const lines = text
    .slice(0, 8000)
    .split(/[\r\n]+/)
    .filter((line) => line.length >= 40);
  return lines.some((line) => holdsWords(Buffer.from(line, 'base64')));
}

const longBase64 = /^\s*(?:[A-Za-z0-9+/]{60,76}(?:\r\n?|\n)){2,}[A-Za-z0-9+/]{0,76}={0,2}\s*$/;

/**
 * Whether a text is base64 though nothing says so: lines of code from end to end, or nearly so where what they hold is
 * text beyond doubt.
 */
export function isUndeclaredBase64(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  // Checksums and long numbers are lines of letters and digits too: words have to come out.
  if (longBase64.test(text)) return holdsWords(Buffer.from(text, 'base64')) || lineHoldsWords(text);
  const read = readByLines(text);
  if (read === null || read.words.trim().length * 10 > read.codeLength) return false;
  if (/^(?:\xff\xfe|\xfe\xff)/.test(read.decoded.toString('latin1', 0, 2))) return true;
  const words = read.decoded.toString('utf8');
  const wrong = words.match(/[\0-\x08\x0e-\x1a\ufffd]/g)?.length ?? 0;
  return wrong * 50 <= words.length;
}
