/** What `prefs.js` and `user.js` set: names with texts, numbers and truth values. */
export type Prefs = ReadonlyMap<string, string | number | boolean>;

const line = /^\s*(?:user_pref|pref)\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*(.+?)\s*\)\s*;\s*$/;

/** Reads preference files; later ones override. A line that is broken is passed over. */
export function readPrefs(...texts: readonly (string | null)[]): Prefs {
  const prefs = new Map<string, string | number | boolean>();
  for (const text of texts)
    for (const one of text?.split(/\r?\n/) ?? []) {
      const [, name, value] = line.exec(one) ?? [];
      const read = value === undefined ? undefined : parsedValue(value);
      if (name !== undefined && read !== undefined) prefs.set(name, read);
    }
  return prefs;
}

function parsedValue(text: string): string | number | boolean | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined;
  } catch {
    // A half-written line.
    return undefined;
  }
}

/** A text; the empty one where it is not set. */
export function textPref(prefs: Prefs, name: string): string {
  return String(prefs.get(name) ?? '');
}

/** A number; null where it is not set. */
export function numberPref(prefs: Prefs, name: string): number | null {
  const value = prefs.get(name);
  return typeof value === 'number' ? value : null;
}
