import type { Failure } from './failure.ts';
import type { AccountId, MessageId } from './ids.ts';
import type { EmailAddress } from './message.ts';

/* The mailbox on the server as the window shows it. */

/** State of one row of the mailbox on the server. */
export type ServerRowState = 'new' | 'stored' | 'only-on-server' | 'known-elsewhere' | 'partial' | 'gone';

/** One message in the live maildrop. `key` lives as long as the open view. */
export type ServerRow = {
  readonly key: string;
  readonly sizeBytes: number;
  readonly state: ServerRowState;
  readonly plan: 'download' | 'delete' | null;
  /** Null until TOP brought the headers. */
  readonly headers: {
    readonly from: EmailAddress;
    readonly subject: string;
    readonly sentAt: number | null;
  } | null;
  /** Stored copy, when there is one. */
  readonly messageId: MessageId | null;
};

/** The open mailbox on the server. */
export type ServerView = {
  readonly accountId: AccountId;
  readonly connection: 'connecting' | 'open' | 'busy' | 'dropped' | 'closed';
  readonly failure: Failure | null;
  readonly count: number;
  readonly sizeBytes: number;
  /** How many rows have their headers. */
  readonly headersDone: number;
  readonly isFetchingHeaders: boolean;
  readonly plan: {
    readonly download: number;
    readonly downloadBytes: number;
    readonly delete: number;
    readonly deleteBytes: number;
    /** Of those to be deleted, how many are not stored here. */
    readonly deleteNotStored: number;
  };
  /** DELE already sent and not yet applied. */
  readonly sentDeletions: number;
  /**
   * How far the plan has been carried out. `running` can still be taken back. `asked`: QUIT is written, and the server
   * decides. `taken-back`: nothing was deleted.
   */
  readonly applied: {
    readonly done: number;
    readonly total: number;
    readonly outcome: 'running' | 'asked' | 'applied' | 'refused' | 'unknown' | 'failed' | 'taken-back';
  } | null;
  readonly capabilities: readonly string[];
};

/** How the rows of the mailbox on the server are ordered. */
export type ServerSort = {
  readonly by: (typeof serverSortKeys)[number];
  readonly descending: boolean;
};

/** What the rows can be ordered by, in the order of the columns. */
export const serverSortKeys = ['from', 'subject', 'date', 'size'] as const;

/** Which rows of the mailbox on the server are looked for. */
export type ServerRowsWhere =
  | { readonly kind: 'all' | 'stored' | 'new' }
  /** A sender as the picture of the space names it. */
  | { readonly kind: 'from'; readonly sender: string }
  /** Words of a sender's name or address. */
  | { readonly kind: 'from-like'; readonly words: string }
  /** A bar of the picture of ages. */
  | { readonly kind: 'age'; readonly bucket: AgeBucket }
  | { readonly kind: 'older'; readonly days: number }
  | { readonly kind: 'larger'; readonly bytes: number };

/** Ages by which mail is told apart in the picture of the space, newest first. */
export const ageBuckets = ['week', 'month', 'quarter', 'year', 'older', 'unknown'] as const;

/** One of those ages. */
export type AgeBucket = (typeof ageBuckets)[number];

/** Where the space goes. Bytes. */
export type ServerSpace = {
  readonly bySender: readonly {
    readonly sender: string;
    readonly count: number;
    readonly sizeBytes: number;
  }[];
  readonly byAge: readonly {
    readonly bucket: AgeBucket;
    readonly count: number;
    readonly sizeBytes: number;
  }[];
};

/** A line of the protocol log; secrets are redacted where it is made. */
export type TranscriptLine = {
  readonly at: number;
  readonly direction: 'client' | 'server' | 'note';
  readonly text: string;
};

/** What left a server, and when. */
export type ServerDeletion = {
  readonly accountId: AccountId;
  readonly at: number;
  readonly uidl: string;
  readonly from: string;
  readonly subject: string;
  readonly sizeBytes: number;
  readonly wasStoredHere: boolean;
  readonly outcome: 'applied' | 'refused' | 'unknown';
};
