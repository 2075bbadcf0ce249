import { expect, test } from 'vitest';
import type { MessageId } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';
import { olderSteps, takeIndexBack } from './older-index.ts';

test.each(olderSteps)(
  'an index that has been through %i migrations keeps folders, marks, tags and ledger',
  async (steps) => {
    const folder = newFolder();
    const before = await openTestStore({ folder });
    const ids = (await storeMail(before, [
      { uidl: 'a', bytes: mail('a') },
      { uidl: 'b', bytes: mail('b') },
      { uidl: 'c', bytes: mail('c') },
    ])) as MessageId[];
    const only = (index: number) => ({ kind: 'ids' as const, ids: ids.slice(index, index + 1) });
    await before.marks.moveTo(only(1), 'archive');
    await before.marks.moveTo(only(2), 'trash');
    await before.marks.setStarred(only(0), true);
    await before.marks.setTags(only(1), { add: ['work'] });
    await before.ledger(anna).setDeletePending([asLedgerKey('b#1')]);
    await before.close();
    takeIndexBack(folder, steps);
    const store = await openTestStore({ folder });
    const subjects = (folderName: 'inbox' | 'archive' | 'trash') =>
      store.lists
        .page({ place: { kind: 'folder', folder: folderName, accountId: anna }, offset: 0, limit: 9 })
        .rows.map(({ subject, isStarred, tags }) => [subject, isStarred, tags]);
    expect({
      notice: store.notice,
      inbox: subjects('inbox'),
      archive: subjects('archive'),
      trash: subjects('trash'),
      states: store
        .ledger(anna)
        .entries()
        .map(({ key, state }) => [key, state]),
      damaged: (await store.upkeep.verify()).damaged,
    }).toEqual({
      notice: null,
      inbox: [['a', true, []]],
      archive: [['b', false, ['work']]],
      trash: [['c', false, []]],
      states: [
        ['a#1', 'stored'],
        ['b#1', 'delete-pending'],
        ['c#1', 'stored'],
      ],
      damaged: [],
    });
  },
);
