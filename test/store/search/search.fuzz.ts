import { test } from 'vitest';
import { searchesFindWhatTheyShould } from './search-properties.ts';

const limitMs = Number(process.env.FUZZ_SECONDS ?? 60) * 1000;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

test('searches over random small mailboxes find what they should', () =>
  searchesFindWhatTheyShould({ seed, interruptAfterTimeLimit: limitMs, numRuns: 100_000_000 }));
