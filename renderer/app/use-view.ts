import { useEffect, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Place } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { allInboxes, readView, type View, writeView } from '../bridge/places.ts';

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

/** Keeps what is shown, also over a restart. */
export function useView(
  accounts: readonly AccountState[],
  preferences: Preferences,
  arrived: AccountId | null,
): ShownView {
  const [view, setView] = useState<View>(() => {
    if (arrived !== null)
      return { kind: 'mail', place: { kind: 'folder', folder: 'inbox', accountId: arrived } };
    const ids = accounts.map(({ account }) => account.id);
    return readView(preferences.selectedPlace, ids) ?? everything;
  });
  const [mailPlace, setMailPlace] = useState<Place>(view.kind === 'mail' ? view.place : allInboxes);
  const [before, setBefore] = useState<View>(view);
  const accountId =
    view.kind === 'server'
      ? view.accountId
      : view.kind === 'mail' && 'accountId' in view.place
        ? view.place.accountId
        : null;

  // An account that was removed leaves its places behind; the inboxes of the others are shown instead.
  const isThere = (id: AccountId | null) => id === null || accounts.some(({ account }) => account.id === id);
  const isGone = !isThere(accountId);
  const isMailGone = !isThere('accountId' in mailPlace ? mailPlace.accountId : null);
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
