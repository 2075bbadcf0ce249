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
