import { useEffect, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Tag } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { useCommand } from '../bridge/commands.ts';
import { undo } from '../bridge/message-actions.ts';
import type { View } from '../bridge/places.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { type ListQuestion, useListCommands, useMarkRead } from '../mailbox/use-list-commands.ts';
import { type Mailbox, useMailbox } from '../mailbox/use-mailbox.ts';
import { focusList, goToPane } from './panes.ts';
import { runAsked, startCheck } from './status/checks.ts';
import { type Layout, useLayout } from './use-layout.ts';
import { type ShownMessage, useShownMessage } from './use-shown-message.ts';
import { type ShownView, useView } from './use-view.ts';

/** What lies over the window: the sheet of keys, or a question of the list. */
export type Sheet = 'keys' | ListQuestion;

/** Everything that the window shows, and how to show something else. */
export type MainWindowState = {
  readonly shown: ShownView;
  /** Shows something else; what lay over it goes. */
  readonly choose: (view: View) => void;
  readonly layout: Layout;
  readonly mailbox: Mailbox;
  readonly message: ShownMessage;
  readonly sheet: Sheet | null;
  readonly setSheet: (sheet: Sheet | null) => void;
  /** Account whose trouble is told. */
  readonly troubled: AccountId | null;
  readonly setTroubled: (accountId: AccountId | null) => void;
  /** Account whose settings are open. */
  readonly edited: AccountId | null;
  readonly setEdited: (accountId: AccountId | null) => void;
  /** Opens the settings of an account, or the list of them. */
  readonly checkSettings: (accountId: AccountId | null) => void;
};

/** Keeps what the window shows, and answers the commands that are about the window as a whole. */
export function useMainWindow(
  accounts: readonly AccountState[],
  preferences: Preferences,
  tags: readonly Tag[],
  arrived: AccountId | null,
): MainWindowState {
  const shown = useView(accounts, preferences, arrived);
  const layout = useLayout(preferences);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [troubled, setTroubled] = useState<AccountId | null>(null);
  const [edited, setEdited] = useState<AccountId | null>(null);
  const mailbox = useMailbox(shown.mailPlace, preferences);
  const message = useShownMessage(mailbox);
  const isMail = shown.view.kind === 'mail';
  useListCommands(mailbox, tags, isMail, setSheet);
  useMarkRead(mailbox, isMail ? preferences.markReadAfterMs : -1);

  const choose = (next: View) => {
    shown.choose(next);
    layout.setShowsPlaces(false);
    layout.setReadingAlone(false);
  };
  const checkSettings = (accountId: AccountId | null) => {
    setEdited(accountId);
    choose({ kind: 'settings', section: 'accounts' });
  };
  useCommand('check', () => startCheck(shown.accountId));
  useCommand('check-all', () => startCheck(null));
  useCommand('undo', () => void undo());
  useCommand('keys', () => setSheet('keys'));
  useCommand('settings', () => choose({ kind: 'settings', section: 'accounts' }));
  useCommand('check-settings', () => checkSettings(shown.accountId));
  useCommand('settings-tags', () => choose({ kind: 'settings', section: 'tags' }));
  useCommand('next-pane', () => goToPane(1));
  useCommand('previous-pane', () => goToPane(-1));
  useCommand('back', () => layout.setReadingAlone(false), layout.isReadingAlone);
  usePoppyEvent('command/asked', ({ command }) => runAsked(command, choose));

  // The keys of the list work from the first moment.
  useEffect(() => {
    if (document.activeElement === document.body) focusList();
  }, []);
  // Where one pane fits, a message that is chosen fills it.
  const { room, setReadingAlone } = layout;
  const focusId = mailbox.selection.focusKey;
  useEffect(() => setReadingAlone(focusId !== null && room === 'one'), [focusId, room, setReadingAlone]);
  return {
    ...{ shown, choose, layout, mailbox, message },
    ...{ sheet, setSheet, troubled, setTroubled, edited, setEdited, checkSettings },
  };
}
