import fc from 'fast-check';
import { describe, test } from 'vitest';
import {
  cutsChangeNothing,
  noiseIsBorne,
  stuffedMessagesComeBack,
  unstuffedMessagesAreKept,
} from './framing-properties.ts';

/** Two seconds between the four; a minute each is what `npm run fuzz` gives. */
const briefly = { interruptAfterTimeLimit: 450, numRuns: 20_000 };

describe('for random bytes, randomly cut', () => {
  test('stuffed messages come back byte for byte', () => fc.assert(stuffedMessagesComeBack, briefly));
  test('unstuffed messages are kept, each in its place', () => fc.assert(unstuffedMessagesAreKept, briefly));
  test('noise is borne', () => fc.assert(noiseIsBorne, briefly));
  test('it does not matter where the bytes are cut', () => fc.assert(cutsChangeNothing, briefly));
});
