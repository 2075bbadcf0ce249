import { describe, expect, test } from 'vitest';
import { fitted, resized } from '../../renderer/ui/grid/use-columns.ts';

const columns = [
  { key: 'subject', share: 3 },
  { key: 'from', share: 2 },
  { key: 'date', share: null },
  { key: 'account', share: 1 },
];
const shown = new Map([
  ['subject', 24],
  ['from', 16],
  ['date', 6],
]);

describe('the columns of a table', () => {
  test('give and take at their common edge, and never less than a column needs', () => {
    expect({
      wider: resized(columns, shown, 'subject', 30),
      widest: resized(columns, shown, 'subject', 300),
      narrowest: resized(columns, shown, 'from', 0),
    }).toEqual({
      wider: { subject: 30, from: 10, date: 6, account: 8 },
      widest: { subject: 37, from: 3, date: 6, account: 8 },
      narrowest: { subject: 24, from: 3, date: 19, account: 8 },
    });
  });

  test('fit what is in them at the cost of those that have most, which stay readable', () => {
    expect({
      wider: fitted(columns, shown, 'from', 20),
      narrower: fitted(columns, shown, 'date', 5),
      tooWide: fitted(columns, shown, 'subject', 100),
    }).toEqual({
      wider: { subject: 20, from: 20, date: 6, account: 8 },
      narrower: { subject: 25, from: 16, date: 5, account: 8 },
      tooWide: { subject: 34, from: 6, date: 6, account: 8 },
    });
  });
});
