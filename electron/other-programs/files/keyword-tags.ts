/** Keywords that Thunderbird shows as its first tags, in the folders of servers too. */
const tagNames: ReadonlyMap<string, string> = new Map([
  ['$label1', 'Important'],
  ['$label2', 'Work'],
  ['$label3', 'Personal'],
  ['$label4', 'To Do'],
  ['$label5', 'Later'],
]);

/** Keywords that programs keep for themselves. */
const ownKeywords =
  /^(?:\$?(?:not|non)?junk|\$(?:forwarded|replied|mdnsent|phishing|hasattachment|hasnoattachment|submitted|submitpending|ismailinglist))$/i;

/** The tags among the keywords of a message, and whether they say that it was forwarded. RFC 5788. */
export function tagsAmong(keywords: readonly string[]): {
  readonly tags: readonly string[];
  readonly isForwarded: boolean;
} {
  return {
    tags: keywords.flatMap((word) => (ownKeywords.test(word) ? [] : [tagNames.get(word) ?? word])),
    isForwarded: keywords.some((word) => /^\$?forwarded$/i.test(word)),
  };
}
