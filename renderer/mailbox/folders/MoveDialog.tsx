import type { Folder } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { makeFolder } from '../../bridge/folder-actions.ts';
import { foldersStore, preferencesStore, updatePreferences } from '../../bridge/live.ts';
import { useStore } from '../../bridge/store.ts';
import { showFailure } from '../../bridge/toasts.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { mailTargets, withRecent } from './folder-tree.ts';
import { TargetDialog } from './TargetDialog.tsx';

type MoveDialogProps = {
  /** The mailbox whose folders are offered. */
  readonly accountId: AccountId;
  readonly onMove: (to: Folder) => void;
  readonly onClose: () => void;
};

/** Asks where the chosen messages go. */
export function MoveDialog({ accountId, onMove, onClose }: MoveDialogProps) {
  const t = useTexts();
  const { folders } = useStore(foldersStore);
  const { recentFolders } = useStore(preferencesStore);
  const move = (to: Folder) => {
    updatePreferences({ recentFolders: withRecent(recentFolders, to) });
    onMove(to);
  };
  return (
    <TargetDialog
      title={t('action.move-to')}
      targets={mailTargets(folders, accountId, (role) => t(`places.${role}`))}
      recent={recentFolders}
      onChoose={move}
      onMake={(name) => {
        void makeFolder(accountId, null, name).then((outcome) => {
          if (outcome.ok) move(outcome.value.folderId);
          else showFailure(outcome.failure);
        });
      }}
      onClose={onClose}
    />
  );
}
