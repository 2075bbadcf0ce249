import { expect, test } from 'vitest';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import { codesOf } from '../../../electron/store/search/codes.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const nothing: MessageFindings = {
  subject: '',
  from: { name: '', address: '' },
  to: [],
  cc: [],
  sentAt: null,
  messageId: null,
  inReplyTo: [],
  references: [],
  preview: '',
  text: '',
  attachments: [],
  warnings: [],
};

/** A mailbox of these texts; answers which of them a query finds, by their languages. */
async function mailbox(texts: Readonly<Record<string, string>>): Promise<(query: string) => string> {
  const store = await openTestStore({ folder: newFolder() });
  const names = Object.keys(texts);
  const ids = await storeMail(
    store,
    names.map((name) => ({ uidl: name, bytes: mail(name) })),
  );
  await store.parsed.setMany(
    names.map((name, index) => ({
      id: ids[index] as MessageId,
      parsed: {
        ...nothing,
        text: texts[name] ?? '',
        from: name === 'en' ? { name: 'Jürgen Müller', address: 'jm@example.org' } : nothing.from,
        ...(name === '?' ? {} : { language: name.slice(0, 2) }),
      },
    })),
  );
  return (query) =>
    store.lists
      .search(query)
      .rows.map(({ id }) => names[ids.indexOf(id)])
      .sort()
      .join(' ');
}

const texts = {
  en: 'The painter’s mice were bought in two centres. Order AB-99812, total 1,234.50, call +49 30 123456.',
  de: 'Unsere Häuser stehen an der Straße; die Rechnungen sind bezahlt, wir fuhren nach Köln.',
  fr: 'Les chevaux de l’école: vos factures impayées et l’œuvre complète.',
  es: 'Enviamos las facturas pagadas a los directores de las estaciones.',
  it: 'Le fatture dell’università; le amiche scrivevano ai ragazzi.',
  pl: 'Zapłaciliśmy zaległe faktury w Łodzi, dzieci poszły z psami w piątku.',
  cs: 'Zaplatili jsme dlužné faktury, děti šly se psy v pátku.',
  uk: 'Ми сплатили рахунки за серпень, п’ятеро дітей з ґелґотом поїхали до Києва.',
  ru: 'Дети друзьям писали письма из городов.',
  tr: 'İSTANBUL TOPLANTISI dışarıda, evlerimizden kitapları getirdik.',
  he: 'שלחנו את החשבוניות למשרד, והילדים שָׁלוֹם.',
  ar: 'وصلت الفواتير إلى المكتب، والمدرسة مغلقة عام ٢٠٢٤ في القاهـــرة. أحمد',
  ja: '東京都の会議室で請求書を受け取りました。明日手紙を書きます。ＡＢＣ１２３、飛行機',
  zh: '我們在會議室開發票。',
  ko: '영수증은 사무실에 있습니다. 검토합니다.',
} as const;

/** Queries and whose texts they find; a blank behind a word makes it a whole one. */
const expected: readonly (readonly [string, string])[] = [
  // Letters that keyboards lack, and spellings that stand for them.
  ['strasse', 'de'],
  ['Straße', 'de'],
  ['koeln ', 'de'],
  ['Koln ', 'de'],
  ['haeuser ', 'de'],
  ['from:mueller', 'en'],
  ['from:muller', 'en'],
  ['oeuvre ', 'fr'],
  ['Lodzi ', 'pl'],
  ['toplantısı', 'tr'],
  ['istanbul', 'tr'],
  ['disarida', 'tr'],
  ['гелготом ', 'uk'],
  ['пʼятеро', 'uk'],
  ['القاهره ', 'ar'],
  ['2024', 'ar'],
  ['احمد ', 'ar'],
  ['שלומ ', 'he'],
  ['abc123', 'ja'],
  // Forms of words, by the language of the message.
  ['Haus ', 'de'],
  ['fahren ', 'de'],
  ['mouse ', 'en'],
  ['buying ', 'en'],
  ['center ', 'en'],
  ['cheval ', 'fr'],
  ['impayé ', 'fr'],
  ['pagado ', 'es'],
  ['director ', 'es'],
  ['fattura ', 'it'],
  ['scrivere ', 'it'],
  ['zaległy ', 'pl'],
  ['dziecko ', 'pl'],
  ['piątek ', 'pl'],
  ['pátek ', 'cs'],
  ['dítě ', 'cs'],
  ['рахунок ', 'uk'],
  ['серпня ', 'uk'],
  ['друг ', 'ru'],
  ['ребёнок ', 'ru'],
  ['kitap ', 'tr'],
  ['حساب ', ''],
  ['فاتورة ', 'ar'],
  ['مدرسة ', 'ar'],
  ['مكتب ', 'ar'],
  ['חשבונית ', 'he'],
  ['משרד ', 'he'],
  ['ילדים ', 'he'],
  ['영수증 사무실 ', 'ko'],
  ['검토하다 ', 'ko'],
  ['受け取る ', 'ja'],
  ['書く ', 'ja'],
  // Words that are written together with another.
  ['école ', 'fr'],
  ["d'école", 'fr'],
  ["painter's ", 'en'],
  ['università ', 'it'],
  // Traditional and simplified characters, but not in Japanese.
  ['发票', 'zh'],
  ['會議', 'zh'],
  ['機', 'ja'],
  ['机', ''],
  // Numbers and codes.
  ['AB99812 ', 'en'],
  ['ab-99812 ', 'en'],
  ['99812 ', 'en'],
  ['1234.50 ', 'en'],
  ['1234 ', 'en'],
  ['+4930123456 ', 'en'],
  // Another keyboard layout, where a word is nowhere.
  ['gbcmvf ', 'ru'],
  ['ьщгыу ', 'en'],
  ['хфктуи ', ''],
];

test('a query finds each language as its people type it', async () => {
  const find = await mailbox(texts);
  expect(expected.map(([query]) => [query, find(query)])).toEqual(expected);
});

test('what may be meant is told of a word that is nowhere, and words are found in compounds', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const letters = [
    { text: 'The committees approved the budgets of the committees.', language: 'en' },
    { text: 'Die Krankenversicherungskarte wurde bezahlt, die Gepäckkarten auch.', language: 'de' },
    { text: 'Подписанные договоры лежат у бухгалтера.', language: 'ru' },
  ];
  const ids = await storeMail(
    store,
    letters.map((_, index) => ({ uidl: `${index}`, bytes: mail(`${index}`) })),
  );
  await store.parsed.setMany(
    letters.map((letter, index) => ({ id: ids[index] as MessageId, parsed: { ...nothing, ...letter } })),
  );
  const advice = {
    comittees: await store.lists.advice('comittees budget'),
    бухалтера: await store.lists.advice('бухалтера'),
    ljujdjhs: await store.lists.advice('ljujdjhs'),
    budgets: await store.lists.advice('budgets -nowhere "no such"'),
  };
  const total = (query: string) => store.lists.search(query).total;
  expect({
    advice,
    compounds: ['Karte ', 'Versicherung ', 'karten ', 'rungska ', 'card '].map(total),
  }).toEqual({
    advice: {
      comittees: [
        { kind: 'spelling', typed: 'comittees', word: 'committees', query: 'committees budget', total: 1 },
      ],
      бухалтера: [
        { kind: 'spelling', typed: 'бухалтера', word: 'бухгалтера', query: 'бухгалтера', total: 1 },
      ],
      ljujdjhs: [{ kind: 'layout', typed: 'ljujdjhs', used: 'договоры' }],
      budgets: [],
    },
    compounds: [1, 1, 1, 0, 0],
  });
});

test('codes are found without the signs inside them', () => {
  expect([
    codesOf('invoice-2024-117.pdf'),
    codesOf('1 234,50 and 12.03.2024'),
    codesOf('no digits, e-mail'),
  ]).toEqual([['invoice2024117pdf', '2024117'], ['23450', '234', '12032024', '123450', '1234'], []]);
});
