import { expect, test } from 'vitest';
import { followSleep } from '../../electron/shell/follow-sleep.ts';

test('the engine is told of sleep and of waking up, even while it ends', () => {
  const listeners = new Map<string, () => void>();
  const told: string[] = [];
  followSleep(
    { on: (event, listener) => listeners.set(event, listener) },
    {
      call: (name) => {
        told.push(name);
        return Promise.reject(new Error('engine worker has ended'));
      },
    },
  );
  for (const event of ['suspend', 'resume']) listeners.get(event)?.();
  expect(told).toEqual(['system/suspended', 'system/resumed']);
});
