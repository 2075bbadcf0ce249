import type { KeyboardEvent, MouseEvent } from 'react';
import { describe, expect, test } from 'vitest';
import { asSelection } from '../../renderer/mailbox/selection.ts';
import {
  chooseAll,
  chooseOnly,
  chooseRange,
  chosenCount,
  type GridChoice,
  isChosen,
  nothingChosen,
  toggled,
} from '../../renderer/ui/grid/grid-choice.ts';
import { gridHands, targetOf } from '../../renderer/ui/grid/grid-hands.ts';
import type { MessageId } from '../../shared/ids.ts';

const id = (value: number) => value as MessageId;
const place = { kind: 'folder', folder: 'inbox', accountId: null } as const;

describe('the choice in a grid', () => {
  test('adds and takes out single rows', () => {
    const two = toggled(chooseOnly(0, id(10)), 3, id(13));
    expect([
      asSelection(two, place, {}),
      asSelection(toggled(two, 0, id(10)), place, {}),
      asSelection(nothingChosen(), place, {}),
    ]).toEqual([{ kind: 'ids', ids: [10, 13] }, { kind: 'ids', ids: [13] }, null]);
  });

  test('keeps the anchor while a range grows and shrinks', () => {
    const range = chooseRange(chooseOnly(2, id(12)), 4, id(14), [id(12), id(13), id(14)]);
    const smaller = chooseRange(range, 3, id(13), [id(12), id(13)]);
    expect({ keys: [...smaller.keys], anchor: smaller.anchor, focus: smaller.focus }).toEqual({
      keys: [12, 13],
      anchor: 2,
      focus: 3,
    });
  });

  test('speaks of the place when everything is chosen, but for those taken out', () => {
    const all = toggled(chooseAll(chooseOnly(0, id(10))), 5, id(15));
    expect({
      said: asSelection(all, place, { unread: true }),
      count: chosenCount(all, 100_000),
      out: isChosen(all, id(15)),
      rest: isChosen(all, id(99_999)),
    }).toEqual({
      said: { kind: 'place', place, filter: { unread: true }, except: [15] },
      count: 99_999,
      out: false,
      rest: true,
    });
  });
});

type Row = { readonly key: string };
const total = 30;
const keyAt = (index: number) => `k${index}`;

/** A grid of thirty rows that remembers what was asked of it. */
function grid(first: GridChoice<string> = nothingChosen()) {
  const told: string[] = [];
  let choice = first;
  const rowsBetween = (from: number, to: number): Row[] =>
    Array.from({ length: to - from + 1 }, (_, at) => ({ key: keyAt(from + at) }));
  const hands = () =>
    gridHands<Row, string>({
      rows: {
        total,
        row: (index) => (index >= 0 && index < total ? { key: keyAt(index) } : undefined),
        indexOf: (key) => Number(String(key).slice(1)),
        range: async (from, to) => rowsBetween(from, to),
        want: () => undefined,
        version: () => 0,
      },
      keyOf: ({ key }) => key,
      choice,
      onChoice: (next) => {
        choice = next;
      },
      onAll: (from) => told.push(`all from ${from.focus}`),
      onOpen: ({ key }) => told.push(`open ${key}`),
      onPick: ({ key }) => told.push(`pick ${key}`),
      onMenu: () => told.push('menu'),
      onKey: ({ key }) => {
        told.push(`key ${key}`);
        return key === 'Delete';
      },
    });
  const held = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  const press = async (key: string, more: Partial<typeof held> = {}) => {
    let isUsed = false;
    const use = () => {
      isUsed = true;
    };
    const event = { ...held, ...more, key, preventDefault: use, stopPropagation: use };
    hands().onKeyDown(event as unknown as KeyboardEvent);
    // A range is read before it is chosen.
    await Promise.resolve();
    await Promise.resolve();
    return isUsed;
  };
  const pointer = (more: object = {}) =>
    ({ ...held, button: 0, preventDefault: () => undefined, ...more }) as unknown as MouseEvent;
  const click = async (index: number, more: object = {}) => {
    const row = { key: keyAt(index) };
    hands().onRowDown(pointer(more), index, row);
    await Promise.resolve();
    await Promise.resolve();
    hands().onRowClick(pointer(more), index, row);
  };
  return { press, click, told, chosen: () => [...choice.keys], focus: () => choice.focus };
}

describe('keys in a grid', () => {
  test('go from row to row and stop at the ends', () => {
    expect([
      targetOf('ArrowDown', -1, 50),
      targetOf('ArrowDown', 49, 50),
      targetOf('ArrowUp', 0, 50),
      targetOf('PageDown', 45, 50),
      targetOf('Home', 30, 50),
      targetOf('End', 3, 100_000),
      targetOf('ArrowDown', 0, 0),
      targetOf('x', 3, 50),
    ]).toEqual([0, 49, 0, 49, 0, 99_999, null, null]);
  });

  test('choose one row, a range with Shift, and move without choosing with Ctrl', async () => {
    const { press, chosen, focus } = grid();
    await press('ArrowDown');
    await press('ArrowDown');
    const one = chosen();
    await press('ArrowDown', { shiftKey: true });
    const range = chosen();
    await press('ArrowDown', { ctrlKey: true });
    expect({ one, range, after: chosen(), focus: focus() }).toEqual({
      one: ['k1'],
      range: ['k1', 'k2'],
      after: ['k1', 'k2'],
      focus: 3,
    });
  });

  test('ask for every row by Ctrl+A, and by a range over all of them', async () => {
    const { press, told } = grid(chooseOnly(0, 'k0'));
    await press('a', { ctrlKey: true });
    await press('End', { shiftKey: true });
    expect(told).toEqual(['all from 0', 'all from 29']);
  });

  test('open by Enter, take in by Ctrl+Space, and leave the others to who draws the grid', async () => {
    const { press, told, chosen } = grid(chooseOnly(3, 'k3'));
    const used = [await press('Enter'), await press(' ', { ctrlKey: true }), await press('Delete')];
    expect({ used, ignored: await press('z'), told, chosen: chosen() }).toEqual({
      used: [true, true, true],
      ignored: false,
      told: ['open k3', 'key Delete', 'key z'],
      chosen: [],
    });
  });
});

describe('the pointer in a grid', () => {
  test('chooses a row, more with Ctrl, and everything between with Shift', async () => {
    const { click, chosen, told } = grid();
    await click(2);
    await click(6, { ctrlKey: true });
    const two = chosen();
    await click(4, { shiftKey: true });
    expect({ two, range: chosen(), told }).toEqual({
      two: ['k2', 'k6'],
      range: ['k4', 'k5', 'k6'],
      told: ['pick k2'],
    });
  });
});
