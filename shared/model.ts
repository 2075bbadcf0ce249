declare const brand: unique symbol;

/** Gives a string or number a name of its own, so that two kinds of id cannot be mixed. */
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Random id of an account, 16 lower-case hexadecimal digits; also the name of its folder in the store. */
export type AccountId = Branded<string, 'AccountId'>;

/** Row number of a stored message in the index; lives as long as the message, kept by rebuild where the index is found. */
export type MessageId = Branded<number, 'MessageId'>;

/** Unique id the server gives a message, 1 to 70 characters of 0x21 to 0x7E. RFC 1939 §7, UIDL. */
export type Uidl = Branded<string, 'Uidl'>;

/** How the connection is protected: TLS from the first byte, STARTTLS required, or nothing. The safest comes first. */
export const securities = ['tls', 'starttls', 'none'] as const;

/** A kind of protection; shared/ports.ts has the port that goes with it. */
export type Security = (typeof securities)[number];

/** Ways of signing in that can be chosen; `auto` takes the strongest both sides know. */
export const authMechanisms = [
  'auto',
  'USER',
  'APOP',
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256-PLUS',
  'XOAUTH2',
  'OAUTHBEARER',
] as const;

/** A way of signing in. */
export type AuthMechanism = (typeof authMechanisms)[number];

/** What happens to the copies on the server. Every removal waits until the message is stored here. */
export type RetentionPolicy =
  | { readonly kind: 'keep' }
  | { readonly kind: 'remove-after-days'; readonly days: number }
  | { readonly kind: 'remove-when-stored' }
  | { readonly kind: 'keep-newest'; readonly count: number }
  | { readonly kind: 'keep-under'; readonly megabytes: number };

/** Where to connect and how; what the wizard edits. */
export type ServerSettings = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly mechanism: AuthMechanism;
  /** The person has agreed, for this account, to send the password without encryption. */
  readonly plaintextConsent: boolean;
  /** SHA-256 of the one public key (SubjectPublicKeyInfo) accepted in spite of its certificate, lower-case hexadecimal. */
  readonly pinnedKeySha256?: string;
};

/** An account as it is kept in settings.json; holds no password. */
export type Account = {
  readonly id: AccountId;
  /** Name for the list of places; the address when the person gave none. */
  readonly name: string;
  readonly address: string;
  readonly server: ServerSettings;
  readonly retention: RetentionPolicy;
  /** Minutes between checks; 0 means only when asked. */
  readonly checkEveryMinutes: number;
  readonly checkAtStart: boolean;
  /** Messages above this size come as headers and first lines only; 0 means no limit. Bytes. */
  readonly partialAboveBytes: number;
  /** Deleting a message here also deletes it on the server at the next check. */
  readonly deleteOnServerWhenDeletedHere: boolean;
  /** The sample mailbox: its server is embedded and starts with the program. */
  readonly isSample: boolean;
};

/** A name and an address as a header gives them; either may be empty. */
export type Mailbox = { readonly name: string; readonly address: string };

/** Folders of stored messages. The maildrop on the server is none of them. */
export const folders = ['inbox', 'archive', 'trash'] as const;

/** Where a stored message is. */
export type Folder = (typeof folders)[number];

/** What the list shows of one stored message. */
export type MessageSummary = {
  readonly id: MessageId;
  readonly accountId: AccountId;
  readonly folder: Folder;
  readonly subject: string;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  /** Date header, milliseconds since the epoch; null when it cannot be read. */
  readonly sentAt: number | null;
  /** When it was stored here, milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly sizeBytes: number;
  readonly preview: string;
  readonly isRead: boolean;
  readonly isStarred: boolean;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  readonly attachmentCount: number;
  readonly threadId: number;
  readonly threadCount: number;
  readonly tags: readonly string[];
};

/** One part of a message that is not its text. */
export type Attachment = {
  /** Path in the part tree, as in IMAP: "2" or "1.3". */
  readonly part: string;
  /** Cleaned file name; never empty. */
  readonly name: string;
  /** MIME type, lower case. */
  readonly type: string;
  readonly sizeBytes: number;
  /** SHA-256 of the decoded bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly contentId: string | null;
  /** Shown inside the body by a cid: reference. */
  readonly isInline: boolean;
};
