import { z } from 'zod';
import type { Failure } from '../../../shared/failure.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { ProxyError } from '../../network/proxy-dial.ts';
import { boundedText } from './bounded-text.ts';

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

/** A provider that has not answered by then is tried again later. Milliseconds. */
const answerTimeoutMs = 30_000;

const answerSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().int().min(0).default(3600),
  refresh_token: z.string().max(16_384).optional(),
});

/** Trades the code from the redirect for tokens. RFC 6749 §4.1.3, RFC 7636 §4.5. */
export function exchangeCode(
  oauth: OAuthSettings,
  grant: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  tools: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const { code, verifier, redirectUri } = grant;
  return requestTokens(
    oauth,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri },
    '',
    tools,
  );
}

/**
 * Renews the access token. The refresh token may change with it and must then be kept. Fails with
 * `sign-in-again` where the person has to do so. RFC 6749 §6.
 */
export function refreshTokens(
  oauth: OAuthSettings,
  refreshToken: string,
  tools: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: oauth.scope };
  return requestTokens(oauth, grant, refreshToken, tools);
}

/** Whether an access token should be renewed before it is used. */
export function isStale(tokens: Tokens, now: number): boolean {
  return now >= tokens.expiresAt - safetyMs;
}

/** Tells the provider to forget a refresh token. Whether it could be told does not matter to who calls. RFC 7009. */
export async function revokeToken(
  oauth: OAuthSettings,
  refreshToken: string,
  tools: Pick<TokenTools, 'fetchLike' | 'signal'>,
): Promise<void> {
  if (oauth.revokeUrl === undefined) return;
  await post(oauth.revokeUrl, oauth, { token: refreshToken, token_type_hint: 'refresh_token' }, tools);
}

async function requestTokens(
  oauth: OAuthSettings,
  grant: Readonly<Record<string, string>>,
  oldRefreshToken: string,
  tools: TokenTools,
): Promise<Result<Tokens, Failure>> {
  const response = await post(oauth.tokenUrl, oauth, grant, tools);
  if (!response.ok) return response;
  const { status, text } = response.value;
  if (status !== 200) return failed(refusal(oauth, status, text));
  const answer = answerSchema.safeParse(jsonOf(text));
  const refreshToken = answer.data?.refresh_token ?? oldRefreshToken;
  if (!answer.success || refreshToken === '')
    return failed({ kind: 'protocol', ...where(oauth.tokenUrl), canRetry: false });
  const expiresAt = tools.now() + answer.data.expires_in * 1000;
  return ok({ accessToken: answer.data.access_token, refreshToken, expiresAt });
}

async function post(
  url: string,
  { clientId, clientSecret }: OAuthSettings,
  fields: Readonly<Record<string, string>>,
  { fetchLike, signal }: Pick<TokenTools, 'fetchLike' | 'signal'>,
): Promise<Result<{ readonly status: number; readonly text: string }, Failure>> {
  const secret = clientSecret === undefined ? {} : { client_secret: clientSecret };
  const patience = AbortSignal.timeout(answerTimeoutMs);
  try {
    const response = await fetchLike(url, {
      method: 'POST',
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.any([signal, patience]),
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ ...fields, client_id: clientId, ...secret }),
    });
    return ok({ status: response.status, text: await boundedText(response) });
  } catch (error) {
    if (error instanceof ProxyError)
      return failed({ kind: 'proxy-failed', why: error.why, ...where(url), canRetry: true });
    if (signal.aborted) return failed({ kind: 'cancelled', step: 'sign-in', canRetry: true });
    if (patience.aborted)
      return failed({ kind: 'timeout', timeoutMs: answerTimeoutMs, ...where(url), canRetry: true });
    return failed({ kind: 'offline', ...where(url), canRetry: true });
  }
}

function where(url: string): { readonly host: string; readonly step: 'sign-in' } {
  return { host: new URL(url).host, step: 'sign-in' };
}

/** Of a refusal only the provider's short code is kept: its text may quote what was sent. RFC 6749 §5.2. */
function refusal({ tokenUrl }: OAuthSettings, status: number, text: string): Failure {
  const parsed = z.object({ error: z.string().regex(/^[\x21-\x7e]{1,60}$/) }).safeParse(jsonOf(text));
  const told = { ...where(tokenUrl), ...(parsed.success ? { serverText: parsed.data.error } : {}) };
  if (status >= 500 || status === 429) return { kind: 'server-trouble', canRetry: true, ...told };
  return { kind: 'sign-in-again', canRetry: false, ...told };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an HTML error page; its status says enough
  }
}
