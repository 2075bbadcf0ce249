/** A change of what a person set on messages (read, star, tags). What is absent stays as it is. */
export type MarkChange = {
  readonly isRead?: boolean | undefined;
  readonly isStarred?: boolean | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
};
