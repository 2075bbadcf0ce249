import { expect, test } from 'vitest';
import { command, fetchHere } from './command-line.ts';
import { type Disturbed, drainUntilDisturbed } from './drain.ts';

/** As many runs as this are processes of their own; the others are the same command without the wait for a start. */
const processShare = 0.2;

const cut: Disturbed = (relay, moment, random, args) => {
  const isReset = random() < 0.5;
  relay.plan({
    // A line that is not there at all where the moment is outside of the session.
    moment: moment ?? { kind: 'connected' },
    act: (line) => (isReset ? line.reset() : line.close()),
  });
  return random() < processShare ? command(args) : fetchHere(args);
};

test('cut off at 100 places while it fetches and deletes, has each message once and leaves nothing', async () => {
  const lanes = await Promise.all([5, 6, 7, 8].map((seed) => drainUntilDisturbed(seed, 25, cut)));
  expect(lanes.map((lane) => lane.findings)).toEqual([[], [], [], []]);
  for (const lane of lanes) expect(lane.stored).toEqual(lane.expected);
});
