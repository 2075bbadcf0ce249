import { expect, test } from 'vitest';
import { spaceOf } from '../../../electron/mailbox/server-view/server-space.ts';

const dayMs = 24 * 60 * 60 * 1000;
const now = 1_000 * dayMs;
const from = (address: string, days: number | null, sizeBytes: number) => ({
  sizeBytes,
  headers: { from: { name: '', address }, sentAt: days === null ? null : now - days * dayMs },
});

test('space is told by sender, biggest first, and by age; what has no headers yet is unknown', () => {
  const messages = [
    from('a@example.org', 1, 10),
    from('A@example.org', 20, 10),
    from('b@example.org', 400, 50),
    from('b@example.org', null, 1),
    { sizeBytes: 7, headers: null },
  ];
  expect(spaceOf(messages, now)).toEqual({
    bySender: [
      { sender: 'b@example.org', count: 2, sizeBytes: 51 },
      { sender: 'a@example.org', count: 2, sizeBytes: 20 },
    ],
    byAge: [
      { bucket: 'week', count: 1, sizeBytes: 10 },
      { bucket: 'month', count: 1, sizeBytes: 10 },
      { bucket: 'quarter', count: 0, sizeBytes: 0 },
      { bucket: 'year', count: 0, sizeBytes: 0 },
      { bucket: 'older', count: 1, sizeBytes: 50 },
      { bucket: 'unknown', count: 2, sizeBytes: 8 },
    ],
  });
});
