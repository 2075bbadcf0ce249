import iconv from 'iconv-lite';

/** Labels that say nothing about the letters: they are treated as if there were no label. */
const sayNothing = new Set(
  '8bit 7bit unknown8bit unknown xunknown default defaultcharset xuserdefined userdefined binary none null charset iso ansi utf unicode xutf xdefault undefined false true text plain quotedprintable base64 hex ucs2 internal'.split(
    ' ',
  ),
);

const byName: Record<string, string> = {
  utf8: 'utf-8',
  xutf8: 'utf-8',
  utf8mb4: 'utf-8',
  utf8mb3: 'utf-8',
  unicode11utf8: 'utf-8',
  unicode20utf8: 'utf-8',
  utf8bom: 'utf-8',
  usascii: 'us-ascii',
  ascii: 'us-ascii',
  usaascii: 'us-ascii',
  ansix341968: 'us-ascii',
  ansix341986: 'us-ascii',
  iso646us: 'us-ascii',
  '646': 'us-ascii',
  us: 'us-ascii',
  utf7: 'utf-7',
  unicode11utf7: 'utf-7',
  utf16: 'utf-16',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  utf32: 'utf-32',
  utf32le: 'utf-32le',
  utf32be: 'utf-32be',
  koi8: 'koi8-r',
  koi8r: 'koi8-r',
  koi: 'koi8-r',
  koi8u: 'koi8-u',
  koi8ru: 'koi8-u',
  koi8t: 'koi8-t',
  xmaccyrillic: 'x-mac-cyrillic',
  maccyrillic: 'x-mac-cyrillic',
  macintoshcyrillic: 'x-mac-cyrillic',
  xmacukrainian: 'x-mac-cyrillic',
  macukraine: 'x-mac-cyrillic',
  macintosh: 'macintosh',
  mac: 'macintosh',
  macroman: 'macintosh',
  xmacroman: 'macintosh',
  xmacce: 'x-mac-ce',
  macce: 'x-mac-ce',
  xmaccentraleurroman: 'x-mac-ce',
  maccentraleurope: 'x-mac-ce',
  maccentraleuropean: 'x-mac-ce',
  maclatin2: 'x-mac-ce',
  xmacroman8: 'macintosh',
  applemacroman: 'macintosh',
  xmaccroatian: 'x-mac-croatian',
  maccroatian: 'x-mac-croatian',
  xmacgreek: 'x-mac-greek',
  macgreek: 'x-mac-greek',
  xmacicelandic: 'x-mac-icelandic',
  xmaciceland: 'x-mac-icelandic',
  maciceland: 'x-mac-icelandic',
  xmacromanian: 'x-mac-romanian',
  xmacromania: 'x-mac-romanian',
  macromania: 'x-mac-romanian',
  xmacturkish: 'x-mac-turkish',
  macturkish: 'x-mac-turkish',
  xmacthai: 'x-mac-thai',
  macthai: 'x-mac-thai',
  // In these the letters have the places of the ISO sets; only signs differ.
  xmachebrew: 'iso-8859-8',
  xmacarabic: 'iso-8859-6',
  xmacjapanese: 'shift_jis',
  xmackorean: 'euc-kr',
  xmacchinesesimp: 'gb18030',
  xmacchinesetrad: 'big5',
  cyrillic: 'iso-8859-5',
  greek: 'iso-8859-7',
  hebrew: 'iso-8859-8',
  logical: 'iso-8859-8',
  visual: 'iso-8859-8',
  arabic: 'iso-8859-6',
  thai: 'windows-874',
  tis620: 'windows-874',
  shiftjis: 'shift_jis',
  xsjis: 'shift_jis',
  sjis: 'shift_jis',
  mskanji: 'shift_jis',
  windows31j: 'shift_jis',
  eucjp: 'euc-jp',
  xeuc: 'euc-jp',
  xeucjp: 'euc-jp',
  ujis: 'euc-jp',
  iso2022jp: 'iso-2022-jp',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  iso2022jp3: 'iso-2022-jp',
  iso2022jp2004: 'iso-2022-jp',
  iso2022jpms: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  jis7: 'iso-2022-jp',
  iso2022kr: 'iso-2022-kr',
  iso2022cn: 'iso-2022-cn',
  hz: 'hz',
  hzgb2312: 'hz',
  gb2312: 'gb18030',
  gb231280: 'gb18030',
  xgb2312: 'gb18030',
  gbk: 'gb18030',
  xgbk: 'gb18030',
  gb18030: 'gb18030',
  gb: 'gb18030',
  chinese: 'gb18030',
  euccn: 'gb18030',
  big5: 'big5',
  xxbig5: 'big5',
  big5hkscs: 'big5',
  bigfive: 'big5',
  ksc5601: 'euc-kr',
  ksc56011987: 'euc-kr',
  ksc56011989: 'euc-kr',
  kscode: 'euc-kr',
  korean: 'euc-kr',
  euckr: 'euc-kr',
  uhc: 'euc-kr',
  viscii: 'viscii',
  tcvn: 'tcvn',
  armscii8: 'armscii8',
};

const byCodePage: Record<string, string> = {
  '866': 'ibm866',
  '874': 'windows-874',
  '932': 'shift_jis',
  '936': 'gb18030',
  '943': 'shift_jis',
  '949': 'euc-kr',
  '950': 'big5',
  '1200': 'utf-16le',
  '1201': 'utf-16be',
  '10000': 'macintosh',
  '10006': 'x-mac-greek',
  '10007': 'x-mac-cyrillic',
  '10010': 'x-mac-romanian',
  '10017': 'x-mac-cyrillic',
  '10029': 'x-mac-ce',
  '10079': 'x-mac-icelandic',
  '10081': 'x-mac-turkish',
  '10082': 'x-mac-croatian',
  '20127': 'us-ascii',
  '20866': 'koi8-r',
  '21866': 'koi8-u',
  '50220': 'iso-2022-jp',
  '50221': 'iso-2022-jp',
  '50222': 'iso-2022-jp',
  '50225': 'iso-2022-kr',
  '51932': 'euc-jp',
  '51949': 'euc-kr',
  '52936': 'hz',
  '54936': 'gb18030',
  '65000': 'utf-7',
  '65001': 'utf-8',
};

/** Older labels and the newer, wider charset that senders mean by them. */
const widened: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
};

const latinNumbers = ['1', '2', '3', '4', '9', '10', '13', '14', '15', '16'];

function fromPattern(squeezed: string): string | null {
  const iso = /^(?:x|cs)?(?:iso)?(?:ir\d+)?8859(1[0-6]|[1-9])(?:[ei]|\d{4})?$/.exec(squeezed)?.[1];
  if (iso !== undefined) return `iso-8859-${iso}`;
  const latin = /^(?:x|cs)?(?:iso)?latin(10|[1-9])$/.exec(squeezed)?.[1];
  if (latin !== undefined) return `iso-8859-${latinNumbers[Number(latin) - 1]}`;
  const page = /^(?:x|cs)?(?:windows|win|ansi|ms|ibm|dos|oem|codepage|cp|pc)*(\d{3,5})$/.exec(squeezed)?.[1];
  if (page === undefined) return null;
  const known = byCodePage[page];
  if (known !== undefined) return known;
  if (/^125[0-8]$/.test(page)) return `windows-${page}`;
  const isoPage = /^2859(\d)$|^2860(\d)$/.exec(page);
  if (isoPage) return isoPage[1] ? `iso-8859-${Number(isoPage[1])}` : `iso-8859-1${isoPage[2]}`;
  return iconv.encodingExists(`cp${page}`) ? `cp${page}` : null;
}

const resolved = new Map<string, string | null>();

function resolve(label: string): string | null {
  const squeezed = label
    .toLowerCase()
    .replace(/[*;\s].*$/, '')
    .replace(/:(?:19|20)\d\d$/, '')
    .replace(/[^a-z0-9]/g, '');
  if (squeezed === '' || sayNothing.has(squeezed)) return null;
  const name = byName[squeezed] ?? byName[squeezed.replace(/^(?:cs|x)/, '')] ?? fromPattern(squeezed);
  if (name != null) return widened[name] ?? name;
  return iconv.encodingExists(squeezed) && !/^(?:utf7imap|binary)$/.test(squeezed) ? squeezed : null;
}

/**
 * The one name we use for a charset, from any spelling of its label: `cp1251`, `"Windows1251"`, `x-sjis`. Older
 * sets are widened to what senders mean by them (iso-8859-1 reads as windows-1252). Null for a label that is
 * unknown or says nothing.
 */
export function canonicalCharset(label: string): string | null {
  const short = label
    .slice(0, 60)
    .trim()
    .replace(/^["']+/, '');
  const known = resolved.get(short);
  if (known !== undefined) return known;
  // Labels come from strangers: the memory of them must not grow without end.
  if (resolved.size > 500) resolved.clear();
  const name = resolve(short);
  resolved.set(short, name);
  return name;
}
