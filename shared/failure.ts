/* Failures that are expected. They travel as values and are never thrown across rooms. */

/** The step of a POP3 session, or of the work around it, in which something failed. */
export type FailureStep =
  | 'look-up'
  | 'connect'
  | 'encrypt'
  | 'greeting'
  | 'capabilities'
  | 'sign-in'
  | 'list'
  | 'download'
  | 'delete'
  | 'quit'
  | 'store'
  | 'open';

/** What is wrong with a server's certificate; each has its own sentence. */
export type CertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'untrusted'
  | 'wrong-name'
  | 'pin-mismatch'
  | 'other';

/** Why a proxy gave no connection: it cannot be reached, does not let the person in, or does not reach the host. */
export type ProxyTrouble = 'unreachable' | 'sign-in' | 'target';

/** What answered instead of a POP3 server. */
export type OtherProtocol = 'http' | 'ssh' | 'imap' | 'smtp' | 'tls' | 'plain' | 'silence' | 'unknown';

/** The facts that every failure may carry beside its kind. */
type FailureFacts = {
  /** Host the attempt was made to, as the person wrote it. */
  readonly host?: string;
  readonly port?: number;
  readonly step?: FailureStep;
  /** What the server itself said, cleaned of control characters and cut at 512 characters. */
  readonly serverText?: string;
  /** Response code without brackets, upper case: IN-USE, LOGIN-DELAY, AUTH, SYS/TEMP, SYS/PERM. RFC 2449 §8, RFC 3206. */
  readonly responseCode?: string;
  /** Whether the same attempt can succeed later without anything being changed. */
  readonly canRetry: boolean;
  /** When it makes sense to try again, milliseconds since the epoch. */
  readonly retryAt?: number;
};

/** Why a file cannot be read, shown or opened, where more is known than what the system says. */
export type UnreadableWhy =
  | 'not-a-picture'
  | 'not-a-pdf'
  | 'damaged-pdf'
  | 'locked-pdf'
  | 'no-pages'
  | 'too-long'
  | 'too-slow'
  | 'too-complicated'
  | 'not-mail'
  | 'no-program';

/**
 * Everything that can go wrong without being a mistake in the program. A closed union: each kind has a sentence and
 * a remedy in every language of the renderer.
 */
export type Failure = FailureFacts &
  (
    | { readonly kind: 'offline' }
    | { readonly kind: 'host-not-found' }
    | { readonly kind: 'refused' }
    | { readonly kind: 'timeout'; readonly timeoutMs: number }
    | { readonly kind: 'connection-lost' }
    /** The proxy gave no connection. Nothing is tried around it. */
    | { readonly kind: 'proxy-failed'; readonly why: ProxyTrouble }
    | { readonly kind: 'not-pop3'; readonly found: OtherProtocol }
    | {
        readonly kind: 'certificate';
        readonly problem: CertificateProblem;
        readonly keySha256?: string;
        readonly subject?: string;
        readonly validTo?: string;
      }
    | { readonly kind: 'encryption-unavailable' }
    | { readonly kind: 'encryption-failed' }
    | { readonly kind: 'plaintext-not-allowed' }
    /**
     * `hasOtherReasons`: the server's one sentence names the password among others, such as POP being off. `isHangUp`:
     * the server said nothing, but hung up at the password several times.
     */
    | { readonly kind: 'authentication'; readonly hasOtherReasons?: boolean; readonly isHangUp?: boolean }
    /** The server says that this account may not be read by POP, or only after its owner has signed in on the web. */
    | { readonly kind: 'pop-disabled' }
    | { readonly kind: 'mechanism-unavailable' }
    /** The server offers only ways of signing in that protect less than one that has worked there. Nothing was sent. */
    | { readonly kind: 'weaker-sign-in' }
    | { readonly kind: 'password-missing' }
    /** The person has to sign in again in the browser: provider or server does not take the tokens any more. */
    | { readonly kind: 'sign-in-again' }
    | { readonly kind: 'mailbox-busy' }
    | { readonly kind: 'login-delay'; readonly delaySeconds?: number }
    | { readonly kind: 'server-refused' }
    | { readonly kind: 'server-trouble' }
    | { readonly kind: 'protocol' }
    | { readonly kind: 'too-large'; readonly limitBytes: number }
    | { readonly kind: 'deletion-unknown' }
    /** Messages that could not be fetched in several sessions; the account's state names each. */
    | { readonly kind: 'messages-unfetched'; readonly count: number }
    /** After a move to another server: messages there seem to be here already, and wait for the person's decision. */
    | { readonly kind: 'perhaps-here'; readonly count: number }
    /** The server says again and again that it deleted messages, and keeps them. */
    | { readonly kind: 'deletion-ignored' }
    | { readonly kind: 'server-list-changed' }
    | { readonly kind: 'disk-full'; readonly stored?: number; readonly left?: number }
    | { readonly kind: 'folder-read-only' }
    | { readonly kind: 'store-busy' }
    | { readonly kind: 'store-damaged'; readonly what: string }
    /** A newer version of Poppy has written the store. This one leaves it as it is. */
    | { readonly kind: 'store-newer' }
    | { readonly kind: 'keyring-unavailable' }
    /** This very mailbox has been added already, under this name. */
    | { readonly kind: 'account-exists'; readonly name: string }
    | { readonly kind: 'not-found'; readonly what?: string }
    /** `what` is the system's own text or a path; `why` is known of some, and has a sentence of its own then. */
    | { readonly kind: 'unreadable-file'; readonly what: string; readonly why?: UnreadableWhy }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'bad-input'; readonly field?: string; readonly what: string }
    | { readonly kind: 'internal'; readonly reference: string }
  );

/** One word that names a failure. */
export type FailureKind = Failure['kind'];
