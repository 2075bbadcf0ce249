import { expect, test } from 'vitest';
import { phaseText, together } from '../../renderer/app/status/check-counts.ts';
import en from '../../renderer/i18n/en.json';
import type { TextOf } from '../../renderer/i18n/texts.tsx';
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
  isSlow: true,
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
    { phase: 'connecting', done: 0, total: 0, doneBytes: 0, totalBytes: 0, bytesPerSecond: 0, isSlow: false },
    {
      phase: 'downloading',
      done: 4,
      total: 10,
      doneBytes: 400,
      totalBytes: 1000,
      bytesPerSecond: 100,
      isSlow: false,
    },
  ]);
});

test('a server that is slow is named with what it is to do', () => {
  const t: TextOf = (key, values) => en[key].replace('{host}', String(values?.['host']));
  const texts = (['signing-in', 'listing', 'closing'] as const).map((phase) =>
    [false, true].map((isSlow) => phaseText({ ...waiting, phase, isSlow }, 'pop.example.org', t)),
  );
  expect(texts).toEqual([
    ['signing in', 'waiting for pop.example.org to open the mailbox'],
    ['asking what is new', 'waiting for pop.example.org to list the messages'],
    ['finishing', 'waiting for pop.example.org to finish'],
  ]);
});
