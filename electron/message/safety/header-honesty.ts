/** What is shown of headers: text without tricks, the real address beside the name, and what is odd about a sender. */
import { getDomain } from 'tldts';
import type { EmailAddress } from '../../../shared/message.ts';
import { judgeHost } from './host-honesty.ts';

/** What is odd about a sender, one word per sentence shown. */
export type SenderFlag =
  /** The name holds an address other than the real one. */
  | 'name-holds-address'
  /** Answers would go to another domain. */
  | 'reply-to-elsewhere'
  /** The domain mixes scripts or reads like another one. */
  | 'mixed-script'
  /** Invisible characters or direction marks were removed. */
  | 'hidden-characters'
  | 'no-address';

/** A sender as it is shown. */
export type JudgedSender = {
  /** Cleaned name; empty when there is none. */
  readonly name: string;
  /** Address with its domain as people read it. */
  readonly address: string;
  /** Address with its domain as the network knows it; differs from `address` for international names. */
  readonly addressAscii: string;
  readonly flags: readonly SenderFlag[];
};

const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const invisible =
  /[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\p{Co}\p{Cs}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]|[\u{e0000}-\u{e00ff}]|[\u{e01f0}-\u{e0fff}]|\u034f|\u17b4|\u17b5/gu;
/** Joiners belong between letters of Arabic and Indic scripts and inside emoji; anywhere else they only hide. */
const joinedBefore =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\p{Mn}|\ufe0f/u
    .source;
const strayJoiner = new RegExp(
  `(?<!${joinedBefore})[\\u200c\\u200d]|[\\u200c\\u200d](?![\\p{L}\\p{Extended_Pictographic}])`,
  'gu',
);
const strayVariation = /(?<![\p{Extended_Pictographic}0-9#*\p{Script=Han}])\p{Variation_Selector}/gu;
const heapOfMarks = /(\p{M}{4})\p{M}+/gu;

/** One line of header text as it may be shown anywhere: no control, direction, zero-width or blank-looking characters. */
export function cleanHeaderText(text: string): string {
  return text
    .normalize('NFC')
    .replace(controls, ' ')
    .replace(directionMarks, '')
    .replace(invisible, '')
    .replace(strayJoiner, '')
    .replace(strayVariation, '')
    .replace(heapOfMarks, '$1')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .trim();
}

/** Judges who a message says it is from; `replyTo` is what answers would go to. */
export function judgeSender(sender: {
  readonly from: EmailAddress;
  readonly replyTo?: readonly EmailAddress[];
}): JudgedSender {
  const name = cleanHeaderText(sender.from.name);
  const raw = cleanHeaderText(sender.from.address).replace(/\s/g, '');
  const { local, host } = splitAddress(raw);
  const flags = new Set<SenderFlag>();
  if (raw === '' || host === '') flags.add('no-address');
  const judged = judgeHost(host);
  if (judged.flags.includes('mixed-scripts') || judged.flags.includes('look-alike'))
    flags.add('mixed-script');
  if (namesOtherAddress(name, local, judged.ascii)) flags.add('name-holds-address');
  if (hidesSomething(sender.from.name) || hidesSomething(sender.from.address)) flags.add('hidden-characters');
  const elsewhere = (sender.replyTo ?? []).some((one) => {
    const target = splitAddress(cleanHeaderText(one.address)).host;
    return target !== '' && siteOf(judgeHost(target).ascii) !== siteOf(judged.ascii);
  });
  if (elsewhere) flags.add('reply-to-elsewhere');
  return {
    name: name === raw ? '' : name,
    address: host === '' ? raw : `${local}@${judged.unicode}`,
    addressAscii: host === '' ? raw : `${local}@${judged.ascii}`,
    flags: [...flags],
  };
}

function splitAddress(address: string): { local: string; host: string } {
  const at = address.lastIndexOf('@');
  return at < 0 ? { local: address, host: '' } : { local: address.slice(0, at), host: address.slice(at + 1) };
}

function siteOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

function namesOtherAddress(name: string, local: string, host: string): boolean {
  // Nobody reads further, and a name of megabytes must not cost minutes.
  const folded = name.slice(0, 1_000).normalize('NFKC');
  for (const match of folded.matchAll(
    /([\p{L}\p{N}._%+-]+)\s?@\s?((?:[\p{L}\p{N}-]+\.)+[\p{L}][\p{L}\p{N}-]+)/gu,
  ))
    if (match[1]?.toLowerCase() !== local.toLowerCase() || judgeHost(match[2] ?? '').ascii !== host)
      return true;
  return false;
}

function hidesSomething(text: string): boolean {
  return [directionMarks, invisible, strayJoiner, /[\p{Cc}\p{Zl}\p{Zp}]/gu].some(
    (pattern) => text.search(pattern) >= 0,
  );
}
