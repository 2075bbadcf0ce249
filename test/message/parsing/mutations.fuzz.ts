import { expect, test } from 'vitest';
import { codedMarker, mixedMutant, mutant, whereMarkerIs } from './mutate.ts';

const kinds = ['mutant', 'mixedMutant'] as const;
/** Shared by the kinds of messages. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 60) / kinds.length;
const first = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** A message this small that takes longer is a hang in the making. */
const slowMs = 2000;

const find = {
  mutant: (number: number) => whereMarkerIs(mutant(number)),
  mixedMutant: (number: number) => whereMarkerIs(mixedMutant(number), codedMarker(number)),
};

for (const kind of kinds)
  test(
    `reads broken messages for ${seconds} s, each a ${kind}, from number ${first} on`,
    async () => {
      const bad: { number: number; what: string }[] = [];
      const places = new Map<string, number>();
      const end = Date.now() + seconds * 1000;
      let number = first;
      for (; Date.now() < end && bad.length < 20; number++) {
        const start = Date.now();
        const where = await find[kind](number).catch((error: unknown) => `threw ${String(error)}`);
        places.set(where, (places.get(where) ?? 0) + 1);
        if (where === 'lost' || where.startsWith('threw')) bad.push({ number, what: where });
        let took = Date.now() - start;
        // The machine may have been busy: what is slow is slow each time.
        for (let again = 0; took > slowMs && again < 2; again += 1) {
          const from = Date.now();
          await find[kind](number).catch(() => undefined);
          took = Math.min(took, Date.now() - from);
        }
        if (took > slowMs) bad.push({ number, what: `took ${took} ms` });
      }
      console.log(`${number - first} messages of ${kind}:`, Object.fromEntries(places));
      expect(bad).toEqual([]);
    },
    (seconds + 60) * 1000,
  );
