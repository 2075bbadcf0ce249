import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../electron/store/store.ts';
import { loseIndex } from '../journal/person.ts';
import { fingerprintOf } from '../journal/what-a-person-did.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { randomFrom } from '../random.ts';

/** How many moments are tried; POPPY_KILLS asks for more. */
const kills = Number(process.env.POPPY_KILLS ?? 3);
const seeds = Array.from({ length: kills }, (_, index) => index + 1);
const top = join(import.meta.dirname, '..', '..', '..');
// Beside the sources, so that the native package is found from there.
const out = join(top, 'build', 'out', 'test-killed-child');

beforeAll(async () => {
  await build({
    root: top,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node', external: ['libsql'], noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'killed-child.ts'),
      target: 'node20',
      outDir: out,
      minify: false,
      rolldownOptions: { output: { format: 'esm', entryFileNames: 'child.mjs' } },
    },
  });
}, 120_000);

/** Lets a little time go by without giving way to the child's next words. */
function spin(rounds: number): number {
  let kept = 0;
  for (let round = 0; round < rounds; round++) kept ^= round;
  return kept;
}

/** Runs the child, kills it after so many words, and answers every word that came. */
async function wordsUntilKilled(
  folder: string,
  task: string,
  seed: number,
  after: number,
): Promise<string[]> {
  const child = spawn(process.execPath, [join(out, 'child.mjs'), folder, task, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const words: string[] = [];
  const random = randomFrom(seed * 31);
  for await (const word of createInterface({ input: child.stdout })) {
    words.push(word);
    if (words.length === after) {
      // Not at the word itself, which comes right after a commit, but anywhere in what follows it.
      spin(Math.floor(random() * 3_000_000));
      child.kill('SIGKILL');
    }
  }
  return words;
}

/** Subjects of what is here and exact, with everything that is not as it should be. */
async function examine(store: Store): Promise<{ subjects: string[]; trouble: string[] }> {
  const rows = store.lists.page({
    place: { kind: 'folder', folder: 'inbox', accountId: anna },
    offset: 0,
    limit: 5000,
  }).rows;
  const subjects = rows.map((row) => row.subject);
  const trouble = (await store.upkeep.verify()).damaged.map(({ kind, offset }) => `${kind} at ${offset}`);
  if (new Set(subjects).size !== subjects.length) trouble.push('a message twice');
  const folder = join(store.folder, 'mail', anna);
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.tar')) trouble.push(name);
    execFileSync('tar', ['tf', join(folder, name)], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return { subjects, trouble };
}

test.each(seeds)(
  'killed while it writes, loses nothing it announced and has nothing twice (%i)',
  async (seed) => {
    const folder = newFolder();
    const announced: string[] = [];
    const trouble: string[] = [];
    for (const [run, after] of [1 + seed * 13, 2 + seed * 7].entries()) {
      const words = await wordsUntilKilled(folder, 'write', seed * 10 + run, after);
      announced.push(...words.filter((word) => word !== 'ready'));
      const store = await openTestStore({ folder });
      const found = await examine(store);
      const ledger = store.ledger(anna).entries();
      trouble.push(...found.trouble);
      if (ledger.length !== found.subjects.length)
        trouble.push(`${ledger.length} in the ledger, ${found.subjects.length} here`);
      trouble.push(
        ...announced.filter((key) => !found.subjects.includes(key.slice(0, -2))).map((key) => `lost ${key}`),
      );
      await store.close();
    }
    expect([trouble, announced.length > 0]).toEqual([[], true]);
  },
  60_000,
);

test.each(seeds)(
  'killed while it deletes and compacts, keeps every other message exact (%i)',
  async (seed) => {
    const folder = newFolder();
    const names = Array.from({ length: 240 }, (_, index) => `k${index}`);
    const first = await openTestStore({ folder, sealAtBytes: 100_000 });
    await storeMail(
      first,
      names.map((name) => ({ uidl: name, bytes: mail(name, name.repeat(700)) })),
    );
    await first.close();
    const doomed = new Set<string>();
    const trouble: string[] = [];
    for (const run of [0, 1]) {
      const words = await wordsUntilKilled(folder, 'compact', seed * 10 + run, 3 + seed * 5);
      for (const word of words) if (word.startsWith('-')) doomed.add(word.slice(1));
      const store = await openTestStore({ folder });
      const { subjects, trouble: found } = await examine(store);
      trouble.push(...found);
      trouble.push(
        ...names
          .filter((name) => !doomed.has(name) && !subjects.includes(name))
          .map((name) => `lost ${name}`),
      );
      const keys = store.ledger(anna).entries().length;
      if (keys !== names.length) trouble.push(`${keys} in the ledger`);
      await store.close();
    }
    expect(trouble).toEqual([]);
  },
  60_000,
);

test.each(seeds)(
  'killed while a person does things, keeps what they did, with the index and without (%i)',
  async (seed) => {
    const folder = newFolder();
    const trouble: string[] = [];
    for (const run of [0, 1, 2]) {
      const words = await wordsUntilKilled(folder, 'act', seed * 10 + run, 4 + seed * 9 + run * 20);
      const withIndex = await openTestStore({ folder });
      const state = fingerprintOf(withIndex);
      await withIndex.close();
      loseIndex(folder);
      const without = await openTestStore({ folder });
      if (fingerprintOf(without) !== state) trouble.push(`run ${run}: the journals say something else`);
      await without.close();
      // The deed that was under way may be in it or not. No state from before the last word may come back.
      const last = words.at(-1) ?? '';
      if (state !== last && words.slice(0, -1).includes(state)) trouble.push(`run ${run}: a deed was lost`);
    }
    expect(trouble).toEqual([]);
  },
  60_000,
);
