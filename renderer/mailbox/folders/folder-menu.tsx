import { Folder as FolderIcon, FolderInput, FolderPlus, Pencil, Star, Trash2 } from 'lucide-react';
import type { OwnFolder } from '../../../shared/folder.ts';
import { turnFavourite } from '../../bridge/folder-actions.ts';
import type { TextOf } from '../../i18n/texts.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { askForFolder, folderQuestionStore } from './folder-question.ts';

const size = 15;

/** What can be done with a folder that a person made. */
export function folderMenu(folder: OwnFolder, t: TextOf, show: () => void): readonly MenuEntry[] {
  const ask = (kind: 'rename' | 'move' | 'delete') => () => folderQuestionStore.set({ kind, folder });
  return [
    { key: 'show', label: t('folder.show'), icon: <FolderIcon size={size} />, run: show },
    { key: 'line-1', line: true },
    {
      key: 'new',
      label: t('folder.new-inside'),
      icon: <FolderPlus size={size} />,
      run: () => askForFolder(folder.accountId, folder.id),
    },
    {
      key: 'rename',
      label: `${t('folder.rename')}…`,
      icon: <Pencil size={size} />,
      shortcut: 'F2',
      run: ask('rename'),
    },
    { key: 'move', label: t('action.move-to'), icon: <FolderInput size={size} />, run: ask('move') },
    {
      key: 'favourite',
      label: t(folder.isFavourite ? 'folder.no-favourite' : 'folder.favourite'),
      icon: <Star size={size} />,
      run: () => void turnFavourite(folder),
    },
    { key: 'line-2', line: true },
    {
      key: 'delete',
      label: `${t('folder.delete')}…`,
      icon: <Trash2 size={size} />,
      shortcut: 'Del',
      isDanger: true,
      run: ask('delete'),
    },
  ];
}
