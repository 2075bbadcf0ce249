import type { Account, ServerSettings } from '../../../shared/account.ts';
import type { Failure, FailureStep } from '../../../shared/failure.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { TokenKeeper } from '../../account/oauth/token-keeper.ts';
import type { Vault } from '../../account/secrets/vault.ts';
import { type Credential, credentialFor } from '../../pop3/authentication/mechanism.ts';
import type { Dial, StepFacts } from '../../pop3/connection/connect.ts';
import type { Pop3Timeouts } from '../../pop3/connection/timeouts.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import { Pop3Refusal, Pop3SessionError } from '../../pop3/replies/failure.ts';
import { openPop3Session, type Pop3Session } from '../../pop3/session.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Store } from '../../store/store.ts';
import type { MaildropLocks } from './maildrop-locks.ts';
import type { SignInTimes } from './sign-in-times.ts';

/*
 * How a maildrop is opened.
 *
 * One session holds a maildrop at a time (maildrop-locks). Every session for an account begins here, with its password
 * from the vault and the facts that earlier sessions learned of its server. What a session learns is kept for the next
 * one.
 *
 * A message is known by an identity that outlives the session, where the server offers one (identify). Habits of
 * providers that break the rules of POP3 stand in one file (provider-habits).
 */

/** The tools of every use case that speaks to a server. */
export type MaildropTools = {
  readonly store: Store;
  readonly vault: Pick<Vault, 'get'>;
  /** Access tokens of accounts that sign in in the browser. */
  readonly tokens?: AccessTokens;
  readonly locks: MaildropLocks;
  readonly signIns: SignInTimes;
  /** PEM certificates trusted beside the system's. */
  readonly extraAuthorities: readonly string[];
  /** Connects in place of the system's network. */
  readonly dial?: Dial;
  /** The way to a server through a proxy; undefined where connections go out directly. */
  readonly wayTo?: (server: Pick<ServerSettings, 'host' | 'port' | 'proxy'>) => Dial | undefined;
  /** Timeouts that replace the usual ones. */
  readonly timeouts?: Partial<Pop3Timeouts>;
  /** Waits in place of a timer, for so many milliseconds. Rejects when the signal is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** Where a session gets the access token of an account that signs in in the browser. */
export type AccessTokens = Pick<TokenKeeper, 'accessToken' | 'refuse'>;

/** What opening a session needs beside the account. */
export type SessionRequest = {
  readonly signal: AbortSignal;
  readonly transcript?: Transcript;
  readonly onStep?: (step: FailureStep, facts: StepFacts) => void;
  /** A person tests the account, see `Pop3Options`. */
  readonly isAccountTest?: boolean;
};

/**
 * Opens a session for an account. Uses its password from the vault and the facts that earlier sessions learned of its
 * server. Throws Pop3SessionError.
 */
export async function openMaildrop(
  tools: MaildropTools,
  account: Account,
  request: SessionRequest,
): Promise<Pop3Session> {
  const noting: SessionRequest = {
    ...request,
    onStep: (step, facts) => {
      if (step === 'sign-in') tools.signIns.note(account.id);
      request.onStep?.(step, facts);
    },
  };
  const session =
    account.server.oauth === undefined
      ? await openWithPassword(tools, account, noting)
      : await openWithToken(tools, account, account.server.oauth, noting);
  await noteMaildrop(tools, account);
  return session;
}

async function openWithPassword(
  tools: MaildropTools,
  { id, server }: Account,
  request: SessionRequest,
): Promise<Pop3Session> {
  const password = await tools.vault.get(id);
  if (!password.ok) throw new Pop3SessionError({ ...password.failure, step: 'sign-in' });
  if (password.value === null)
    throw new Pop3SessionError({ kind: 'password-missing', step: 'sign-in', canRetry: false });
  return openServer(tools, server, credentialFor(server.mechanism, password.value), request);
}

/**
 * Signs in with an access token. A token that the server refuses may have ended before its time, so a new one is tried
 * once. If that is refused too, the person has to sign in again.
 */
async function openWithToken(
  tools: MaildropTools,
  { id, server }: Account,
  oauth: OAuthSettings,
  request: SessionRequest,
): Promise<Pop3Session> {
  const { tokens } = tools;
  for (let isSecond = false; ; isSecond = true) {
    const token = await tokens?.accessToken(id, { oauth, proxy: server.proxy }, request.signal);
    if (token === undefined) throw new Pop3SessionError(signInAgain);
    if (!token.ok) throw new Pop3SessionError(token.failure);
    try {
      return await openServer(tools, server, { kind: 'oauth', accessToken: token.value }, request);
    } catch (error) {
      if (!(error instanceof Pop3SessionError) || !isRefused(error.failure)) throw error;
      tokens?.refuse(id, token.value);
      if (isSecond) throw new Pop3SessionError({ ...error.failure, ...signInAgain });
    }
  }
}

const signInAgain = { kind: 'sign-in-again', step: 'sign-in', canRetry: false } as const;

function isRefused(failure: Failure): boolean {
  return failure.kind === 'authentication' && failure.isHangUp !== true && !failure.canRetry;
}

/** Notes the owner of an account's mail, once its server has accepted the sign-in. */
async function noteMaildrop(tools: Pick<MaildropTools, 'store'>, account: Account): Promise<void> {
  if (account.isSample) return;
  const { host, port, user } = account.server;
  await unlessDiskRefuses(() =>
    tools.store.maildrops.note(account.id, { host, port, user, address: account.address }),
  );
}

/** Opens a session with settings that no account has yet. Throws Pop3SessionError. */
export async function openServer(
  tools: Pick<MaildropTools, 'store' | 'extraAuthorities' | 'dial' | 'wayTo' | 'timeouts'>,
  server: ServerSettings,
  credential: Credential,
  request: SessionRequest,
): Promise<Pop3Session> {
  const { host, port, security, user, mechanism, plaintextConsent, pinnedKeySha256 } = server;
  const dial = tools.dial ?? tools.wayTo?.(server);
  return openPop3Session({
    host,
    port,
    security,
    user,
    mechanism,
    plaintextConsent,
    credential,
    extraAuthorities: tools.extraAuthorities,
    quirks: quirksFor(tools.store.servers.quirks(host, port), request),
    ...request,
    ...(dial === undefined ? {} : { dial }),
    ...(tools.timeouts === undefined ? {} : { timeouts: tools.timeouts }),
    ...(pinnedKeySha256 === undefined ? {} : { pinnedKeySha256 }),
  });
}

/** What a session is told of its server. In the account's test SCRAM is tried again where it had no secrets. */
function quirksFor(known: ServerQuirks, { isAccountTest }: SessionRequest): ServerQuirks {
  if (isAccountTest !== true || known.scram !== false) return known;
  const { scram: _scram, ...others } = known;
  return others;
}

/** Keeps the facts that a session learned of its server for the next one. */
export async function rememberServer(
  tools: Pick<MaildropTools, 'store'>,
  server: ServerSettings,
  session: Pop3Session,
): Promise<void> {
  const { isKnown, loginDelaySeconds, expireDays } = session.capabilities;
  const keeps = typeof expireDays === 'number' ? expireDays : undefined;
  const terms = isKnown ? { loginDelaySeconds: loginDelaySeconds ?? 0, expireDays: keeps } : {};
  await unlessDiskRefuses(() =>
    tools.store.servers.learn(server.host, server.port, { ...session.quirks, ...terms }),
  );
}

/** Forgets how safely a server could be signed in to, since the person agrees to less. A stronger way is learned again. */
export async function allowWeakerSignIn(
  tools: Pick<MaildropTools, 'store'>,
  host: string,
  port: number,
): Promise<void> {
  await tools.store.servers.learn(host, port, { scram: undefined, channelBinding: undefined });
}

/** Writes down what can be learned again; if the disk cannot take it, only that is lost. */
export async function unlessDiskRefuses(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (failureOf(error) === null) throw error;
  }
}

/**
 * The failure behind an error of a session or the store, with the place it happened at; null for anything else, which
 * is a mistake of ours.
 */
export function failureBehind(error: unknown, server: ServerSettings, signal: AbortSignal): Failure | null {
  if (signal.aborted) return { kind: 'cancelled', canRetry: true };
  if (error instanceof Pop3Refusal || error instanceof Pop3SessionError)
    return { ...error.failure, host: server.host, port: server.port };
  // Also what SQLite says itself: the ledger is written beside the messages.
  return failureOf(error);
}
