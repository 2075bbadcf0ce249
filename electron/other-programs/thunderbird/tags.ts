import type { Prefs } from './prefs.ts';

/** The tags that Thunderbird has from the start: key, name and colour. */
const firstTags: readonly (readonly [string, string, string])[] = [
  ['$label1', 'Important', '#ff0000'],
  ['$label2', 'Work', '#ff9900'],
  ['$label3', 'Personal', '#009900'],
  ['$label4', 'To Do', '#3333ff'],
  ['$label5', 'Later', '#993399'],
];

/** Tags of a profile: names by key, and colours by name. */
export type ThunderbirdTags = {
  readonly names: ReadonlyMap<string, string>;
  readonly colours: ReadonlyMap<string, string>;
};

/** Reads the tags of a profile. */
export function tagsOf(prefs: Prefs): ThunderbirdTags {
  const names = new Map(firstTags.map(([key, name]) => [key, name]));
  const colourOfKey = new Map(firstTags.map(([key, , colour]) => [key, colour]));
  for (const [pref, value] of prefs) {
    const [, key, what] = /^mailnews\.tags\.(.+)\.(tag|color)$/.exec(pref) ?? [];
    if (key === undefined || typeof value !== 'string') continue;
    if (what === 'tag' && value !== '') names.set(key, value.normalize('NFC'));
    else if (/^#[0-9a-f]{6}$/i.test(value)) colourOfKey.set(key, value.toLowerCase());
  }
  const colours = new Map<string, string>();
  for (const [key, name] of names) {
    const colour = colourOfKey.get(key);
    if (colour !== undefined) colours.set(name, colour);
  }
  return { names, colours };
}
