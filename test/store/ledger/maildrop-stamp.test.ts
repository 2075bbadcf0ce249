import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Ledger } from '../../../electron/store/ledger/ledger.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId, Uidl } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import { anna, boris, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const dayMs = 24 * 60 * 60 * 1000;
const keep: RetentionPolicy = { kind: 'keep' };
const afterTwoDays: RetentionPolicy = { kind: 'remove-after-days', days: 2 };
const mark = { count: 3, sizeBytes: 300, lastUidl: 'c' as Uidl };
const listing = (...uidls: string[]) => uidls.map((uidl) => ({ uidl, sizeBytes: 100, occurrence: 1 }));

/** A store that has two messages of a maildrop of three; the third is not wanted. */
async function settledStore(): Promise<{ store: Store; ledger: Ledger; time: { now: number } }> {
  const time = { now: 1e12 };
  const store = await openTestStore({ folder: newFolder(), clock: () => time.now });
  const ledger = store.ledger(anna);
  await ledger.reconcile(listing('a', 'b', 'c'));
  await storeMail(store, [
    { uidl: 'a', bytes: mail('a') },
    { uidl: 'c', bytes: mail('c') },
  ]);
  await ledger.setSkipped([asLedgerKey('b#1')]);
  return { store, ledger, time };
}

test('a mark of a maildrop that is all here is kept, and outlives the program', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ledger = store.ledger(anna);
  await ledger.reconcile(listing('a', 'b', 'c'));
  await ledger.setSkipped([asLedgerKey('a#1'), asLedgerKey('b#1'), asLedgerKey('c#1')]);
  const before = ledger.settledStamp(keep);
  await ledger.keepStamp(mark, keep);
  await store.close();
  const again = await openTestStore({ folder });
  expect([before, again.ledger(anna).settledStamp(keep), again.ledger(boris).settledStamp(keep)]).toEqual([
    null,
    mark,
    null,
  ]);
});

test('no mark is kept while something is to be fetched or deleted, or when the count is another', async () => {
  const { ledger } = await settledStore();
  const kept = async (count: number) => {
    await ledger.keepStamp({ ...mark, count }, keep);
    return ledger.settledStamp(keep) !== null;
  };
  const results = {
    other: await kept(2),
    same: await kept(3),
    deleting: false,
    takenBack: false,
    seen: false,
  };
  await ledger.setDeletePending([asLedgerKey('a#1')]);
  results.deleting = await kept(3);
  await ledger.takeBackDeletion([asLedgerKey('a#1')]);
  results.takenBack = await kept(3);
  await ledger.reconcile(listing('a', 'b', 'c', 'd'));
  results.seen = await kept(4);
  expect(results).toEqual({ other: false, same: true, deleting: false, takenBack: true, seen: false });
});

test('whatever changes in the ledger takes the mark away, and what changes elsewhere does not', async () => {
  const changes: Record<string, (store: Store, ledger: Ledger) => unknown> = {
    'a deletion is wanted': (_, ledger) => ledger.setDeletePending([asLedgerKey('a#1')]),
    'a message is new': (_, ledger) => ledger.reconcile(listing('a', 'b', 'c', 'd')),
    'a message has gone': (_, ledger) => ledger.reconcile(listing('a', 'b')),
    'ids are doubted': (_, ledger) => ledger.doubtIds(),
    'everything is forgotten': (_, ledger) => ledger.forgetAll(),
    'a message came that was not wanted': (store) => storeMail(store, [{ uidl: 'b', bytes: mail('b') }]),
    'the same is listed': (_, ledger) => ledger.reconcile(listing('a', 'b', 'c')),
    'another account got mail': (store) => storeMail(store, [{ uidl: 'x', bytes: mail('x') }], boris),
    'mail was thrown away here': async (store) => {
      const place = { kind: 'folder', folder: 'inbox', accountId: anna } as const;
      await store.marks.moveTo({ kind: 'place', place, filter: {}, except: [] }, 'trash');
      return store.trash.empty(anna);
    },
  };
  const left: Record<string, boolean> = {};
  for (const [name, change] of Object.entries(changes)) {
    const { store, ledger } = await settledStore();
    await ledger.keepStamp(mark, keep);
    await change(store, ledger);
    left[name] = ledger.settledStamp(keep) !== null;
  }
  expect(left).toEqual({
    'a deletion is wanted': false,
    'a message is new': false,
    'a message has gone': false,
    'ids are doubted': false,
    'everything is forgotten': false,
    'a message came that was not wanted': false,
    'the same is listed': true,
    'another account got mail': true,
    'mail was thrown away here': true,
  });
});

test('a mark is not believed after a day, under another retention, or when a message is to be removed', async () => {
  const { ledger, time } = await settledStore();
  const believed = (retention: RetentionPolicy) => ledger.settledStamp(retention) !== null;
  await ledger.keepStamp(mark, keep);
  const results = { atOnce: believed(keep), otherRetention: believed(afterTwoDays) };
  time.now += dayMs - 1;
  const almost = believed(keep);
  time.now += 1;
  const afterADay = believed(keep);
  await ledger.keepStamp(mark, afterTwoDays);
  const beforeDue = believed(afterTwoDays);
  time.now += dayMs - 1;
  const lastMoment = believed(afterTwoDays);
  await ledger.keepStamp(mark, afterTwoDays);
  time.now += 1;
  expect({ ...results, almost, afterADay, beforeDue, lastMoment, due: believed(afterTwoDays) }).toEqual({
    ...{ atOnce: true, otherRetention: false, almost: true, afterADay: false },
    ...{ beforeDue: true, lastMoment: true, due: false },
  });
});

/** A store with one message, whose copy has come to be damaged after `before`. */
async function damagedStore(
  before: (ledger: Ledger) => Promise<void>,
): Promise<{ store: Store; ledger: Ledger }> {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const [id] = await storeMail(store, [{ uidl: 'a', bytes: mail('a') }]);
  const ledger = store.ledger(anna);
  await before(ledger);
  const segment = join(folder, 'mail', anna, '000001.tar');
  const bytes = readFileSync(segment);
  bytes[bytes.indexOf('Hello.')] = 0x58;
  writeFileSync(segment, bytes);
  const read = await store.messages.read(id as MessageId);
  if (read.ok) throw new Error('the damage was not seen');
  return { store, ledger };
}

test('a mark is not believed while a copy here is damaged', async () => {
  const before: (number | undefined)[] = [];
  const { ledger } = await damagedStore(async (whole) => {
    await whole.keepStamp({ ...mark, count: 1 }, keep);
    before.push(whole.settledStamp(keep)?.count);
  });
  expect([before, ledger.settledStamp(keep)]).toEqual([[1], null]);
});

test('no mark is kept while a copy is damaged, for an import can make it whole, and retention then applies', async () => {
  const { store, ledger } = await damagedStore(async () => undefined);
  await ledger.keepStamp({ ...mark, count: 1 }, { kind: 'remove-when-stored' });
  await storeMail(store, [{ uidl: null, bytes: mail('a') }]);
  expect([
    ledger.entry(asLedgerKey('a#1'))?.isDamaged,
    ledger.settledStamp({ kind: 'remove-when-stored' }),
  ]).toEqual([false, null]);
});
