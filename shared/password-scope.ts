import type { ServerSettings } from './account.ts';
import { isSameSignIn } from './oauth.ts';

/**
 * Whether a password that was given for one server may go to another without being typed again. It may go only to the
 * same host, for the same user, and never without encryption where it was given for an encrypted connection. The token of
 * a sign-in in the browser goes only to the provider that gave it.
 */
export function mayKeepPassword(givenFor: ServerSettings, next: ServerSettings): boolean {
  const host = ({ host: name }: ServerSettings) => name.trim().toLowerCase();
  const isLessProtected = next.security === 'none' && givenFor.security !== 'none';
  return (
    host(givenFor) === host(next) &&
    givenFor.user === next.user &&
    !isLessProtected &&
    isSameSignIn(givenFor.oauth, next.oauth)
  );
}

/**
 * Whether a person is asked before a kept password is sent by these settings: they trust a key that was not trusted when
 * the password was given. Whoever holds that key reads the password.
 */
export function asksForNewKey(givenFor: ServerSettings, next: ServerSettings): boolean {
  const { security, pinnedKeySha256 } = next;
  return security !== 'none' && pinnedKeySha256 !== undefined && pinnedKeySha256 !== givenFor.pinnedKeySha256;
}
