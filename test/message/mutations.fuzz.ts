import { expect, test } from 'vitest';
import { mutant, whereMarkerIs } from './mutate.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 60);
const first = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** A message this small that takes longer is a hang in the making. */
const slowMs = 2000;

test(
  `reads broken messages for ${seconds} s from number ${first} on`,
  async () => {
    const bad: { number: number; what: string }[] = [];
    const end = Date.now() + seconds * 1000;
    let number = first;
    for (; Date.now() < end && bad.length < 20; number++) {
      const start = Date.now();
      const where = await whereMarkerIs(mutant(number)).catch((error: unknown) => `threw ${String(error)}`);
      if (where === 'lost' || where.startsWith('threw')) bad.push({ number, what: where });
      if (Date.now() - start > slowMs) bad.push({ number, what: `took ${Date.now() - start} ms` });
    }
    console.log(`${number - first} messages`);
    expect(bad).toEqual([]);
  },
  (seconds + 60) * 1000,
);
