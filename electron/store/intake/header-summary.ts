import type { EmailAddress } from '../../../shared/message.ts';

/** What a light look at the first bytes of a message gives; enough for a row before the message is parsed. */
export type HeaderSummary = {
  readonly subject: string;
  readonly from: EmailAddress;
  /** Milliseconds since the epoch; null when the Date header cannot be read. */
  readonly sentAt: number | null;
};

/** Reads subject, sender and date from the first 16 KB of a message; must not throw. */
export type Summarise = (headerBytes: Uint8Array) => HeaderSummary;
