import {
  isOAuthEndpoint,
  isRedirectUri,
  type OAuthOffer,
  type OAuthSettings,
  usualRedirectUri,
} from '../../../shared/oauth.ts';

/** What is typed of a sign-in in the browser for which nothing is known. */
export const emptyOAuth: OAuthSettings = {
  authorizeUrl: '',
  tokenUrl: '',
  scope: '',
  clientId: '',
  redirectUri: usualRedirectUri,
};

/** The settings an offer begins with. Without a registration the client id is still to be typed. */
export function oauthOf({ endpoints, client, redirectUri }: OAuthOffer): OAuthSettings {
  return { ...endpoints, ...(client ?? { clientId: '', redirectUri }) };
}

/** The first field of a sign-in in the browser that cannot be used yet; null when all of them can. */
export function oauthProblem({
  authorizeUrl,
  tokenUrl,
  clientId,
  redirectUri,
}: OAuthSettings): 'address' | 'client' | null {
  if (![authorizeUrl, tokenUrl].every(isOAuthEndpoint) || !isRedirectUri(redirectUri)) return 'address';
  return clientId.trim() === '' ? 'client' : null;
}
