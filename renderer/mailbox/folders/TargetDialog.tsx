import { Folder as FolderIcon, FolderPlus, Search } from 'lucide-react';
import { useState } from 'react';
import { Autocomplete, Input, Menu, MenuItem, TextField } from 'react-aria-components';
import type { Folder } from '../../../shared/folder.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { foundTargets, type Target } from './folder-tree.ts';

type TargetDialogProps<Key extends Folder | null> = {
  readonly title: string;
  readonly targets: readonly Target<Key>[];
  /** Folders used lately, newest first. */
  readonly recent: readonly string[];
  readonly onChoose: (target: Key) => void;
  /** Makes a folder of the typed name and chooses it; null where none can be made. */
  readonly onMake: ((name: string) => void) | null;
  readonly onClose: () => void;
};

/** The key of a target's line. */
const keyOf = (folder: Folder | null): string => folder ?? 'top';

/** Lists where something can go. Typing finds; the arrows walk; Enter chooses. */
export function TargetDialog<Key extends Folder | null>(props: TargetDialogProps<Key>) {
  const { title, targets, recent, onChoose, onMake, onClose } = props;
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const found = foundTargets(targets, typed, recent);
  const name = typed.trim();
  const canMake = onMake !== null && name !== '' && !found.some(({ path }) => path === name);
  const choose = (key: string) => {
    onClose();
    const target = found.find(({ folder }) => keyOf(folder) === key);
    if (target !== undefined) onChoose(target.folder);
    else onMake?.(name);
  };
  return (
    <Dialog title={title} isOpen onClose={onClose} closeLabel={t('action.close')} size="small">
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <TextField aria-label={t('folder.find')} autoFocus className="target-field">
          <Search size={15} aria-hidden="true" />
          <Input className="target-input" placeholder={t('folder.find')} />
        </TextField>
        <Menu aria-label={title} className="target-list" onAction={(key) => choose(String(key))}>
          {found.map(({ folder, path }) => (
            <MenuItem key={keyOf(folder)} id={keyOf(folder)} className="target" textValue={path}>
              <FolderIcon size={15} aria-hidden="true" />
              <span className="target-path">{path}</span>
            </MenuItem>
          ))}
          {canMake && (
            <MenuItem key="make" id="make" className="target" textValue={name}>
              <FolderPlus size={15} aria-hidden="true" />
              <span className="target-path">{t('folder.make-named', { name })}</span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
      {found.length === 0 && !canMake && <p className="target-none">{t('folder.none-found')}</p>}
    </Dialog>
  );
}
