/** What the window needs before it can draw anything. */
export type AppState = {
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Language in use, after `system` was resolved. */
  readonly language: 'en' | 'ru';
  readonly keyring: 'keyring' | 'memory-only';
  /** A store that had to be repaired or rebuilt at start says so here. */
  readonly storeNotice: { readonly kind: 'rebuilt' | 'repaired'; readonly messages: number } | null;
  /** Settings that could not be read whole at start; `keptAs` is the path of the file as it was. */
  readonly settingsNotice: {
    readonly kind: 'unreadable' | 'partly' | 'newer';
    readonly keptAs: string;
    readonly leftOut: readonly string[];
  } | null;
  /** The window that asks shows one message of a file and nothing else. */
  readonly file: string | null;
};
