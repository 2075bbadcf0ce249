import type { Failure } from '../../../shared/failure.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import type { Result } from '../../../shared/result.ts';
import { authorizeUrl, makeProofKey } from './authorize-url.ts';
import { listenForRedirect, type RedirectTexts } from './redirect-listener.ts';
import { exchangeCode, type Tokens, type TokenTools } from './tokens.ts';

/*
 * How signing in in the browser works.
 *
 * The person signs in at the provider's own page in the system's browser; Poppy never sees the password. The page sends
 * the browser back to this computer with a code (redirect-listener), which Poppy trades for tokens (tokens). Only the
 * program that asked can do that: it has a proof key (authorize-url). RFC 8252, RFC 7636.
 *
 * The refresh token is the account's secret and lies in the keyring. Access tokens live an hour and are held in memory
 * (token-keeper). Neither goes to the page, into a log or into a backup.
 */

/** What signing in with a provider needs. */
export type SignInTools = TokenTools & {
  readonly texts: RedirectTexts;
  /** Opens the system's browser. */
  readonly openBrowser: (url: string) => Promise<void> | void;
};

/**
 * Signs a person in with a provider, in the system's browser. Fails with `cancelled` when the person says no or stops,
 * `timeout` when the browser does not come back, `authentication` when the provider refuses the code, `refused` when
 * the port of a fixed redirect address is taken.
 */
export async function signInWithProvider(
  oauth: OAuthSettings,
  address: string,
  tools: SignInTools,
): Promise<Result<Tokens, Failure>> {
  const { verifier, challenge } = makeProofKey();
  const listening = await listenForRedirect(oauth.redirectUri, tools.texts);
  if (!listening.ok) return listening;
  await using listener = listening.value;
  const { redirectUri, state } = listener;
  await tools.openBrowser(authorizeUrl(oauth, { redirectUri, state, challenge, address }));
  const code = await listener.code(tools.signal);
  if (!code.ok) return code;
  return await exchangeCode(oauth, { code: code.value, verifier, redirectUri }, tools);
}
