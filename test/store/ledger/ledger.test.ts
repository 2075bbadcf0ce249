import { expect, test } from 'vitest';
import type { MessageId } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const dayMs = 24 * 60 * 60 * 1000;
const listing = (...uidls: string[]) =>
  uidls.map((uidl, index) => ({
    uidl,
    sizeBytes: 10,
    occurrence: uidls.slice(0, index + 1).filter((one) => one === uidl).length,
  }));

/** A store whose clock the test sets. */
async function storeAt(start: number) {
  const time = { now: start };
  const store = await openTestStore({ folder: newFolder(), clock: () => time.now });
  return { store, time, ledger: store.ledger(anna) };
}

const states = (entries: readonly { key: string; state: string }[]) =>
  Object.fromEntries(entries.map(({ key, state }) => [key, state]));

test('a first listing makes every id seen, equal ids counted in listing order', async () => {
  const { ledger } = await storeAt(1e12);
  const outcome = (await ledger.reconcile(listing('a', 'b', 'a'))).value;
  expect([outcome.newOnes, states(ledger.entries())]).toEqual([
    [0, 1, 2],
    { 'a#1': 'seen', 'a#2': 'seen', 'b#1': 'seen' },
  ]);
});

test('what is absent from a believable listing is gone, and is known when it comes back', async () => {
  const { store, ledger } = await storeAt(1e12);
  await ledger.reconcile(listing('a', 'b'));
  await storeMail(store, [
    { uidl: 'a', bytes: mail('a') },
    { uidl: 'b', bytes: mail('b') },
  ]);
  const without = (await ledger.reconcile(listing('a'))).value;
  const between = states(ledger.entries());
  const back = (await ledger.reconcile(listing('a', 'b'))).value;
  expect([without.missing, between, back.newOnes, back.returned, states(ledger.entries())]).toEqual([
    ['b#1'],
    { 'a#1': 'stored', 'b#1': 'gone' },
    [],
    [1],
    { 'a#1': 'stored', 'b#1': 'stored' },
  ]);
});

test('an empty listing, one that lacks most, one of other ids and one of a window make nothing gone', async () => {
  const { ledger } = await storeAt(1e12);
  const all = listing(...Array.from({ length: 40 }, (_, index) => `id${index}`));
  await ledger.reconcile(all);
  const outcomes = [
    (await ledger.reconcile([])).value.suspicion,
    (await ledger.reconcile(all.slice(0, 5))).value.suspicion,
    (await ledger.reconcile(listing('x', 'y'))).value.suspicion,
    (await ledger.reconcile(all.slice(0, 35), { isComplete: false })).value.suspicion,
  ];
  const gone = ledger.inState('gone');
  expect([outcomes, gone]).toEqual([['empty', 'much-shorter', 'ids-changed', 'none'], []]);
});

test('a deletion is gone only when a later listing lacks it, even if that listing is empty', async () => {
  const { store, ledger } = await storeAt(1e12);
  await ledger.reconcile(listing('a', 'b'));
  await storeMail(store, [
    { uidl: 'a', bytes: mail('a') },
    { uidl: 'b', bytes: mail('b') },
  ]);
  await ledger.reconcile(listing('a', 'b'));
  await ledger.setDeletePending([asLedgerKey('a#1'), asLedgerKey('b#1')]);
  await ledger.setDeleteSent([asLedgerKey('a#1')]);
  const sent = states(ledger.entries());
  const still = (await ledger.reconcile(listing('a', 'b'))).value;
  const again = states(ledger.entries());
  const empty = (await ledger.reconcile([])).value;
  expect([
    sent,
    still.missing,
    again,
    empty.confirmedDeletions.toSorted(),
    empty.suspicion,
    states(ledger.entries()),
  ]).toEqual([
    { 'a#1': 'delete-sent', 'b#1': 'delete-pending' },
    [],
    { 'a#1': 'delete-pending', 'b#1': 'delete-pending' },
    ['a#1', 'b#1'],
    'none',
    { 'a#1': 'gone', 'b#1': 'gone' },
  ]);
});

test('a deletion taken back leaves what was there before', async () => {
  const { store, ledger } = await storeAt(1e12);
  await storeMail(store, [
    { uidl: 'a', bytes: mail('a') },
    { uidl: 'b', bytes: mail('b'), isPartial: true, announcedSizeBytes: 9999 },
  ]);
  await ledger.reconcile(listing('a', 'b', 'c'));
  await ledger.setSkipped([asLedgerKey('c#1')]);
  await ledger.setDeletePending([asLedgerKey('a#1'), asLedgerKey('b#1'), asLedgerKey('c#1')]);
  const taken = (
    await ledger.takeBackDeletion([
      asLedgerKey('a#1'),
      asLedgerKey('b#1'),
      asLedgerKey('c#1'),
      asLedgerKey('d#1'),
    ])
  ).value;
  expect([taken, states(ledger.entries())]).toEqual([
    ['a#1', 'b#1', 'c#1'],
    { 'a#1': 'stored', 'b#1': 'partial', 'c#1': 'seen' },
  ]);
});

test('what is gone is remembered for 60 days and then forgotten', async () => {
  const { ledger, time } = await storeAt(1e12);
  await ledger.reconcile(listing('a', 'b'));
  await ledger.reconcile(listing('a'));
  const keysAfter = async (days: number) => {
    for (let day = 0; day < days; day++) {
      time.now += dayMs;
      await ledger.reconcile(listing('a'));
    }
    return ledger.entries().map(({ key }) => key);
  };
  expect([await keysAfter(59), await keysAfter(2)]).toEqual([['a#1', 'b#1'], ['a#1']]);
});

test('a clock set a year forward and back again ages nothing by more than a day', async () => {
  const { store, ledger, time } = await storeAt(1e12);
  await storeMail(store, [{ uidl: 'a', bytes: mail('a') }]);
  await ledger.reconcile(listing('a', 'b'));
  await ledger.reconcile(listing('a'));
  const age = () => store.steadyNow() - (ledger.entry(asLedgerKey('a#1'))?.storedSteadyMs ?? 0);
  const ages: number[] = [];
  for (const leap of [365 * dayMs, -365 * dayMs, -365 * dayMs, 365 * dayMs]) {
    time.now += leap;
    await ledger.reconcile(listing('a'));
    ages.push(age() / dayMs);
  }
  expect([ages, ledger.entries().map(({ key }) => key)]).toEqual([
    [1, 1, 1, 2],
    ['a#1', 'b#1'],
  ]);
});

test('a message deleted here stays known and is not new to the next listing', async () => {
  const { store, ledger } = await storeAt(1e12);
  await storeMail(store, [{ uidl: 'a', bytes: mail('a') }]);
  await store.marks.moveTo(
    { kind: 'place', place: { kind: 'folder', folder: 'inbox', accountId: null }, filter: {}, except: [] },
    'trash',
  );
  const emptied = (await store.trash.empty(anna)).value;
  const outcome = (await ledger.reconcile(listing('a'))).value;
  expect([emptied, outcome.newOnes, outcome.states, ledger.entry(asLedgerKey('a#1'))?.messageId]).toEqual([
    { count: 1 },
    [],
    ['stored'],
    null,
  ]);
});

test('of some messages only those in the Trash go for good, and a rebuilt index does not bring them back', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const names = ['a', 'b', 'c', 'd'];
  const ids = (await storeMail(
    store,
    names.map((name) => ({ uidl: name, bytes: mail(name) })),
  )) as MessageId[];
  await store.marks.moveTo({ kind: 'ids', ids: ids.slice(0, 2) }, 'trash');
  const deleted = (await store.trash.delete(ids.slice(1))).value;
  const states = (await store.ledger(anna).reconcile(listing(...names))).value.states;
  await store.close();
  const rebuilt = await openTestStore({ folder, rebuild: true });
  const left = ['inbox', 'trash'].map((name) =>
    rebuilt.lists
      .page({
        place: { kind: 'folder', folder: name as 'inbox' | 'trash', accountId: anna },
        offset: 0,
        limit: 9,
      })
      .rows.map((row) => row.subject)
      .sort(),
  );
  expect([deleted, states, left]).toEqual([
    { count: 1 },
    ['stored', 'stored', 'stored', 'stored'],
    [['c', 'd'], ['a']],
  ]);
});

test('where one of several messages under an id has left, the others are looked at anew and none is deleted for it', async () => {
  const { store, ledger } = await storeAt(1e12);
  await ledger.reconcile(listing('a', 'a', 'b'));
  await storeMail(store, [{ uidl: 'a', bytes: mail('a') }]);
  await ledger.setDeletePending([asLedgerKey('a#1')]);
  await ledger.setDeleteSent([asLedgerKey('a#1')]);
  // What was a#2 and never fetched is the first of its id now.
  await ledger.reconcile(listing('a', 'b'));
  const shifted = ledger.entry(asLedgerKey('a#1'));
  expect([states(ledger.entries()), shifted?.messageId, shifted?.storedSteadyMs]).toEqual([
    { 'a#1': 'seen', 'a#2': 'gone', 'b#1': 'seen' },
    null,
    null,
  ]);
});

test('an id given again to a message of another size is new, unless a copy can tell before it is deleted', async () => {
  const { store, ledger } = await storeAt(1e12);
  await ledger.reconcile(listing('1', '2', '3'));
  await storeMail(store, [
    { uidl: '1', bytes: mail('one') },
    { uidl: '2', bytes: mail('two') },
  ]);
  await ledger.setDeletePending([asLedgerKey('1#1')]);
  await ledger.setDeleteSent([asLedgerKey('1#1')]);
  await ledger.reconcile(listing('1', '3'));
  const same = states(ledger.entries());
  await ledger.setDeleteSent([asLedgerKey('1#1')]);
  await ledger.reconcile([
    { uidl: '1', sizeBytes: 77, occurrence: 1 },
    { uidl: '2', sizeBytes: 88, occurrence: 1 },
    { uidl: '3', sizeBytes: 10, occurrence: 1 },
  ]);
  expect([same, states(ledger.entries()), ledger.entry(asLedgerKey('1#1'))?.sizeBytes]).toEqual([
    { '1#1': 'delete-pending', '2#1': 'gone', '3#1': 'seen' },
    { '1#1': 'delete-pending', '2#1': 'seen', '3#1': 'seen' },
    10,
  ]);
});

test('an id that was to be deleted, given again to a message of another size, is named for a look before it is', async () => {
  const { store, ledger } = await storeAt(1e12);
  await ledger.reconcile(listing('1', '2'));
  await storeMail(store, [
    { uidl: '1', bytes: mail('one') },
    { uidl: '2', bytes: mail('two') },
  ]);
  // Sent, QUIT was not answered, and the server gives its ids anew.
  await ledger.setDeletePending([asLedgerKey('1#1'), asLedgerKey('2#1')]);
  const [one, two] = listing('1', '2');
  const found = await ledger.reconcile([
    { ...one, uidl: '1', occurrence: 1, sizeBytes: 77 },
    ...(two === undefined ? [] : [two]),
  ]);
  expect([found.value.states, found.value.unproved, ledger.entry(asLedgerKey('1#1'))?.listedBytes]).toEqual([
    ['delete-pending', 'delete-pending'],
    [0, 1],
    null,
  ]);
});
