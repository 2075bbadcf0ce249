import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthSettings } from '../../shared/oauth.ts';

/** What a request for a code said, until the code is traded in. */
type Asked = { readonly challenge: string; readonly redirectUri: string; readonly clientId: string };

/**
 * An OAuth2 authorization server on loopback. It checks what a provider checks: the client id, the redirect address, the
 * proof key, each code and refresh token once. Its page needs no person: whoever opens it has said yes, or no.
 */
export class AuthorizationServer {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #codes = new Map<string, Asked>();
  readonly #refreshTokens = new Set<string>();
  /** The access tokens a mail server takes. */
  readonly accessTokens = new Set<string>();
  /** Refresh tokens that were taken back. */
  readonly revoked: string[] = [];
  /** Grants as they were asked for, in order. */
  readonly grants: string[] = [];
  /** What the person does on the page. */
  person: 'agrees' | 'denies' = 'agrees';
  /** Renewals are refused with `invalid_grant`. */
  refusesRenewal = false;
  /** Seconds that access tokens are said to live. */
  lifetimeSeconds = 3600;
  /** Length of each token, letters. */
  tokenLength = 40;

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How an account signs in here. */
  get settings(): OAuthSettings {
    return {
      authorizeUrl: `${this.origin}/authorize?prompt=consent`,
      tokenUrl: `${this.origin}/token`,
      revokeUrl: `${this.origin}/revoke`,
      scope: 'mail.pop',
      clientId: 'poppy-test',
      redirectUri: 'http://127.0.0.1/',
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.origin);
    if (request.method === 'GET' && url.pathname === '/authorize') return this.#authorize(url, response);
    if (request.method === 'GET' && url.pathname === '/.well-known/openid-configuration')
      return json(response, 200, {
        authorization_endpoint: `${this.origin}/authorize`,
        token_endpoint: `${this.origin}/token`,
      });
    if (request.method !== 'POST') return json(response, 404, {});
    const form = new URLSearchParams(await bodyOf(request));
    if (url.pathname === '/token') return this.#grant(form, response);
    this.revoked.push(form.get('token') ?? '');
    return json(response, 200, {});
  }

  #authorize({ searchParams }: URL, response: ServerResponse): void {
    const said = (name: string) => searchParams.get(name) ?? '';
    const isProper =
      said('client_id') === 'poppy-test' &&
      said('response_type') === 'code' &&
      said('code_challenge_method') === 'S256' &&
      said('prompt') === 'consent' &&
      /^http:\/\/127\.0\.0\.1:\d+\/$/.test(said('redirect_uri'));
    if (!isProper) {
      json(response, 400, { error: 'invalid_request' });
      return;
    }
    const back = new URL(said('redirect_uri'));
    back.searchParams.set('state', said('state'));
    if (this.person === 'denies') back.searchParams.set('error', 'access_denied');
    else {
      const code = this.#random();
      this.#codes.set(code, {
        challenge: said('code_challenge'),
        redirectUri: said('redirect_uri'),
        clientId: said('client_id'),
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  #grant(form: URLSearchParams, response: ServerResponse): void {
    const kind = form.get('grant_type') ?? '';
    this.grants.push(kind);
    const isGranted = kind === 'refresh_token' ? this.#takesRenewal(form) : this.#takesCode(form);
    if (!isGranted) {
      json(response, 400, { error: 'invalid_grant', error_description: 'gone' });
      return;
    }
    const [accessToken, refreshToken] = [this.#random(), this.#random()];
    this.accessTokens.add(accessToken);
    this.#refreshTokens.add(refreshToken);
    json(response, 200, {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: this.lifetimeSeconds,
    });
  }

  #takesCode(form: URLSearchParams): boolean {
    const asked = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return (
      asked !== undefined &&
      asked.challenge === proof &&
      asked.redirectUri === form.get('redirect_uri') &&
      asked.clientId === form.get('client_id')
    );
  }

  #takesRenewal(form: URLSearchParams): boolean {
    return !this.refusesRenewal && this.#refreshTokens.delete(form.get('refresh_token') ?? '');
  }

  #random(): string {
    return randomBytes(this.tokenLength).toString('hex').slice(0, this.tokenLength);
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
