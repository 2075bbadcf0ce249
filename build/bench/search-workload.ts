import type { MessageFindings } from '../../electron/store/intake/parsed-messages.ts';

/*
 * Mail to search in, the same each time: Russian and English in the proportions of real text (the word of rank r as
 * often as 1/r), each word in its forms, people who write much and people who write once.
 */

let seed = 42;

/** A number from 0 up to 1, the next of one fixed row. */
export function random(): number {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

const commonWords =
  'и the в to на of не and с a что in по is это for к you у that за we мы on из it для вы be от are как with so но please thanks есть this спасибо'
    .split(' ')
    .map((word) => [word]);
const knownWords: readonly (readonly string[])[] = [
  'письмо письма письму письмом письме писем',
  'договор договора договору договором договоре договоры',
  'invoice invoices invoiced',
  'meeting meetings meet meets',
  'встреча встречи встрече встречу встречей',
  'report reports reported reporting',
  'бумага бумаги бумаге бумагу бумагами',
  'payment payments pay paid',
  'счёт счёта счёту счётом счетов',
  'delivery deliveries delivered',
  'заказ заказа заказом заказы заказов',
  'password passwords',
].map((forms) => forms.split(' '));

const russianEndings = ['', 'а', 'у', 'ом', 'е', 'ы', 'ов', 'ам', 'ами', 'ах'];
const englishEndings = ['', 's', 'ed', 'ing'];
const russianSyllables =
  'ка мо ре ти сол бан дор фи ра сто ли пен вод ный про гу ше бло зна чер пла вер кон'.split(' ');
const englishSyllables =
  'con pro ment ter ra li no be ver sta pre com tra sub net mar gen tic lo wa shi pan'.split(' ');

const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;

function madeWord(): readonly string[] {
  const isRussian = random() < 0.5;
  const stem = Array.from({ length: 2 + Math.floor(random() * 3) }, () =>
    pick(isRussian ? russianSyllables : englishSyllables),
  ).join('');
  return (isRussian ? russianEndings : englishEndings).map((ending) => stem + ending);
}

const lemmas = [...commonWords, ...knownWords, ...Array.from({ length: 40_000 }, madeWord)];
/** How much of all text the words up to each rank make up. */
const shares = new Float64Array(lemmas.length);
let all = 0;
for (const rank of lemmas.keys()) {
  all += 1 / (rank + 1);
  shares[rank] = all;
}

function rankOf(share: number): number {
  let low = 0;
  let high = lemmas.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shares[middle] ?? 0) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

const word = (): string => pick(lemmas[rankOf(random() * all)] ?? ['']);
const words = (many: number): string => Array.from({ length: many }, word).join(' ');

const people = Array.from({ length: 4000 }, (_, index) => ({
  name: `${pick(pick(lemmas))} ${pick(pick(lemmas))}`,
  address: `${pick(englishSyllables)}${index}@${index < 2000 ? 'example.org' : `${pick(englishSyllables)}.example.com`}`,
}));
/** Few people write most of the mail. */
const someone = () => people[Math.floor(random() ** 3 * people.length)] ?? { name: '', address: '' };

const attached = [
  'Договор.pdf',
  'invoice.pdf',
  'photo.jpg',
  'Счёт на оплату.docx',
  'minutes.odt',
  'archive.zip',
];

/** A word of the rank, 0 the most frequent, in its first form. */
export function wordOfRank(rank: number): string {
  return lemmas[rank]?.[0] ?? '';
}

/** What a parser would make of the message with this number: 2 KB of text on average over five years. */
export function searchedMessage(number: number): MessageFindings {
  const hasFile = random() < 0.15;
  const name = pick(attached);
  return {
    subject: words(2 + Math.floor(random() * 6)),
    from: someone(),
    to: random() < 0.8 ? [{ name: 'Anna', address: 'anna@example.org' }] : [someone(), someone()],
    cc: random() < 0.1 ? [someone()] : [],
    sentAt: Date.UTC(2020, 0, 1) + Math.floor(random() * 5 * 365 * 86_400_000),
    messageId: `${number}@example.org`,
    inReplyTo: [],
    references: random() < 0.3 ? [`${Math.max(1, number - Math.floor(random() * 50))}@example.org`] : [],
    preview: words(12),
    text: words(Math.floor(40 + 560 * random() ** 2)),
    attachments: hasFile
      ? [{ part: '2', name, type: '', sizeBytes: 1, sha256: '', contentId: null, isInline: false }]
      : [],
    warnings: [],
  };
}

/** What people look for, by kind; a list is typed letter by letter. */
export const queries: Readonly<Record<string, readonly string[]>> = {
  'a word nearly all mail has': ['the ', 'и ', 'please '],
  'a word half of it has': ['спасибо ', 'письмо '],
  'word form, Russian': ['договорами ', 'бумагу ', 'встречей '],
  'word form, English': ['invoices ', 'meetings ', 'reporting '],
  'word of a middling rank': [200, 600, 2000].map((rank) => `${wordOfRank(rank)} `),
  'rare word': [8000, 20_000, 39_000].map((rank) => `${wordOfRank(rank)} `),
  'prefix of one letter': ['п', 't', 'и'],
  'prefix of two letters': ['по', 'th', 'пр', 'co', 'an'],
  'prefix of three letters': ['пис', 'про', 'con', 'pro', 'inv'],
  'prefix of four letters': ['пись', 'дого', 'meet', 'conp'],
  'two broad words': ['the please ', 'и письмо', 'спасибо договор'],
  'three words': ['invoice payment delivery', 'и the в '],
  phrase: ['"the invoice"', '«и договор»', '"in the"', '"no such words together at all"'],
  from: [`from:${people[0]?.address.split('@')[0]}`, 'from:example', 'from:a', `from:${people[9]?.address}`],
  to: ['to:anna', 'to:example.org'],
  subject: ['subject:invoice', 'subject:the', 'subject:пи'],
  attachment: ['has:attachment', 'has:attachment invoice', 'filename:договор', 'filename:p'],
  dates: ['after:2024-06', 'before:2020-03', 'after:2022 before:2023 the ', 'after:2024-12 письмо'],
  marks: ['is:unread', 'is:unread the ', 'is:starred', 'tag:work', 'tag:work письмо', 'is:read and'],
  'size, folder': ['larger:1m', 'smaller:1k the', 'in:archive invoice', 'in:trash the', 'in:inbox и '],
  without: ['-the ', 'и -the ', 'invoice -has:attachment', '-from:example meeting'],
  'nothing found': ['nosuchword', 'абракадабрище', 'from:nobodyatall', 'tag:none'],
};

/** Queries typed letter by letter as a person does, the whole text at the end. */
export const typedQueries: readonly string[] = [
  'письмо договор',
  'invoice payment',
  'from:anna встреча',
  'spasibo',
  wordOfRank(3000),
  'the meeting in',
];
