/** Whether a host name can be taken for another: mixed scripts and letters that look Latin. Unicode TR 39, 5.2. */
import { domainToASCII, domainToUnicode } from 'node:url';

/** What is suspicious about a host name. */
export type HostFlag = 'mixed-scripts' | 'look-alike' | 'ip-address' | 'local-host';

/** A host in both forms, and what is suspicious about it. */
export type JudgedHost = {
  /** As people read it. */
  readonly unicode: string;
  /** As the network knows it (punycode), lower case. */
  readonly ascii: string;
  readonly flags: readonly HostFlag[];
};

const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Thai',
  'Devanagari',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Cherokee',
  'Ethiopic',
] as const;
const scriptTests = scripts.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
const anyLetter = /\p{L}/u;

/** Scripts that are written together by habit; anything else together in one label is suspicious. */
const familiarMixtures = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/** Letters of other scripts that are drawn like Latin ones, lower case: a label of nothing else reads as Latin. */
const looksLatin = new Set([
  ...'асԁеһіјӏорԛѕѵѡхуԝкмнтвгьпєзґѐёї', // Cyrillic
  ...'αβγικνορτυωχηϲϳ', // Greek
  ...'օոսհցքԁզյաեւ', // Armenian
  ...'ꭰꭱꭲꮃꮇꮋꮪꮯꮶꮷꮤꮐꮮꮅꮢ', // Cherokee
]);
const invisibleOrOdd = /[\p{Cf}\p{Cc}\p{Z}\u00b7\u2019\u02bc\u2044\u2215\u29f8\u3002\ua78c]|\u0338/u;

/** Judges a host given in either form; an IPv6 address comes in brackets. */
export function judgeHost(host: string): JudgedHost {
  const bare = host.replace(/\.$/, '').toLowerCase();
  const isAddress = /^\[.*\]$/.test(bare) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare);
  if (isAddress) return { unicode: bare, ascii: bare, flags: ['ip-address'] };
  const ascii = domainToASCII(bare) || bare;
  const unicode = domainToUnicode(ascii) || ascii;
  const labels = unicode.split('.');
  const top = labels[labels.length - 1] ?? '';
  const flags = new Set<HostFlag>();
  for (const label of labels) {
    if (hasMixedScripts(label)) flags.add('mixed-scripts');
    if (readsAsLatin(label, top) || invisibleOrOdd.test(label)) flags.add('look-alike');
  }
  if (labels.length < 2 || /\.(?:local|localhost|internal|lan|home|corp)$/.test(`.${unicode}`))
    flags.add('local-host');
  return { unicode, ascii, flags: [...flags] };
}

/** Whether a word mixes scripts that are not written together by habit. */
export function hasMixedScripts(word: string): boolean {
  const found = new Set<string>();
  for (const char of word) {
    if (!anyLetter.test(char)) continue;
    const script = scriptTests.find(([, test]) => test.test(char))?.[0];
    if (script !== undefined) found.add(script);
  }
  return found.size > 1 && !familiarMixtures.some((mixture) => [...found].every((name) => mixture.has(name)));
}

/** A Cyrillic label under a Cyrillic top level is honest. The same label under .com is made to be misread. */
function readsAsLatin(label: string, top: string): boolean {
  const letters = [...label].filter((char) => anyLetter.test(char));
  const isForeign = letters.some((char) => (char.codePointAt(0) ?? 0) > 0x24f);
  const topIsForeign = [...top].some((char) => (char.codePointAt(0) ?? 0) > 0x24f);
  return isForeign && !topIsForeign && letters.every((char) => char < '\u0080' || looksLatin.has(char));
}
