import {
  Archive,
  CloudOff,
  ExternalLink,
  FolderInput,
  Inbox,
  MailOpen,
  Star,
  Tag as TagIcon,
  Trash2,
} from 'lucide-react';
import type { Tag } from '../../shared/places.ts';
import { runCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import type { MenuEntry } from '../ui/Menu.tsx';
import { toggleTag } from './use-list-commands.ts';
import type { Mailbox } from './use-mailbox.ts';

const size = 15;

/** What can be done with the messages under the pointer. */
export function useRowMenu(mailbox: Mailbox, tags: readonly Tag[]): readonly MenuEntry[] {
  const t = useTexts();
  const { focused, query } = mailbox;
  const run = (name: string) => () => {
    runCommand(name);
  };
  const isInbox = query.place.kind === 'folder' && query.place.folder === 'inbox';
  return [
    {
      key: 'open',
      label: t('action.open-window'),
      icon: <ExternalLink size={size} />,
      run: run('open-window'),
    },
    { key: 'line-0', line: true },
    {
      key: 'read',
      label: focused?.isRead === true ? t('action.mark-unread') : t('action.mark-read'),
      icon: <MailOpen size={size} />,
      shortcut: 'M',
      run: run('toggle-read'),
    },
    {
      key: 'star',
      label: focused?.isStarred === true ? t('action.unstar') : t('action.star'),
      icon: <Star size={size} />,
      shortcut: 'S',
      run: run('star'),
    },
    ...(isInbox
      ? []
      : [
          {
            key: 'inbox',
            label: t('action.move-to-inbox'),
            icon: <Inbox size={size} />,
            run: run('move-to-inbox'),
          },
        ]),
    {
      key: 'archive',
      label: t('action.archive'),
      icon: <Archive size={size} />,
      shortcut: 'A',
      run: run('archive'),
    },
    {
      key: 'move-to',
      label: t('action.move-to'),
      icon: <FolderInput size={size} />,
      shortcut: 'V',
      run: run('move-to'),
    },
    { key: 'line-1', line: true },
    ...tags.map((tag, index) => ({
      key: `tag ${tag.name}`,
      label: tag.name,
      icon: <TagIcon size={size} className={`ink-${tag.color}`} />,
      isOn: focused?.tags.includes(tag.name) === true,
      ...(index < 9 ? { shortcut: String(index + 1) } : {}),
      run: () => toggleTag(mailbox, tag.name),
    })),
    {
      key: 'new-tag',
      label: `${t('tags.new')}…`,
      icon: <TagIcon size={size} />,
      run: run('new-tag'),
    },
    { key: 'line-2', line: true },
    {
      key: 'delete',
      label: focused?.folder === 'trash' ? t('delete-for-good.do') : t('action.delete'),
      icon: <Trash2 size={size} />,
      shortcut: 'Del',
      isDanger: true,
      run: run('delete'),
    },
    {
      key: 'delete-on-server',
      label: t('action.delete-on-server'),
      icon: <CloudOff size={size} />,
      shortcut: 'Shift+Del',
      isDanger: true,
      run: run('delete-on-server'),
    },
  ];
}
