import { createHash, randomBytes } from 'node:crypto';
import type { OAuthSettings } from '../../../shared/oauth.ts';

/** Proves that the program that trades the code in also asked for it. RFC 7636 §4. */
export type ProofKey = { readonly verifier: string; readonly challenge: string };

/** Makes a proof key of 256 random bits. */
export function makeProofKey(): ProofKey {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What makes one request for a code its own. */
export type AuthorizeRequest = {
  readonly redirectUri: string;
  /** Comes back unchanged and tells our answer from any other. RFC 6749 §10.12. */
  readonly state: string;
  readonly challenge: string;
  /** The address that the provider's page offers first. */
  readonly address: string;
};

/** The address the system's browser opens, where the person signs in with the provider itself. RFC 6749 §4.1.1. */
export function authorizeUrl(oauth: OAuthSettings, request: AuthorizeRequest): string {
  const url = new URL(oauth.authorizeUrl);
  const parameters = {
    response_type: 'code',
    client_id: oauth.clientId,
    redirect_uri: request.redirectUri,
    scope: oauth.scope,
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
    login_hint: request.address,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
