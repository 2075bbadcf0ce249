import { expect, test } from 'vitest';
import { startCommand } from './command-line.ts';
import { type Disturbed, drainUntilDisturbed } from './drain.ts';

/** Kills the process after a while that is as random as the moment of the session. */
const latestKillMs = 30;
/** About as long as a whole run takes: also starting and ending are struck. */
const longestRunMs = 700;

const killed: Disturbed = (relay, moment, random, args) => {
  const { child, ended } = startCommand(args);
  const kill = () => void child.kill('SIGKILL');
  if (moment === null) {
    relay.plan(null);
    setTimeout(kill, random() * longestRunMs);
  } else relay.plan({ moment, act: () => void setTimeout(kill, random() * latestKillMs) });
  return ended;
};

test('killed at 200 moments while it fetches and deletes, has each message once and leaves nothing', async () => {
  const lanes = await Promise.all([1, 2, 3, 4].map((seed) => drainUntilDisturbed(seed, 50, killed)));
  expect(lanes.map((lane) => lane.findings)).toEqual([[], [], [], []]);
  for (const lane of lanes) expect(lane.stored).toEqual(lane.expected);
});
