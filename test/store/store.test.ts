import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MessageId } from '../../shared/ids.ts';
import { asLedgerKey } from '../../shared/ledger-key.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from './open-test-store.ts';
import { randomFrom } from './random.ts';

const first = mail('First');
const second = mail('Second', '.\r\nlone dots and \0 bytes\n\r.');

test('gives back exactly the bytes it was given, in this run and in the next', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(store, [
    { uidl: 'u1', bytes: first },
    { uidl: 'u2', bytes: second },
    { uidl: 'u3', bytes: Buffer.alloc(0) },
  ]);
  const read = async (from: typeof store) =>
    Promise.all(
      ids.map(async (id) => {
        const bytes = await from.messages.read(id as MessageId);
        return bytes.ok ? Buffer.from(bytes.value) : bytes.failure;
      }),
    );
  const now = await read(store);
  await store.close();
  const again = await openTestStore({ folder });
  const later = await read(again);
  const empty: unknown[] = [];
  for await (const piece of again.messages.stream(ids[2] as MessageId) ?? ['none']) empty.push(piece);
  const expected = [first, second, Buffer.alloc(0)];
  expect([now, later, empty]).toEqual([expected, expected, []]);
});

test('keeps segments that the tar of the system lists and unpacks without a word, open or closed', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, [
    { uidl: 'u1', bytes: first },
    { uidl: 'u2', bytes: second },
  ]);
  const segment = join(folder, 'mail', anna, '000001.tar');
  const writer = store.writer(anna);
  writer.begin({ uidl: 'u3', occurrence: 1, announcedSizeBytes: 9 });
  writer.chunk(Buffer.from('Subject: x\r\n\r\n'));
  writer.end({ doubtful: true });
  await writer.flush();
  const whileOpen = execFileSync('sh', ['-c', `tar tf ${segment} 2>&1 | wc -l`])
    .toString()
    .trim();
  await store.close();
  const out = newFolder();
  const words = execFileSync('sh', ['-c', `tar xf ${segment} -C ${out} 2>&1`]).toString();
  const unpacked = readdirSync(out).map((name) => readFileSync(join(out, name)));
  expect({
    whileOpen,
    words,
    unpacked: unpacked.map(String).sort(),
    mode: statSync(segment).mode & 0o777,
  }).toEqual({
    whileOpen: '3',
    words: '',
    unpacked: [first, second, Buffer.from('Subject: x\r\n\r\n')].map(String).sort(),
    mode: 0o600,
  });
});

test('links the same bytes under another id instead of storing them twice', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const [a, b, c] = await storeMail(store, [
    { uidl: 'u1', bytes: first },
    { uidl: 'other', bytes: first },
    { uidl: 'u2', bytes: second },
  ]);
  const [again] = await storeMail(store, [{ uidl: 'third', bytes: first }]);
  expect({
    same: [a === b, again === a, c === a],
    listed: store.lists
      .page({ place: { kind: 'folder', folder: 'inbox', accountId: anna }, offset: 0, limit: 9 })
      .rows.map((row) => row.subject)
      .sort(),
    ledger: store
      .ledger(anna)
      .entries()
      .map((entry) => [entry.key, entry.state, entry.messageId]),
  }).toEqual({
    same: [true, true, false],
    listed: ['First', 'Second'],
    ledger: [
      ['other#1', 'stored', a],
      ['third#1', 'stored', a],
      ['u1#1', 'stored', a],
      ['u2#1', 'stored', c],
    ],
  });
});

test('puts the whole message in the place of its beginning', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const whole = mail('Big', 'x'.repeat(3_000_000));
  const [partial] = await storeMail(store, [
    { uidl: 'u1', bytes: whole.subarray(0, 500), announcedSizeBytes: whole.length, isPartial: true },
  ]);
  const before = store.messages.find(partial as MessageId);
  const [full] = await storeMail(store, [{ uidl: 'u1', bytes: whole }]);
  const after = store.messages.find(full as MessageId);
  const bytes = await store.messages.read(full as MessageId);
  expect({
    before: [before?.isPartial, before?.sizeBytes, before?.storedBytes],
    after: [after?.isPartial, after?.sizeBytes, after?.storedBytes],
    isSameRow: partial === full,
    isWhole: bytes.ok && whole.equals(bytes.value),
    total: store.lists.page({
      place: { kind: 'folder', folder: 'inbox', accountId: null },
      offset: 0,
      limit: 9,
    }).total,
    ledger: store
      .ledger(anna)
      .entries()
      .map((entry) => entry.state),
  }).toEqual({
    before: [true, whole.length, 500],
    after: [false, whole.length, whole.length],
    isSameRow: true,
    isWhole: true,
    total: 1,
    ledger: ['stored'],
  });
});

test('keeps what comes while the message it is the rest of, or the same as, is being deleted for good', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const whole = mail('Big', 'x'.repeat(3000));
  const ids = await storeMail(store, [
    { uidl: 'u1', bytes: whole.subarray(0, 500), announcedSizeBytes: whole.length, isPartial: true },
    { uidl: 'u2', bytes: second },
  ]);
  await using writer = store.writer(anna);
  for (const [uidl, bytes] of [
    ['u1', whole],
    ['u3', second],
  ] as const) {
    writer.begin({ uidl, occurrence: 1, announcedSizeBytes: bytes.length });
    await writer.chunk(bytes);
    await writer.end({ doubtful: false });
  }
  await store.trash.deleteForever(ids as MessageId[]);
  await writer.flush();
  const inbox = { kind: 'folder', folder: 'inbox', accountId: anna } as const;
  const [row] = store.lists.page({ place: inbox, offset: 0, limit: 9 }).rows;
  const bytes = await store.messages.read(row?.id as MessageId);
  const entries = store.ledger(anna).entries();
  expect({
    isWhole: bytes.ok && whole.equals(bytes.value),
    ledger: entries.map(({ key, state, messageId }) => [key, state, messageId === (row?.id ?? 0)]),
    // Deleted together with the message it was the same as.
    same: store.ledger(anna).entry(asLedgerKey('u3#1'))?.messageId,
  }).toEqual({
    isWhole: true,
    ledger: [
      ['u1#1', 'stored', true],
      ['u2#1', 'stored', false],
      ['u3#1', 'stored', false],
    ],
    same: null,
  });
});

test('keeps long and short messages exact when their bytes come in pieces of any size', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder, sealAtBytes: 5_000_000 });
  const lengths = [
    0, 1, 511, 512, 513, 16_383, 16_384, 16_385, 1_047_000, 1_048_576, 2_500_001, 40, 3_000_000, 7,
  ];
  const letters = lengths.map((length, index) =>
    mail(`n${index}`, `${index}`.padEnd(8, '.').repeat(length / 8)),
  );
  const random = randomFrom(3);
  const ids: MessageId[] = [];
  await using writer = store.writer(anna);
  writer.onCommitted((batch) => ids.push(...batch.map((message) => message.messageId)));
  for (const [index, bytes] of letters.entries()) {
    writer.begin({ uidl: `u${index}`, occurrence: 1, announcedSizeBytes: 1 });
    // What is abandoned half-way, however long, leaves no trace.
    if (index % 3 === 0) {
      await writer.chunk(Buffer.alloc(index * 300_000, 'z'));
      writer.abandon();
      writer.begin({ uidl: `u${index}`, occurrence: 1, announcedSizeBytes: 1 });
    }
    for (let at = 0; at < bytes.length; ) {
      const count = 1 + Math.floor(random() * 70_000);
      const piece = Buffer.from(bytes.subarray(at, at + count));
      const wait = writer.chunk(piece);
      // The caller's buffer is its own again at once.
      piece.fill(0x21);
      await wait;
      at += count;
    }
    await writer.end({ doubtful: false });
  }
  await writer.close();
  const wrong: string[] = [];
  for (const [index, id] of ids.entries()) {
    const bytes = await store.messages.read(id);
    const streamed: Buffer[] = [];
    for await (const piece of store.messages.stream(id) ?? []) streamed.push(piece as Buffer);
    const expected = letters[index] ?? Buffer.alloc(0);
    if (!bytes.ok || !expected.equals(bytes.value) || !expected.equals(Buffer.concat(streamed)))
      wrong.push(`n${index}`);
  }
  await store.close();
  const rebuilt = await openTestStore({ folder, rebuild: true });
  expect([
    wrong,
    ids.length,
    (await rebuilt.upkeep.verify()).damaged,
    rebuilt.ledger(anna).entries().length,
  ]).toEqual([[], letters.length, [], letters.length]);
});
