/** The colours that a tag can have, in the order in which new tags get them. */
export const tagColors = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'grey',
] as const;
export type TagColor = (typeof tagColors)[number];

/** The colour of a new tag where there are so many already. */
export function nextTagColor(count: number): TagColor {
  return tagColors[count % tagColors.length] ?? 'grey';
}

type ChipsProps = {
  readonly names: readonly string[];
  /** Colour of each name; grey where it has none. */
  readonly colors: ReadonlyMap<string, string>;
};

/** Names as small coloured labels. */
export function Chips({ names, colors }: ChipsProps) {
  if (names.length === 0) return null;
  return (
    <span className="chips">
      {names.map((name) => (
        <Chip key={name} name={name} color={colors.get(name) ?? 'grey'} />
      ))}
    </span>
  );
}

/** One name as a small coloured label. */
export function Chip({ name, color }: { readonly name: string; readonly color: string }) {
  return <span className={`chip chip-${color}`}>{name}</span>;
}
