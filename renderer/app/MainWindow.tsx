import { useEffect, useMemo, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { AccountId, MessageSummary } from '../../shared/model.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { AccountsSection } from '../account/AccountsSection.tsx';
import { useCommand } from '../bridge/commands.ts';
import { countsStore, savedSearchesStore, tagsStore, updatePreferences } from '../bridge/live.ts';
import { undo } from '../bridge/message-actions.ts';
import type { View } from '../bridge/places.ts';
import { useStore } from '../bridge/store.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { useWords } from '../i18n/words.tsx';
import { ListPane } from '../mailbox/ListPane.tsx';
import { Places } from '../mailbox/Places.tsx';
import { PlacesFoot } from '../mailbox/PlacesFoot.tsx';
import {
  type DeletionQuestion,
  deleteAsAsked,
  useListCommands,
  useMarkRead,
} from '../mailbox/use-list-commands.ts';
import { useMailbox } from '../mailbox/use-mailbox.ts';
import { MessagePane } from '../reading/MessagePane.tsx';
import type { Subject } from '../reading/use-message.ts';
import { ServerPane } from '../server-view/ServerPane.tsx';
import { SettingsPane } from '../settings/SettingsPane.tsx';
import { classes } from '../ui/class-names.ts';
import { chooseOnly, chosenCount } from '../ui/grid-choice.ts';
import { Splitter } from '../ui/Splitter.tsx';
import { runAsked, startCheck } from './checks.ts';
import { DeletionDialog } from './DeletionDialog.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { focusList, goToPane } from './panes.ts';
import { StatusLine } from './StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';
import { TroubleDialog } from './TroubleDialog.tsx';
import { remAt } from './theme.ts';
import { useRoom } from './use-room.ts';
import { useView } from './use-view.ts';

type MainWindowProps = {
  readonly app: AppState;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly isDark: boolean;
  /** An account that was just added: its inbox is shown. */
  readonly arrived: AccountId | null;
};

const limits = { places: { least: 150, most: 420 }, list: { least: 260, most: 900 } };

/** Three panes: places, list, reading; with the toolbar above and the status line below. */
export function MainWindow({ app, accounts, preferences, isDark, arrived }: MainWindowProps) {
  const t = useWords();
  const tags = useStore(tagsStore);
  const counts = useStore(countsStore);
  const searches = useStore(savedSearchesStore);
  const shown = useView(accounts, preferences, arrived);
  const { view, mailPlace, before, accountId } = shown;
  const [widths, setWidths] = useState({ places: preferences.placesWidth, list: preferences.listWidth });
  useEffect(() => {
    setWidths({ places: preferences.placesWidth, list: preferences.listWidth });
  }, [preferences.placesWidth, preferences.listWidth]);
  const [sheet, setSheet] = useState<'keys' | DeletionQuestion | null>(null);
  const [trouble, setTrouble] = useState<AccountId | null>(null);
  const [edited, setEdited] = useState<AccountId | null>(null);
  const rem = remAt(preferences.textScale);
  const room = useRoom(rem);
  const [isReadingAlone, setReadingAlone] = useState(false);
  const [showsPlaces, setShowsPlaces] = useState(false);

  const mailbox = useMailbox(mailPlace, preferences);
  const { selection, focused, list } = mailbox;
  const [elsewhere, setElsewhere] = useState<MessageSummary | null>(null);
  const isMail = view.kind === 'mail';
  useListCommands(mailbox, tags, isMail, setSheet);
  useMarkRead(mailbox, isMail ? preferences.markReadAfterMs : -1);

  const choose = (next: View) => {
    shown.choose(next);
    setShowsPlaces(false);
    setReadingAlone(false);
  };
  useCommand('check', () => startCheck(accountId));
  useCommand('check-all', () => startCheck(null));
  useCommand('undo', () => void undo());
  useCommand('keys', () => setSheet('keys'));
  useCommand('settings', () => choose({ kind: 'settings', section: 'accounts' }));
  const checkSettings = (id: AccountId | null) => {
    setEdited(id);
    choose({ kind: 'settings', section: 'accounts' });
  };
  useCommand('check-settings', () => checkSettings(accountId));
  useCommand('settings-tags', () => choose({ kind: 'settings', section: 'tags' }));
  useCommand('next-pane', () => goToPane(1));
  useCommand('previous-pane', () => goToPane(-1));
  useCommand('back', () => setReadingAlone(false), isReadingAlone);
  usePoppyEvent('command/asked', ({ command }) => runAsked(command, choose));

  // The keys of the list work from the first moment.
  useEffect(() => {
    if (document.activeElement === document.body) focusList();
  }, []);
  // Another choice in the list leaves the message that was opened from a conversation.
  const focusId = selection.focusKey;
  useEffect(() => {
    setElsewhere(null);
    setReadingAlone(focusId !== null && room === 'one');
  }, [focusId, room]);
  const subject = useMemo<Subject | null>(() => {
    if (elsewhere !== null) return { kind: 'stored', id: elsewhere.id, isPartial: elsewhere.isPartial };
    if (focusId === null) return null;
    return { kind: 'stored', id: focusId, isPartial: focused?.isPartial ?? false };
  }, [elsewhere, focusId, focused?.isPartial]);

  const query = isMail && view.place.kind === 'search' ? view.place.query : '';
  const showsList = room !== 'one' || !isReadingAlone;
  const showsReading = isMail && (room !== 'one' || isReadingAlone);
  const look = preferences.listStyle === 'table' && room === 'three' ? 'table' : 'cards';
  const troubled = accounts.find(({ account }) => account.id === trouble);
  const served = accounts.find(({ account }) => view.kind === 'server' && account.id === view.accountId);

  return (
    <div className={classes('window', `room-${room}`)} data-room={room}>
      <Toolbar
        mailbox={isMail ? mailbox : null}
        tags={tags}
        query={query}
        accounts={accounts}
        onSearch={(text) => choose({ kind: 'mail', place: { kind: 'search', query: text } })}
        onLeaveSearch={() => {
          if (query !== '') choose(before);
        }}
        onCheck={() => startCheck(accountId)}
        onPlaces={room === 'three' ? null : () => setShowsPlaces(!showsPlaces)}
        onBack={isReadingAlone && room === 'one' ? () => setReadingAlone(false) : null}
        isSettings={view.kind === 'settings'}
      />
      <div className="panes">
        {(room === 'three' || showsPlaces) && (
          <div
            className={classes('pane-places', room !== 'three' && 'is-over')}
            style={room === 'three' ? { width: widths.places } : {}}
          >
            <Places
              accounts={accounts}
              counts={counts}
              tags={tags}
              searches={searches}
              view={view}
              onChoose={choose}
              folded={preferences.foldedMailboxes}
              onFold={(id, isFolded) => {
                const others = preferences.foldedMailboxes.filter((other) => other !== id);
                updatePreferences({ foldedMailboxes: isFolded ? [...others, id] : others });
              }}
              onTrouble={(state) => setTrouble(state.account.id)}
              foot={<PlacesFoot />}
            />
          </div>
        )}
        <main className="panes-main">
          {room === 'three' && (
            <Splitter
              label={t('pane.places-width')}
              value={widths.places}
              {...limits.places}
              onMove={(places) => setWidths({ ...widths, places })}
              onEnd={(places) => {
                setWidths({ ...widths, places });
                updatePreferences({ placesWidth: places });
              }}
            />
          )}
          {isMail && showsList && (
            <div
              className={classes('pane-list', look === 'table' && 'is-table')}
              style={room === 'one' ? {} : { width: widths.list }}
            >
              <ListPane
                mailbox={mailbox}
                preferences={preferences}
                accounts={accounts}
                tags={tags}
                rem={rem}
                look={look}
                onShow={() => {
                  setElsewhere(null);
                  setReadingAlone(room === 'one');
                }}
              />
            </div>
          )}
          {isMail && room !== 'one' && (
            <Splitter
              label={t('pane.list-width')}
              value={widths.list}
              {...limits.list}
              onMove={(width) => setWidths({ ...widths, list: width })}
              onEnd={(width) => {
                setWidths({ ...widths, list: width });
                updatePreferences({ listWidth: width });
              }}
            />
          )}
          {showsReading && (
            <div className="pane-reading">
              <MessagePane
                subject={subject}
                row={elsewhere ?? focused}
                tags={tags}
                isDark={isDark && preferences.darkBodies}
                textScale={preferences.textScale}
                chosenCount={chosenCount(selection, list.total ?? 0)}
                isListEmpty={list.total === 0}
                onShow={(row) => {
                  const index = list.indexOf(row.id);
                  if (index >= 0) mailbox.setSelection(chooseOnly(index, row.id));
                  else setElsewhere(row);
                }}
              />
            </div>
          )}
          {served !== undefined && <ServerPane key={served.account.id} state={served} rem={rem} />}
          {view.kind === 'settings' && (
            <SettingsPane
              section={view.section}
              onSection={(section) => choose({ kind: 'settings', section })}
              accounts={accounts}
              preferences={preferences}
              app={app}
              onClose={() => choose(before)}
              onKeys={() => setSheet('keys')}
              accountsPage={<AccountsSection accounts={accounts} edited={edited} onEdit={setEdited} />}
            />
          )}
        </main>
      </div>
      <StatusLine accounts={accounts} />
      <KeysSheet isOpen={sheet === 'keys'} onClose={() => setSheet(null)} />
      {(sheet === 'on-server' || sheet === 'for-good') && (
        <DeletionDialog
          question={sheet}
          count={chosenCount(selection, list.total ?? 0)}
          onClose={() => setSheet(null)}
          onDelete={() => deleteAsAsked(mailbox, sheet)}
        />
      )}
      {troubled !== undefined && (
        <TroubleDialog
          state={troubled}
          onClose={() => setTrouble(null)}
          onSettings={() => {
            setTrouble(null);
            checkSettings(troubled.account.id);
          }}
        />
      )}
    </div>
  );
}
