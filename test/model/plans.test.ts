import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds, seed } from './how-long.ts';
import { LedgerWorld } from './ledger-world.ts';
import { planHistory, runPlans } from './plans.ts';

const most = Number(process.env['MODEL_PLANS'] ?? 400 * Math.min(5, seconds));

test(`no plan of deletions takes a letter that is not here, in ${most} histories from seed ${seed} on`, async () => {
  const world = new LedgerWorld();
  const property = fc.asyncProperty(planHistory, async (events) => {
    expect(await runPlans(world, events)).toEqual([]);
  });
  await fc.assert(property, { seed, numRuns: most });
  world.close();
});
