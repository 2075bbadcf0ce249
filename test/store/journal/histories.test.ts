import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import { mail, openTestStore, storeMail } from '../open-test-store.ts';
import { randomFrom } from '../random.ts';
import { loseIndex, Person, type Receive } from './person.ts';
import { doubtfulIn, whatAPersonDid } from './what-a-person-did.ts';

/** In memory where there is such a place: what is tested is not whether the disk keeps its word. */
const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(root, 'poppy-journal-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withStore<Value>(folder: string, work: (store: Store) => Promise<Value>): Promise<Value> {
  await using store = await openTestStore({ folder });
  return await work(store);
}

const receive: Receive = (store, accountId, { number, marks }) =>
  storeMail(store, [{ uidl: `u${number}`, bytes: mail(`letter ${number}`), marks }], accountId);

const seen = (store: Store) => ({ did: whatAPersonDid(store), doubtful: doubtfulIn(store) });

const history = { seed: fc.nat(), before: fc.nat({ max: 30 }), more: fc.nat({ max: 30 }) };

test('after any history the journals alone say what the index said', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ ...history, isCompacted: fc.boolean() }),
      ({ seed, before, more, isCompacted }) =>
        inFolder(async (folder) => {
          const did = await withStore(folder, async (store) => {
            const person = new Person(store, randomFrom(seed), receive);
            for (let deed = 0; deed < before; deed++) await person.act();
            if (isCompacted) await store.upkeep.compact(null);
            for (let deed = 0; deed < more; deed++) await person.act();
            return seen(store);
          });
          loseIndex(folder);
          const after = await withStore(folder, async (store) => seen(store));
          expect(after).toEqual({ ...did, doubtful: expect.arrayContaining(did.doubtful) });
        }),
    ),
    { numRuns: 12 },
  );
});

test('after any history an older index and the later entries say what the index said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(history), ({ seed, before, more }) =>
      inFolder(async (folder) => {
        const random = randomFrom(seed);
        const index = join(folder, 'index.sqlite');
        await withStore(folder, async (store) => {
          const person = new Person(store, random, receive);
          for (let deed = 0; deed < before; deed++) await person.act();
        });
        copyFileSync(index, `${index}.older`);
        const did = await withStore(folder, async (store) => {
          const person = new Person(store, random, receive);
          for (let deed = 0; deed < more; deed++) await person.act();
          return seen(store);
        });
        copyFileSync(`${index}.older`, index);
        const after = await withStore(folder, async (store) => seen(store));
        expect(after).toEqual({ ...did, doubtful: expect.arrayContaining(did.doubtful) });
      }),
    ),
    { numRuns: 12 },
  );
});
