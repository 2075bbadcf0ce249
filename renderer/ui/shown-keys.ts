const isMac = navigator.platform.startsWith('Mac');

/** The names of the keys as this platform's keyboards and menus write them. */
const macSigns: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Delete: '⌫', Del: '⌫' };

/** The single keys of a shortcut such as `Ctrl+Shift+K`, as the person's keyboard names them. */
export function singleKeys(keys: string): readonly string[] {
  // The last plus of `Ctrl++` is a key itself.
  return keys.split(/\+(?=.)/).map((key) => (isMac ? (macSigns[key] ?? key) : key));
}

/** A shortcut in one piece, as menus show it. */
export function shownKeys(keys: string): string {
  return singleKeys(keys).join(isMac ? '' : '+');
}
