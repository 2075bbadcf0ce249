import { decodeAs } from '../charset/charset-decode.ts';
import { canonicalCharset } from '../charset/charset-names.ts';

/** The words of an RTF body; as HTML when the RTF only wraps HTML, as Outlook does. */
export type RtfBody = { readonly text: string | null; readonly html: string | null };

/** What holds inside one pair of braces. */
type Group = {
  isSkipped: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0`: RTF that repeats what the HTML tags say. */
  isRepeated: boolean;
  charset: string;
  /** How many characters stand for a `\u` letter in readers that do not know it. */
  fallback: number;
};

const maximumDepth = 200;
const maximumText = 4_000_000;

/** Groups that hold no words of the body. */
const skipped =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header|footer|generator|themedata|listtable|listoverridetable|xmlnstbl|rsidtbl|mmathPr|datastore|latentstyles|fldinst|bkmkstart|bkmkend)$/;
const symbols: Record<string, string> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: '\t',
  tab: '\t',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  emspace: ' ',
  enspace: ' ',
  '~': '\u00a0',
  _: '-',
};
/** Windows code pages of the font charset numbers that are not Latin. */
const fontCharsets: Record<string, string> = {
  '128': 'shift_jis',
  '129': 'euc-kr',
  '134': 'gb18030',
  '136': 'big5',
  '161': 'windows-1253',
  '162': 'windows-1254',
  '163': 'windows-1258',
  '177': 'windows-1255',
  '178': 'windows-1256',
  '186': 'windows-1257',
  '204': 'windows-1251',
  '222': 'windows-874',
  '238': 'windows-1250',
};

const token =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/g;

/** The charset of each font of the font table, by its number. */
function fontTable(rtf: string): Map<string, string> {
  const fonts = new Map<string, string>();
  for (const match of rtf
    .slice(0, 100_000)
    .matchAll(/\\f(\d{1,5})(?:\\[a-z]+-?\d*){0,6}?\\fcharset(\d{1,3})/g)) {
    const charset = fontCharsets[match[2] ?? ''];
    if (charset !== undefined) fonts.set(match[1] ?? '', charset);
  }
  return fonts;
}

/** Collects words; raw bytes are gathered until their charset is sure. */
class TextBuilder {
  #text: string[] = [];
  #bytes: number[] = [];
  #charset = 'windows-1252';
  #length = 0;

  get isFull(): boolean {
    return this.#length > maximumText;
  }

  addByte(byte: number, charset: string): void {
    if (charset !== this.#charset) this.#flush();
    this.#charset = charset;
    this.#bytes.push(byte);
  }

  add(text: string): void {
    this.#flush();
    this.#text.push(text);
    this.#length += text.length;
  }

  text(): string {
    this.#flush();
    return this.#text.join('');
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = decodeAs(Buffer.from(this.#bytes), this.#charset);
    this.#bytes = [];
    this.#text.push(text);
    this.#length += text.length;
  }
}

/** Reads the words out of RTF, or the HTML that it wraps. Never throws; bounded in depth and length. [MS-OXRTFEX] §2.2. */
export function readRtf(bytes: Buffer): RtfBody {
  // Some programs fill up the end with zeros.
  const rtf = bytes.toString('latin1').replaceAll('\0', '');
  if (!/^\s*\{\\rtf/.test(rtf)) return { text: null, html: null };
  const isHtml = /\\fromhtml1\b/.test(rtf.slice(0, 2000));
  const page =
    canonicalCharset(`cp${/\\ansicpg(\d{3,5})/.exec(rtf.slice(0, 2000))?.[1] ?? '1252'}`) ?? 'windows-1252';
  const fonts = fontTable(rtf);
  const words = new TextBuilder();
  let group: Group = { isSkipped: false, isRepeated: false, charset: page, fallback: 1 };
  const stack: Group[] = [];
  let leftOut = 0;
  for (const match of rtf.matchAll(token)) {
    const [, word, number, hex, symbol, brace, plain] = match;
    if (words.isFull) break;
    if (brace === '{' && stack.length < maximumDepth) stack.push({ ...group });
    else if (brace === '}') group = stack.pop() ?? group;
    if (brace !== undefined) continue;
    const isShown = !group.isSkipped && !group.isRepeated;
    if (word !== undefined) {
      leftOut = readWord(word, number, { group, words, fonts, page, isHtml, isShown }) ? group.fallback : 0;
    } else if (symbol === '*') group.isSkipped = true;
    else if (leftOut > 0 && (hex !== undefined || plain !== undefined)) {
      // These letters only stand in for the `\u` letter before them.
      if (plain !== undefined && isShown && plain.length > leftOut) words.add(plain.slice(leftOut));
      leftOut = Math.max(0, leftOut - (plain?.length ?? 1));
    } else if (!isShown) continue;
    else if (hex !== undefined) words.addByte(Number.parseInt(hex, 16), group.charset);
    else if (symbol !== undefined) words.add(symbols[symbol] ?? (/[\\{}]/.test(symbol) ? symbol : ''));
    else if (plain !== undefined) words.add(plain);
  }
  const text = words.text();
  return isHtml ? { text: null, html: text } : { text, html: null };
}

type Reading = {
  readonly group: Group;
  readonly words: TextBuilder;
  readonly fonts: ReadonlyMap<string, string>;
  readonly page: string;
  readonly isHtml: boolean;
  readonly isShown: boolean;
};

/** Obeys one control word; true when it is a `\u` letter, whose stand-in follows. */
function readWord(word: string, number: string | undefined, reading: Reading): boolean {
  const { group, words, fonts, page, isHtml, isShown } = reading;
  if (word === 'htmlrtf') group.isRepeated = isHtml && number !== '0';
  else if (word === 'htmltag') {
    // Tags of the wrapped HTML are the one kind of starred group that is shown.
    group.isSkipped = !isHtml;
    group.isRepeated = false;
  } else if (skipped.test(word)) group.isSkipped = true;
  else if (word === 'f') group.charset = fonts.get(number ?? '') ?? page;
  else if (word === 'uc') group.fallback = Math.min(Number(number ?? 1), 10);
  else if (word === 'u' && number !== undefined) {
    if (isShown) words.add(String.fromCharCode(Number(number) & 0xffff));
    return true;
  } else if (isShown && symbols[word] !== undefined) words.add(symbols[word] ?? '');
  return false;
}
