import { type OAuthEndpoints, type OAuthOffer, usualRedirectUri } from '../../../shared/oauth.ts';
import { clientFor, type OAuthClients } from './oauth-clients.ts';
import { oauthProviderOf } from './oauth-provider.ts';

/**
 * What can be offered for a POP3 host: what is known of its provider, else what the provider's own document names. Null
 * where nothing is known of signing in in the browser there.
 */
export function oauthOfferFor(
  host: string,
  clients: OAuthClients,
  documented: { readonly providerName: string | null; readonly endpoints: OAuthEndpoints | null },
): OAuthOffer | null {
  const provider = oauthProviderOf(host);
  if (provider !== undefined) {
    const { name, endpoints, redirectUri, registerPage } = provider;
    return {
      providerName: name,
      endpoints,
      client: clientFor(provider, clients),
      redirectUri,
      registerPage,
    };
  }
  const { endpoints, providerName } = documented;
  if (endpoints === null) return null;
  return {
    providerName: providerName ?? host,
    endpoints,
    client: null,
    redirectUri: usualRedirectUri,
    registerPage: null,
  };
}
