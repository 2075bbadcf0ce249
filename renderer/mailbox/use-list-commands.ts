import { useEffect } from 'react';
import type { Folder } from '../../shared/folder.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { MarkChange } from '../../shared/marks.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { Tag } from '../../shared/places.ts';
import { type CommandName, runCommand, useCommand, useCommands } from '../bridge/commands.ts';
import {
  deleteForGood,
  deleteMessages,
  markLookedAt,
  markMessages,
  moveMessages,
} from '../bridge/message-actions.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { chooseAll, chooseOnly, isChosen, nothingChosen } from '../ui/grid/grid-choice.ts';
import type { Mailbox } from './use-mailbox.ts';

/** What is asked before it is done. */
export type DeletionQuestion = 'on-server' | 'for-good';
/** What the commands of the list ask. */
export type ListQuestion = DeletionQuestion | 'move-to' | 'new-tag';

/** How many rows the search for the next unread message looks at. */
const unreadReach = 3000;
const unreadStep = 100;

async function findUnread(mailbox: Mailbox, way: 1 | -1): Promise<number | null> {
  const { list, selection } = mailbox;
  const total = list.total ?? 0;
  for (let seen = 0, from = selection.focus + way; seen < unreadReach && from >= 0 && from < total; ) {
    const to = Math.max(0, Math.min(total - 1, from + way * (unreadStep - 1)));
    const first = Math.min(from, to);
    const rows = await list.range(first, Math.max(from, to));
    const at = way === 1 ? rows.findIndex((row) => !row.isRead) : rows.findLastIndex((row) => !row.isRead);
    if (at >= 0) return first + at;
    seen += rows.length;
    from = to + way;
  }
  return null;
}

/** Whether a message leaves the list on screen when it goes to that folder. */
function leaves(mailbox: Mailbox, to: Folder): boolean {
  const { place } = mailbox.query;
  return to === 'trash' || (place.kind === 'folder' && place.folder !== to);
}

/** Takes the chosen rows off the list at once and goes to the row after them; the program follows. */
async function takeAway(mailbox: Mailbox, to: Folder, act: () => Promise<boolean>): Promise<void> {
  const { list, selection, setSelection } = mailbox;
  if (leaves(mailbox, to)) {
    const total = list.total ?? 0;
    let next = selection.focus;
    for (let index = 0; index < total && selection.keys.size > 1; index += 1) {
      const row = list.row(index);
      if (row !== undefined && isChosen(selection, row.id)) {
        next = index;
        break;
      }
    }
    if (selection.mode === 'all' && selection.keys.size === 0) list.empty();
    else list.remove((row) => isChosen(selection, row.id));
    const index = Math.min(next, (list.total ?? 0) - 1);
    const row = list.row(index);
    setSelection(row === undefined ? nothingChosen() : chooseOnly(index, row.id));
  }
  if (!(await act())) list.refresh();
}

/** Moves the chosen messages to a folder of their mailbox. */
export function moveChosen(mailbox: Mailbox, to: Folder): void {
  const { chosen } = mailbox;
  if (chosen !== null) void takeAway(mailbox, to, () => moveMessages(chosen, to));
}

/** Changes the chosen rows on screen at once; the program follows. */
async function mark(mailbox: Mailbox, change: MarkChange, isSilent: boolean): Promise<void> {
  const { list, selection, chosen } = mailbox;
  if (chosen === null) return;
  const apply = (row: MessageSummary): MessageSummary => ({
    ...row,
    isRead: change.isRead ?? row.isRead,
    isStarred: change.isStarred ?? row.isStarred,
    tags: [
      ...row.tags.filter((tag) => change.removeTags?.includes(tag) !== true),
      ...(change.addTags ?? []).filter((tag) => !row.tags.includes(tag)),
    ],
  });
  list.update((row) => (isChosen(selection, row.id) ? apply(row) : row));
  if (!(await markMessages(chosen, change, isSilent))) list.refresh();
}

/** Puts a tag on the chosen messages, or takes it off where the one in focus has it. */
export function toggleTag(mailbox: Mailbox, tag: string): void {
  const has = mailbox.focused?.tags.includes(tag) === true;
  void mark(mailbox, has ? { removeTags: [tag] } : { addTags: [tag] }, false);
}

/** Answers to the commands that are about the list and the chosen messages, while they are in sight. */
export function useListCommands(
  mailbox: Mailbox,
  tags: readonly Tag[],
  isShown: boolean,
  ask: (question: ListQuestion) => void,
): void {
  const { list, selection, chosen, focused, goTo, setSelection } = mailbox;
  const total = list.total ?? 0;
  const isMany = selection.mode === 'all' || selection.keys.size > 1;
  const unread = (way: 1 | -1) => {
    void findUnread(mailbox, way).then((index) => {
      if (index !== null) goTo(index);
    });
  };
  useCommand('next', () => goTo(Math.min(total - 1, selection.focus + 1)), isShown && total > 0);
  useCommand('previous', () => goTo(Math.max(0, selection.focus - 1)), isShown && total > 0);
  useCommand('next-unread', () => unread(1), isShown);
  useCommand('previous-unread', () => unread(-1), isShown);
  useCommand('toggle-read', () => void mark(mailbox, { isRead: focused?.isRead !== true }, !isMany), isShown);
  useCommand('star', () => void mark(mailbox, { isStarred: focused?.isStarred !== true }, !isMany), isShown);
  useCommand('archive', () => moveChosen(mailbox, 'archive'), isShown);
  useCommand('move-to-inbox', () => moveChosen(mailbox, 'inbox'), isShown);
  useCommand(
    'move-to',
    () => {
      if (chosen !== null) ask('move-to');
    },
    isShown,
  );
  useCommand(
    'new-tag',
    () => {
      if (chosen !== null) ask('new-tag');
    },
    isShown,
  );
  const { place } = mailbox.query;
  const isTrash =
    (place.kind === 'folder' && place.folder === 'trash') || (!isMany && focused?.folder === 'trash');
  useCommand(
    'delete',
    () => {
      if (chosen === null) return;
      if (isTrash) ask('for-good');
      else void takeAway(mailbox, 'trash', () => deleteMessages(chosen, false));
    },
    isShown,
  );
  useCommand(
    'delete-on-server',
    () => {
      if (chosen !== null) ask('on-server');
    },
    isShown,
  );
  useCommand('select-all', () => setSelection(chooseAll(selection)), isShown);
  // The keys are always the same nine, so the order of the hooks is too.
  useCommands(tagKeys, (at) => {
    const tag = tags[at];
    if (isShown && tag !== undefined && chosen !== null) toggleTag(mailbox, tag.name);
  });
}

const tagKeys: readonly CommandName[] = [
  'tag-1',
  'tag-2',
  'tag-3',
  'tag-4',
  'tag-5',
  'tag-6',
  'tag-7',
  'tag-8',
  'tag-9',
];

/** Deletes the chosen messages as was asked: here and on the server at the next check, or out of the Trash for good. */
export function deleteAsAsked(mailbox: Mailbox, question: DeletionQuestion): void {
  const { chosen } = mailbox;
  if (chosen === null) return;
  const act = () => (question === 'for-good' ? deleteForGood(chosen) : deleteMessages(chosen, true));
  void takeAway(mailbox, 'trash', act);
}

function markRead(list: PagedList<MessageSummary>, id: MessageId): void {
  list.update((row) => (row.id === id ? { ...row, isRead: true } : row));
  void markLookedAt(id);
}

/** Marks the message in focus as read once it was shown for so long; never for a negative time. */
export function useMarkRead(mailbox: Mailbox, afterMs: number): void {
  const { focused, list } = mailbox;
  const id = focused !== null && !focused.isRead ? focused.id : null;
  useEffect(() => {
    if (id === null || afterMs < 0) return undefined;
    const timer = setTimeout(() => markRead(list, id), afterMs);
    return () => clearTimeout(timer);
  }, [id, afterMs, list]);
  useCommand('read-next', () => {
    // Who has read to the end has read it, however quickly.
    if (id !== null && afterMs >= 0) markRead(list, id);
    runCommand('next-unread');
  });
}
