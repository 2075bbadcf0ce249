import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { faultyFiles } from '../faulty-files.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const inbox = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const bytesOf = (name: string) => mail(name, `${name.repeat(900)}\r\n`);
const kept = ['a', 'c', 'e', 'g'];

async function contents(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const row of store.lists.page({ place: inbox, offset: 0, limit: 500 }).rows) {
    const bytes = await store.messages.read(row.id);
    if (bytes.ok && bytesOf(row.subject).equals(bytes.value)) found.push(row.subject);
    else found.push(`${row.subject} damaged`);
  }
  return found.sort();
}

/** A store of small segments in which every second message has been deleted for good. */
async function halfDeadStore(): Promise<string> {
  const folder = newFolder();
  const store = await openTestStore({ folder, sealAtBytes: 8000 });
  await storeMail(
    store,
    names.map((name) => ({ uidl: name, bytes: bytesOf(name) })),
  );
  await storeMail(store, [{ uidl: 'a-again', bytes: bytesOf('a') }]);
  const dead = store.lists
    .page({ place: inbox, offset: 0, limit: 500 })
    .rows.filter((row) => !kept.includes(row.subject));
  await store.marks.moveTo({ kind: 'ids', ids: dead.map((row) => row.id) }, 'trash');
  await store.trash.empty(anna);
  await store.close();
  return folder;
}

test('leaves dead records behind, and everything else is as before, in a rebuilt index too', async () => {
  const folder = await halfDeadStore();
  const store = await openTestStore({ folder });
  const before = await store.upkeep.storageState();
  const outcome = await store.upkeep.compact(anna);
  const after = await store.upkeep.storageState();
  const segments = readdirSync(join(folder, 'mail', anna));
  const listed = segments.flatMap((name) =>
    execFileSync('tar', ['tf', join(folder, 'mail', anna, name)])
      .toString()
      .trim()
      .split('\n'),
  );
  const ledger = store
    .ledger(anna)
    .entries()
    .map(({ key, state }) => `${key} ${state}`);
  const found = await contents(store);
  const { damaged } = await store.upkeep.verify();
  await storeMail(store, [{ uidl: 'i', bytes: bytesOf('i') }]);
  await store.close();
  const rebuilt = await openTestStore({ folder, rebuild: true });
  const expectedLedger = [...names, 'a-again'].map((name) => `${name}#1 stored`).sort();
  expect({
    hadDead: (before.accounts[0]?.deadBytes ?? 0) > 0,
    freed: outcome.freedBytes > 0,
    dead: after.accounts[0]?.deadBytes,
    messages: listed.filter((name) => name.endsWith('.eml')).length,
    found,
    damaged,
    ledger,
    rebuilt: await contents(rebuilt),
    rebuiltLedger: rebuilt
      .ledger(anna)
      .entries()
      .map(({ key, state }) => `${key} ${state}`),
  }).toEqual({
    hadDead: true,
    freed: true,
    dead: 0,
    messages: 4,
    found: kept,
    damaged: [],
    ledger: expectedLedger,
    rebuilt: [...kept, 'i'],
    rebuiltLedger: [...expectedLedger, 'i#1 stored'].sort(),
  });
});

test('interrupted at any of its calls leaves one valid copy of each message', async () => {
  const wrong: string[] = [];
  let tried = 0;
  for (let at = 1; at < 60; at++) {
    const folder = await halfDeadStore();
    const { files, calls } = faultyFiles((_, number) => (number === at ? 'EIO' : null), true);
    const store = await openTestStore({ folder, files });
    await store.upkeep.compact(anna).catch(() => undefined);
    await store.close();
    if (calls.length < at) break;
    tried++;
    const again = await openTestStore({ folder });
    const found = await contents(again);
    const { damaged } = await again.upkeep.verify();
    await again.upkeep.compact(anna);
    const later = await contents(again);
    const leftovers = readdirSync(join(folder, 'mail', anna)).filter((name) => !name.endsWith('.tar'));
    if (
      found.join() !== kept.join() ||
      later.join() !== kept.join() ||
      damaged.length > 0 ||
      leftovers.length > 0
    )
      wrong.push(`call ${at} ${calls[at - 1]?.name}: ${found} ${later} ${damaged.length} ${leftovers}`);
    await again.close();
  }
  expect([wrong, tried > 5]).toEqual([[], true]);
}, 90_000);

test('the copy and its name are durable, and the index points at it, before an old segment goes', async () => {
  const folder = await halfDeadStore();
  const places: string[] = [];
  const { files, calls } = faultyFiles(({ name, path }) => {
    if (name === 'remove' && path.endsWith('.tar'))
      places.push(...placesNow().filter((one) => one.includes(path)));
    return null;
  });
  const store = await openTestStore({ folder, files });
  const placesNow = () =>
    store.lists
      .page({ place: inbox, offset: 0, limit: 500 })
      .rows.map((row) => String(store.messages.file(row.id)?.path));
  const before = calls.length;
  await store.upkeep.compact(anna);
  const order = calls
    .slice(before)
    .filter(({ path }) => path.includes(anna))
    .map(({ name, path }) => `${name} ${/\.(new|tar)$/.exec(path)?.[1] ?? 'folder'}`)
    .filter((call, index, all) => call !== all[index - 1]);
  expect({ order, stillUsed: places }).toEqual({
    order: ['open new', 'write new', 'sync new', 'rename new', 'syncFolder folder', 'remove tar'],
    stillUsed: [],
  });
});

test('an old segment stays where the copy, or its name, cannot be made durable', async () => {
  const outcomes: unknown[] = [];
  for (const failing of ['sync', 'syncFolder']) {
    const folder = await halfDeadStore();
    const { files, calls } = faultyFiles(({ name }) => (name === failing ? 'EIO' : null));
    const store = await openTestStore({ folder, files });
    await store.upkeep.compact(anna).catch(() => undefined);
    outcomes.push([
      calls.filter(({ name, path }) => name === 'remove' && path.endsWith('.tar')).length,
      await contents(store),
    ]);
    await store.close();
  }
  expect(outcomes).toEqual([
    [0, kept],
    [0, kept],
  ]);
});

test('does not copy a damaged segment, and does not touch one that is being written', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const ids = await storeMail(
    store,
    names.map((name) => ({ uidl: name, bytes: bytesOf(name) })),
  );
  await store.trash.deleteForever(ids.slice(0, 4) as MessageId[]);
  const writer = store.writer(anna);
  writer.begin({ uidl: 'x', occurrence: 1, announcedSizeBytes: 5 });
  const whileWritten = await store.upkeep.compact(anna);
  writer.abandon();
  await writer.close();
  const path = store.messages.file(ids[5] as MessageId);
  execFileSync('sh', [
    '-c',
    `printf X | dd of=${path?.path} bs=1 seek=${(path?.offset ?? 0) + 200} conv=notrunc 2>&1`,
  ]);
  const whileDamaged = await store.upkeep.compact(anna);
  expect([whileWritten.segments, whileDamaged, await contents(store)]).toEqual([
    0,
    { freedBytes: 0, segments: 0 },
    ['e', 'f damaged', 'g', 'h'],
  ]);
});
