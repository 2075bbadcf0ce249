import { expect, test } from 'vitest';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const inbox = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const all = { kind: 'place', place: inbox, filter: {}, except: [] } as const;
const hour = 3_600_000;
const start = Date.UTC(2024, 0, 1);

function parsed(subject: string, more: Partial<MessageFindings> = {}): MessageFindings {
  return {
    subject,
    from: { name: 'Anna', address: 'anna@example.org' },
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
    ...more,
  };
}

/** Thirty messages of two accounts, an hour apart, of growing size, from ten senders. */
async function thirty(): Promise<{ store: Store; ids: MessageId[] }> {
  const store = await openTestStore({ folder: newFolder(), clock: () => start + 1000 * hour });
  const ids: number[] = [];
  for (const [index, account] of [anna, boris].entries())
    ids.push(
      ...(await storeMail(
        store,
        Array.from({ length: 15 }, (_, k) => {
          const n = index * 15 + k;
          const date = new Date(start + n * hour).toUTCString();
          return {
            uidl: `u${n}`,
            bytes: Buffer.from(
              `From: Sender ${n % 10} <s${n % 10}@example.org>\r\nSubject: ${n % 2 ? 'Re: ' : ''}topic ${String(99 - n)}\r\nDate: ${date}\r\n\r\n${'x'.repeat(n * 10)}`,
            ),
          };
        }),
        account,
      )),
    );
  return { store, ids: ids as MessageId[] };
}

const subjectsOf = (store: Store, query: Partial<Parameters<Store['lists']['page']>[0]>) =>
  store.lists
    .page({ place: inbox, offset: 0, limit: 50, ...query })
    .rows.map((row) => row.subject.replace('Re: ', ''));

test('sorts by each column both ways, and any window is a slice of the whole', async () => {
  const { store } = await thirty();
  const wrong: string[] = [];
  const keys = {
    date: (row: { sentAt: number | null }) => row.sentAt ?? 0,
    from: (row: { from: { name: string } }) => row.from.name,
    subject: (row: { subject: string }) => row.subject.replace('Re: ', ''),
    size: (row: { sizeBytes: number }) => row.sizeBytes,
    account: (row: { accountId: string }) => (row.accountId === anna ? 1 : 2),
  };
  for (const by of ['date', 'from', 'subject', 'size', 'account'] as const)
    for (const descending of [true, false]) {
      const sort = { by, descending };
      const whole = store.lists.page({ place: inbox, sort, offset: 0, limit: 100 });
      const values = whole.rows.map((row) => keys[by](row));
      const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1));
      if (whole.total !== 30 || JSON.stringify(values) !== JSON.stringify(sorted))
        wrong.push(`${by} ${descending}`);
      for (const offset of [0, 7, 14, 16, 25, 28, 40]) {
        const page = store.lists.page({ place: inbox, sort, offset, limit: 5 }).rows.map((row) => row.id);
        const slice = whole.rows.slice(offset, offset + 5).map((row) => row.id);
        if (page.join() !== slice.join()) wrong.push(`${by} ${descending} at ${offset}: ${page} / ${slice}`);
      }
    }
  expect(wrong).toEqual([]);
});

test('filters by unread, starred, attachment and text, within one account or all', async () => {
  const { store, ids } = await thirty();
  const [a, b, c] = ids as [MessageId, MessageId, MessageId];
  await store.marks.setRead(all, true);
  await store.marks.setRead({ kind: 'ids', ids: [a, b] }, false);
  await store.marks.setStarred({ kind: 'ids', ids: [b] }, true);
  await store.parsed.set(
    c,
    parsed('with a file', {
      attachments: [
        {
          part: '2',
          name: 'Отчёт.pdf',
          type: 'application/pdf',
          sizeBytes: 5,
          sha256: '0',
          contentId: null,
          isInline: false,
        },
      ],
    }),
  );
  const page = store.lists.page({ place: inbox, filter: { unread: true }, offset: 0, limit: 9 });
  expect({
    unread: [page.total, page.unread, page.rows.map((row) => row.id)],
    both: store.lists.ids({ place: inbox, filter: { unread: true, starred: true } }),
    attachment: store.lists.ids({ place: inbox, filter: { attachment: true } }),
    text: store.lists.ids({ place: inbox, filter: { text: 'fil' } }),
    boris: store.lists.page({ place: { ...inbox, accountId: boris }, offset: 0, limit: 1 }).total,
    starred: store.lists.ids({ place: { kind: 'starred', accountId: null } }),
    stranger: store.lists.page({
      place: { ...inbox, accountId: 'nobody' as typeof anna },
      offset: 0,
      limit: 1,
    }).total,
  }).toEqual({
    unread: [2, 2, [b, a]],
    both: [b],
    attachment: [c],
    text: [c],
    boris: 15,
    starred: [b],
    stranger: 0,
  });
});

test('every change of marks can be undone, in any order, and only once', async () => {
  const { store, ids } = await thirty();
  const few = ids.slice(0, 3);
  await store.marks.setRead({ kind: 'ids', ids: few.slice(0, 1) }, true);
  await store.marks.setTags({ kind: 'ids', ids: few.slice(0, 1) }, { add: ['work'] });
  const look = () => [
    store.lists
      .counts()
      .map(({ place, total, unread }) => `${JSON.stringify(place)} ${total} ${unread}`)
      .sort(),
    store.messages
      .summaries(ids)
      .map(({ isRead, isStarred, folder, tags }) => [isRead, isStarred, folder, tags.join()]),
  ];
  const before = look();
  const changes = [
    (await store.marks.setRead(all, true)).value,
    (await store.marks.setStarred({ kind: 'ids', ids: few }, true)).value,
    (await store.marks.setTags(all, { add: ['work', 'new'], remove: [] })).value,
    (await store.marks.setTags({ kind: 'ids', ids: few }, { remove: ['work'] })).value,
    (await store.marks.moveTo({ ...all, except: few }, 'archive')).value,
  ];
  const changed = look();
  const undone: (number | undefined)[] = [];
  for (const { undoToken } of changes.toReversed())
    undone.push((await store.marks.undo(undoToken)).value?.count);
  expect({
    counts: changes.map(({ count }) => count),
    isChanged: JSON.stringify(changed) !== JSON.stringify(before),
    undone,
    after: look(),
    twice: (await store.marks.undo(changes[0]?.undoToken ?? '')).value,
  }).toEqual({
    counts: [30, 3, 30, 3, 27],
    isChanged: true,
    undone: [27, 3, 30, 3, 29],
    after: before,
    twice: null,
  });
});

test('counts every place', async () => {
  const { store, ids } = await thirty();
  await store.marks.moveTo({ kind: 'ids', ids: ids.slice(0, 2) }, 'trash');
  await store.marks.setStarred({ kind: 'ids', ids: ids.slice(0, 5) }, true);
  await store.marks.setTags({ kind: 'ids', ids: ids.slice(1, 4) }, { add: ['work'] });
  await store.marks.setRead({ kind: 'ids', ids: ids.slice(3, 4) }, true);
  const counts = Object.fromEntries(
    store.lists.counts().map(({ place, total, unread }) => [JSON.stringify(place), [total, unread]]),
  );
  expect([
    counts[JSON.stringify(inbox)],
    counts[JSON.stringify({ ...inbox, accountId: anna })],
    counts[JSON.stringify({ kind: 'folder', folder: 'trash', accountId: null })],
    counts[JSON.stringify({ kind: 'starred', accountId: null })],
    counts[JSON.stringify({ kind: 'tag', tag: 'work' })],
  ]).toEqual([
    [28, 27],
    [13, 12],
    [2, 2],
    [3, 2],
    [2, 1],
  ]);
});

test('a thread is one row, at its newest message, and its messages know each other', async () => {
  const { store, ids } = await thirty();
  const [a, b, c] = ids as [MessageId, MessageId, MessageId];
  // The newest first, as they are fetched: the answer is known before what it answers.
  await store.parsed.setMany([
    {
      id: c,
      parsed: parsed('Re: plan', { messageId: 'c@x', references: ['a@x', 'b@x'], sentAt: start + 2 * hour }),
    },
    { id: b, parsed: parsed('Re: plan', { messageId: 'b@x', inReplyTo: ['a@x'], sentAt: start + hour }) },
    { id: a, parsed: parsed('plan', { messageId: 'a@x', sentAt: start }) },
  ]);
  const rows = store.lists.page({ place: inbox, groupsByConversation: true, offset: 0, limit: 99 });
  const head = rows.rows.find((row) => row.id === c);
  expect([
    rows.total,
    head?.conversationCount,
    store.messages.find(a)?.conversationIds,
    subjectsOf(store, { groupsByConversation: true, sort: { by: 'size', descending: false } }).length,
  ]).toEqual([28, 3, [a, b, c], 28]);
});

test('a Date far in the future or unreadable does not put a message on top for ever', async () => {
  const store = await openTestStore({ folder: newFolder(), clock: () => start });
  await storeMail(store, [
    {
      uidl: 'a',
      bytes: mail('future', '', 'Date: Tue, 1 Jan 2044 00:00:00 GMT\r\n'),
      receivedAt: start - 3000,
    },
    { uidl: 'b', bytes: mail('unreadable', '', 'Date: yesterday\r\n'), receivedAt: start - 2000 },
    {
      uidl: 'c',
      bytes: mail('now', '', `Date: ${new Date(start - 1000).toUTCString()}\r\n`),
      receivedAt: start,
    },
  ]);
  expect(subjectsOf(store, {})).toEqual(['now', 'unreadable', 'future']);
});

test('messages of one second keep their places when they are marked', async () => {
  const store = await openTestStore({ folder: newFolder(), clock: () => start });
  const ids = await storeMail(
    store,
    Array.from({ length: 9 }, (_, n) => ({
      uidl: `u${n}`,
      bytes: mail(`letter ${n}`, 'Hello.\r\n', `Date: ${new Date(start).toUTCString()}\r\n`),
    })),
  );
  const places = () =>
    (['date', 'from', 'account'] as const).map((by) => subjectsOf(store, { sort: { by, descending: true } }));
  const before = places();
  await store.marks.setRead({ kind: 'ids', ids: [ids[4], ids[7]] as MessageId[] }, true);
  await store.marks.setStarred({ kind: 'ids', ids: [ids[1]] as MessageId[] }, true);
  expect(places()).toEqual(before);
});
