import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import type { ProxyChoice } from '../../../shared/proxy.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { Vault } from '../secrets/vault.ts';
import { isStale, refreshTokens, revokeToken, type Tokens, type TokenTools } from './tokens.ts';

/** Taking a token back may not hold up the removal of an account. Milliseconds. */
const revocationTimeoutMs = 5_000;

/** What the keeper works with. */
export type TokenKeeperTools = Pick<TokenTools, 'now'> & {
  readonly vault: Vault;
  /** Asks by the way out that an account has chosen. */
  readonly fetchBy: (proxy: ProxyChoice | undefined) => typeof fetch;
  /** A renewed refresh token could not be kept in the keyring; it lasts until the program ends. */
  readonly onNotKept: (accountId: AccountId) => void;
};

/** Where an account signs in, and what its connections go through. */
export type SignInPlace = { readonly oauth: OAuthSettings; readonly proxy: ProxyChoice | undefined };

/**
 * Access tokens of the accounts that sign in in the browser, held in memory. Renews them before they end. A refresh
 * token that came along is kept before the access token is used: with a provider that changes it each time, the old one
 * is worth nothing any more.
 */
export class TokenKeeper {
  readonly #tools: TokenKeeperTools;
  readonly #held = new Map<AccountId, Tokens>();
  readonly #renewals = new Map<AccountId, Promise<Result<Tokens, Failure>>>();

  constructor(tools: TokenKeeperTools) {
    this.#tools = tools;
  }

  /** Takes over the tokens of a sign-in, whose refresh token is in the vault. */
  hold(accountId: AccountId, tokens: Tokens): void {
    this.#held.set(accountId, tokens);
  }

  /** An access token that is good for a while. Fails with `sign-in-again` where the person has to do so. */
  async accessToken(
    accountId: AccountId,
    { oauth, proxy }: SignInPlace,
    signal: AbortSignal,
  ): Promise<Result<string, Failure>> {
    const held = this.#held.get(accountId);
    if (held !== undefined && !isStale(held, this.#tools.now())) return ok(held.accessToken);
    const renewed = await this.#renewOnce(accountId, { oauth, proxy }, signal);
    return renewed.ok ? ok(renewed.value.accessToken) : renewed;
  }

  /** The server has refused this access token: it is not used again. False where a newer one is held already. */
  refuse(accountId: AccountId, accessToken: string): void {
    if (this.#held.get(accountId)?.accessToken === accessToken) this.#held.delete(accountId);
  }

  /** Forgets what is held of an account. */
  forget(accountId: AccountId): void {
    this.#held.delete(accountId);
  }

  /** Takes the refresh token of an account back at its provider, as far as that can be reached. */
  async revoke(accountId: AccountId, { oauth, proxy }: SignInPlace): Promise<void> {
    this.forget(accountId);
    const kept = await this.#tools.vault.get(accountId);
    if (!kept.ok || kept.value === null) return;
    const signal = AbortSignal.timeout(revocationTimeoutMs);
    await revokeToken(oauth, kept.value, { fetchLike: this.#tools.fetchBy(proxy), signal });
  }

  /** Two sessions of one account share a renewal: the second use of a refresh token may be taken for a theft. */
  async #renewOnce(
    accountId: AccountId,
    { oauth, proxy }: SignInPlace,
    signal: AbortSignal,
  ): Promise<Result<Tokens, Failure>> {
    const running = this.#renewals.get(accountId);
    if (running !== undefined) {
      const shared = await running;
      // The session that began this renewal was stopped, and this one was not.
      const isMine = shared.ok || shared.failure.kind !== 'cancelled' || signal.aborted;
      return isMine ? shared : this.#renewOnce(accountId, { oauth, proxy }, signal);
    }
    const renewal = this.#renew(accountId, { oauth, proxy }, signal);
    this.#renewals.set(accountId, renewal);
    try {
      return await renewal;
    } finally {
      this.#renewals.delete(accountId);
    }
  }

  async #renew(
    accountId: AccountId,
    { oauth, proxy }: SignInPlace,
    signal: AbortSignal,
  ): Promise<Result<Tokens, Failure>> {
    const { vault, fetchBy, now, onNotKept } = this.#tools;
    const kept = await vault.get(accountId);
    if (!kept.ok) return failed({ ...kept.failure, step: 'sign-in' });
    if (kept.value === null) return failed(signInAgain(oauth));
    const renewed = await refreshTokens(oauth, kept.value, { fetchLike: fetchBy(proxy), now, signal });
    if (!renewed.ok) return renewed;
    if (renewed.value.refreshToken !== kept.value) {
      const saved = await vault.set(accountId, renewed.value.refreshToken);
      if (!saved.ok || saved.value !== 'keyring') onNotKept(accountId);
    }
    this.#held.set(accountId, renewed.value);
    return renewed;
  }
}

function signInAgain({ tokenUrl }: OAuthSettings): Failure {
  return { kind: 'sign-in-again', host: new URL(tokenUrl).host, step: 'sign-in', canRetry: false };
}
