import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

/** Beginnings that no other word has: of a word the text index keeps only what differs from the word before. */
const secrets = [
  'qzsubject',
  'xvbodyword',
  'jqname',
  'wzaddress',
  'vkpreview',
  'zjmessageid',
  'kxfilename',
  'yqtoname',
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Each secret with the files in which its bytes stand. */
function found(folder: string): Record<string, string[]> {
  const files = filesBelow(folder).map((path) => ({
    name: relative(folder, path).replace(/index-.*sqlite/, 'copy'),
    text: readFileSync(path).toString('latin1').toLowerCase(),
  }));
  const inFiles = (secret: string) =>
    files.filter(({ text }) => text.includes(secret)).map(({ name }) => name);
  return Object.fromEntries(secrets.map((secret) => [secret, inFiles(secret)]));
}

const plain = (number: number): MessageFindings => ({
  subject: `Letter ${number}`,
  from: { name: `Sender ${number % 50}`, address: `sender${number % 50}@example.org` },
  to: [{ name: 'Boris', address: 'boris@example.org' }],
  cc: [],
  sentAt: 1_700_000_000_000 + number,
  messageId: `letter-${number}@example.org`,
  inReplyTo: [],
  references: [],
  preview: `What letter ${number} says`,
  text: `The words of letter ${number}, among them nr${number} and ${number * 7919}.`,
  attachments: [],
  warnings: [],
});

const secret = (number: number): MessageFindings => ({
  ...plain(number),
  subject: `Re: qzsubject ${number}`,
  from: { name: `jqname ${number}`, address: `wzaddress${number}@example.org` },
  to: [{ name: 'yqtoname', address: 'yqtoname@example.org' }],
  messageId: `zjmessageid${number}@example.org`,
  // In the conversation of a letter that stays.
  references: [`letter-${number - 1}@example.org`],
  preview: `vkpreview ${number}`,
  text: `xvbodyword ${number}`,
  attachments: [
    {
      ...{ part: '2', name: `kxfilename${number}.pdf`, type: 'application/pdf', sizeBytes: 1, sha256: '' },
      ...{ contentId: null, isInline: false },
    },
  ],
});

const isSecret = (number: number) => number % 5 === 1;

/** A store in which every fifth of 300 messages was secret and is deleted for good, as it is once all is written. */
async function storeWithDeleted(folder: string, clock: () => number): Promise<Store> {
  const store = await openTestStore({ folder, clock });
  const numbers = Array.from({ length: 300 }, (_, number) => number);
  const ids = (await storeMail(
    store,
    numbers.map((number) => {
      const { subject, from, text } = isSecret(number) ? secret(number) : plain(number);
      return { uidl: `u${number}`, bytes: mail(subject, `${from.address} ${text}\r\n`) };
    }),
  )) as MessageId[];
  for (const [index, id] of ids.entries())
    await store.parsed.set(id, isSecret(index) ? secret(index) : plain(index));
  await store.history.recordDeletions({
    ...{ accountId: anna, at: 1, uidl: 'u1', from: 'jqname 1', subject: 'Re: qzsubject 1', sizeBytes: 1 },
    ...{ wasStoredHere: true, outcome: 'applied' },
  });
  await store.upkeep.backUp();
  writeFileSync(join(folder, 'index.damaged.sqlite'), 'qzsubject of an index that was put aside');
  await store.marks.moveTo({ kind: 'ids', ids: ids.filter((_, index) => isSecret(index)) }, 'trash');
  await store.trash.empty(null);
  return store;
}

const nowhere = Object.fromEntries(secrets.map((word) => [word, []]));

test('what was deleted for good is in no byte of the folder after a compaction, and all else is as before', async () => {
  const folder = newFolder();
  const store = await storeWithDeleted(folder, Date.now);
  const before = found(folder);
  await store.upkeep.compact(null);
  const whileOpen = found(folder);
  const { rows } = store.lists.page({
    place: { kind: 'search', query: 'nr299' },
    offset: 0,
    limit: 5,
  });
  const { checked, damaged } = await store.upkeep.verify();
  const log = store.history.serverDeletions().map(({ uidl, subject, from }) => `${uidl} ${subject}${from}`);
  await store.close();
  const mails = ['mail/a11a000000000001/000001.tar'];
  expect({
    // The control: each of them can be found, those of the text index and the copies too.
    before: secrets.map((word) => [
      word,
      before[word]?.some((name) => name.startsWith('index.sqlite')),
      before[word]?.includes('backup/copy'),
    ]),
    inMail: before.xvbodyword?.filter((name) => name.startsWith('mail')),
    whileOpen,
    afterClose: found(folder),
    rows: rows.map(({ subject }) => subject),
    verified: { checked, damaged },
    log,
  }).toEqual({
    before: secrets.map((word) => [word, true, ['qzsubject', 'jqname'].includes(word)]),
    inMail: mails,
    whileOpen: nowhere,
    afterClose: nowhere,
    rows: ['Letter 299'],
    verified: { checked: 240, damaged: [] },
    log: ['u1 '],
  });
});

test('a compaction is due an hour after something was deleted for good, also after a restart, and once', async () => {
  const folder = newFolder();
  let now = Date.now();
  const store = await storeWithDeleted(folder, () => now);
  const atOnce = await store.upkeep.compactWhenDue();
  await store.close();
  now += 60 * 60 * 1000;
  const again = await openTestStore({ folder, clock: () => now });
  const done = [await again.upkeep.compactWhenDue(), await again.upkeep.compactWhenDue()];
  expect([atOnce, done, found(folder)]).toEqual([false, [true, false], nowhere]);
});

test('what is deleted while mail is being written is erased when that is over', async () => {
  const folder = newFolder();
  let now = Date.now();
  const store = await storeWithDeleted(folder, () => now);
  const writer = store.writer(anna);
  writer.begin({ uidl: 'late', occurrence: 1, announcedSizeBytes: 10 });
  await writer.chunk(mail('late'));
  await writer.end({ doubtful: false });
  await writer.flush();
  now += 2 * 60 * 60 * 1000;
  await store.upkeep.compactWhenDue();
  const during = found(folder).xvbodyword;
  await writer.close();
  await store.upkeep.compactWhenDue();
  expect([during, found(folder)]).toEqual([['mail/a11a000000000001/000001.tar'], nowhere]);
});

test('marking, searching, fetching and compacting go on after a compaction', async () => {
  const store = await storeWithDeleted(newFolder(), Date.now);
  const [first] = store.lists.page({ place: { kind: 'search', query: 'nr299' }, offset: 0, limit: 1 }).rows;
  const all = { kind: 'ids', ids: first === undefined ? [] : [first.id] } as const;
  await store.marks.moveTo(all, 'archive');
  await store.upkeep.compact(null);
  await store.marks.moveTo(all, 'trash');
  await store.trash.empty(null);
  const [late] = await storeMail(store, [{ uidl: 'late', bytes: mail('Late') }]);
  await store.parsed.set(late as MessageId, { ...plain(1000), text: 'afterwards' });
  await store.upkeep.compact(null);
  const subjects = (query: string) =>
    store.lists
      .page({ place: { kind: 'search', query }, offset: 0, limit: 9 })
      .rows.map(({ subject }) => subject);
  expect([subjects('nr299'), subjects('afterwards'), (await store.upkeep.verify()).damaged]).toEqual([
    [],
    ['Letter 1000'],
    [],
  ]);
});
