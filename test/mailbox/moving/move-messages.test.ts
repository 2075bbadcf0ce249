import { expect, test } from 'vitest';
import { DeletionsHereAndThere } from '../../../electron/mailbox/leaving/delete-here-and-there.ts';
import { moveMessages } from '../../../electron/mailbox/moving/move-messages.ts';
import type { Store } from '../../../electron/store/store.ts';
import { type Folder, type FolderId, onThisComputer } from '../../../shared/folder.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';

const seen = (store: Store, folder: Folder, accountId: AccountId) =>
  store.lists
    .page({ place: { kind: 'folder', folder, accountId }, offset: 0, limit: 9 })
    .rows.map(({ subject, isRead, isStarred, tags }) => [subject, isRead, isStarred, tags])
    .sort();

async function filled() {
  const store = await openTestStore({ folder: newFolder() });
  const work = (await store.folders.ensure(onThisComputer, ['Work'])).value;
  const marks = { isRead: true, isStarred: true, tags: ['red'] };
  const ids = [
    ...(await storeMail(store, [{ uidl: 'a', bytes: mail('a'), marks }])),
    ...(await storeMail(store, [{ uidl: 'p', bytes: mail('part'), isPartial: true }])),
    ...(await storeMail(store, [{ bytes: mail('own') }], onThisComputer)),
  ] as MessageId[];
  return { store, work, selection: { kind: 'ids' as const, ids } };
}

const places = (store: Store, work: FolderId) => ({
  work: seen(store, work, onThisComputer),
  inbox: seen(store, 'inbox', anna),
  trash: seen(store, 'trash', anna),
  known: store.ledger(anna).entries().length,
});

test('mail of another mailbox is written anew where the folder is, and its original is in the Trash', async () => {
  const { store, work, selection } = await filled();
  const moved = await moveMessages(store, selection, work);
  expect({ count: moved.ok && moved.value.undoable.count, ...places(store, work) }).toEqual({
    count: 2,
    work: [
      ['a', true, true, ['red']],
      ['own', false, false, []],
    ],
    inbox: [['part', false, false, []]],
    trash: [['a', true, true, ['red']]],
    known: 2,
  });
});

test('the undo brings all of it back to where it was', async () => {
  const { store, work, selection } = await filled();
  const deletions = new DeletionsHereAndThere({ store, settings: { accounts: () => [] } });
  const moved = await moveMessages(store, selection, work);
  if (!moved.ok || moved.value.takeBack === null) throw new Error('not moved');
  const { undoToken } = moved.value.undoable;
  deletions.onUndo(undoToken, moved.value.takeBack);
  const undone = await deletions.undo(undoToken);
  expect({ isUndone: undone.ok, ...places(store, work), own: seen(store, 'inbox', onThisComputer) }).toEqual({
    isUndone: true,
    work: [],
    inbox: [
      ['a', true, true, ['red']],
      ['part', false, false, []],
    ],
    trash: [],
    known: 2,
    own: [['own', false, false, []]],
  });
});
