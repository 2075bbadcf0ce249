import { describe, expect, test } from 'vitest';
import { targetOf } from '../../renderer/mailbox/list-keys.ts';
import {
  asSelection,
  isSelected,
  nothingSelected,
  selectAll,
  selectedCount,
  selectOnly,
  selectRange,
  toggled,
} from '../../renderer/mailbox/selection.ts';
import type { MessageId } from '../../shared/model.ts';

const id = (value: number) => value as MessageId;
const place = { kind: 'folder', folder: 'inbox', accountId: null } as const;

describe('selection', () => {
  test('adds and takes out single rows', () => {
    const two = toggled(selectOnly(0, id(10)), 3, id(13));
    expect([
      asSelection(two, place, {}),
      asSelection(toggled(two, 0, id(10)), place, {}),
      asSelection(nothingSelected, place, {}),
    ]).toEqual([{ kind: 'ids', ids: [10, 13] }, { kind: 'ids', ids: [13] }, null]);
  });

  test('keeps the anchor while a range grows and shrinks', () => {
    const range = selectRange(selectOnly(2, id(12)), 4, id(14), [id(12), id(13), id(14)]);
    const smaller = selectRange(range, 3, id(13), [id(12), id(13)]);
    expect({ ids: [...smaller.ids], anchor: smaller.anchor, focus: smaller.focus }).toEqual({
      ids: [12, 13],
      anchor: 2,
      focus: 3,
    });
  });

  test('speaks of the place when everything is chosen, but for those taken out', () => {
    const all = toggled(selectAll(selectOnly(0, id(10))), 5, id(15));
    expect({
      said: asSelection(all, place, { unread: true }),
      count: selectedCount(all, 100_000),
      out: isSelected(all, id(15)),
      rest: isSelected(all, id(99_999)),
    }).toEqual({
      said: { kind: 'place', place, filter: { unread: true }, except: [15] },
      count: 99_999,
      out: false,
      rest: true,
    });
  });
});

describe('keys in a list', () => {
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
});
