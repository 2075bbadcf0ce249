import { expect, test } from 'vitest';
import { IndexOrder } from '../../../electron/engine/indexing/index-order.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';

const ids = (...numbers: number[]) => numbers as MessageId[];
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => (from + index) as MessageId);
const anna = 'a11a' as AccountId;
const ben = 'b22b' as AccountId;

/** An order over messages of which the higher number is the newer one; what is released has been indexed. */
function orderOver(unparsed: MessageId[]) {
  const left = new Set(unparsed);
  const order = new IndexOrder((limit) => [...left].sort((a, b) => b - a).slice(0, limit));
  return {
    order,
    arrive(accountId: AccountId, arrived: MessageId[]) {
      for (const id of arrived) left.add(id);
      order.noteArrived(accountId, arrived);
    },
    take: (count: number) => Array.from({ length: count }, () => order.take()?.id ?? null),
    release(released: MessageId[]) {
      for (const id of released) {
        left.delete(id);
        order.release(id);
      }
    },
  };
}

test('what has just arrived goes before the backlog, whose newest go first', () => {
  const { arrive, take } = orderOver(ids(1, 2, 3, 4));
  const before = take(2);
  arrive(ben, ids(5));
  expect([before, take(4)]).toEqual([
    [4, 3],
    [5, 2, 1, null],
  ]);
});

test('one letter does not wait for the many of a mailbox that is fetched for the first time', () => {
  const { arrive, take } = orderOver([]);
  arrive(anna, range(1, 1000));
  arrive(ben, ids(1001));
  arrive(anna, range(1002, 1040));
  expect(take(3)).toEqual([1001, 1040, 1039]);
});

test('of a first fetch the newest go first, also those that come while it is being indexed', () => {
  const { arrive, take } = orderOver([]);
  arrive(anna, range(1, 300));
  const before = take(2);
  arrive(anna, range(301, 600));
  expect([before, take(2)]).toEqual([
    [300, 299],
    [600, 599],
  ]);
});

test('no message is given twice, whether it waited as an arrival, in the backlog or in both', () => {
  const { arrive, take, release } = orderOver(range(1, 10));
  const first = take(2);
  arrive(ben, ids(8, 11));
  const second = take(2);
  release(ids(10, 9, 11, 8));
  expect([first, second, take(8)]).toEqual([
    [10, 9],
    [11, 8],
    [7, 6, 5, 4, 3, 2, 1, null],
  ]);
});
