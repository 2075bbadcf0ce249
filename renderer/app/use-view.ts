import { useEffect, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import { type FolderTree, isFolderRole } from '../../shared/folder.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Place } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { foldersStore, updatePreferences } from '../bridge/live.ts';
import { allInboxes, readView, type View, writeView } from '../bridge/places.ts';
import { useStore } from '../bridge/store.ts';

/** What is shown beside the places, and how to show something else. */
export type ShownView = {
  readonly view: View;
  /** The list that is shown, or was shown last. */
  readonly mailPlace: Place;
  /** Where one was before a search or the settings. */
  readonly before: View;
  /** Account of what is shown; null where it is none or all of them. */
  readonly accountId: AccountId | null;
  readonly choose: (view: View) => void;
};

const everything: View = { kind: 'mail', place: allInboxes };

/** Whether a place still is. Mailboxes without a server and folders are taken on trust until they are known. */
export function isPlaceThere(
  place: Place,
  accounts: readonly AccountState[],
  { mailboxes, folders }: FolderTree,
): boolean {
  if (!('accountId' in place) || place.accountId === null) return true;
  const { accountId } = place;
  const hasFolders = mailboxes.length > 0;
  if (place.kind === 'folder' && !isFolderRole(place.folder))
    return !hasFolders || folders.some(({ id }) => id === place.folder);
  const isAccount = accounts.some(({ account }) => account.id === accountId);
  const isOther = mailboxes.some((mailbox) => mailbox.kind !== 'account' && mailbox.accountId === accountId);
  return isAccount || isOther || !hasFolders;
}

/** Keeps what is shown, also over a restart. */
export function useView(
  accounts: readonly AccountState[],
  preferences: Preferences,
  arrived: AccountId | null,
): ShownView {
  const tree = useStore(foldersStore);
  const [view, setView] = useState<View>(() => {
    if (arrived !== null)
      return { kind: 'mail', place: { kind: 'folder', folder: 'inbox', accountId: arrived } };
    return readView(preferences.selectedPlace) ?? everything;
  });
  const [mailPlace, setMailPlace] = useState<Place>(view.kind === 'mail' ? view.place : allInboxes);
  const [before, setBefore] = useState<View>(view);
  const accountId =
    view.kind === 'server'
      ? view.accountId
      : view.kind === 'mail' && 'accountId' in view.place
        ? view.place.accountId
        : null;

  // A mailbox or a folder that was removed leaves its places behind; all inboxes are shown instead.
  const isThere = (place: Place) => isPlaceThere(place, accounts, tree);
  const isGone =
    view.kind === 'server'
      ? !accounts.some(({ account }) => account.id === view.accountId)
      : view.kind === 'mail' && !isThere(view.place);
  const isMailGone = !isThere(mailPlace);
  useEffect(() => {
    if (isGone) setView(everything);
    if (isMailGone) {
      setMailPlace(allInboxes);
      setBefore(everything);
    }
  }, [isGone, isMailGone]);

  const choose = (next: View) => {
    setView(next);
    if (next.kind === 'mail') setMailPlace(next.place);
    if (next.kind === 'settings' || (next.kind === 'mail' && next.place.kind === 'search')) return;
    setBefore(next);
    updatePreferences({ selectedPlace: writeView(next) });
  };
  return { view, mailPlace, before, accountId, choose };
}
