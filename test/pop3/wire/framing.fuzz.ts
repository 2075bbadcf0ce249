import fc from 'fast-check';
import { test } from 'vitest';
import {
  cutsChangeNothing,
  noiseIsBorne,
  stuffedMessagesComeBack,
  unstuffedMessagesAreKept,
} from './framing-properties.ts';

const limitMs = (Number(process.env.FUZZ_SECONDS ?? 60) * 1000) / 4;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
const longRun = { seed, interruptAfterTimeLimit: limitMs, numRuns: 100_000_000 };

test('stuffed messages come back byte for byte', () => fc.assert(stuffedMessagesComeBack, longRun));
test('unstuffed messages are kept, each in its place', () => fc.assert(unstuffedMessagesAreKept, longRun));
test('noise is borne', () => fc.assert(noiseIsBorne, longRun));
test('it does not matter where the bytes are cut', () => fc.assert(cutsChangeNothing, longRun));
