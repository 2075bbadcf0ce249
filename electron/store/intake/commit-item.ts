import type { Folder } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { HeaderSummary } from './header-summary.ts';

/** Marks a message begins with; what an import or a restore brings along. */
export type InitialMarks = {
  readonly folder?: Folder;
  readonly isRead?: boolean;
  readonly isStarred?: boolean;
  readonly isReplied?: boolean;
  readonly isForwarded?: boolean;
  readonly tags?: readonly string[];
};

/**
 * What becomes of a record: a new row; none, for its bytes are here already (`link`); the full message in place of
 * its beginning (`replace`); or sound bytes in place of damaged ones (`heal`). `drops` is a row that goes, for the
 * message has another one now.
 */
export type Placement =
  | { readonly kind: 'new' | 'heal'; readonly messageId: MessageId }
  | { readonly kind: 'replace'; readonly messageId: MessageId; readonly drops: MessageId | null }
  | {
      readonly kind: 'link';
      readonly messageId: MessageId;
      readonly drops: MessageId | null;
      readonly settles: boolean;
    };

/** A message whose bytes are in a segment (or, for a link, were there before) and which the index is to learn of. */
export type CommitItem = {
  readonly ledgerKey: LedgerKey;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  /** It is doubtful, and fetching it again promises nothing better. */
  readonly isFinal?: boolean;
  /** What LIST said of it, bytes; null where it does not come from a listing. */
  readonly listedBytes: number | null;
  /** Size of the whole message, also where only its beginning is stored. */
  readonly sizeBytes: number;
  readonly recordOffset: number;
  readonly dataOffset: number;
  readonly lengthBytes: number;
  readonly summary: HeaderSummary;
  readonly marks: InitialMarks;
  readonly placement: Placement;
};
