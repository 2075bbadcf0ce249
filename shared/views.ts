import type { CertificateProblem, Failure, FailureStep } from './failure.ts';
import type {
  Account,
  AccountId,
  Attachment,
  AuthMechanism,
  Folder,
  Mailbox,
  MessageId,
  MessageSummary,
  ServerSettings,
} from './model.ts';

/** Something in the left pane that holds messages stored here. */
export type Place =
  | { readonly kind: 'folder'; readonly folder: Folder; readonly accountId: AccountId | null }
  | { readonly kind: 'starred'; readonly accountId: AccountId | null }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'search'; readonly query: string };

/** The quick filter over a list. */
export type ListFilter = {
  readonly unread?: boolean | undefined;
  readonly starred?: boolean | undefined;
  readonly attachment?: boolean | undefined;
  readonly text?: string | undefined;
};

/** Messages an action is for: some by id, or all of a place but a few. */
export type Selection =
  | { readonly kind: 'ids'; readonly ids: readonly MessageId[] }
  | {
      readonly kind: 'place';
      readonly place: Place;
      readonly filter: ListFilter;
      readonly except: readonly MessageId[];
    };

/** The visible window of a list and a margin. */
export type ListPage = {
  readonly total: number;
  readonly unread: number;
  readonly rows: readonly MessageSummary[];
};

/** Numbers beside the places. */
export type PlaceCount = { readonly place: Place; readonly total: number; readonly unread: number };

/** What an undoable change did. The token is good until the next change of the same kind of thing undoes it. */
export type Undoable = { readonly undoToken: string; readonly count: number };

/** An account with what is going on in it. */
export type AccountState = {
  readonly account: Account;
  readonly hasPassword: boolean;
  readonly check: CheckProgress | null;
  readonly lastCheck: CheckRecord | null;
  /** When the next check is due, milliseconds since the epoch. */
  readonly nextCheckAt: number | null;
  /** Trouble that waits for the person; a card on the account, not a dialog. */
  readonly trouble: Failure | null;
};

/** A running check. */
export type CheckProgress = {
  readonly accountId: AccountId;
  readonly phase:
    | 'waiting'
    | 'connecting'
    | 'signing-in'
    | 'listing'
    | 'downloading'
    | 'deleting'
    | 'closing';
  /** Message m of n; both 0 until the listing is there. */
  readonly done: number;
  readonly total: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly startedAt: number;
};

/** One finished check, as the history keeps it. */
export type CheckRecord = {
  readonly accountId: AccountId;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly stored: number;
  readonly storedBytes: number;
  readonly deletedOnServer: number;
  readonly skipped: number;
  readonly onServer: number;
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly failure: Failure | null;
};

/** Where settings were found. */
export type SettingsSource =
  | 'provider-table'
  | 'autoconfig'
  | 'isp-database'
  | 'mx'
  | 'srv'
  | 'probe'
  | 'guess';

/** One way to reach a mailbox, as the search for settings found it. */
export type SettingsCandidate = {
  readonly server: ServerSettings;
  readonly source: SettingsSource;
  readonly providerName: string | null;
  /** Keys of notes to show, such as `app-password` or `enable-pop`. */
  readonly notes: readonly string[];
  readonly offersOAuth: boolean;
  /** What a person should know about these settings, to be told in sentences. */
  readonly remarks?: readonly SettingsRemark[];
};

/** Something worth a sentence about settings that were found. */
export type SettingsRemark =
  /** "Port 110 does not answer, 995 does." */
  | { readonly kind: 'port-differs'; readonly silentPort: number; readonly answeringPort: number }
  /** "mail.example.org does not answer, pop.example.org does." */
  | { readonly kind: 'host-differs'; readonly silentHost: string; readonly answeringHost: string }
  | { readonly kind: 'does-not-answer' }
  | { readonly kind: 'not-encrypted' }
  | { readonly kind: 'certificate'; readonly problem: CertificateProblem }
  /** The server is not in the address's own domain; `domain` is where it is. */
  | { readonly kind: 'host-elsewhere'; readonly domain: string };

/** A step of the connection test and how it went. */
export type TestStep = {
  readonly step: FailureStep;
  readonly state: 'running' | 'done' | 'failed';
  readonly facts: {
    readonly address?: string;
    readonly protocol?: string;
    readonly cipher?: string;
    readonly mechanism?: string;
    readonly capabilities?: readonly string[];
    readonly count?: number;
    readonly sizeBytes?: number;
  };
};

/** A connection test that went through. */
export type TestOutcome = {
  readonly count: number;
  readonly sizeBytes: number;
  readonly mechanism: AuthMechanism;
  readonly hasUidl: boolean;
  /** EXPIRE of RFC 2449: days the server keeps mail, or null where it does not say. */
  readonly expireDays: number | null;
};

/** The certificate the person is asked about. */
export type CertificateQuestion = {
  readonly problem: CertificateProblem;
  readonly keySha256: string;
  readonly subject: string;
  readonly validTo: string;
};

/** Everything the reading pane shows around a body; the body itself is a page of its own at `bodyUrl`. */
export type MessageView = {
  readonly summary: MessageSummary;
  readonly from: readonly Mailbox[];
  readonly sender: Mailbox | null;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly dateProblem: string | null;
  /** Page with the cleaned body, in a scheme only the message view may load. */
  readonly bodyUrl: string;
  /** How many places of the searched text are marked in the body. */
  readonly found: number;
  readonly shows: 'html' | 'text' | 'source';
  readonly hasHtml: boolean;
  readonly hasText: boolean;
  readonly attachments: readonly AttachmentView[];
  readonly remote: {
    readonly blocked: number;
    readonly hosts: readonly string[];
    readonly isAllowed: boolean;
  };
  /** Codes of things worth saying: `reply-to-elsewhere`, `name-holds-address`, `mixed-script`, `unparsed`, `doubtful`… */
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
  /** SPF, DKIM, DMARC as the receiving server reported them. */
  readonly authentication: readonly { readonly method: string; readonly result: string }[];
  readonly charset: { readonly used: string; readonly chosen: string | null };
  /** Calendar invitation shown as a card. */
  readonly invitation: {
    readonly summary: string;
    readonly startsAt: number | null;
    readonly endsAt: number | null;
    readonly location: string;
    readonly organizer: string;
  } | null;
  /** Whether the copy on the server is known to be there still. */
  readonly isOnServer: boolean;
};

/** An attachment card. */
export type AttachmentView = Attachment & {
  readonly canOpen: boolean;
  /** Why it is only saved; a code such as `program`, `script`, `macro`, `disk-image`, `page`. */
  readonly saveOnlyReason: string | null;
  readonly preview: 'image' | 'pdf' | 'text' | 'message' | null;
};

/** How a body is asked for. */
export type BodyView = {
  readonly format: 'auto' | 'text' | 'html' | 'source';
  readonly isDark: boolean;
  readonly allowRemoteOnce: boolean;
  /** Text to mark; empty or absent for none. */
  readonly find?: string | undefined;
};

/** State of one row of the mailbox on the server. */
export type ServerRowState = 'new' | 'stored' | 'only-on-server' | 'partial' | 'gone';

/** One message in the live maildrop. `key` lives as long as the open view. */
export type ServerRow = {
  readonly key: string;
  readonly sizeBytes: number;
  readonly state: ServerRowState;
  readonly plan: 'download' | 'delete' | null;
  /** Null until TOP brought the headers. */
  readonly headers: {
    readonly from: Mailbox;
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
  readonly applied: {
    readonly done: number;
    readonly total: number;
    readonly outcome: 'running' | 'applied' | 'refused' | 'unknown' | 'failed';
  } | null;
  readonly capabilities: readonly string[];
};

/** Where the space goes. Bytes. */
export type ServerSpace = {
  readonly bySender: readonly {
    readonly sender: string;
    readonly count: number;
    readonly sizeBytes: number;
  }[];
  readonly byAge: readonly {
    readonly bucket: 'week' | 'month' | 'quarter' | 'year' | 'older' | 'unknown';
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

/** A label of the person's own. Colour is one of the palette's names. */
export type Tag = { readonly name: string; readonly color: string };

/** A search kept under a name. */
export type SavedSearch = { readonly name: string; readonly query: string };

/** A rule over mail that comes in. */
export type Rule = {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly accountId: AccountId | null;
  readonly conditions: readonly RuleCondition[];
  readonly actions: readonly RuleAction[];
};

/** One condition; all conditions of a rule must hold. */
export type RuleCondition =
  | { readonly kind: 'from' | 'to' | 'subject'; readonly contains: string }
  | { readonly kind: 'header'; readonly name: string; readonly contains: string }
  | { readonly kind: 'larger'; readonly bytes: number }
  | { readonly kind: 'smaller'; readonly bytes: number };

/** What a rule does, before the download (first four) or after it. */
export type RuleAction =
  | { readonly kind: 'skip' | 'headers-only' | 'delete-on-server' | 'fetch-first' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'archive' | 'star' | 'trash' | 'mark-read' | 'no-notice' };

/** Space that mail takes on this computer. Bytes. */
export type StorageState = {
  readonly folder: string;
  readonly accounts: readonly {
    readonly accountId: AccountId;
    readonly messages: number;
    readonly bytes: number;
    readonly deadBytes: number;
  }[];
  readonly indexBytes: number;
  readonly lastBackupAt: number | null;
};

/** What the window needs before it can draw anything. */
export type AppState = {
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Language in use, after `system` was resolved. */
  readonly language: 'en' | 'ru';
  readonly keyring: 'keyring' | 'memory-only';
  /** A store that had to be repaired or rebuilt at start says so here. */
  readonly storeNotice: { readonly kind: 'rebuilt' | 'repaired'; readonly messages: number } | null;
  /** Settings that could not be read whole at start; `keptAs` is the path of the file as it was. */
  readonly settingsNotice: {
    readonly kind: 'unreadable' | 'partly' | 'newer';
    readonly keptAs: string;
    readonly leftOut: readonly string[];
  } | null;
  /** The window that asks shows one message of a file and nothing else. */
  readonly file: string | null;
};
