import { describe, expect, test } from 'vitest';
import { PagedList } from '../../renderer/bridge/paged-list.ts';

type Row = { readonly id: number };

/** A list of so many rows whose answers are given when the test says so. */
function slowList(count: number) {
  let ids = Array.from({ length: count }, (_, index) => index);
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const list = new PagedList<Row>(
    (offset, limit) =>
      new Promise((resolve) => {
        asked.push(offset);
        waiting.push(() =>
          resolve({ total: ids.length, rows: ids.slice(offset, offset + limit).map((id) => ({ id })) }),
        );
      }),
    (row) => row.id,
  );
  const answer = async () => {
    for (const give of waiting.splice(0)) give();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    list,
    asked,
    answer,
    become: (next: number[]) => {
      ids = next;
    },
  };
}

describe('a paged list', () => {
  test('asks for the pages in sight and for nothing else', async () => {
    const { list, asked, answer } = slowList(100_000);
    list.want(0, 20);
    await answer();
    list.want(50_000, 50_150);
    await answer();
    expect({ asked, total: list.total, row: list.row(50_123), far: list.row(700) }).toEqual({
      asked: [0, 50_000, 50_100],
      total: 100_000,
      row: { id: 50_123 },
      far: undefined,
    });
  });

  test('asks again for a range whose answer was overtaken by a change', async () => {
    const { list, answer } = slowList(1000);
    list.want(0, 20);
    await answer();
    const range = list.range(500, 501);
    list.refresh();
    await answer();
    await answer();
    expect(await range).toEqual([{ id: 500 }, { id: 501 }]);
  });

  test('keeps the old rows until the new ones are there', async () => {
    const { list, answer, become } = slowList(3);
    list.want(0, 2);
    await answer();
    become([9, 0, 1, 2]);
    list.refresh();
    const before = [list.row(0), list.total];
    await answer();
    expect([before, [list.row(0), list.total, list.indexOf(1)]]).toEqual([
      [{ id: 0 }, 3],
      [{ id: 9 }, 4, 2],
    ]);
  });

  test('does not take an answer from before a change', async () => {
    const { list, asked, answer, become } = slowList(2);
    list.want(0, 1);
    await answer();
    list.refresh();
    become([5]);
    list.refresh();
    await answer();
    expect({ asked, row: list.row(0), total: list.total, gone: list.row(1) }).toEqual({
      asked: [0, 0, 0],
      row: { id: 5 },
      total: 1,
      gone: undefined,
    });
  });

  test('closes the gap when rows are taken out before the program says so', async () => {
    const { list, answer } = slowList(5);
    list.want(0, 4);
    await answer();
    list.remove((row) => row.id === 1 || row.id === 3);
    expect([list.total, ...[0, 1, 2].map((index) => list.row(index)?.id)]).toEqual([3, 0, 2, 4]);
  });

  test('brings a whole range, also what was never in sight', async () => {
    const { list, answer } = slowList(250);
    list.want(0, 10);
    await answer();
    const range = list.range(95, 105);
    await answer();
    expect((await range).map(({ id }) => id)).toEqual([95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105]);
  });

  test('says that the program did not answer, and recovers', async () => {
    let isBroken = true;
    const list = new PagedList<Row>(
      async () => {
        if (isBroken) throw new Error('no program');
        return { total: 1, rows: [{ id: 7 }] };
      },
      (row) => row.id,
    );
    list.want(0, 0);
    await new Promise((resolve) => setImmediate(resolve));
    const whenBroken = list.hasFailed;
    isBroken = false;
    list.refresh();
    await new Promise((resolve) => setImmediate(resolve));
    expect([whenBroken, list.hasFailed, list.row(0)]).toEqual([true, false, { id: 7 }]);
  });

  test('knows whether its rows are from after what it was asked again for', async () => {
    const { list, answer, become } = slowList(0);
    list.refresh('before the check');
    await answer();
    become([1, 2]);
    list.refresh('after the check');
    const waiting = { total: list.total, isFrom: list.isFrom('after the check') };
    await answer();
    expect({ waiting, after: { total: list.total, isFrom: list.isFrom('after the check') } }).toEqual({
      waiting: { total: 0, isFrom: false },
      after: { total: 2, isFrom: true },
    });
  });
});
