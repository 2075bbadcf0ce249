/* Signing in in the browser, OAuth2: what the wizard, the settings and the engine say of it. */

/** Where a provider lets people sign in, and for what. RFC 6749 §3. */
export type OAuthEndpoints = {
  /** The page the browser opens. Its query may hold parameters of the provider's own. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Takes a refresh token back. RFC 7009. */
  readonly revokeUrl?: string;
  /** The smallest scope that reads mail by POP3 and can be renewed without the person. */
  readonly scope: string;
};

/** How a program is registered with a provider. */
export type OAuthClient = {
  readonly clientId: string;
  /** An installed program cannot keep a secret; some providers ask for one even so. */
  readonly clientSecret?: string;
  /** An address of this computer to which the browser comes back. Without a port, any port is taken. RFC 8252 §7.3. */
  readonly redirectUri: string;
};

/** What an account signs in with. The refresh token is in the keyring. */
export type OAuthSettings = OAuthEndpoints & OAuthClient;

/** What can be offered for a server: signing in in the browser, as far as the program is registered. */
export type OAuthOffer = {
  readonly providerName: string;
  readonly endpoints: OAuthEndpoints;
  /** Null where this program is not registered: then the person may type a client id of their own. */
  readonly client: OAuthClient | null;
  /** The redirect address that goes into a registration. */
  readonly redirectUri: string;
  /** The provider's page on which programs are registered. */
  readonly registerPage: string | null;
};

/** The redirect address of a provider that says nothing else. */
export const usualRedirectUri = 'http://127.0.0.1/';

const loopback = String.raw`http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?`;
const loopbackPattern = new RegExp(`^${loopback}(?:/[^\\s?#]*)?$`, 'i');
const endpointPattern = new RegExp(`^(?:https:\\/\\/[^\\s/@?#]+|${loopback})(?:[/?][^\\s#]*)?$`, 'i');

/** Whether an address may be sent codes and tokens: https only, but for servers of this computer. */
export function isOAuthEndpoint(url: string): boolean {
  return endpointPattern.test(url);
}

/** Whether a browser may come back to an address: it is one of this computer. */
export function isRedirectUri(url: string): boolean {
  return loopbackPattern.test(url);
}

/** Whether two accounts sign in with the same registration at the same place, so that a token fits both. */
export function isSameSignIn(one: OAuthSettings | undefined, other: OAuthSettings | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.tokenUrl === other.tokenUrl && one.clientId === other.clientId && one.scope === other.scope;
}
