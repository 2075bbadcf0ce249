import { z } from 'zod';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { OAuthClient, OAuthProvider } from './oauth-provider.ts';

/** What a provider hands out. The refresh token is the secret that goes to the vault; the access token lives an hour. */
export type Tokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends, milliseconds since the epoch. */
  readonly expiresAt: number;
};

/** The tools of a request for tokens. */
export type TokenTools = {
  readonly fetchLike: typeof fetch;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** An access token is renewed this long before it ends: a session may wait for a slow server. */
const safetyMs = 60_000;

const answerSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().int().min(0).default(3600),
  refresh_token: z.string().max(16_384).optional(),
});

/** Trades the code from the redirect for tokens. RFC 6749 §4.1.3, RFC 7636 §4.5. */
export function exchangeCode(
  provider: OAuthProvider,
  client: OAuthClient,
  grant: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  tools: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const { code, verifier, redirectUri } = grant;
  return requestTokens(
    provider,
    client,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri },
    '',
    tools,
  );
}

/**
 * Renews the access token. The refresh token may change with it and must then be kept. Fails with `authentication`
 * where the person has to sign in again. RFC 6749 §6.
 */
export function refreshTokens(
  provider: OAuthProvider,
  client: OAuthClient,
  refreshToken: string,
  tools: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: provider.scope };
  return requestTokens(provider, client, grant, refreshToken, tools);
}

/** Whether an access token should be renewed before it is used. */
export function isStale(tokens: Tokens, now: number): boolean {
  return now >= tokens.expiresAt - safetyMs;
}

async function requestTokens(
  provider: OAuthProvider,
  client: OAuthClient,
  grant: Readonly<Record<string, string>>,
  oldRefreshToken: string,
  { fetchLike, now, signal }: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const secret = client.clientSecret === undefined ? {} : { client_secret: client.clientSecret };
  let status: number;
  let text: string;
  try {
    const response = await fetchLike(provider.tokenUrl, {
      method: 'POST',
      redirect: 'error',
      credentials: 'omit',
      signal,
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ ...grant, client_id: client.clientId, ...secret }),
    });
    status = response.status;
    text = await response.text();
  } catch {
    if (signal.aborted) return failed({ kind: 'cancelled', step: 'sign-in', canRetry: true });
    return failed({
      kind: 'offline',
      host: new URL(provider.tokenUrl).host,
      step: 'sign-in',
      canRetry: true,
    });
  }
  if (status !== 200) return failed(refusal(status, text));
  const answer = answerSchema.safeParse(jsonOf(text));
  const refreshToken = answer.data?.refresh_token ?? oldRefreshToken;
  if (!answer.success || refreshToken === '')
    return failed({ kind: 'protocol', step: 'sign-in', canRetry: false });
  const expiresAt = now() + answer.data.expires_in * 1000;
  return ok({ accessToken: answer.data.access_token, refreshToken, expiresAt });
}

/** Of a refusal only the provider's short code is kept: its text may quote what was sent. RFC 6749 §5.2. */
function refusal(status: number, text: string): Failure {
  const parsed = z.object({ error: z.string().regex(/^[\x21-\x7e]{1,60}$/) }).safeParse(jsonOf(text));
  const told = parsed.success ? { serverText: parsed.data.error } : {};
  if (status >= 500 || status === 429)
    return { kind: 'server-trouble', step: 'sign-in', canRetry: true, ...told };
  return { kind: 'authentication', step: 'sign-in', canRetry: false, ...told };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an HTML error page; its status says enough
  }
}
