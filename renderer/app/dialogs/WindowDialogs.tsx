import type { AccountState } from '../../../shared/account-state.ts';
import { deleteAsAsked } from '../../mailbox/use-list-commands.ts';
import { chosenCount } from '../../ui/grid/grid-choice.ts';
import { KeysSheet } from '../keys/KeysSheet.tsx';
import type { MainWindowState } from '../use-main-window.ts';
import { DeletionDialog } from './DeletionDialog.tsx';
import { TroubleDialog } from './TroubleDialog.tsx';

type WindowDialogsProps = { readonly state: MainWindowState; readonly accounts: readonly AccountState[] };

/** What lies over the window: the sheet of keys, a question before a deletion, the trouble of an account. */
export function WindowDialogs({ state, accounts }: WindowDialogsProps) {
  const { sheet, setSheet, mailbox, setTroubled, checkSettings } = state;
  const troubled = accounts.find(({ account }) => account.id === state.troubled);
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
