import type { DragEvent, KeyboardEvent, MouseEvent } from 'react';
import type { Selection } from '../../shared/message-list.ts';
import type { MessageSummary } from '../../shared/model.ts';
import { runCommand } from '../bridge/commands.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { beginDrag, endDrag } from './dragging.ts';
import { targetOf } from './list-keys.ts';
import {
  focusOn,
  isSelected,
  type ListSelection,
  selectAll,
  selectOnly,
  selectRange,
  toggled,
} from './selection.ts';

/** What the pointer and the keys do to a list. */
export type ListHands = {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowDown: (event: MouseEvent, index: number, row: MessageSummary) => void;
  readonly onRowClick: (event: MouseEvent, index: number, row: MessageSummary) => void;
  readonly onRowOpen: (row: MessageSummary) => void;
  readonly onRowMenu: (event: MouseEvent, index: number, row: MessageSummary) => void;
  readonly onRowDrag: (event: DragEvent, index: number, row: MessageSummary) => void;
  readonly onDragEnd: () => void;
};

type Tools = {
  readonly list: PagedList<MessageSummary>;
  readonly selection: ListSelection;
  readonly setSelection: (next: ListSelection) => void;
  readonly chosen: Selection | null;
  readonly dragWords: (count: number) => string;
  readonly openMenu: (at: { x: number; y: number }) => void;
  /** A row was clicked, be it the one that has the focus already. */
  readonly onShow: () => void;
};

/** Goes to a row, with its neighbours up to the anchor where a range is being made. */
async function goTo(tools: Tools, index: number, how: 'only' | 'range' | 'focus'): Promise<void> {
  const { list, selection, setSelection } = tools;
  const known = list.row(index);
  const row = known ?? (await list.range(index, index))[0];
  if (row === undefined) return;
  if (how === 'only') setSelection(selectOnly(index, row.id));
  else if (how === 'focus') setSelection(focusOn(selection, index, row.id));
  else {
    const [first, last] = [Math.min(selection.anchor, index), Math.max(selection.anchor, index)];
    const isEverything = first === 0 && last === (list.total ?? 0) - 1;
    if (isEverything) setSelection({ ...selectAll(selection), focus: index, focusId: row.id });
    else {
      const ids = (await list.range(first, last)).map(({ id }) => id);
      setSelection(selectRange(selection, index, row.id, ids));
    }
  }
}

/** The list's answers to pointer and keys. */
export function listHands(tools: Tools): ListHands {
  const { list, selection, setSelection, chosen } = tools;
  return {
    onKeyDown: (event) => {
      const hasControl = event.ctrlKey || event.metaKey;
      if (hasControl && event.key.toLowerCase() === 'a') {
        event.preventDefault();
        setSelection(selectAll(selection));
        return;
      }
      if (event.key === 'Enter' && selection.focusId !== null) {
        event.preventDefault();
        runCommand('open-window');
        return;
      }
      const row = list.row(selection.focus);
      if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
        event.preventDefault();
        const at = document.getElementById(`row-${selection.focus}`)?.getBoundingClientRect();
        if (at !== undefined) tools.openMenu({ x: at.left + at.width / 3, y: at.top + at.height / 2 });
        return;
      }
      if (event.key === ' ' && hasControl && row !== undefined) {
        event.preventDefault();
        setSelection(toggled(selection, selection.focus, row.id));
        return;
      }
      const index = targetOf(event.key, selection.focus, list.total ?? 0);
      if (index === null || event.altKey) return;
      event.preventDefault();
      void goTo(tools, index, event.shiftKey ? 'range' : hasControl ? 'focus' : 'only');
    },
    onRowDown: (event, index, row) => {
      if (event.button !== 0) return;
      if (event.shiftKey) {
        event.preventDefault();
        void goTo(tools, index, 'range');
      } else if (event.ctrlKey || event.metaKey) setSelection(toggled(selection, index, row.id));
      else if (!isSelected(selection, row.id)) setSelection(selectOnly(index, row.id));
    },
    onRowClick: (event, index, row) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      setSelection(selectOnly(index, row.id));
      tools.onShow();
    },
    onRowOpen: () => {
      runCommand('open-window');
    },
    onRowMenu: (event, index, row) => {
      event.preventDefault();
      if (!isSelected(selection, row.id)) setSelection(selectOnly(index, row.id));
      tools.openMenu({ x: event.clientX, y: event.clientY });
    },
    onRowDrag: (event, _index, row) => {
      const dragged: Selection =
        chosen !== null && isSelected(selection, row.id) ? chosen : { kind: 'ids', ids: [row.id] };
      const count =
        dragged.kind === 'ids' ? dragged.ids.length : Math.max(1, (list.total ?? 1) - dragged.except.length);
      beginDrag(event, dragged, tools.dragWords(count));
    },
    onDragEnd: endDrag,
  };
}
