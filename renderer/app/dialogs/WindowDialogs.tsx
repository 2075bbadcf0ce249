import type { AccountState } from '../../../shared/account-state.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { FolderDialogs } from '../../mailbox/folders/FolderDialogs.tsx';
import { MoveDialog } from '../../mailbox/folders/MoveDialog.tsx';
import { NewTagDialog } from '../../mailbox/NewTagDialog.tsx';
import { deleteAsAsked, moveChosen } from '../../mailbox/use-list-commands.ts';
import type { Mailbox } from '../../mailbox/use-mailbox.ts';
import { chosenCount } from '../../ui/grid/grid-choice.ts';
import { KeysSheet } from '../keys/KeysSheet.tsx';
import type { MainWindowState } from '../use-main-window.ts';
import { DeletionDialog } from './DeletionDialog.tsx';
import { TroubleDialog } from './TroubleDialog.tsx';

/** The mailbox whose mail is chosen; null where nothing is in memory to tell. */
function mailboxOf({ query: { place }, focused }: Mailbox): AccountId | null {
  return ('accountId' in place ? place.accountId : null) ?? focused?.accountId ?? null;
}

type WindowDialogsProps = { readonly state: MainWindowState; readonly accounts: readonly AccountState[] };

/** What lies over the window: the sheet of keys, the folders to move to, a question before a deletion, the trouble of an account. */
export function WindowDialogs({ state, accounts }: WindowDialogsProps) {
  const { sheet, setSheet, mailbox, setTroubled, checkSettings } = state;
  const troubled = accounts.find(({ account }) => account.id === state.troubled);
  const movesIn = mailboxOf(mailbox);
  return (
    <>
      <KeysSheet isOpen={sheet === 'keys'} onClose={() => setSheet(null)} />
      {(sheet === 'on-server' || sheet === 'for-good') && (
        <DeletionDialog
          question={sheet}
          count={chosenCount(mailbox.selection, mailbox.list.total ?? 0)}
          onClose={() => setSheet(null)}
          onDelete={() => deleteAsAsked(mailbox, sheet)}
        />
      )}
      {sheet === 'move-to' && movesIn !== null && (
        <MoveDialog
          accountId={movesIn}
          onMove={(to) => moveChosen(mailbox, to)}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet === 'new-tag' && <NewTagDialog mailbox={mailbox} onClose={() => setSheet(null)} />}
      <FolderDialogs />
      {troubled !== undefined && (
        <TroubleDialog
          state={troubled}
          onClose={() => setTroubled(null)}
          onSettings={() => {
            setTroubled(null);
            checkSettings(troubled.account.id);
          }}
        />
      )}
    </>
  );
}
