import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'vitest';
import { history } from './histories.ts';
import { leastHistories, mostHistories, path, seconds, seed } from './how-long.ts';
import { run } from './run-history.ts';
import { makeEmptyStore } from './world.ts';

/*
 * Random servers against the real check and the real store. What must hold is looked at after each check, so that a
 * failing history ends at the event that broke it.
 */

/** Histories of one seed; the next ones have the next seed. */
const histories = 100;

test.fails(`no history of a random server loses a letter, from seed ${seed} on`, async () => {
  const emptyStore = await makeEmptyStore();
  const began = Date.now();
  let ran = 0;
  try {
    while (ran < mostHistories && (ran < leastHistories || Date.now() - began < seconds * 1000)) {
      const property = fc.asyncProperty(history, (one) => run(one, emptyStore));
      await fc.assert(property, { seed: seed + ran / histories, path, numRuns: histories });
      ran += histories;
    }
  } finally {
    rmSync(emptyStore, { recursive: true, force: true });
    console.log(`the model: ${ran} histories from seed ${seed} on, ${Date.now() - began} ms`);
  }
});
