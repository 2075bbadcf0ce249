import { expect, test } from 'vitest';
import { newFolder, openTestStore } from '../open-test-store.ts';

const hourMs = 3_600_000;

test('what a server cannot do is tried again after a day, what it can do is remembered', async () => {
  let nowMs = 1_000 * hourMs;
  const store = await openTestStore({ folder: newFolder(), clock: () => nowMs });
  const known = () => store.servers.quirks('pop.example.org', 995);
  await store.servers.learn('pop.example.org', 995, { capa: true, pipelining: false, scram: false });
  nowMs += 23 * hourMs;
  // A session that leaves it out learns nothing new of it, so its date stays.
  await store.servers.learn('pop.example.org', 995, { ...known(), utf8: false });
  const before = known();
  nowMs += hourMs;
  const after = known();
  await store.servers.learn('pop.example.org', 995, { ...after, pipelining: true });
  nowMs += 48 * hourMs;
  expect([before, after, known()]).toEqual([
    { capa: true, pipelining: false, scram: false, utf8: false },
    { capa: true, scram: false, utf8: false },
    { capa: true, scram: false, pipelining: true },
  ]);
});
