import type { AccountState } from '../../shared/account-state.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { AccountsSection } from '../account/AccountsSection.tsx';
import { tagsStore } from '../bridge/live.ts';
import { useStore } from '../bridge/store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { ServerPane } from '../server-view/ServerPane.tsx';
import { SettingsPane } from '../settings/SettingsPane.tsx';
import { classes } from '../ui/class-names.ts';
import { Splitter } from '../ui/Splitter.tsx';
import { WindowDialogs } from './dialogs/WindowDialogs.tsx';
import { MailPanes } from './MailPanes.tsx';
import { PlacesPane } from './PlacesPane.tsx';
import { startCheck } from './status/checks.ts';
import { StatusLine } from './status/StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';
import { paneLimits } from './use-layout.ts';
import { useMainWindow } from './use-main-window.ts';

type MainWindowProps = {
  readonly app: AppState;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly isDark: boolean;
  /** An account that was just added: its inbox is shown. */
  readonly arrived: AccountId | null;
};

/** Three panes: places, list, reading; with the toolbar above and the status line below. */
export function MainWindow({ app, accounts, preferences, isDark, arrived }: MainWindowProps) {
  const t = useTexts();
  const tags = useStore(tagsStore);
  const state = useMainWindow(accounts, preferences, tags, arrived);
  const { shown, choose, layout, mailbox, message } = state;
  const { view, before, accountId } = shown;
  const { room, isReadingAlone } = layout;
  const isMail = view.kind === 'mail';
  const query = isMail && view.place.kind === 'search' ? view.place.query : '';
  const search = (text: string) => choose({ kind: 'mail', place: { kind: 'search', query: text } });
  const served = accounts.find(({ account }) => view.kind === 'server' && account.id === view.accountId);

  return (
    <div className={classes('window', `room-${room}`)} data-room={room}>
      <Toolbar
        mailbox={isMail ? mailbox : null}
        tags={tags}
        query={query}
        accounts={accounts}
        onSearch={search}
        onLeaveSearch={() => {
          if (query !== '') choose(before);
        }}
        onCheck={() => startCheck(accountId)}
        onPlaces={room === 'three' ? null : () => layout.setShowsPlaces(!layout.showsPlaces)}
        onBack={isReadingAlone && room === 'one' ? () => layout.setReadingAlone(false) : null}
        isSettings={view.kind === 'settings'}
      />
      <div className="panes">
        <PlacesPane
          {...{ layout, accounts, tags, view, preferences }}
          onChoose={choose}
          onTrouble={({ account }) => state.setTroubled(account.id)}
        />
        <main className="panes-main">
          {room === 'three' && (
            <Splitter
              label={t('pane.places-width')}
              value={layout.sizes.placesWidth}
              {...paneLimits.placesWidth}
              onMove={(width) => layout.setSize('placesWidth', width)}
              onEnd={(width) => layout.keepSize('placesWidth', width)}
            />
          )}
          {isMail && (
            <MailPanes
              {...{ mailbox, message, layout, accounts, preferences, tags, isDark }}
              onSearch={search}
            />
          )}
          {served !== undefined && <ServerPane key={served.account.id} state={served} rem={layout.rem} />}
          {view.kind === 'settings' && (
            <SettingsPane
              section={view.section}
              onSection={(section) => choose({ kind: 'settings', section })}
              accounts={accounts}
              preferences={preferences}
              app={app}
              onClose={() => choose(before)}
              onKeys={() => state.setSheet('keys')}
              accountsPage={
                <AccountsSection accounts={accounts} edited={state.edited} onEdit={state.setEdited} />
              }
            />
          )}
        </main>
      </div>
      <StatusLine accounts={accounts} isSandboxed={app.isSandboxed} />
      <WindowDialogs state={state} accounts={accounts} />
    </div>
  );
}
