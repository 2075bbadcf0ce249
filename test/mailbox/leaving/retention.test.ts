import { expect, test } from 'vitest';
import { messagesToRemove, type RetainedMessage } from '../../../electron/mailbox/leaving/retention.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { megabyte } from '../../../shared/sizes.ts';

const dayMs = 24 * 60 * 60 * 1000;

const listed: RetainedMessage[] = [
  {
    number: 1,
    dateMs: 0 * dayMs,
    key: asLedgerKey('oldest'),
    sizeBytes: 3 * megabyte,
    storedAtMs: 0,
    isDoubtful: false,
  },
  {
    number: 2,
    dateMs: 1 * dayMs,
    key: asLedgerKey('doubtful'),
    sizeBytes: megabyte,
    storedAtMs: 0,
    isDoubtful: true,
  },
  {
    number: 3,
    dateMs: 2 * dayMs,
    key: asLedgerKey('partial'),
    sizeBytes: megabyte,
    storedAtMs: null,
    isDoubtful: false,
  },
  {
    number: 4,
    dateMs: 3 * dayMs,
    key: asLedgerKey('week-old'),
    sizeBytes: megabyte,
    storedAtMs: 13 * dayMs,
    isDoubtful: false,
  },
  {
    number: 5,
    dateMs: 4 * dayMs,
    key: asLedgerKey('newest'),
    sizeBytes: megabyte,
    storedAtMs: 20 * dayMs,
    isDoubtful: false,
  },
];

test('keeping removes nothing', () => {
  expect(messagesToRemove(listed, { kind: 'keep' }, 1000 * dayMs)).toEqual([]);
});

test('removing once stored leaves what is partial or doubtful', () => {
  expect(messagesToRemove(listed, { kind: 'remove-when-stored' }, 20 * dayMs)).toEqual([
    'oldest',
    'week-old',
    'newest',
  ]);
});

test('removing after days counts from the day a message was stored', () => {
  expect(messagesToRemove(listed, { kind: 'remove-after-days', days: 14 }, 20 * dayMs)).toEqual(['oldest']);
  expect(messagesToRemove(listed, { kind: 'remove-after-days', days: 7 }, 20 * dayMs)).toEqual([
    'oldest',
    'week-old',
  ]);
});

test('time that ran backwards removes nothing', () => {
  expect(messagesToRemove(listed, { kind: 'remove-after-days', days: 14 }, -400 * dayMs)).toEqual([]);
});

test('keeping the newest N counts every message on the server, also those that cannot be removed', () => {
  expect(messagesToRemove(listed, { kind: 'keep-newest', count: 1 }, 20 * dayMs)).toEqual([
    'oldest',
    'week-old',
  ]);
  expect(messagesToRemove(listed, { kind: 'keep-newest', count: 9 }, 20 * dayMs)).toEqual([]);
});

test('keeping the mailbox under a size removes the oldest until the rest fits', () => {
  expect(messagesToRemove(listed, { kind: 'keep-under', megabytes: 4 }, 20 * dayMs)).toEqual(['oldest']);
  expect(messagesToRemove(listed, { kind: 'keep-under', megabytes: 1 }, 20 * dayMs)).toEqual([
    'oldest',
    'week-old',
  ]);
  expect(messagesToRemove(listed, { kind: 'keep-under', megabytes: 7 }, 20 * dayMs)).toEqual([]);
});

test('the newest are told by their dates, whatever the numbers, and ties by number', () => {
  const reversed = listed.map((message, index) => ({ ...message, number: 5 - index }));
  const undated = listed.map((message) => ({ ...message, dateMs: 0 }));
  const newest = { kind: 'keep-newest', count: 1 } as const;
  expect([
    messagesToRemove([...reversed].reverse(), newest, 0),
    messagesToRemove(undated, newest, 0),
  ]).toEqual([
    ['oldest', 'week-old'],
    ['oldest', 'week-old'],
  ]);
});
