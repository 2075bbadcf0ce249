import { ArrowDownUp, BookmarkPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import { isFolderRole, type OwnFolder } from '../../shared/folder.ts';
import type { ListSort } from '../../shared/message-list.ts';
import type { Place } from '../../shared/places.ts';
import { type Preferences, readingPanes } from '../../shared/preferences.ts';
import { foldersStore, savedSearchesStore, saveSearches, updatePreferences } from '../bridge/live.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { type TextOf, useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { Question } from '../ui/Question.tsx';
import type { Mailbox } from './use-mailbox.ts';

/** What a place is called at the head of its list. */
function titleOf(place: Place, folders: readonly OwnFolder[], t: TextOf): string {
  switch (place.kind) {
    case 'folder':
      if (!isFolderRole(place.folder)) return folders.find(({ id }) => id === place.folder)?.name ?? '';
      return place.accountId === null && place.folder === 'inbox'
        ? t('places.all-inboxes')
        : t(`places.${place.folder}`);
    case 'starred':
      return t('places.starred');
    case 'tag':
      return place.tag;
    case 'search':
      return t('search.results');
  }
}

function sortEntries(preferences: Preferences, t: TextOf): MenuEntry[] {
  const { sort, listStyle, density, groupsByConversation } = preferences;
  const by = (key: ListSort['by']): MenuEntry => ({
    key,
    label: t(`list.sort.${key}`),
    isOn: sort.by === key,
    oneOf: t('list.view'),
    run: () => updatePreferences({ sort: { by: key, descending: key === 'date' || key === 'size' } }),
  });
  return [
    by('date'),
    by('from'),
    by('subject'),
    by('size'),
    by('account'),
    { key: 'line-1', line: true },
    {
      key: 'reversed',
      label: t('list.sort.turn'),
      run: () => updatePreferences({ sort: { ...sort, descending: !sort.descending } }),
    },
    { key: 'line-2', line: true },
    {
      key: 'conversations',
      label: t('list.conversations'),
      isOn: groupsByConversation,
      run: () => updatePreferences({ groupsByConversation: !groupsByConversation }),
    },
    {
      key: 'cards',
      label: t('list.look.cards'),
      isOn: listStyle === 'cards',
      oneOf: t('settings.list-look'),
      run: () => updatePreferences({ listStyle: 'cards' }),
    },
    {
      key: 'table',
      label: t('list.look.table'),
      isOn: listStyle === 'table',
      oneOf: t('settings.list-look'),
      run: () => updatePreferences({ listStyle: 'table' }),
    },
    ...readingPanes.map((key) => ({
      key: `message-${key}`,
      label: t(`settings.reading-pane.${key}`),
      isOn: preferences.readingPane === key,
      oneOf: t('settings.reading-pane'),
      run: () => updatePreferences({ readingPane: key }),
    })),
    {
      key: 'compact',
      label: t('list.look.compact'),
      isOn: density === 'compact',
      run: () => updatePreferences({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    },
  ];
}

async function emptyTrash(place: Place): Promise<void> {
  const outcome = await poppy.request('trash/empty', {
    accountId: place.kind === 'folder' ? place.accountId : null,
  });
  if (outcome.ok) showDone('trash-emptied', { count: outcome.value.count });
  else showFailure(outcome.failure);
}

type ListHeadProps = {
  readonly mailbox: Mailbox;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
};

/** The name of the place, how much is in it, and how it is sorted. */
export function ListHead({ mailbox, accounts, preferences }: ListHeadProps) {
  const t = useTexts();
  const searches = useStore(savedSearchesStore);
  const { folders } = useStore(foldersStore);
  const [isAsking, setAsking] = useState(false);
  const { place } = mailbox.query;
  const { total } = mailbox.list;
  const account =
    'accountId' in place && accounts.length > 1
      ? accounts.find((state) => state.account.id === place.accountId)?.account.name
      : undefined;
  const isTrash = place.kind === 'folder' && place.folder === 'trash';
  const isNewSearch = place.kind === 'search' && !searches.some(({ query }) => query === place.query);
  return (
    <header className="list-head">
      <div className="list-title-box">
        <h1 className="pane-title">{titleOf(place, folders, t)}</h1>
        <p className="pane-facts">
          {account !== undefined && <span className="pane-account">{account}</span>}
          <span>{total === null ? t('list.loading') : t('list.total', { count: total })}</span>
        </p>
      </div>
      {isTrash && (total ?? 0) > 0 && (
        <Button look="quiet" icon={<Trash2 size={15} />} onPress={() => setAsking(true)}>
          {t('trash.empty')}
        </Button>
      )}
      {isNewSearch && (
        <IconButton
          label={t('search.keep')}
          icon={<BookmarkPlus size={17} />}
          onPress={() => void saveSearches([...searches, { name: place.query, query: place.query }])}
        />
      )}
      <Menu label={t('list.view')} entries={sortEntries(preferences, t)}>
        <IconButton label={t('list.view')} icon={<ArrowDownUp size={17} />} />
      </Menu>
      <Question
        title={t('trash.empty')}
        isOpen={isAsking}
        labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('trash.empty') }}
        onClose={() => setAsking(false)}
        onAnswer={() => void emptyTrash(place)}
      >
        <p>{t('trash.question', { count: total ?? 0 })}</p>
      </Question>
    </header>
  );
}
