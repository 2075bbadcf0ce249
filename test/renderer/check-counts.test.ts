import { expect, test } from 'vitest';
import { together } from '../../renderer/app/status/check-counts.ts';
import type { CheckProgress } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';

const waiting: CheckProgress = {
  accountId: 'one' as AccountId,
  phase: 'connecting',
  done: 0,
  total: 0,
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: 0,
  startedAt: 0,
};
const fetching = {
  ...waiting,
  phase: 'downloading',
  done: 2,
  total: 5,
  doneBytes: 200,
  totalBytes: 500,
  bytesPerSecond: 50,
} as const;

test('checks that run side by side are told as one: they download as soon as one of them does, and count as their sum', () => {
  expect([together([waiting, waiting]), together([waiting, fetching, fetching])]).toEqual([
    { phase: 'connecting', done: 0, total: 0, doneBytes: 0, totalBytes: 0, bytesPerSecond: 0 },
    { phase: 'downloading', done: 4, total: 10, doneBytes: 400, totalBytes: 1000, bytesPerSecond: 100 },
  ]);
});
