import iconv from 'iconv-lite';
import { asBuffer } from '../bytes/byte-source.ts';
import { decodeSevenBit } from './seven-bit.ts';

/** iconv-lite's name for those of our names it does not know. */
const iconvNames: Record<string, string> = {
  'x-mac-cyrillic': 'maccyrillic',
  big5: 'big5hkscs',
  'euc-kr': 'cp949',
  ibm866: 'cp866',
  'x-mac-ce': 'maccenteuro',
  'x-mac-croatian': 'maccroatian',
  'x-mac-greek': 'macgreek',
  'x-mac-icelandic': 'maciceland',
  'x-mac-romanian': 'macromania',
  'x-mac-turkish': 'macturkish',
  'x-mac-thai': 'macthai',
};

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
    case 'hz':
    case 'utf-7':
      return decodeSevenBit(buffer, charset);
    case 'windows-1258':
      // It writes the tone of a vowel as a letter of its own.
      return iconv.decode(buffer, charset).normalize('NFC');
    default:
      return iconv.decode(buffer, iconvNames[charset] ?? charset);
  }
}
