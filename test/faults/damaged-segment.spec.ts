import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { maildropA } from '../servers/maildrops.ts';
import { command } from './command-line.ts';
import { contentsOf } from './contents.ts';
import { fetchedStore, segmentOf } from './mail-folder.ts';

const count = 60;

/** What `verify` printed: kinds of damage, and its sum. */
async function verified(store: string) {
  const { code, rows } = await command(['verify', '--store', store]);
  const named = rows.flatMap((row) => (row.damaged === undefined ? [] : [row.damaged as Named]));
  const failure = rows.find((row) => row.failure !== undefined)?.failure as { kind: string } | undefined;
  return { code, failure: failure?.kind, named };
}

type Named = { readonly kind: string; readonly path: string; readonly subject: string | null };

/** Harms the segment, and answers what was seen before and after the next check. */
async function afterHarm(harm: (segment: string) => void) {
  await using fetched = await fetchedStore([...maildropA(count, 31)]);
  const segment = segmentOf(fetched.store);
  harm(segment);
  const found = await verified(fetched.store);
  const readable = await contentsOf(fetched.store);
  const check = await fetched.check();
  const mended = await contentsOf(fetched.store);
  const again = await fetched.check();
  return {
    code: found.code,
    failure: found.failure,
    kinds: [...new Set(found.named.map(({ kind }) => kind))],
    isNamed: found.named.every(({ path, subject }) => path === segment && subject !== null),
    damaged: found.named.length,
    readable: readable.messages.length,
    check: check.code,
    isWhole: mended.messages.join() === fetched.expected.join(),
    isSound: mended.damaged.length === 0,
    again: [again.code, again.rows[0]?.stored],
  };
}

const mended = {
  code: 8,
  failure: 'store-damaged',
  isNamed: true,
  check: 0,
  isWhole: true,
  isSound: true,
  again: [0, 0],
};

test('a flipped byte is named by verify; the others are read, and the message is fetched again', async () => {
  const outcome = await afterHarm((segment) => {
    const bytes = readFileSync(segment);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(segment, bytes);
  });
  expect(outcome).toEqual({ ...mended, kinds: ['wrong-bytes'], damaged: 1, readable: count - 1 });
});

test('a segment cut short is named by verify; those before the cut are read, the others fetched again', async () => {
  const outcome = await afterHarm((segment) => truncateSync(segment, readFileSync(segment).length >> 1));
  const { damaged } = outcome;
  expect([damaged > 10, damaged < count - 10]).toEqual([true, true]);
  expect(outcome).toEqual({ ...mended, kinds: ['cut-short'], damaged, readable: count - damaged });
});

test('a segment that was removed is named by verify, and its messages are fetched again', async () => {
  const outcome = await afterHarm((segment) => rmSync(segment));
  expect(outcome).toEqual({ ...mended, kinds: ['missing'], damaged: count, readable: 0 });
});
