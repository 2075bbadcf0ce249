import type { Tag } from '../../../shared/places.ts';

/** A tag as a line of the left pane. */
export type TagLine = {
  readonly tag: Tag;
  /** How many tags it lies in. */
  readonly depth: number;
  /** Its name without that of the tag around it. */
  readonly label: string;
};

/** Tags as a tree: `Work/Invoices` lies in `Work` where there is such a tag. The others keep their order. */
export function tagLines(tags: readonly Tag[]): readonly TagLine[] {
  const names = new Set(tags.map(({ name }) => name));
  /** The name of the tag that a tag lies in; null where it lies in none. */
  const around = (name: string): string | null => {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      if (names.has(name.slice(0, at))) return name.slice(0, at);
    return null;
  };
  const under = (parent: string | null, depth: number): TagLine[] =>
    tags
      .filter(({ name }) => around(name) === parent)
      .flatMap((tag) => [
        { tag, depth, label: parent === null ? tag.name : tag.name.slice(parent.length + 1) },
        ...under(tag.name, depth + 1),
      ]);
  return under(null, 0);
}
