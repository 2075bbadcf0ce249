import { test } from 'vitest';
import { searchesFindWhatTheyShould } from './search-properties.ts';

const limitMs = Number(process.env.FUZZ_SECONDS ?? 60) * 1000;

test('searches over random small mailboxes find what they should', () =>
  searchesFindWhatTheyShould({ interruptAfterTimeLimit: limitMs, numRuns: 100_000_000 }));
