import { useMemo, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { Tag } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useTexts } from '../i18n/texts.tsx';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { chosenCount } from '../ui/grid/grid-choice.ts';
import { ListHead } from './ListHead.tsx';
import { MessageList } from './MessageList.tsx';
import { NothingHere } from './NothingHere.tsx';
import { QuickFilter } from './QuickFilter.tsx';
import { useRowMenu } from './row-menu.tsx';
import { SearchCoverage } from './SearchCoverage.tsx';
import { SearchNotes } from './SearchNotes.tsx';
import type { Mailbox } from './use-mailbox.ts';

type ListPaneProps = {
  readonly mailbox: Mailbox;
  readonly preferences: Preferences;
  readonly accounts: readonly AccountState[];
  readonly tags: readonly Tag[];
  readonly rem: number;
  readonly look: 'cards' | 'table';
  /** Looks for something else. */
  readonly onSearch: (query: string) => void;
  /** A row was clicked, be it the one that has the focus already. */
  readonly onShow: () => void;
};

/** The middle pane: head, quick filter and the list of a place. */
export function ListPane(props: ListPaneProps) {
  const { mailbox, preferences, accounts, tags, rem, look, onSearch, onShow } = props;
  const { list, selection, setSelection, chosen, query } = mailbox;
  const t = useTexts();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const colors = useMemo(() => new Map(tags.map((tag) => [tag.name, tag.color])), [tags]);
  const isOfSeveral = accounts.length > 1 && !('accountId' in query.place && query.place.accountId !== null);
  const accountNames = useMemo(
    () =>
      new Map(
        isOfSeveral || look === 'table' ? accounts.map(({ account }) => [account.id, account.name]) : [],
      ),
    [accounts, isOfSeveral, look],
  );
  const entries = useRowMenu(mailbox, tags);
  const isSearched = query.place.kind === 'search' || mailbox.filter.text !== undefined;
  const count = chosenCount(selection, list.total ?? 0);
  return (
    <section className="list-pane" aria-label={t('list.pane')}>
      <ListHead mailbox={mailbox} accounts={accounts} preferences={preferences} />
      <QuickFilter filter={mailbox.filter} onChange={mailbox.setFilter} />
      {isSearched && <SearchCoverage />}
      {query.place.kind === 'search' && <SearchNotes query={query.place.query} onSearch={onSearch} />}
      <MessageList
        list={list}
        selection={selection}
        onSelection={setSelection}
        chosen={chosen}
        onMenu={setMenuAt}
        onShow={onShow}
        look={look}
        isCompact={preferences.density === 'compact'}
        rem={rem}
        sort={query.sort}
        onSort={(sort) => updatePreferences({ sort })}
        widths={preferences.listColumns}
        onWidths={(widths) => updatePreferences({ listColumns: widths })}
        colors={colors}
        accountNames={accountNames}
        empty={<NothingHere mailbox={mailbox} accounts={accounts} />}
      />
      {count > 1 && (
        <p className="list-foot" role="note">
          {t('list.selected', { count })}
        </p>
      )}
      <ContextMenu label={t('list.menu')} entries={entries} at={menuAt} onClose={() => setMenuAt(null)} />
    </section>
  );
}
