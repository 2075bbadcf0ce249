import { Folder as FolderIcon, Layers, Search, Star, Tag as TagIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountState } from '../../../shared/account-state.ts';
import type { FolderTree, Mailbox } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';

import type { Place, PlaceCount } from '../../../shared/places.ts';
import { allInboxes, countOf, keyOfPlace } from '../../bridge/places.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { rovingKeys } from '../../ui/roving-keys.ts';
import { MailboxPlaces } from './MailboxPlaces.tsx';
import { PlaceButton } from './PlaceButton.tsx';
import type { PlacesProps } from './places-props.ts';
import { tagLines } from './tag-lines.ts';

const iconSize = 17;

/** The mailboxes of the accounts, kept ones, and mail of no server once that holds a folder or a message. */
export function mailboxesInSight(
  accounts: readonly AccountState[],
  { mailboxes, folders }: FolderTree,
  counts: readonly PlaceCount[],
): readonly Mailbox[] {
  const ofAccounts = accounts.map(({ account: { id, name } }) => ({
    accountId: id,
    kind: 'account' as const,
    name,
  }));
  const isInUse = (id: AccountId) =>
    folders.some(({ accountId }) => accountId === id) ||
    counts.some(({ place, total }) => place.kind === 'folder' && place.accountId === id && total > 0);
  const others = mailboxes.filter(
    ({ kind, accountId }) => kind !== 'account' && (kind === 'kept' || isInUse(accountId)),
  );
  return [...ofAccounts, ...others];
}

/** The left pane: everything that holds mail. */
export function Places(props: PlacesProps) {
  const { accounts, mailboxes, folders, counts, tags, searches, view, onChoose } = props;
  const t = useTexts();
  const current =
    view.kind === 'mail' ? keyOfPlace(view.place) : view.kind === 'server' ? view.accountId : '';

  const line = (
    place: Place,
    label: string,
    icon: ReactNode,
    more: { color?: string; depth?: number } = {},
  ) => (
    <PlaceButton
      key={keyOfPlace(place)}
      label={label}
      icon={icon}
      {...more}
      unread={place.kind === 'folder' && place.folder === 'trash' ? 0 : countOf(counts, place).unread}
      isCurrent={current === keyOfPlace(place)}
      place={place}
      onPress={() => onChoose({ kind: 'mail', place })}
    />
  );
  const favourites = folders.filter(({ isFavourite }) => isFavourite);

  return (
    <nav className="places" aria-label={t('places.label')} data-pane="places" onKeyDown={rovingKeys}>
      <ul className="place-group">
        {line(allInboxes, t('places.all-inboxes'), <Layers size={iconSize} />)}
        {line({ kind: 'starred', accountId: null }, t('places.all-starred'), <Star size={iconSize} />)}
      </ul>
      {favourites.length > 0 && (
        <section aria-label={t('places.favourites')}>
          <h2 className="place-heading">{t('places.favourites')}</h2>
          <ul className="place-group">
            {favourites.map(({ id, accountId, name }) =>
              line({ kind: 'folder', folder: id, accountId }, name, <FolderIcon size={iconSize} />),
            )}
          </ul>
        </section>
      )}
      {mailboxes.map((mailbox) => (
        <MailboxPlaces
          key={mailbox.accountId}
          {...props}
          mailbox={mailbox}
          state={accounts.find(({ account }) => account.id === mailbox.accountId) ?? null}
          current={current}
          line={line}
        />
      ))}
      {tags.length > 0 && (
        <section aria-label={t('places.tags')}>
          <h2 className="place-heading">{t('places.tags')}</h2>
          <ul className="place-group">
            {tagLines(tags).map(({ tag: { name, color }, depth, label }) =>
              line({ kind: 'tag', tag: name }, label, <TagIcon size={iconSize} />, { color, depth }),
            )}
          </ul>
        </section>
      )}
      {searches.length > 0 && (
        <section aria-label={t('places.searches')}>
          <h2 className="place-heading">{t('places.searches')}</h2>
          <ul className="place-group">
            {searches.map(({ name, query }) =>
              line({ kind: 'search', query }, name, <Search size={iconSize} />),
            )}
          </ul>
        </section>
      )}
      <div className="places-foot">{props.foot}</div>
    </nav>
  );
}
