import { Folder as FolderIcon, Star } from 'lucide-react';
import { useState } from 'react';
import type { OwnFolder } from '../../../shared/folder.ts';
import type { Place, PlaceCount } from '../../../shared/places.ts';
import { moveFolder } from '../../bridge/folder-actions.ts';
import { preferencesStore, updatePreferences } from '../../bridge/live.ts';
import { countOf, keyOfPlace } from '../../bridge/places.ts';
import { useStore } from '../../bridge/store.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { beginDrag, type Dragged, endDrag } from '../dragging.ts';
import { type Branch, PlaceButton } from '../places/PlaceButton.tsx';
import { folderMenu } from './folder-menu.tsx';
import { folderQuestionStore } from './folder-question.ts';
import { type FolderLine, folderTargets } from './folder-tree.ts';

type FolderPlacesProps = {
  readonly lines: readonly FolderLine[];
  readonly folders: readonly OwnFolder[];
  readonly counts: readonly PlaceCount[];
  /** Key of the place that is shown. */
  readonly current: string;
  readonly onChoose: (place: Place) => void;
};

const iconSize = 17;

/** Folders that a person made, as places: pressed they are shown, dragged they are moved, with a menu each. */
export function FolderPlaces({ lines, folders, counts, current, onChoose }: FolderPlacesProps) {
  const t = useTexts();
  const { foldedFolders } = useStore(preferencesStore);
  const [menu, setMenu] = useState<{ folder: OwnFolder; at: { x: number; y: number } } | null>(null);
  const placeOf = ({ id, accountId }: OwnFolder): Place => ({ kind: 'folder', folder: id, accountId });

  const movedInto = (dragged: Dragged, into: OwnFolder): OwnFolder | null => {
    const moved = dragged.kind === 'folder' ? folders.find(({ id }) => id === dragged.id) : undefined;
    if (moved === undefined) return null;
    return folderTargets(folders, moved, '').some(({ folder }) => folder === into.id) ? moved : null;
  };
  const branchOf = ({ folder, hasChildren }: FolderLine): Branch => ({
    isFolded: hasChildren ? foldedFolders.includes(folder.id) : null,
    foldLabel: t('folder.fold', { name: folder.name }),
    onFold: (isFolded) => {
      const others = foldedFolders.filter((id) => id !== folder.id);
      updatePreferences({ foldedFolders: isFolded ? [...others, folder.id] : others });
    },
    onMenu: (at) => setMenu({ folder, at }),
    onDragStart: (event) => beginDrag(event, { kind: 'folder', id: folder.id }, folder.name),
    onDragEnd: endDrag,
    canTakeFolder: (dragged) => movedInto(dragged, folder) !== null,
    onFolder: (dragged) => {
      const moved = movedInto(dragged, folder);
      if (moved !== null) void moveFolder(moved.id, folder.id);
    },
    onKey: (key) => {
      const kind = key === 'F2' ? 'rename' : key === 'Delete' ? 'delete' : null;
      if (kind !== null) folderQuestionStore.set({ kind, folder });
      return kind !== null;
    },
  });
  return (
    <>
      {lines.map((line) => {
        const place = placeOf(line.folder);
        return (
          <PlaceButton
            key={line.folder.id}
            label={line.folder.name}
            icon={line.folder.isFavourite ? <Star size={iconSize} /> : <FolderIcon size={iconSize} />}
            unread={countOf(counts, place).unread}
            isCurrent={current === keyOfPlace(place)}
            place={place}
            depth={line.depth}
            branch={branchOf(line)}
            onPress={() => onChoose(place)}
          />
        );
      })}
      {menu !== null && (
        <ContextMenu
          label={t('folder.menu', { name: menu.folder.name })}
          entries={folderMenu(menu.folder, t, () => onChoose(placeOf(menu.folder)))}
          at={menu.at}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
