import iconv from 'iconv-lite';
import { asBuffer } from '../bytes/byte-source.ts';

/** iconv-lite's name for those of our names it does not know. */
const iconvNames: Record<string, string> = {
  'x-mac-cyrillic': 'maccyrillic',
  big5: 'big5hkscs',
  'euc-kr': 'cp949',
  ibm866: 'cp866',
};

/** Charsets that write every letter with bytes below 0x80 and say so with escape sequences. */
export const sevenBitCharsets: ReadonlySet<string> = new Set([
  'iso-2022-jp',
  'iso-2022-kr',
  'iso-2022-cn',
  'hz',
  'utf-7',
]);

type Run = { readonly charset: string; readonly bytes: number[] };

/** Collects runs of bytes that share a charset and decodes each at once. */
class RunText {
  #runs: Run[] = [];
  #last: Run = { charset: 'latin1', bytes: [] };

  add(charset: string, ...bytes: number[]): void {
    if (this.#last.charset !== charset) {
      this.#last = { charset, bytes: [] };
      this.#runs.push(this.#last);
    } else if (this.#runs.length === 0) this.#runs.push(this.#last);
    for (const byte of bytes) this.#last.bytes.push(byte);
  }

  text(): string {
    return this.#runs.map((run) => iconv.decode(Buffer.from(run.bytes), run.charset)).join('');
  }
}

/** The set that each escape of ISO 2022 calls, as the EUC encoding that has the same rows with the high bit set. */
const escapes: Record<string, { readonly charset: string; readonly prefix?: number; readonly width: 1 | 2 }> =
  {
    '(B': { charset: 'latin1', width: 1 },
    '(J': { charset: 'latin1', width: 1 },
    '(H': { charset: 'latin1', width: 1 },
    '(I': { charset: 'euc-jp', prefix: 0x8e, width: 1 },
    $B: { charset: 'euc-jp', width: 2 },
    '$@': { charset: 'euc-jp', width: 2 },
    '$(B': { charset: 'euc-jp', width: 2 },
    '$(D': { charset: 'euc-jp', prefix: 0x8f, width: 2 },
    $A: { charset: 'gb18030', width: 2 },
    '$(C': { charset: 'cp949', width: 2 },
  };

/** Where the shift-out sets of ISO-2022-KR and -CN point, by their designating escape. */
const shifted: Record<string, string> = { '$)C': 'cp949', '$)A': 'gb18030', '$)E': 'gb18030' };

/** ISO-2022-JP, -KR and -CN: RFC 1468, 1557, 1922. A line end without a way back to ASCII resets, as senders expect. */
function decodeIso2022(bytes: Buffer, charset: string): string {
  const out = new RunText();
  let set = escapes['(B'];
  // Only Korean may shift without having said what to; elsewhere a stray control must not turn the text to noise.
  let shiftSet = charset === 'iso-2022-kr' ? 'cp949' : null;
  let isShifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const three = bytes.toString('latin1', at + 1, at + 4);
      const key = three in escapes || three in shifted ? three : three.slice(0, 2);
      const called = escapes[key];
      const designated = shifted[key];
      if (called) set = called;
      else if (designated) shiftSet = designated;
      if (called || designated) at += key.length;
      continue;
    }
    if (byte === 0x0e || byte === 0x0f) isShifted = byte === 0x0e && shiftSet !== null;
    else if (byte < 0x21) {
      if (byte === 0x0a) {
        isShifted = false;
        set = escapes['(B'];
      }
      out.add('latin1', byte);
    } else if (isShifted && shiftSet !== null && at + 1 < bytes.length)
      out.add(shiftSet, byte | 0x80, (bytes[++at] ?? 0) | 0x80);
    else if (set?.width === 2 && at + 1 < bytes.length)
      out.add(set.charset, ...(set.prefix ? [set.prefix] : []), byte | 0x80, (bytes[++at] ?? 0) | 0x80);
    else if (set?.prefix) out.add(set.charset, set.prefix, byte | 0x80);
    else out.add('latin1', byte);
  }
  return out.text();
}

/** HZ-GB-2312, RFC 1843: `~{` to GB rows, `~}` back, `~~` a tilde, `~` before a line end joins lines. */
function decodeHz(bytes: Buffer): string {
  const out = new RunText();
  let isChinese = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    if (byte === 0x0a) isChinese = false;
    if (byte === 0x7e && (next === 0x7b || next === 0x7d)) {
      isChinese = next === 0x7b;
      at++;
    } else if (byte === 0x7e && !isChinese && (next === 0x7e || next === 0x0a)) {
      if (next === 0x7e) out.add('latin1', 0x7e);
      at++;
    } else if (isChinese && byte > 0x20 && next > 0x20) {
      out.add('gb18030', byte | 0x80, next | 0x80);
      at++;
    } else out.add('latin1', byte);
  }
  return out.text();
}

/** UTF-16 with its byte order taken from the mark or from where the zeros are. */
function utf16Order(bytes: Buffer): 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < Math.min(bytes.length, 2000); at++)
    if (bytes[at] === 0) {
      if (at % 2 === 0) evenZeros++;
      else oddZeros++;
    }
  return evenZeros > oddZeros ? 'utf-16be' : 'utf-16le';
}

/**
 * Text of bytes in a charset named as `canonicalCharset` names it. Never throws; what cannot be decoded becomes
 * U+FFFD. A leading byte order mark is dropped.
 */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  const buffer = asBuffer(bytes);
  switch (charset) {
    case 'utf-8': {
      const text = buffer.toString('utf8');
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
    case 'us-ascii':
      return buffer.toString('latin1');
    case 'utf-16':
      return iconv.decode(buffer, utf16Order(buffer));
    case 'iso-2022-jp':
    case 'iso-2022-kr':
    case 'iso-2022-cn':
      return decodeIso2022(buffer, charset);
    case 'hz':
      return decodeHz(buffer);
    default:
      return iconv.decode(buffer, iconvNames[charset] ?? charset);
  }
}
