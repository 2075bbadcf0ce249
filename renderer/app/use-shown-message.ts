import { useMemo, useState } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { Mailbox } from '../mailbox/use-mailbox.ts';
import type { Subject } from '../reading/use-message.ts';
import { chooseOnly } from '../ui/grid/grid-choice.ts';

/** The message beside the list. */
export type ShownMessage = {
  /** What is read; null where nothing is chosen. */
  readonly subject: Subject | null;
  /** Its row, if it is in memory. */
  readonly row: MessageSummary | null;
  /** Shows a message of the same conversation, whether it is in the list or not. */
  readonly show: (row: MessageSummary) => void;
  /** Shows the row in focus again. */
  readonly showFocused: () => void;
};

/** Shows the message in focus, or one that was opened out of its conversation. */
export function useShownMessage({ selection, setSelection, focused, list }: Mailbox): ShownMessage {
  const id = selection.focusKey;
  const [opened, setOpened] = useState<{ row: MessageSummary; from: MessageId | null } | null>(null);
  // Another choice in the list leaves the message that was opened from a conversation, for good.
  if (opened !== null && opened.from !== id) setOpened(null);
  const elsewhere = opened !== null && opened.from === id ? opened.row : null;
  const isPartial = focused?.isPartial ?? false;
  const subject = useMemo<Subject | null>(() => {
    if (elsewhere !== null) return { kind: 'stored', id: elsewhere.id, isPartial: elsewhere.isPartial };
    return id === null ? null : { kind: 'stored', id, isPartial };
  }, [elsewhere, id, isPartial]);
  return {
    subject,
    row: elsewhere ?? focused,
    show: (row) => {
      const index = list.indexOf(row.id);
      if (index >= 0) setSelection(chooseOnly(index, row.id));
      else setOpened({ row, from: id });
    },
    showFocused: () => setOpened(null),
  };
}
