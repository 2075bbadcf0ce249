import type { AccountId } from './ids.ts';
import type { OAuthSettings } from './oauth.ts';
import type { ProxyChoice } from './proxy.ts';
import { defaultRetention, type RetentionPolicy } from './retention.ts';
import { megabyte } from './sizes.ts';

/* An account, and what holds for a new one. */

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
  /** The person signs in in the browser; there is no password then. */
  readonly oauth?: OAuthSettings;
  /** What connections of this account go through; left out, what is chosen for the program. */
  readonly proxy?: ProxyChoice;
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
  /** No check begins by itself, and "all mailboxes" leaves this one out. A person may still check it. */
  readonly isPaused?: boolean;
  /** Messages above this size come as headers and first lines only; 0 means no limit. Bytes. */
  readonly partialAboveBytes: number;
  /** Deleting a message here also deletes it on the server at the next check. */
  readonly deleteOnServerWhenDeletedHere: boolean;
  /** The sample mailbox: its server is embedded and starts with the program. */
  readonly isSample: boolean;
};

/** What holds for a new account until the person says otherwise. */
export const accountDefaults = {
  retention: defaultRetention,
  checkEveryMinutes: 10,
  checkAtStart: true,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
} as const satisfies Partial<Account>;

/** The longest time between two checks that can be chosen: a day. Minutes. */
export const longestCheckIntervalMinutes = 1440;

/** Where "large messages come as headers only" begins when it is switched on. Bytes. */
export const defaultPartialAboveBytes = 2 * megabyte;
