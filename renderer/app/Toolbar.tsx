import {
  Archive,
  ArrowLeft,
  CloudDownload,
  FolderInput,
  PanelLeft,
  Settings,
  Square,
  Star,
  Tag as TagIcon,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { Tag } from '../../shared/places.ts';
import { runCommand, useCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import { toggleTag } from '../mailbox/use-list-commands.ts';
import type { Mailbox } from '../mailbox/use-mailbox.ts';
import { SearchBox } from '../search/SearchBox.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { PoppyFlower } from '../ui/PoppyFlower.tsx';
import { stopCheck } from './status/checks.ts';

type ToolbarProps = {
  /** Null while something else than mail is shown. */
  readonly mailbox: Mailbox | null;
  readonly tags: readonly Tag[];
  readonly query: string;
  readonly accounts: readonly AccountState[];
  readonly onSearch: (query: string) => void;
  readonly onLeaveSearch: () => void;
  readonly onCheck: () => void;
  /** Shows the places where there is no room for them; null where there is. */
  readonly onPlaces: (() => void) | null;
  readonly onBack: (() => void) | null;
  readonly isSettings: boolean;
};

/** The line above the panes. */
export function Toolbar(props: ToolbarProps) {
  const { mailbox, tags, query, accounts, onSearch, onLeaveSearch, onCheck, onPlaces, onBack } = props;
  const t = useTexts();
  const [areTagsOpen, setTagsOpen] = useState(false);
  useCommand('tag', () => setTagsOpen(true), mailbox !== null);
  const isChecking = accounts.some((state) => state.check !== null);
  const isNothing = mailbox?.chosen == null;
  const act = (command: string) => () => {
    runCommand(command);
  };
  return (
    <header>
      <div className="toolbar" data-pane="toolbar" role="toolbar" aria-label={t('toolbar.label')}>
        <span className="toolbar-sign">
          <PoppyFlower size={26} />
        </span>
        {onPlaces !== null && (
          <IconButton label={t('places.show')} icon={<PanelLeft size={18} />} onPress={onPlaces} />
        )}
        {onBack !== null && (
          <IconButton label={t('action.back')} icon={<ArrowLeft size={18} />} onPress={onBack} />
        )}
        <Button look="primary" className="get-mail" icon={<CloudDownload size={17} />} onPress={onCheck}>
          {t('action.get-mail')}
        </Button>
        {isChecking && (
          <IconButton
            label={t('status.stop')}
            icon={<Square size={14} fill="currentColor" />}
            onPress={() => stopCheck(null)}
          />
        )}
        <span className="toolbar-group">
          <IconButton
            label={t('action.delete')}
            shortcut="Del"
            icon={<Trash2 size={18} />}
            isDisabled={isNothing}
            onPress={act('delete')}
          />
          <IconButton
            label={t('action.archive')}
            shortcut="A"
            icon={<Archive size={18} />}
            isDisabled={isNothing}
            onPress={act('archive')}
          />
          <IconButton
            label={t('action.move-to')}
            shortcut="V"
            icon={<FolderInput size={18} />}
            isDisabled={isNothing}
            onPress={act('move-to')}
          />
          <IconButton
            label={t('action.star')}
            shortcut="S"
            icon={<Star size={18} />}
            isDisabled={isNothing}
            isPressed={mailbox?.focused?.isStarred === true}
            className="toolbar-star"
            onPress={act('star')}
          />
          <Menu
            label={t('action.tag')}
            isOpen={areTagsOpen}
            onOpenChange={setTagsOpen}
            entries={[
              ...tags.map((tag, index) => ({
                key: tag.name,
                label: tag.name,
                icon: <TagIcon size={15} className={`ink-${tag.color}`} />,
                isOn: mailbox?.focused?.tags.includes(tag.name) === true,
                ...(index < 9 ? { shortcut: String(index + 1) } : {}),
                run: () => {
                  if (mailbox !== null) toggleTag(mailbox, tag.name);
                },
              })),
              ...(tags.length === 0 ? [] : [{ key: 'line', line: true } as const]),
              { key: 'new', label: `${t('tags.new')}…`, run: act('new-tag') },
              { key: 'manage', label: t('tags.manage'), run: act('settings-tags') },
            ]}
          >
            <IconButton label={t('action.tag')} icon={<TagIcon size={18} />} isDisabled={isNothing} />
          </Menu>
        </span>
        <span className="toolbar-space" />
        <SearchBox query={query} onSearch={onSearch} onLeave={onLeaveSearch} />
        <IconButton
          label={t('settings.title')}
          shortcut="Ctrl+,"
          icon={<Settings size={18} />}
          isPressed={props.isSettings}
          onPress={act('settings')}
        />
      </div>
    </header>
  );
}
