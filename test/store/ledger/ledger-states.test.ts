import { describe, expect, test } from 'vitest';
import {
  type Held,
  type LedgerEvent,
  type LedgerState,
  ledgerStateNumber,
  ledgerStateOf,
  ledgerStates,
  ledgerTransitions,
  nextLedgerState,
} from '../../../electron/store/ledger/ledger-states.ts';

type Arrow = [from: LedgerState | null, event: LedgerEvent, to: LedgerState, held?: Held];

const arrows: Arrow[] = [
  [null, 'listed', 'seen'],
  [null, 'stored', 'stored'],
  [null, 'partly-stored', 'partial'],
  [null, 'skipped', 'skipped'],
  [null, 'delete-asked', 'delete-pending'],
  ['seen', 'listed', 'seen'],
  ['seen', 'other-listed', 'seen'],
  ['stored', 'other-listed', 'seen'],
  ['partial', 'other-listed', 'seen'],
  ['skipped', 'other-listed', 'seen'],
  ['delete-pending', 'other-listed', 'seen'],
  ['delete-sent', 'other-listed', 'seen'],
  ['gone', 'other-listed', 'seen'],
  ['seen', 'missing', 'gone'],
  ['seen', 'stored', 'stored'],
  ['seen', 'partly-stored', 'partial'],
  ['seen', 'skipped', 'skipped'],
  ['seen', 'delete-asked', 'delete-pending'],
  ['stored', 'listed', 'stored'],
  ['stored', 'missing', 'gone'],
  ['stored', 'stored', 'stored'],
  ['stored', 'delete-asked', 'delete-pending'],
  ['partial', 'listed', 'partial'],
  ['partial', 'missing', 'gone'],
  ['partial', 'stored', 'stored'],
  ['partial', 'partly-stored', 'partial'],
  ['partial', 'delete-asked', 'delete-pending'],
  ['skipped', 'listed', 'skipped'],
  ['skipped', 'missing', 'gone'],
  ['skipped', 'stored', 'stored'],
  ['skipped', 'partly-stored', 'partial'],
  ['skipped', 'skipped', 'skipped'],
  ['skipped', 'delete-asked', 'delete-pending'],
  ['delete-pending', 'listed', 'delete-pending'],
  ['delete-pending', 'missing', 'gone'],
  ['delete-pending', 'stored', 'delete-pending'],
  ['delete-pending', 'partly-stored', 'delete-pending'],
  ['delete-pending', 'delete-asked', 'delete-pending'],
  ['delete-pending', 'delete-taken-back', 'stored', 'stored'],
  ['delete-pending', 'delete-taken-back', 'partial', 'partial'],
  ['delete-pending', 'delete-taken-back', 'seen', 'nothing'],
  ['delete-pending', 'delete-sent', 'delete-sent'],
  ['delete-sent', 'listed', 'delete-pending'],
  ['delete-sent', 'missing', 'gone'],
  ['delete-sent', 'stored', 'delete-sent'],
  ['delete-sent', 'partly-stored', 'delete-sent'],
  ['delete-sent', 'delete-asked', 'delete-pending'],
  ['delete-sent', 'delete-sent', 'delete-sent'],
  ['gone', 'listed', 'stored', 'stored'],
  ['gone', 'listed', 'partial', 'partial'],
  ['gone', 'listed', 'seen', 'nothing'],
  ['gone', 'missing', 'gone'],
  ['gone', 'stored', 'stored'],
  ['gone', 'partly-stored', 'partial'],
];

describe('the states of the ledger', () => {
  test.each(arrows)('%s, when %s, becomes %s', (from, event, to, held) => {
    expect(nextLedgerState(from, event, held)).toBe(to);
  });

  test('there is no arrow that is not named above', () => {
    const inTable = Object.entries(ledgerTransitions).flatMap(([from, events]) =>
      Object.keys(events).map((event) => `${from} ${event}`),
    );
    const named = new Set(arrows.map(([from, event]) => `${from ?? 'unknown'} ${event}`));
    expect(inTable.filter((arrow) => !named.has(arrow))).toEqual([]);
  });

  test('only a deletion that was asked for can be sent', () => {
    const able = [null, ...ledgerStates].filter(
      (from) => nextLedgerState(from, 'delete-sent') === 'delete-sent',
    );
    expect(able).toEqual(['delete-pending', 'delete-sent']);
  });

  test('the index keeps each state under its number, and reads a number of none as seen', () => {
    expect([
      ...ledgerStates.map((state) => ledgerStateOf(ledgerStateNumber(state))),
      ledgerStateOf(99),
    ]).toEqual([...ledgerStates, 'seen']);
  });
});
