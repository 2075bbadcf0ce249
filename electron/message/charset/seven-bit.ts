/** Charsets that hide behind escapes, as mail could only carry seven bits. */
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Charsets that write every letter with bytes below 0x80 and say so with escape sequences. */
export const sevenBitCharsets: ReadonlySet<string> = new Set([
  'iso-2022-jp',
  'iso-2022-kr',
  'iso-2022-cn',
  'hz',
  'utf-7',
]);

/** What stands between the escapes: ASCII, or letters that a program or a list added in a charset of its own. */
function openText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'windows-1252');
}

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
    return this.#runs
      .map(({ charset, bytes }) =>
        charset === 'latin1' ? openText(Buffer.from(bytes)) : iconv.decode(Buffer.from(bytes), charset),
      )
      .join('');
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
    // The first plane of JIS X 0213 has the letters of JIS X 0208 in their places, and more.
    '$(O': { charset: 'euc-jp', width: 2 },
    '$(Q': { charset: 'euc-jp', width: 2 },
    $A: { charset: 'gb18030', width: 2 },
    '$(C': { charset: 'cp949', width: 2 },
  };

/** Where the shift-out sets of ISO-2022-KR and -CN point, by their designating escape. */
const shifted: Record<string, string> = { '$)C': 'cp949', '$)A': 'gb18030', '$)E': 'gb18030' };

/** The sets of ISO-2022-JP-2 whose letters are called one by one, after ESC N. RFC 1554. */
const singles: Record<string, string> = { '.A': 'iso-8859-1', '.F': 'iso-8859-7' };

/** ISO-2022-JP, -KR and -CN: RFC 1468, 1554, 1557, 1922. A line end without a way back to ASCII resets, as senders expect. */
function decodeIso2022(bytes: Buffer, charset: string): string {
  const out = new RunText();
  let set = escapes['(B'];
  // Only Korean may shift without having said what to; elsewhere a stray control must not turn the text to noise.
  let shiftSet = charset === 'iso-2022-kr' ? 'cp949' : null;
  let isShifted = false;
  let singleSet = 'iso-8859-1';
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const three = bytes.toString('latin1', at + 1, at + 4);
      const key = three in escapes || three in shifted ? three : three.slice(0, 2);
      const single = singles[key];
      if (single !== undefined) singleSet = single;
      if (key.startsWith('N') && at + 2 < bytes.length) out.add(singleSet, (bytes[at + 2] ?? 0) | 0x80);
      if (single !== undefined || key.startsWith('N')) {
        at += 2;
        continue;
      }
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
    } else if (byte >= 0x80 && !((set?.width === 2 || isShifted) && (bytes[at + 1] ?? 0) >= 0x80)) {
      // A stray byte: no set of seven bits has it. Two of them are letters whose eighth bit was set.
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

/** UTF-7, and letters between that are in another charset. RFC 2152. */
function decodeUtf7(bytes: Buffer): string {
  const pieces = bytes.toString('latin1').split(/([\x80-\xff]+)/);
  return pieces
    .map((piece, at) => {
      const own = Buffer.from(piece, 'latin1');
      return at % 2 === 1 ? openText(own) : iconv.decode(own, 'utf-7');
    })
    .join('');
}

/** Text in one of `sevenBitCharsets`. Bytes beyond ASCII that stand between are read by themselves. */
export function decodeSevenBit(bytes: Buffer, charset: string): string {
  if (charset === 'utf-7') return decodeUtf7(bytes);
  return charset === 'hz' ? decodeHz(bytes) : decodeIso2022(bytes, charset);
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
