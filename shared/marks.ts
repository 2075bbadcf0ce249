/** A change of what a person set on messages (read, star, answered, tags). What is absent stays as it is. */
export type MarkChange = {
  readonly isRead?: boolean | undefined;
  readonly isStarred?: boolean | undefined;
  readonly isReplied?: boolean | undefined;
  readonly isForwarded?: boolean | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
};
