/** What a whole message tells about the charset of any of its bytes. */
export type CharsetContext = {
  /** The charset the person has chosen for this message. */
  readonly override: string | null;
  /** Charsets that any part or encoded word of the message declares, most telling first. */
  readonly others: readonly string[];
  /** The last resort: the account's own charset. */
  readonly fallback: string;
  /** More raw bytes by the same sender, so that a short name can be detected by the company it keeps. */
  readonly evidence: () => Uint8Array;
};

/** Nothing known beyond the bytes themselves; falls back to windows-1252, the web's reading of an unlabelled byte. */
export const noContext: CharsetContext = {
  override: null,
  others: [],
  fallback: 'windows-1252',
  evidence: () => new Uint8Array(0),
};
