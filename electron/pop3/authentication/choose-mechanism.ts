import type { AuthMechanism } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { ChannelBinding } from '../connection/channel-binding.ts';
import { oauthBearer, xoauth2 } from './bearer.ts';
import { cramMd5 } from './cram-md5.ts';
import { login } from './login.ts';
import { type Credential, type Mechanism, MechanismError } from './mechanism.ts';
import { plain } from './plain.ts';
import { scram } from './scram.ts';

/** A way of signing in that has been decided on; USER and APOP are commands of their own, the others go through AUTH. */
export type SignInMethod = Exclude<AuthMechanism, 'auto'>;

/** A way of signing in that goes through AUTH. RFC 5034. */
export type SaslMechanism = Exclude<SignInMethod, 'USER' | 'APOP'>;

/** What the server's latest CAPA says of signing in; `isKnown` is false when it has no CAPA. */
export type OfferedMechanisms = {
  readonly isKnown: boolean;
  /** SASL names, upper case. */
  readonly sasl: readonly string[];
  readonly user: boolean;
};

/** Everything that the choice of a mechanism and its messages depend on. */
export type SignInContext = {
  readonly user: string;
  readonly credential: Credential;
  readonly wanted: AuthMechanism;
  readonly isEncrypted: boolean;
  /** The person has agreed to signing in without encryption. */
  readonly plaintextConsent: boolean;
  readonly channelBinding: ChannelBinding | null;
  /** The server has no secrets for SCRAM, whatever it announces. */
  readonly isWithoutScram?: boolean;
  /** From the greeting, with its angle brackets; null when there is none. */
  readonly apopTimestamp: string | null;
  readonly host: string;
  readonly port: number;
};

/** Strongest first; PLAIN, LOGIN and USER show the password to whoever ends the TLS connection. */
const automaticOrder: readonly SignInMethod[] = [
  'SCRAM-SHA-256-PLUS',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1',
  'PLAIN',
  'LOGIN',
];
const tokenOrder: readonly SignInMethod[] = ['XOAUTH2', 'OAUTHBEARER'];

/**
 * The ways of signing in worth trying, strongest first. The next one is for a server that does not know the one
 * before after all; once a password or token has been refused, no other may be tried.
 */
export function chooseMechanisms(
  offered: OfferedMechanisms,
  context: SignInContext,
): Result<readonly SignInMethod[], Failure> {
  if (!context.isEncrypted && !context.plaintextConsent)
    return failed({ kind: 'plaintext-not-allowed', step: 'sign-in', canRetry: false });
  const methods = context.wanted === 'auto' ? automatic(offered, context) : [context.wanted];
  const possible = methods.filter((method) => isPossible(method, offered, context));
  return possible.length > 0
    ? ok(possible)
    : failed({ kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false });
}

function automatic(
  { isKnown, sasl }: OfferedMechanisms,
  { credential, isWithoutScram, isEncrypted }: SignInContext,
): SignInMethod[] {
  const isOffered = (method: SignInMethod): boolean =>
    sasl.includes(method) && !(isScram(method) && isWithoutScram === true && isEncrypted);
  if (credential.kind === 'oauth') return isKnown ? tokenOrder.filter(isOffered) : [...tokenOrder];
  // Many servers that have USER and PASS do not announce them, so they come last wherever they may.
  return [...automaticOrder.filter(isOffered), 'USER'];
}

/** Whether a way of signing in hides the password from the server. RFC 5802. */
export function isScram(method: SignInMethod | undefined): boolean {
  return method?.startsWith('SCRAM-') === true;
}

/** Whether a way of signing in is bound to the TLS connection. RFC 5802 §6. */
export function isBound(method: SignInMethod | undefined): boolean {
  return method?.endsWith('-PLUS') === true;
}

function isPossible(method: SignInMethod, offered: OfferedMechanisms, context: SignInContext): boolean {
  if (tokenOrder.includes(method) !== (context.credential.kind === 'oauth')) return false;
  if (method === 'USER') return true;
  if (method === 'APOP') return context.apopTimestamp !== null;
  if (isBound(method) && context.channelBinding === null) return false;
  // What a person chose by hand is tried even where CAPA does not name it: some servers keep it to themselves.
  if (context.wanted !== 'auto') return true;
  // Without CAPA, or with one that names no mechanism at all, only trying can tell.
  return !offered.isKnown || offered.sasl.length === 0 || offered.sasl.includes(method);
}

/** Makes ready one AUTH exchange; throws MechanismError when name, password or token cannot be sent. */
export function createMechanism(
  name: SaslMechanism,
  context: SignInContext,
  offered: OfferedMechanisms,
): Mechanism {
  const { user, credential, host, port } = context;
  if (name === 'XOAUTH2' || name === 'OAUTHBEARER') {
    if (credential.kind !== 'oauth') throw unavailable(name);
    const access = { user, accessToken: credential.accessToken, host, port };
    return name === 'XOAUTH2' ? xoauth2(access) : oauthBearer(access);
  }
  if (credential.kind !== 'password') throw unavailable(name);
  const { password } = credential;
  if (name === 'PLAIN') return plain(user, password);
  if (name === 'LOGIN') return login(user, password);
  if (name === 'CRAM-MD5') return cramMd5(user, password);
  const hash = name.startsWith('SCRAM-SHA-1') ? 'sha1' : 'sha256';
  return scram({ hash, user, password, binding: binding(name, context, offered) });
}

function binding(
  name: SaslMechanism,
  { channelBinding }: SignInContext,
  { isKnown, sasl }: OfferedMechanisms,
): ChannelBinding | 'not-offered' | 'none' {
  if (isBound(name)) {
    if (channelBinding === null) throw unavailable(name);
    return channelBinding;
  }
  // Said while the server does offer -PLUS, `y` would be taken for a break-in and refused. RFC 5802 §6.
  const isOffered = !isKnown || sasl.some((offer) => offer.startsWith('SCRAM-') && offer.endsWith('-PLUS'));
  return channelBinding === null || isOffered ? 'none' : 'not-offered';
}

function unavailable(name: string): MechanismError {
  return new MechanismError(`${name} cannot be used with what there is`, {
    kind: 'mechanism-unavailable',
    step: 'sign-in',
    canRetry: false,
  });
}
