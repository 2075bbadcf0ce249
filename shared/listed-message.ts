/** One message of a server's listing: UIDL and LIST together. It outlives the session, in which alone numbers hold. */
export type ListedMessage = {
  /** UIDL, or `hash:…` where the server gives none. */
  readonly uidl: string;
  /** As the server lists it. Bytes. */
  readonly sizeBytes: number;
  /** Which of equal ids in listing order, from 1. */
  readonly occurrence: number;
};
