import { expect, test } from 'vitest';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import { textWords } from '../../../electron/store/search/search-words.ts';
import { stemIn } from '../../../electron/store/search/stemmers.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { takeIndexBack } from '../index/older-index.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { searchesFindWhatTheyShould } from './search-properties.ts';

const wordsOf = (text: string) => textWords(text).map(({ folded }) => folded);

const letters: readonly (Partial<MessageFindings> & { name: string })[] = [
  {
    name: 'invoice',
    subject: 'Invoice for March',
    from: { name: 'Marta Söderström', address: 'billing@shop.example' },
    text: 'Please find the invoices attached. Payment within 14 days.',
    sentAt: new Date(2024, 2, 5).getTime(),
    attachments: [
      {
        part: '2',
        name: 'Счёт-№17.pdf',
        type: 'application/pdf',
        sizeBytes: 1,
        sha256: '',
        contentId: null,
        isInline: false,
      },
    ],
  },
  {
    name: 'meeting',
    subject: 'Встреча в четверг',
    from: { name: 'Пётр Ёлкин', address: 'petr@пример.рф' },
    to: [{ name: 'Anna', address: 'anna@example.org' }],
    text: 'Привет! Бумаги для встречи лежат на столе. Принеси ещё ручку.',
    sentAt: new Date(2024, 4, 20).getTime(),
  },
  {
    name: 'walk',
    subject: 'Re: walking in the hills',
    from: { name: 'John', address: 'john@example.com' },
    text: 'We walked for hours; the café at the top was closed. A walker told us so.',
    sentAt: new Date(2023, 6, 1).getTime(),
  },
  {
    name: 'tokyo',
    subject: '東京の会議',
    from: { name: '田中', address: 'tanaka@example.jp' },
    text: '明日の会議は東京タワーで行います。',
    sentAt: new Date(2022, 0, 1).getTime(),
  },
  {
    name: 'thrown',
    subject: 'Invoice thrown away',
    from: { name: 'X', address: 'x@example.org' },
    text: 'invoice',
  },
];

async function library(): Promise<{ store: Store; ids: readonly number[]; find(query: string): string[] }> {
  const store = await openTestStore({ folder: newFolder() });
  const ids = await storeMail(
    store,
    letters.map(({ name }) => ({ uidl: name, bytes: mail(name) })),
  );
  await store.parsed.setMany(
    letters.map(({ name: _name, ...letter }, index) => ({
      id: ids[index] as MessageId,
      parsed: {
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
        ...letter,
      },
    })),
  );
  const nameOf = new Map(ids.map((id, index) => [id, letters[index]?.name ?? '']));
  await store.marks.moveTo({ kind: 'ids', ids: [ids[4] as MessageId] }, 'trash');
  await store.marks.setTags({ kind: 'ids', ids: [ids[1] as MessageId] }, { add: ['важное'] });
  await store.marks.setRead({ kind: 'ids', ids: [ids[2] as MessageId] }, true);
  const find = (query: string) =>
    store.lists
      .search(query)
      .rows.map((row) => nameOf.get(row.id as number) ?? '?')
      .sort();
  return { store, ids, find };
}

test('finds what a person would expect to find', async () => {
  const { find } = await library();
  const expected: Record<string, string[]> = {
    // Word forms, in both languages, either way round.
    invoices: ['invoice'],
    'walk ': ['walk'],
    бумага: ['meeting'],
    бумагами: ['meeting'],
    встречей: ['meeting'],
    четверга: ['meeting'],
    // Case, marks, ё.
    SODERSTROM: ['invoice'],
    'cafe ': ['walk'],
    елкин: ['meeting'],
    Ёлкин: ['meeting'],
    еще: ['meeting'],
    // All words, in any order; beginnings only of the last one, and only while it is typed.
    'payment invoice': ['invoice'],
    'invoice walk': [],
    invo: ['invoice'],
    'invo ': [],
    бум: ['meeting'],
    // Phrases are exact.
    '"find the invoices"': ['invoice'],
    '"the find invoices"': [],
    '"find the invoice"': [],
    '«лежат на столе»': ['meeting'],
    // Operators.
    'from:marta': ['invoice'],
    'from:billing@shop.example': ['invoice'],
    'from:invoice': [],
    'to:anna': ['meeting'],
    'subject:встреча': ['meeting'],
    'subject:бумаги': [],
    'has:attachment': ['invoice'],
    счёт: ['invoice'],
    'filename:17': ['invoice'],
    'before:2023-12-31': ['tokyo', 'walk'],
    'after:2024-03-05 before:2024-03-06': ['invoice'],
    'after:01.05.2024': ['meeting'],
    'tag:важное': ['meeting'],
    'is:read': ['walk'],
    'is:unread after:2024': ['invoice', 'meeting'],
    '-has:attachment after:2024': ['meeting'],
    'after:2022 -walked': ['invoice', 'meeting', 'tokyo'],
    'in:trash invoice': ['thrown'],
    'larger:1m': [],
    // Words that steer.
    'payment OR встреча': ['invoice', 'meeting'],
    'invoice OR встреча is:unread': ['invoice', 'meeting'],
    '(payment ИЛИ walked) is:read': ['walk'],
    'after:2022 NOT (walked OR invoice)': ['meeting', 'tokyo'],
    '-(walked OR invoice) after:2022': ['meeting', 'tokyo'],
    'walked OR has:attachment': ['invoice', 'walk'],
    '-(is:read OR has:attachment) after:2022': ['meeting', 'tokyo'],
    'has:pdf': ['invoice'],
    'has:document -has:image': ['invoice'],
    'type:pdf': ['invoice'],
    'type:.PDF': ['invoice'],
    'has:video': [],
    'with:anna': ['meeting'],
    'from:(marta OR john)': ['invoice', 'walk'],
    'from:(marta OR john) (tokyo OR walked)': ['walk'],
    'from: marta': ['invoice'],
    'от:marta': ['invoice'],
    'тема:встреча это:непрочитанное': ['meeting'],
    'date:2024-05': ['meeting'],
    'date:20.05.2024': ['meeting'],
    'size:<1МБ after:2024-04': ['meeting'],
    'size:>1MB': [],
    'is:replied': [],
    // Writing without spaces.
    東京: ['tokyo'],
    タワー: ['tokyo'],
    京東: [],
    // Nothing and nonsense.
    '': [],
    '"': [],
    'AND OR NOT (': [],
    'OR )': [],
    'before:never': [],
    "';drop table words": [],
    '*': [],
  };
  const found = Object.fromEntries(Object.keys(expected).map((query) => [query, find(query)]));
  expect(found).toEqual(expected);
});

test('what a search leaves out in Trash and Junk is counted beside it', async () => {
  const { store, ids } = await library();
  await store.marks.moveTo({ kind: 'ids', ids: [ids[2] as MessageId] }, 'junk');
  const advice = async (query: string) =>
    (await store.lists.advice(query)).map((each) =>
      each.kind === 'left-out' ? [each.folder, each.query, each.total] : each,
    );
  expect([
    store.lists.search('walked').total,
    store.lists.search('in:junk walked').total,
    await advice('walked'),
    await advice('invo'),
    await advice('invoice OR walked'),
    await advice('in:inbox invoice'),
    await advice('payment'),
  ]).toEqual([
    0,
    1,
    [['junk', 'in:junk walked', 1]],
    [['trash', 'in:trash invo', 1]],
    [
      ['trash', 'in:trash (invoice OR walked)', 1],
      ['junk', 'in:junk (invoice OR walked)', 1],
    ],
    [],
    [],
  ]);
});

test('a common word is found as a rare one is, page by page, with the numbers of the whole', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const count = 3300;
  const ids = await storeMail(
    store,
    Array.from({ length: count }, (_, index) => ({ uidl: `u${index}`, bytes: mail(`s${index}`) })),
  );
  await store.parsed.setMany(
    ids.map((id, index) => ({
      id: id as MessageId,
      parsed: {
        subject: `letter ${index}`,
        from: { name: '', address: '' },
        to: [],
        cc: [],
        sentAt: 1e12 + index * 1000,
        messageId: null,
        inReplyTo: [],
        references: [],
        preview: '',
        text: index % 100 === 0 ? 'common rare' : 'common',
        attachments: [],
        warnings: [],
      },
    })),
  );
  await store.marks.setRead({ kind: 'ids', ids: ids.slice(0, 10) as MessageId[] }, true);
  const numbers = (query: string, offset = 0) => {
    const page = store.lists.search(query, { offset, limit: 2 });
    return [page.total, page.unread, page.rows.map((row) => row.subject)];
  };
  expect([
    numbers('common'),
    numbers('common', 3298),
    numbers('rare '),
    numbers('common -rare'),
    numbers('is:read common'),
    numbers('-rare'),
    numbers('subject:letter co', 3000),
  ]).toEqual([
    [3300, 3290, ['letter 3299', 'letter 3298']],
    [3300, 3290, ['letter 1', 'letter 0']],
    [33, 32, ['letter 3200', 'letter 3100']],
    [3267, 3258, ['letter 3299', 'letter 3298']],
    [10, 0, ['letter 9', 'letter 8']],
    [3267, 3258, ['letter 3299', 'letter 3298']],
    [3300, 3290, ['letter 299', 'letter 298']],
  ]);
  const sorted = (groupsByConversation: boolean) => {
    const sort = { by: 'date', descending: false } as const;
    const place = { kind: 'search', query: 'common' } as const;
    const page = store.lists.page({ place, sort, groupsByConversation, offset: 1, limit: 2 });
    return [page.total, page.unread, page.rows.map((row) => row.subject)];
  };
  expect([sorted(false), sorted(true)]).toEqual([
    [3300, 3290, ['letter 1', 'letter 2']],
    [3300, 3290, ['letter 1', 'letter 2']],
  ]);
});

test('mail of an index without lists of beginnings is parsed again, and found then', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  const [id] = (await storeMail(before, [{ bytes: mail('old') }])) as MessageId[];
  const parsed: MessageFindings = {
    subject: 'old',
    from: { name: '', address: '' },
    to: [],
    cc: [],
    sentAt: null,
    messageId: null,
    inReplyTo: [],
    references: [],
    preview: '',
    text: 'beginnings',
    attachments: [],
    warnings: [],
  };
  await before.parsed.set(id as MessageId, parsed);
  await before.close();
  takeIndexBack(folder, 1);
  const store = await openTestStore({ folder });
  const left = store.parsed.unparsed(10);
  await store.parsed.set(id as MessageId, parsed);
  expect([left, store.parsed.unparsed(10), store.lists.search('be').total]).toEqual([[id], [], 1]);
});

test('words are folded alike wherever they come from', () => {
  expect([
    wordsOf('Ёлка, е\u0308лка ÉCOLE é́cole Йод и\u0306од'),
    stemIn('ru', 'бумагами'),
    stemIn('en', 'walking'),
  ]).toEqual([['елка', 'елка', 'ecole', 'ecole', 'йод', 'йод'], 'бумаг', 'walk']);
});

test('random searches over random small mailboxes find what a look at every message would', () =>
  searchesFindWhatTheyShould({ interruptAfterTimeLimit: 1000, numRuns: 1000 }));

test('a symbol is no part of the word beside it, with marks in the text or without', () => {
  expect([wordsOf('№17'), wordsOf('№17 café™ ℕ x²')]).toEqual([['17'], ['17', 'cafe', 'n', 'x2']]);
});
