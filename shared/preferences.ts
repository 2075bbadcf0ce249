import type { LanguageChoice } from './language.ts';
import type { ListSort } from './message-list.ts';
import type { ProxyChoice } from './proxy.ts';

/* What a person chooses about the program itself: the choices that are offered, and the defaults. */

/** Colours of the window. */
export const themes = ['system', 'light', 'dark'] as const;

/** How a list of messages looks. */
export const listStyles = ['cards', 'table'] as const;

/** Where a message is shown: below a table and beside cards, always beside, always below, or in a window of its own. */
export const readingPanes = ['automatic', 'beside', 'below', 'window'] as const;

/** How high the rows of a list are. */
export const densities = ['comfortable', 'compact'] as const;

/** Scales of the text that are offered, the smallest first. */
export const textScales = [1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** How long a message is shown before it counts as read, as offered. Milliseconds; -1 for never by itself. */
export const markReadTimesMs = [0, 800, 3000, 10_000, -1] as const;

/** The last hour of a day. */
export const lastHour = 23;

/** Quiet hours when they are switched on. */
export const defaultQuietHours = { from: 22, to: 7 } as const;

/** The public database of providers that is asked until another is chosen. */
export const usualProviderDatabase = 'https://autoconfig.thunderbird.net/v1.1/';

/** Whether an address can stand for a public database: https, and ready for a domain to be put behind it. */
export function isProviderDatabase(url: string): boolean {
  return url === '' || /^https:\/\/[^\s/@?#]+\/(?:[^\s?#]*\/)?$/i.test(url);
}

/** What a person chose about the program itself; kept in settings.json and safe to show to the page. */
export type Preferences = {
  readonly language: LanguageChoice;
  readonly theme: (typeof themes)[number];
  readonly listStyle: (typeof listStyles)[number];
  readonly readingPane: (typeof readingPanes)[number];
  readonly density: (typeof densities)[number];
  readonly groupsByConversation: boolean;
  /** Column the list is sorted by, and which way. */
  readonly sort: ListSort;
  /** Widths of the panes in CSS pixels, and the height of a list that lies above the message. */
  readonly placesWidth: number;
  readonly listWidth: number;
  readonly tableWidth: number;
  readonly listHeight: number;
  /** Widths given to columns of the two tables, by column, in rem; absent where none was given. */
  readonly listColumns: Readonly<Record<string, number>>;
  readonly serverColumns: Readonly<Record<string, number>>;
  /** Scale of the text, from the first to the last of `textScales`. */
  readonly textScale: number;
  /** Mailboxes whose places are folded away. */
  readonly foldedMailboxes: readonly string[];
  /** Folders whose own folders are folded away. */
  readonly foldedFolders: readonly string[];
  /** Folders that mail was moved to lately, newest first. */
  readonly recentFolders: readonly string[];
  /** Place shown at the last exit, as the renderer wrote it. */
  readonly selectedPlace: string | null;
  /** Milliseconds a message is shown before it counts as read; 0 at once, -1 never by itself. */
  readonly markReadAfterMs: number;
  readonly notifies: boolean;
  /** Hours of the day, 0 to 23, between which nothing is announced; null for none. */
  readonly quietHours: { readonly from: number; readonly to: number } | null;
  readonly closesToTray: boolean;
  readonly startsAtLogin: boolean;
  /** Message bodies in the window's dark colours too. */
  readonly darkBodies: boolean;
  /** The public database of providers that is asked for settings; the domain is put behind it. Empty: none is asked. */
  readonly providerDatabase: string;
  /** What connections go through, unless an account says otherwise. */
  readonly proxy: ProxyChoice;
};

/** What holds before anything was chosen. */
export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  listStyle: 'cards',
  readingPane: 'automatic',
  density: 'comfortable',
  groupsByConversation: false,
  sort: { by: 'date', descending: true },
  placesWidth: 220,
  listWidth: 380,
  tableWidth: 840,
  listHeight: 260,
  listColumns: {},
  serverColumns: {},
  textScale: 1,
  foldedMailboxes: [],
  foldedFolders: [],
  recentFolders: [],
  selectedPlace: null,
  markReadAfterMs: 800,
  notifies: true,
  quietHours: null,
  closesToTray: false,
  startsAtLogin: false,
  darkBodies: true,
  providerDatabase: usualProviderDatabase,
  proxy: { kind: 'system' },
};
