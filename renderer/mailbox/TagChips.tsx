type TagChipsProps = {
  readonly tags: readonly string[];
  /** Colour of each tag by its name. */
  readonly colors: ReadonlyMap<string, string>;
};

/** Tags of a message in their colours. */
export function TagChips({ tags, colors }: TagChipsProps) {
  if (tags.length === 0) return null;
  return (
    <span className="tag-chips">
      {tags.map((tag) => (
        <span key={tag} className={`tag-chip tag-${colors.get(tag) ?? 'grey'}`}>
          {tag}
        </span>
      ))}
    </span>
  );
}
