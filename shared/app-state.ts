import type { VaultStatus } from './account-state.ts';
import { dayMs } from './durations.ts';
import type { Language } from './language.ts';

/* Facts about the program that the window needs at its start. */

/** What the window needs before it can draw anything. */
export type AppState = {
  readonly version: string;
  readonly electron: ElectronRelease;
  /** The pages that show strangers' mail run in Chromium's sandbox. */
  readonly isSandboxed: boolean;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Language in use, after `system` was resolved. */
  readonly language: Language;
  readonly keyring: VaultStatus;
  readonly storeNotice: StoreNotice | null;
  readonly settingsNotice: SettingsNotice | null;
  /** The window that asks shows one message of a file and nothing else. */
  readonly file: string | null;
};

/** The Electron that runs; `releasedAt` is null for one of which the day is not known. Milliseconds since the epoch. */
export type ElectronRelease = { readonly version: string; readonly releasedAt: number | null };

/** An Electron of this age has security holes that everybody can read about. Half a year. */
const oldAfterMs = 183 * dayMs;

/** Whether an Electron is too old to be trusted with strangers' mail. */
export function isOldRelease({ releasedAt }: ElectronRelease, nowMs: number): boolean {
  return releasedAt !== null && nowMs - releasedAt > oldAfterMs;
}

/** A store that had to be repaired or rebuilt at the start, and how many messages that brought back. */
export type StoreNotice = { readonly kind: 'rebuilt' | 'repaired'; readonly messages: number };

/** Something a person must be told about settings.json: it is never silently replaced. */
export type SettingsNotice = {
  /** `unreadable`: nothing could be used; `partly`: the entries named could not; `newer`: a later Poppy wrote it. */
  readonly kind: 'unreadable' | 'partly' | 'newer';
  /** Path of the copy of the file as it was. */
  readonly keptAs: string;
  /** Names of what was left out, such as `accounts[1]` or `preferences.theme`. */
  readonly leftOut: readonly string[];
};
