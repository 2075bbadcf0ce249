import { z } from 'zod';
import type { Failure } from '../../../shared/failure.ts';
import { isOAuthEndpoint, type OAuthEndpoints } from '../../../shared/oauth.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { boundedText } from './bounded-text.ts';
import type { TokenTools } from './tokens.ts';

/** A document that has not come by then is none. Milliseconds. */
const documentTimeoutMs = 10_000;

/** Where issuers publish their addresses. RFC 8414 §3, OpenID Connect Discovery §4. */
const places = ['.well-known/oauth-authorization-server', '.well-known/openid-configuration'];

const endpoint = z.string().max(2_000).refine(isOAuthEndpoint);
const metadata = z.object({
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  revocation_endpoint: endpoint.optional().catch(undefined),
});

/**
 * The addresses that an issuer publishes, https only. The scope is left empty: issuers do not say which one is for mail.
 * Fails with `bad-input` for an issuer that is no https address, and `not-found` where nothing usable is published.
 */
export async function endpointsOfIssuer(
  issuer: string,
  { fetchLike, signal }: Pick<TokenTools, 'fetchLike' | 'signal'>,
): Promise<Result<OAuthEndpoints, Failure>> {
  const typed = issuer.trim();
  const base = typed.includes('://') ? typed : `https://${typed}`;
  if (!isOAuthEndpoint(base))
    return failed({ kind: 'bad-input', field: 'issuer', what: 'no https address', canRetry: false });
  for (const place of places) {
    const found = await read(`${base.replace(/\/$/, '')}/${place}`, { fetchLike, signal });
    if (found !== null) return ok(found);
  }
  return failed({ kind: 'not-found', host: new URL(base).host, canRetry: true });
}

async function read(
  url: string,
  { fetchLike, signal }: Pick<TokenTools, 'fetchLike' | 'signal'>,
): Promise<OAuthEndpoints | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(documentTimeoutMs)]);
    const response = await fetchLike(url, { redirect: 'error', credentials: 'omit', signal: limit });
    if (response.status !== 200) return null;
    const { data } = metadata.safeParse(JSON.parse(await boundedText(response)));
    if (data === undefined) return null;
    const {
      authorization_endpoint: authorizeUrl,
      token_endpoint: tokenUrl,
      revocation_endpoint: revokeUrl,
    } = data;
    return { authorizeUrl, tokenUrl, scope: '', ...(revokeUrl === undefined ? {} : { revokeUrl }) };
  } catch {
    return null; // nobody there, too late, or no JSON: the other place may have it
  }
}
