import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { AccountId } from '../../shared/ids.ts';
import { Wizard } from '../account/wizard/Wizard.tsx';
import { useCommand } from '../bridge/commands.ts';
import { accountsStore, appStateStore, preferencesStore } from '../bridge/live.ts';
import { useStore } from '../bridge/store.ts';
import { LanguageProvider } from '../i18n/texts.tsx';
import { MovingInDialog } from '../moving-in/MovingInDialog.tsx';
import { LinkQuestion } from './dialogs/LinkQuestion.tsx';
import { FileWindow } from './FileWindow.tsx';
import { useKeyboard } from './keys/use-keyboard.ts';
import { MainWindow } from './MainWindow.tsx';
import { StartNotices } from './status/StartNotices.tsx';
import { Toasts } from './status/Toasts.tsx';
import { useTheme } from './theme.ts';

/** The page: the wizard, the window of one file, or the mailbox. */
export function App() {
  const accounts = useStore(accountsStore);
  const app = useStore(appStateStore);
  const preferences = useStore(preferencesStore);
  const [isAdding, setAdding] = useState(false);
  // Mail whose mailboxes were removed can be read without any.
  const [isReadingOn, setReadingOn] = useState(false);
  const [isMovingIn, setMovingIn] = useState(false);
  const [arrived, setArrived] = useState<AccountId | null>(null);
  const isDark = useTheme(preferences.theme, preferences.textScale);
  const language = preferences.language === 'system' ? (app?.language ?? 'en') : preferences.language;
  useKeyboard();
  useCommand('add-account', () => setAdding(true));
  useCommand('move-in', () => setMovingIn(true));
  // A small step that tests and people wait for: the page stands.
  useEffect(() => {
    document.documentElement.dataset.ready = 'true';
  }, []);
  if (app === null || accounts === null) return null;
  const isFirst = accounts.length === 0;
  return (
    <LanguageProvider language={language}>
      <I18nProvider locale={language}>
        {app.file !== null ? (
          <FileWindow isDark={isDark && preferences.darkBodies} textScale={preferences.textScale} />
        ) : (isFirst && !isReadingOn) || isAdding ? (
          <Wizard
            isFirst={isFirst}
            onCancel={() => setAdding(false)}
            onRead={() => {
              setReadingOn(true);
              setAdding(false);
            }}
            onDone={(accountId) => {
              setArrived(accountId);
              setAdding(false);
            }}
          />
        ) : (
          <MainWindow
            key={arrived ?? 'first'}
            app={app}
            accounts={accounts}
            preferences={preferences}
            isDark={isDark}
            arrived={arrived}
          />
        )}
        {app.file === null && <StartNotices app={app} />}
        {isMovingIn && (
          <MovingInDialog
            onClose={() => setMovingIn(false)}
            onCame={() => {
              setReadingOn(true);
              setAdding(false);
            }}
          />
        )}
        <LinkQuestion />
        <Toasts />
      </I18nProvider>
    </LanguageProvider>
  );
}
