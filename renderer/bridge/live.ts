import type { AccountState } from '../../shared/account-state.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { FolderTree } from '../../shared/folder.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { PlaceCount, SavedSearch, Tag } from '../../shared/places.ts';
import { defaultPreferences, type Preferences } from '../../shared/preferences.ts';
import { poppy } from './poppy.ts';
import { createStore } from './store.ts';
import { showFailure } from './toasts.ts';

/*
 * How the window knows its state.
 *
 * This room is the window's only way to the program: poppy.ts alone reads the bridge. A state that several rooms show
 * is kept here once, in a store (store.ts). The window asks for each state once; after that only the program's events
 * change it.
 *
 * A change shows at once, before the program has answered (message-actions, paged-list). It can be undone from the
 * moment it is asked for (undo-history).
 */

/** Accounts and their activity; null until the first answer. */
export const accountsStore = createStore<readonly AccountState[] | null>(null);
/** The person's preferences. */
export const preferencesStore = createStore<Preferences>(defaultPreferences);
/** Facts about the program; null until the first answer. */
export const appStateStore = createStore<AppState | null>(null);
/** Labels, in the order of their keys 1 to 9. */
export const tagsStore = createStore<readonly Tag[]>([]);
/** Every mailbox, and the folders that the person made. */
export const foldersStore = createStore<FolderTree>({ mailboxes: [], folders: [] });
/** The message counts of the places. */
export const countsStore = createStore<readonly PlaceCount[]>([]);
/** Searches kept under a name. */
export const savedSearchesStore = createStore<readonly SavedSearch[]>([]);

const countsPauseMs = 150;

/** Runs the newest of many calls, at most once per pause. */
export function throttled(run: () => void, pauseMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastAt = 0;
  return () => {
    if (timer !== null) return;
    timer = setTimeout(
      () => {
        timer = null;
        lastAt = Date.now();
        run();
      },
      Math.max(0, lastAt + pauseMs - Date.now()),
    );
  };
}

const askCounts = throttled(() => {
  void poppy.request('mailbox/counts', {}).then(countsStore.set);
}, countsPauseMs);

/** The preferences as the program told them last. */
let toldPreferences: Preferences = defaultPreferences;
/** Changes that the program has not answered yet, oldest first. */
const wishes = new Set<Partial<Preferences>>();

/**
 * Shows the program's preferences with the unanswered changes on top. News of an earlier change does not undo a later
 * one.
 */
function showPreferences(): void {
  preferencesStore.set(wishes.size === 0 ? toldPreferences : Object.assign({}, toldPreferences, ...wishes));
}

function tellPreferences(told: Preferences): void {
  toldPreferences = told;
  showPreferences();
}

/** Changes preferences. The window follows at once. */
export function updatePreferences(change: Partial<Preferences>): void {
  // Undefined is not a choice. The contract allows a key with a value or no key.
  const chosen = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  wishes.add(chosen);
  showPreferences();
  // The event with the choice comes before the answer.
  void poppy.request('preferences/update', chosen).finally(() => {
    wishes.delete(chosen);
    showPreferences();
  });
}

/** Saves the list of named searches. */
export async function saveSearches(searches: readonly SavedSearch[]): Promise<void> {
  savedSearchesStore.set(await poppy.request('saved-search/save', { searches: [...searches] }));
}

/** Saves the list of tags. */
export async function saveTags(tags: readonly Tag[]): Promise<void> {
  await poppy.request('tag/save', { tags: [...tags] });
}

/** An event before the first list of accounts is dropped: the list contains it. */
function changeAccount(accountId: AccountId, change: (state: AccountState) => AccountState): void {
  accountsStore.set(
    (before) => before?.map((state) => (state.account.id === accountId ? change(state) : state)) ?? null,
  );
}

/** Begins to follow the program. Resolves when the window has all it needs to be drawn. */
export async function follow(): Promise<void> {
  poppy.on('account/changed', accountsStore.set);
  poppy.on('preferences/changed', tellPreferences);
  poppy.on('tags/changed', tagsStore.set);
  poppy.on('folders/changed', foldersStore.set);
  poppy.on('failure/raised', ({ failure }) => showFailure(failure));
  poppy.on('mailbox/changed', askCounts);
  poppy.on('check/progress', (check) => changeAccount(check.accountId, (state) => ({ ...state, check })));
  poppy.on('check/ended', (record) => {
    askCounts();
    changeAccount(record.accountId, (state) => ({
      ...state,
      check: null,
      lastCheck: record,
      trouble: record.failure,
    }));
  });
  // Each snapshot is kept when it comes, in its place among the events. If one waited for the others, it would undo
  // what events have told meanwhile. A keyring may hold one of them up.
  await Promise.all([
    poppy.request('app/state', {}).then(appStateStore.set),
    poppy.request('preferences/read', {}).then(tellPreferences),
    poppy.request('account/list', {}).then(accountsStore.set),
  ]);
  // The list is painted before these come. They only fill the left pane.
  askCounts();
  void poppy.request('folder/list', {}).then(foldersStore.set);
  void poppy.request('tag/list', {}).then(tagsStore.set);
  void poppy.request('saved-search/list', {}).then(savedSearchesStore.set);
}
