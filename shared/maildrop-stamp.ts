import type { Uidl } from './ids.ts';

/**
 * What tells that a maildrop is as it was at the last complete listing, without listing it again. It is only taken where
 * ids grow with the numbers, as on every server that counts its messages: there a new message comes last, and one that
 * goes leaves a number fewer, so that the same id under the same last number means the same messages before it.
 */
export type MaildropStamp = {
  readonly count: number;
  /** All messages together, as STAT has it. Bytes. RFC 1939 §5. */
  readonly sizeBytes: number;
  /** Id of the last message. */
  readonly lastUidl: Uidl;
};
