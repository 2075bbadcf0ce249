import type { Failure } from '../../../shared/failure.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import { isBound, isScram, type SignInContext, type SignInMethod } from './choose-mechanism.ts';

/** The failure that tells a person of it. The password has not been sent. */
export const weakerSignIn: Failure = { kind: 'weaker-sign-in', step: 'sign-in', canRetry: false };

/**
 * Whether a way of signing in protects the password less than one that has worked on this server. Somebody between can
 * make a server seem to offer less. What a person chose by hand is used; a token is no password.
 */
export function isWeakerThanBefore(
  method: SignInMethod,
  { wanted, credential }: Pick<SignInContext, 'wanted' | 'credential'>,
  known: Readonly<ServerQuirks>,
): boolean {
  if (wanted !== 'auto' || credential.kind !== 'password') return false;
  if (known.scram === true && !isScram(method)) return true;
  return known.channelBinding === true && !isBound(method);
}
