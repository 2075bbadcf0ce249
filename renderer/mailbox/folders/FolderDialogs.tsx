import type { Failure } from '../../../shared/failure.ts';
import type { OwnFolder } from '../../../shared/folder.ts';
import type { PlaceCount } from '../../../shared/places.ts';
import type { Result } from '../../../shared/result.ts';
import { makeFolder, moveFolder, renameFolder } from '../../bridge/folder-actions.ts';
import { countsStore, foldersStore, preferencesStore } from '../../bridge/live.ts';
import { deleteFolder } from '../../bridge/message-actions.ts';
import { countOf } from '../../bridge/places.ts';
import { useStore } from '../../bridge/store.ts';
import { showFailure } from '../../bridge/toasts.ts';
import { folderProblem } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Question } from '../../ui/Question.tsx';
import { NameDialog } from '../NameDialog.tsx';
import { folderQuestionStore } from './folder-question.ts';
import { folderTargets, shownPath } from './folder-tree.ts';
import { TargetDialog } from './TargetDialog.tsx';

/** How many messages are in a folder and in those inside it. */
function messagesIn(folders: readonly OwnFolder[], counts: readonly PlaceCount[], of: OwnFolder): number {
  const own = countOf(counts, { kind: 'folder', folder: of.id, accountId: of.accountId }).total;
  return folders
    .filter(({ parentId }) => parentId === of.id)
    .reduce((sum, child) => sum + messagesIn(folders, counts, child), own);
}

/** What is asked before a folder is made, named, moved or deleted. */
export function FolderDialogs() {
  const t = useTexts();
  const question = useStore(folderQuestionStore);
  const { folders } = useStore(foldersStore);
  const counts = useStore(countsStore);
  const { recentFolders } = useStore(preferencesStore);
  /** What is wrong with a name. Any other failure is told, and closes the question. */
  const problemOf = (outcome: Result<unknown, Failure>): string | null => {
    if (outcome.ok) return null;
    const { failure } = outcome;
    if (failure.kind === 'bad-input' && failure.field === 'folder') return folderProblem(failure.what, t);
    showFailure(failure);
    return null;
  };
  const close = () => folderQuestionStore.set(null);
  if (question === null) return null;
  if (question.kind === 'make') {
    const { accountId, parentId } = question;
    return (
      <NameDialog
        title={t('folder.new')}
        answer={t('folder.make')}
        name=""
        note={parentId === null ? null : t('folder.inside', { path: shownPath(folders, parentId) })}
        onName={async (name) => problemOf(await makeFolder(accountId, parentId, name))}
        onClose={close}
      />
    );
  }
  const { kind, folder } = question;
  if (kind === 'rename')
    return (
      <NameDialog
        title={t('folder.rename')}
        answer={t('folder.rename')}
        name={folder.name}
        note={null}
        onName={async (name) => problemOf(await renameFolder(folder.id, name))}
        onClose={close}
      />
    );
  if (kind === 'move')
    return (
      <TargetDialog
        title={t('folder.move-named', { name: folder.name })}
        targets={folderTargets(folders, folder, t('folder.top'))}
        recent={recentFolders}
        onChoose={(parentId) => void moveFolder(folder.id, parentId)}
        onMake={null}
        onClose={close}
      />
    );
  return (
    <Question
      title={t('folder.delete-named', { name: folder.name })}
      isOpen
      labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('folder.delete') }}
      onClose={close}
      onAnswer={() => void deleteFolder(folder.id)}
    >
      <p>{t('folder.delete-question', { count: messagesIn(folders, counts, folder) })}</p>
    </Question>
  );
}
