import {
  Archive,
  Clock,
  Cloud,
  Inbox,
  Layers,
  Search,
  Star,
  Tag as TagIcon,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type AccountState, isWaiting } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Place, PlaceCount, SavedSearch, Tag } from '../../shared/places.ts';
import { allInboxes, countOf, keyOfPlace, type View } from '../bridge/places.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';
import { rovingKeys } from '../ui/roving-keys.ts';
import { MailboxHeading } from './MailboxHeading.tsx';
import { PlaceButton } from './PlaceButton.tsx';

type PlacesProps = {
  readonly accounts: readonly AccountState[];
  readonly counts: readonly PlaceCount[];
  readonly tags: readonly Tag[];
  readonly searches: readonly SavedSearch[];
  readonly view: View;
  readonly onChoose: (view: View) => void;
  readonly onTrouble: (account: AccountState) => void;
  /** Mailboxes whose places are folded away. */
  readonly folded: readonly string[];
  readonly onFold: (account: AccountId, isFolded: boolean) => void;
  readonly foot: ReactNode;
};

const iconSize = 17;

/** The left pane: everything that holds mail. */
export function Places(props: PlacesProps) {
  const { accounts, counts, tags, searches, view, folded, onChoose, onTrouble, onFold } = props;
  const t = useTexts();
  const current =
    view.kind === 'mail' ? keyOfPlace(view.place) : view.kind === 'server' ? view.accountId : '';

  const line = (place: Place, label: string, icon: ReactNode, color?: string) => (
    <PlaceButton
      key={keyOfPlace(place)}
      label={label}
      icon={icon}
      {...(color === undefined ? {} : { color })}
      unread={place.kind === 'folder' && place.folder === 'trash' ? 0 : countOf(counts, place).unread}
      isCurrent={current === keyOfPlace(place)}
      place={place}
      onPress={() => onChoose({ kind: 'mail', place })}
    />
  );

  return (
    <nav className="places" aria-label={t('places.label')} data-pane="places" onKeyDown={rovingKeys}>
      <ul className="place-group">
        {line(allInboxes, t('places.all-inboxes'), <Layers size={iconSize} />)}
        {line({ kind: 'starred', accountId: null }, t('places.all-starred'), <Star size={iconSize} />)}
      </ul>
      {accounts.map((state) => {
        const { id, name } = state.account;
        const isFolded = accounts.length > 1 && folded.includes(id);
        return (
          <section key={id} className="place-account" aria-label={name}>
            <MailboxHeading
              state={state}
              isFolded={isFolded}
              unread={countOf(counts, { kind: 'folder', folder: 'inbox', accountId: id }).unread}
              onFold={accounts.length === 1 ? null : () => onFold(id, !isFolded)}
            />
            {!isFolded && state.trouble !== null && (
              <button
                type="button"
                className={classes('place-trouble', isWaiting(state) && 'is-waiting')}
                onClick={() => onTrouble(state)}
                tabIndex={-1}
              >
                {isWaiting(state) ? (
                  <Clock size={15} aria-hidden="true" />
                ) : (
                  <TriangleAlert size={15} aria-hidden="true" />
                )}
                {t(isWaiting(state) ? 'places.waiting' : 'places.trouble')}
              </button>
            )}
            <ul className="place-group" hidden={isFolded}>
              {line(
                { kind: 'folder', folder: 'inbox', accountId: id },
                t('places.inbox'),
                <Inbox size={iconSize} />,
              )}
              <PlaceButton
                label={t('places.server')}
                icon={<Cloud size={iconSize} />}
                unread={0}
                isCurrent={view.kind === 'server' && view.accountId === id}
                place={null}
                onPress={() => onChoose({ kind: 'server', accountId: id })}
              />
              {line({ kind: 'starred', accountId: id }, t('places.starred'), <Star size={iconSize} />)}
              {line(
                { kind: 'folder', folder: 'archive', accountId: id },
                t('places.archive'),
                <Archive size={iconSize} />,
              )}
              {line(
                { kind: 'folder', folder: 'trash', accountId: id },
                t('places.trash'),
                <Trash2 size={iconSize} />,
              )}
            </ul>
          </section>
        );
      })}
      {tags.length > 0 && (
        <section aria-label={t('places.tags')}>
          <h2 className="place-heading">{t('places.tags')}</h2>
          <ul className="place-group">
            {tags.map((tag) =>
              line({ kind: 'tag', tag: tag.name }, tag.name, <TagIcon size={iconSize} />, tag.color),
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
