import fc from 'fast-check';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { type AskedTerm, asLookedFor, isFound, type SearchedMail, typed } from './search-reference.ts';

/** Words that have something to do with one another: forms, folding, scripts without blanks, joined words. */
const vocabulary = [
  ...'бумага бумаги бумагами бумажный ёлка Елки ЁЛКОЙ йод иод встреча Встречей счёт счета щит'.split(' '),
  ...'walk walks walking Walked walker invoice INVOICES in inn café cafe CAFÉS naïve Söderström a'.split(' '),
  ...'straße STRASSE İstanbul istanbul ﬁle file x² x2 Ελλάδα ΕΛΛΑΔΑ мы мыло 2024 17 007'.split(' '),
  ...'東京 東京タワー 会議 タワー がぎ anna@example.org example.org foo-bar foo don’t don b2b №17 и́й'.split(
    ' ',
  ),
  ...'AND OR NOT NEAR order and'.split(' '),
  ...'Müller Mueller muller bought buying buy AB-99812 AB99812 1,234.50 1234.50 会议 會議 ljujdjh договор'.split(
    ' ',
  ),
];
const word = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...vocabulary) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
      .map((letters) => letters.replace(/[^\p{L}\p{N}\p{M}]/gu, '') || 'a'),
  },
);
const text = (most: number) =>
  fc
    .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', ', ', '. ', '\n', '-', '_')), { maxLength: most })
    .map((pieces) => pieces.flat().join(''));
const day = (number: number) => new Date(2024, 0, number).getTime();
const tags = ['work', 'важное'] as const;

const searchedMail: fc.Arbitrary<SearchedMail> = fc.record({
  subject: text(3),
  sender: text(2),
  recipients: text(3),
  attachment: text(2),
  body: text(8),
  hasAttachment: fc.boolean(),
  isRead: fc.boolean(),
  isStarred: fc.boolean(),
  isInTrash: fc.boolean(),
  tag: fc.constantFrom(null, ...tags),
  sentAt: fc.integer({ min: 1, max: 20 }).map((number) => day(number) + 3_600_000),
});

const facts: readonly (readonly [string, (mail: SearchedMail) => boolean])[] = [
  ['has:attachment', (one) => one.hasAttachment],
  ['is:read', (one) => one.isRead],
  ['is:unread', (one) => !one.isRead],
  ['is:starred', (one) => one.isStarred],
  ['in:trash', (one) => one.isInTrash],
  ['in:inbox', (one) => !one.isInTrash],
  ['tag:work', (one) => one.tag === 'work'],
  ['tag:важное', (one) => one.tag === 'важное'],
  ['before:2024-01-10', (one) => one.sentAt < day(10)],
  ['after:10.01.2024', (one) => one.sentAt >= day(10)],
  ['larger:1m', () => false],
  ['smaller:1m', () => true],
];
/** The beginning of a word, as it is while it is typed. */
const beginning = fc
  .tuple(word, fc.integer({ min: 1, max: 6 }))
  .map(([whole, length]) => [...whole].slice(0, length).join(''));
const operator = fc.constantFrom(null, null, null, 'from', 'to', 'subject', 'body', 'filename');
const isNegated = fc.integer({ min: 0, max: 3 }).map((number) => number === 0);
const term: fc.Arbitrary<AskedTerm> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('words' as const),
      operator,
      isNegated,
      isQuoted: fc.constant(false),
      text: fc.oneof(word, word, beginning, fc.constantFrom('—', '*', '[', '+')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('words' as const),
      operator,
      isNegated,
      isQuoted: fc.constant(true),
      text: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...facts), isNegated)
      .map(([[name, holds], negated]) => ({ kind: 'fact' as const, isNegated: negated, text: name, holds })),
  },
);
const query = fc.record({ terms: fc.array(term, { minLength: 1, maxLength: 3 }), isTyped: fc.boolean() });

const mails = 6;

function parsed(one: SearchedMail): MessageFindings {
  const file = { type: '', sizeBytes: 1, sha256: '', contentId: null };
  return {
    subject: one.subject,
    from: { name: one.sender, address: '' },
    to: [{ name: one.recipients, address: '' }],
    cc: [],
    sentAt: one.sentAt,
    messageId: null,
    inReplyTo: [],
    references: [],
    preview: '',
    text: one.body,
    // The name is searched for either way; only what is no inline picture counts as attached.
    attachments: [{ ...file, part: '2', name: one.attachment, isInline: !one.hasAttachment }],
    warnings: [],
  };
}

/** Gives the same messages other contents and marks, as often as wished. */
async function shelf(): Promise<{
  store: Store;
  fill(mails: readonly SearchedMail[]): Promise<void>;
  ids: MessageId[];
}> {
  const store = await openTestStore({ folder: newFolder() });
  const bytes = Array.from({ length: mails }, (_, index) => ({
    uidl: `u${index}`,
    bytes: mail(`s${index}`),
  }));
  const ids = (await storeMail(store, bytes)) as MessageId[];
  const fill = async (contents: readonly SearchedMail[]) => {
    await store.parsed.setMany(
      ids.flatMap((id, index) => {
        const one = contents[index];
        return one === undefined ? [] : [{ id, parsed: parsed(one) }];
      }),
    );
    for (const [index, one] of contents.entries())
      await store.marks.change(
        { kind: 'ids', ids: ids.slice(index, index + 1) },
        {
          isRead: one.isRead,
          isStarred: one.isStarred,
          folder: one.isInTrash ? 'trash' : 'inbox',
          removeTags: tags.filter((tag) => tag !== one.tag),
          addTags: one.tag === null ? [] : [one.tag],
        },
      );
    await store.words.merge();
  };
  return { store, fill, ids };
}

/** Searches over random small mailboxes find what the reference finds. */
export async function searchesFindWhatTheyShould(options: fc.Parameters<unknown>): Promise<void> {
  const { store, fill, ids } = await shelf();
  const corpus = fc.array(searchedMail, { minLength: mails, maxLength: mails });
  await fc.assert(
    fc.asyncProperty(corpus, fc.array(query, { minLength: 20, maxLength: 20 }), async (contents, queries) => {
      await fill(contents);
      for (const { terms, isTyped } of queries) {
        const line = typed(terms, isTyped);
        const sought = asLookedFor(contents, terms, isTyped);
        const expected = ids.filter((_, index) => {
          const one = contents[index];
          return one !== undefined && isFound(one, sought, isTyped);
        });
        const found = store.lists.search(line).rows.map((row) => row.id);
        if (found.sort((a, b) => a - b).join() !== expected.join())
          throw new Error(`${JSON.stringify(line)} found ${found.join()}, expected ${expected.join()}`);
      }
    }),
    options,
  );
}
