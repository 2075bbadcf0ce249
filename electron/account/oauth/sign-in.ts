import type { Failure } from '../../../shared/failure.ts';
import { failed, type Result } from '../../../shared/result.ts';
import { authorizeUrl, makeProofKey } from './authorize-url.ts';
import { type OAuthClients, oauthClientFor, oauthProviderOf } from './oauth-provider.ts';
import { listenForRedirect, type RedirectTexts } from './redirect-listener.ts';
import { exchangeCode, type Tokens, type TokenTools } from './tokens.ts';

/** What signing in with a provider needs. */
export type OAuthTools = TokenTools & {
  readonly clients: OAuthClients;
  readonly texts: RedirectTexts;
  /** Opens the system's browser. */
  readonly openBrowser: (url: string) => Promise<void>;
};

/**
 * Signs a person in with the provider behind `host`, in the system's browser. Fails with `mechanism-unavailable` where
 * the provider has no OAuth2 or Poppy is not registered with it.
 */
export async function signInWithProvider(
  account: { readonly host: string; readonly address: string },
  tools: OAuthTools,
): Promise<Result<Tokens, Failure>> {
  const provider = oauthProviderOf(account.host);
  if (provider === undefined)
    return failed({ kind: 'mechanism-unavailable', host: account.host, step: 'sign-in', canRetry: false });
  const client = oauthClientFor(provider, tools.clients);
  if (!client.ok) return client;
  const { verifier, challenge } = makeProofKey();
  await using listener = await listenForRedirect(provider.redirectHost, tools.texts);
  const { redirectUri, state } = listener;
  const request = { redirectUri, state, challenge, address: account.address };
  await tools.openBrowser(authorizeUrl(provider, client.value, request));
  const code = await listener.code(tools.signal);
  if (!code.ok) return code;
  return await exchangeCode(provider, client.value, { code: code.value, verifier, redirectUri }, tools);
}
