import { expect, vi } from 'vitest';
import { happen } from './happen.ts';
import type { History } from './histories.ts';
import { brokenAtTheEnd, brokenPromises } from './promises.ts';
import { World } from './world.ts';

/** Lets a whole history happen. Rejects where a promise is broken. */
export async function run(history: History, emptyStore: string): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const world = new World(history, emptyStore);
  try {
    await world.open(world.folder);
    for (const letter of history.first) world.arrive(letter);
    for (const event of history.events) {
      await happen(world, event);
      if (event.kind === 'check' || event.kind === 'viewed') expect(await brokenPromises(world)).toEqual([]);
    }
    expect(await brokenAtTheEnd(world)).toEqual([]);
  } finally {
    await world.close();
    vi.useRealTimers();
  }
}
