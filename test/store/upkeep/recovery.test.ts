import {
  closeSync,
  cpSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { randomFrom } from '../random.ts';

const inbox = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const segment = (folder: string, number = 1) =>
  join(folder, 'mail', anna, `${String(number).padStart(6, '0')}.tar`);

function subjects(store: Store): string[] {
  return store.lists
    .page({ place: inbox, offset: 0, limit: 500, sort: { by: 'subject', descending: false } })
    .rows.map((row) => row.subject);
}

/** Everything the store holds, byte for byte, by subject; the word `damaged` where it cannot be read. */
async function contents(store: Store): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const row of store.lists.page({ place: inbox, offset: 0, limit: 500 }).rows) {
    const bytes = await store.messages.read(row.id);
    found[row.subject] = bytes.ok ? Buffer.from(bytes.value).toString('latin1') : 'damaged';
  }
  return found;
}

const five = ['m1', 'm2', 'm3', 'm4', 'm5'].map((name, index) => ({
  uidl: name,
  bytes: mail(name, `${'body of it '.repeat(50 * index)}\r\n`),
}));
const fiveContents = Object.fromEntries(five.map(({ uidl, bytes }) => [uidl, bytes.toString('latin1')]));

async function closedStore(mails = five): Promise<string> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, mails);
  await store.marks.setStarred({ kind: 'ids', ids: [1 as MessageId] }, true);
  await store.upkeep.backUp();
  await store.close();
  return folder;
}

/** A store closed with two messages, and the whole segment as it would be with five. */
async function storeWithTail(): Promise<{ folder: string; whole: Buffer; committed: number }> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  await storeMail(store, five.slice(0, 2));
  await store.close();
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  const longer = await openTestStore({ folder: copy });
  await storeMail(longer, five.slice(2));
  await longer.close();
  return { folder, whole: readFileSync(segment(copy)), committed: statSync(segment(folder)).size - 1024 };
}

describe('a torn tail', () => {
  test('cut at any offset, gives the messages that are whole and loses none that was committed', async () => {
    const { folder, whole, committed } = await storeWithTail();
    const random = randomFrom(7);
    const boundaries = [0, 1, 511, 512, 513, 1024, whole.length - committed];
    const cuts = [
      ...boundaries,
      ...Array.from({ length: 9 }, () => Math.floor(random() * (whole.length - committed))),
    ];
    const wrong: string[] = [];
    for (const cut of cuts) {
      const trial = newFolder();
      cpSync(folder, trial, { recursive: true });
      writeFileSync(segment(trial), whole.subarray(0, committed + cut));
      const store = await openTestStore({ folder: trial });
      const found = await contents(store);
      const names = Object.keys(found).sort();
      const isPrefix = names.join() === ['m1', 'm2', 'm3', 'm4', 'm5'].slice(0, names.length).join();
      const isExact = names.every((name) => found[name] === fiveContents[name]);
      const keys = store
        .ledger(anna)
        .entries()
        .map(({ key }) => key.slice(0, 2));
      if (names.length < 2 || !isPrefix || !isExact || keys.join() !== names.join())
        wrong.push(`${cut}: ${names}`);
      // What was cut off can be stored again, and then all are there once.
      await storeMail(store, five);
      const again = await contents(store);
      if (subjects(store).length !== 5 || five.some(({ uidl }) => again[uidl] !== fiveContents[uidl]))
        wrong.push(`${cut}: again ${subjects(store)}`);
      await store.close();
    }
    expect(wrong).toEqual([]);
  }, 90_000);

  test('of a killed process, is as if it had not been written', async () => {
    const { folder, whole, committed } = await storeWithTail();
    writeFileSync(segment(folder), Buffer.concat([whole.subarray(0, committed), Buffer.alloc(700, 'x')]));
    const store = await openTestStore({ folder });
    expect([subjects(store), statSync(segment(folder)).size]).toEqual([['m1', 'm2'], committed]);
  });

  test('that was whole but not committed is taken in, and said so', async () => {
    const { folder, whole } = await storeWithTail();
    writeFileSync(segment(folder), whole);
    const store = await openTestStore({ folder });
    expect([store.notice, await contents(store)]).toEqual([{ kind: 'repaired', messages: 3 }, fiveContents]);
  });

  test('that is a segment of its own with the rest of a message takes the place of its beginning', async () => {
    const folder = newFolder();
    const store = await openTestStore({ folder, sealAtBytes: 1 });
    const big = mail('big', 'y'.repeat(5000));
    const partly = { uidl: 'b', isPartial: true, announcedSizeBytes: big.length };
    await storeMail(store, [{ ...partly, bytes: big.subarray(0, 300) }]);
    await store.close();
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    const further = await openTestStore({ folder: copy, sealAtBytes: 1 });
    await storeMail(further, [{ uidl: 'b', bytes: big }]);
    await further.close();
    cpSync(segment(copy, 2), segment(folder, 2));
    const again = await openTestStore({ folder });
    expect(await contents(again)).toEqual({ big: big.toString('latin1') });
  });
});

describe('an index', () => {
  test('that was removed is made anew from the segments, with ledger and marks', async () => {
    const folder = await closedStore();
    rmSync(join(folder, 'index.sqlite'));
    const store = await openTestStore({ folder });
    expect({
      notice: store.notice,
      contents: await contents(store),
      ledger: store
        .ledger(anna)
        .entries()
        .map(({ key, state }) => `${key} ${state}`),
      starred: store.lists
        .page({ place: { kind: 'starred', accountId: null }, offset: 0, limit: 9 })
        .rows.map((row) => row.subject),
    }).toEqual({
      notice: { kind: 'rebuilt', messages: 5 },
      contents: fiveContents,
      ledger: ['m1#1 stored', 'm2#1 stored', 'm3#1 stored', 'm4#1 stored', 'm5#1 stored'],
      starred: ['m1'],
    });
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'with random bytes written over it gives every message all the same (%i)',
    async (seed) => {
      const folder = await closedStore();
      const random = randomFrom(seed);
      const path = join(folder, 'index.sqlite');
      const file = openSync(path, 'r+');
      for (let hole = 0; hole < 6; hole++) {
        const junk = Buffer.from(Array.from({ length: 3000 }, () => Math.floor(random() * 256)));
        writeSync(file, junk, 0, junk.length, Math.floor(random() * (statSync(path).size - junk.length)));
      }
      closeSync(file);
      const store = await openTestStore({ folder });
      expect([await contents(store), store.ledger(anna).entries().length]).toEqual([fiveContents, 5]);
    },
  );

  test('that is no index at all is made anew', async () => {
    const folder = await closedStore();
    writeFileSync(
      join(folder, 'index.sqlite'),
      'not a database, but long enough to be looked at'.repeat(100),
    );
    const store = await openTestStore({ folder });
    expect([store.notice, Object.keys(await contents(store)).sort()]).toEqual([
      { kind: 'rebuilt', messages: 5 },
      Object.keys(fiveContents),
    ]);
  });

  test('made anew from the segments knows links, replaced beginnings and deletions', async () => {
    const folder = newFolder();
    const store = await openTestStore({ folder });
    const big = mail('big', 'y'.repeat(5000));
    await storeMail(store, [
      { uidl: 'b', bytes: big.subarray(0, 300), isPartial: true, announcedSizeBytes: big.length },
      { uidl: 'dup', bytes: mail('twice') },
    ]);
    await storeMail(store, [
      { uidl: 'b', bytes: big },
      { uidl: 'dup-again', bytes: mail('twice') },
      { uidl: 'bye', bytes: mail('bye'), marks: { folder: 'trash' } },
    ]);
    await store.trash.empty(null);
    await store.close();
    rmSync(join(folder, 'index.sqlite'));
    rmSync(join(folder, 'backup'), { recursive: true, force: true });
    const again = await openTestStore({ folder });
    expect({
      subjects: subjects(again),
      ledger: again
        .ledger(anna)
        .entries()
        .map(({ key, state, messageId }) => [key, state, messageId !== null]),
    }).toEqual({
      subjects: ['big', 'twice'],
      ledger: [
        ['b#1', 'stored', true],
        ['bye#1', 'stored', false],
        ['dup#1', 'stored', true],
        ['dup-again#1', 'stored', true],
      ].sort(),
    });
  });

  test('made anew keeps a message that came again after it had been deleted for good', async () => {
    const folder = newFolder();
    const store = await openTestStore({ folder, sealAtBytes: 1 });
    for (const uidl of ['first', 'second']) {
      const ids = await storeMail(store, [{ uidl, bytes: mail('again') }]);
      await store.trash.deleteForever(ids as MessageId[]);
    }
    await storeMail(store, [{ uidl: 'third', bytes: mail('again') }]);
    const before = await contents(store);
    await store.close();
    const rebuilt = await openTestStore({ folder, rebuild: true });
    await rebuilt.upkeep.compact(null);
    expect([before, await contents(rebuilt)]).toEqual([before, before]);
    expect(Object.keys(before)).toEqual(['again']);
  });
});

describe('a segment', () => {
  test('with a flipped byte is named by verify, and the other messages are read as before', async () => {
    const folder = await closedStore();
    const bytes = readFileSync(segment(folder));
    const at = bytes.indexOf('body of it', bytes.indexOf('Subject: m3'));
    bytes[at] = 0x58;
    writeFileSync(segment(folder), bytes);
    const store = await openTestStore({ folder });
    const { checked, damaged } = await store.upkeep.verify();
    expect({
      checked,
      damaged: damaged.map(({ path, kind, subject }) => ({ path, kind, subject })),
      contents: await contents(store),
    }).toEqual({
      checked: 5,
      damaged: [{ path: segment(folder), kind: 'wrong-bytes', subject: 'm3' }],
      contents: { ...fiveContents, m3: 'damaged' },
    });
  });

  test('with a flipped byte that is found while mail is being stored is made whole by what comes then', async () => {
    const folder = await closedStore();
    const store = await openTestStore({ folder });
    await using writer = store.writer(anna);
    const put = async (uidl: string, content: Buffer) => {
      writer.begin({ uidl, occurrence: 1, announcedSizeBytes: content.length });
      await writer.chunk(content);
      await writer.end({ doubtful: false });
      await writer.flush();
    };
    await put('m6', mail('m6'));
    const bytes = readFileSync(segment(folder));
    bytes[bytes.indexOf('body of it', bytes.indexOf('Subject: m3'))] = 0x58;
    writeFileSync(segment(folder), bytes);
    const before = await contents(store);
    await put('m3', mail('m3', 'as the server has it now'));
    const m6 = mail('m6').toString('latin1');
    expect([before, await contents(store)]).toEqual([
      { ...fiveContents, m3: 'damaged', m6 },
      { ...fiveContents, m3: mail('m3', 'as the server has it now').toString('latin1'), m6 },
    ]);
  });

  test('with a flipped byte gives its row to what the server still has, even if that differs by now', async () => {
    const folder = await closedStore();
    const bytes = readFileSync(segment(folder));
    bytes[bytes.indexOf('body of it', bytes.indexOf('Subject: m3'))] = 0x58;
    writeFileSync(segment(folder), bytes);
    const rebuilt = await openTestStore({ folder, rebuild: true });
    const before = await contents(rebuilt);
    await storeMail(rebuilt, [{ uidl: 'm3', bytes: mail('m3', 'as the server has it now') }]);
    const after = await contents(rebuilt);
    await rebuilt.close();
    const again = await openTestStore({ folder, rebuild: true });
    const expected = { ...fiveContents, m3: mail('m3', 'as the server has it now').toString('latin1') };
    expect([before, after, await contents(again)]).toEqual([
      { ...fiveContents, m3: 'damaged' },
      expected,
      expected,
    ]);
  });

  test('with a damaged header loses one message to a rebuild and not the ones behind it', async () => {
    const folder = await closedStore();
    const bytes = readFileSync(segment(folder));
    bytes.fill(
      0x58,
      bytes.lastIndexOf('ustar', bytes.indexOf('Subject: m2')) - 200,
      bytes.indexOf('Subject: m2') - 100,
    );
    writeFileSync(segment(folder), bytes);
    const store = await openTestStore({ folder });
    const named = (await store.upkeep.verify()).damaged.map(({ subject, kind }) => [subject, kind]);
    await store.close();
    const rebuilt = await openTestStore({ folder, rebuild: true });
    expect([named, subjects(rebuilt)]).toEqual([[['m2', 'unreadable-header']], ['m1', 'm3', 'm4', 'm5']]);
  });

  test('cut short keeps the messages before the cut, and what it lost is worth fetching again', async () => {
    const folder = await closedStore();
    const at = readFileSync(segment(folder)).indexOf('Subject: m4');
    truncateSync(segment(folder), at);
    const store = await openTestStore({ folder });
    const found = await contents(store);
    const listing = five.map(({ uidl }) => ({ uidl, sizeBytes: 1, occurrence: 1 }));
    const worth = (await store.ledger(anna).reconcile(listing)).value.damaged.map(
      (index) => listing[index]?.uidl,
    );
    await storeMail(store, five.slice(3));
    expect([
      found,
      worth,
      await contents(store),
      (await store.ledger(anna).reconcile(listing)).value.damaged,
    ]).toEqual([{ ...fiveContents, m4: 'damaged', m5: 'damaged' }, ['m4', 'm5'], fiveContents, []]);
  });

  test('that vanished keeps its rows, is named, and is whole again when it comes back', async () => {
    const folder = await closedStore();
    const bytes = readFileSync(segment(folder));
    rmSync(segment(folder));
    const without = await openTestStore({ folder });
    const named = (await without.upkeep.verify()).damaged.map(({ kind }) => kind);
    const listed = subjects(without);
    await storeMail(without, [{ uidl: 'm6', bytes: mail('m6') }]);
    await without.close();
    writeFileSync(segment(folder), bytes);
    const store = await openTestStore({ folder });
    expect([named, listed, await contents(store), (await store.upkeep.verify()).damaged]).toEqual([
      Array(5).fill('missing'),
      ['m1', 'm2', 'm3', 'm4', 'm5'],
      { ...fiveContents, m6: mail('m6').toString('latin1') },
      [],
    ]);
  });
});
