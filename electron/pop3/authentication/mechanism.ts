import type { AuthMechanism } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';

/**
 * One way of proving who is signing in, for the length of one AUTH exchange: bytes in, bytes out. Base64, the
 * command line and the cancelling `*` belong to the session. RFC 5034.
 */
export type Mechanism = {
  /** As in CAPA, upper case. */
  readonly name: string;
  /** Whether the client speaks first; its first message may then follow AUTH on the same line if it is short enough. */
  readonly sendsFirst: boolean;
  /**
   * The answer to a challenge; null (or an empty first challenge) asks a mechanism that sends first to begin.
   * Throws MechanismError when the exchange must not go on; nothing more may then be sent but `*`.
   */
  respond(challenge: Uint8Array | null): Uint8Array | Promise<Uint8Array>;
  /** To be called after +OK, before the session is trusted: throws MechanismError if the server owes a proof. */
  verify(): void;
};

/** The exchange cannot go on: what was typed cannot be sent, or the server broke the rules or failed its own test. */
export class MechanismError extends Error {
  readonly failure: Failure;

  constructor(message: string, failure: Failure, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MechanismError';
    this.failure = failure;
  }
}

/** What proves who is signing in. */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'oauth'; readonly accessToken: string };

/** The credential that a stored secret makes: an access token for the two mechanisms of OAuth 2, else a password. */
export function credentialFor(mechanism: AuthMechanism, secret: string): Credential {
  return mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER'
    ? { kind: 'oauth', accessToken: secret }
    : { kind: 'password', password: secret };
}

/** A challenge or an order of challenges that the mechanism does not have. */
export function brokenExchange(message: string): MechanismError {
  return new MechanismError(message, { kind: 'protocol', step: 'sign-in', canRetry: false });
}

/**
 * Returns the text as UTF-8 if it can be sent as one; throws MechanismError when it is empty or holds CR, LF or NUL,
 * which end a line or a field on the wire and so could smuggle in a command.
 */
export function sendable(field: 'user' | 'password' | 'accessToken', text: string): Uint8Array {
  const what = text === '' ? 'is empty' : /[\r\n\0]/.test(text) ? 'holds a line break or a NUL' : undefined;
  if (what !== undefined)
    throw new MechanismError(`the ${field} ${what}`, {
      kind: 'bad-input',
      field,
      what,
      step: 'sign-in',
      canRetry: false,
    });
  return Buffer.from(text, 'utf8');
}

/** A mechanism whose answers follow one another in a fixed order; more challenges than answers break the exchange. */
export function fixedSteps(
  name: string,
  sendsFirst: boolean,
  steps: readonly ((challenge: Uint8Array) => Uint8Array)[],
): Mechanism {
  let next = 0;
  return {
    name,
    sendsFirst,
    respond(challenge) {
      const step = steps[next];
      next += 1;
      if (step === undefined) throw brokenExchange(`${name} has no answer to another challenge`);
      return step(challenge ?? new Uint8Array());
    },
    verify() {
      // These mechanisms ask no proof of the server; TLS alone says who it is.
    },
  };
}
